import { plural, t } from '@lingui/core/macro';
import { lazy, Suspense } from 'react';
import type { Ask } from '~/api/types';
import { PathLink, Tag, When } from '~/kit';
import { windowWords } from '~/kit/time';
import { AnswerPanel } from './AnswerPanel';
import { AskerActions, OwedList } from './Owed';
import { kindHue, kindWord, needWord, open, progressWord, silenceWord, urgencyWord } from './words';
import './asks.css';

const AskPage = lazy(() => import('~/core/urgent/PagePanel'));

type CardProps = { ask: Ask; onReply?: () => void };

/** The asks of a post: those that are open, and those that are over, folded when there are several. */
export function AskCards({ asks, onReply }: { asks: Ask[]; onReply?: () => void }) {
  const over = asks.filter((a) => a.state !== 'open');
  const card = (a: Ask) => <AskCard key={a.id} ask={a} onReply={onReply} />;
  return (
    <>
      {over.length > 1 ? (
        <details className="ask-past">
          <summary>
            {plural(over.length, { one: '# ask that is over', other: '# asks that are over' })}
          </summary>
          {over.map(card)}
        </details>
      ) : (
        over.map(card)
      )}
      {asks.filter((a) => a.state === 'open').map(card)}
    </>
  );
}

const AskCard = (p: CardProps) => (p.ask.elsewhere ? <SmallCard ask={p.ask} /> : <FullCard {...p} />);

/** An ask that is answered on a page of its own: what it is, how it stands, and the way there. */
function SmallCard({ ask }: { ask: Ask }) {
  const [mine] = ask.owed.filter(open);
  return (
    <section className="ask-card ask-small" aria-label={t`Ask: ${kindWord(ask.kind)}`} data-state={ask.state}>
      <Tag hue={kindHue(ask.kind)}>{kindWord(ask.kind)}</Tag>
      <PathLink path={ask.elsewhere}>
        <bdi>{ask.text || (mine ? t`Answer this on its own page` : t`Open its page`)}</bdi>
      </PathLink>
      {ask.owed.length > 3 ? <span className="due-note">{progressWord(ask)}</span> : <OwedList ask={ask} />}
    </section>
  );
}

/**
 * One ask in full: what is asked, where each addressee stands, and what the reader may do.
 * Where a reply can be written on the same page, onReply leads there for answers in words.
 */
function FullCard({ ask, onReply }: CardProps) {
  const terms = [
    ask.deadline ? null : t`within ${windowWords(ask.window)}`,
    ask.owed.length > 1 ? needWord(ask.need) : null,
    ask.silence.then !== 'nothing' ? t`if nobody answers: ${silenceWord(ask.silence.then)}` : null,
  ].filter(Boolean);
  return (
    <section className="ask-card" aria-label={t`Ask: ${kindWord(ask.kind)}`} data-state={ask.state}>
      <header className="ask-card-head">
        <Tag hue={kindHue(ask.kind)}>{kindWord(ask.kind)}</Tag>
        {ask.urgency !== 'routine' && (
          <Tag hue={ask.urgency === 'urgent' ? 'red' : 'yellow'}>{urgencyWord(ask.urgency)}</Tag>
        )}
        <strong dir="auto">{ask.text || t`${ask.asker.name} asks`}</strong>
        <span className="due-note">{progressWord(ask)}</span>
      </header>
      <p className="due-note ask-terms">
        {terms.join(' · ')}
        {ask.deadline && (
          <>
            {' '}
            {t`by`} <When at={ask.deadline} />
          </>
        )}
        {ask.reason && ` · ${ask.reason}`}
      </p>
      {ask.urgency === 'urgent' && (
        <Suspense>
          <AskPage ask={ask.id} />
        </Suspense>
      )}
      <OwedList ask={ask} />
      {ask.may.answer && <AnswerPanel ask={ask} onReply={onReply} />}
      <AskerActions ask={ask} />
    </section>
  );
}
