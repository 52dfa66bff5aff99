import { t } from '@lingui/core/macro';
import type { Board, Brainstorm, Idea } from '~/api/brainstorms';
import { Section } from '~/kit';
import { cardsOf } from './board';
import { CardBody } from './CardBody';
import { IdeaWriter } from './IdeaWriter';
import { OwnTools } from './OwnTools';
import { ideasWords } from './words';

/** The phase of writing: one's own cards alone, and perhaps how many there are in all. */
export function Collect({ b, board }: { b: Brainstorm; board: Board }) {
  const cards = cardsOf(board);
  const mine = cards.filter((i) => i.hidden || i.mine).reverse();
  const shown = cards.filter((i) => !i.hidden && !i.mine);
  return (
    <>
      {b.may.write && <IdeaWriter id={b.id} label={t`Your next idea`} autoFocus />}
      {!b.in_rooms && (
        <p className="due-note" aria-live="polite">
          {b.ideas == null
            ? t`How many ideas there are is hidden until they are revealed.`
            : t`${ideasWords(b.ideas)} so far, from everybody.`}
        </p>
      )}
      {mine.length > 0 ? (
        <Section title={t`Your ideas`}>
          <Wall ideas={mine} b={b} />
        </Section>
      ) : (
        b.may.write && (
          <p className="due-note">{t`What you write appears here, and nobody else sees it until the reveal.`}</p>
        )
      )}
      {shown.length > 0 && (
        <Section title={t`Revealed before`}>
          <Wall ideas={shown} b={b} />
        </Section>
      )}
    </>
  );
}

const Wall = ({ ideas, b }: { ideas: Idea[]; b: Brainstorm }) => (
  <ul className="bs-wall">
    {ideas.map((i) => (
      <li key={i.id} className="bs-card">
        <CardBody idea={i} />
        {i.may.edit && <OwnTools id={b.id} idea={i} />}
      </li>
    ))}
  </ul>
);
