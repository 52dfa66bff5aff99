import { t } from '@lingui/core/macro';
import { Button } from '@mantine/core';
import { memo, useCallback, useId, useMemo } from 'react';
import type { Board, Brainstorm, Idea, VoteRule } from '~/api/brainstorms';
import type { Id } from '~/api/types';
import { KeyLine, useKeys, Wrong } from '~/kit';
import { givenOf, mostOf, stockOf, type Votes, withVote } from './ballot';
import { cardsOf, many, mergedOf } from './board';
import { CardBody } from './CardBody';
import { stepCards } from './keys';
import { Notes } from './Notes';
import { Plane } from './Plane';
import { useArrange } from './useArrange';
import { useBallot } from './useBallot';
import { type Vote, VoteField } from './VoteField';
import { groupName, ideaName } from './words';

/** The phase of voting: all ideas in an order drawn for the reader, their own apart. */
export function Voting({ b, board }: { b: Brainstorm; board: Board }) {
  const ballot = useBallot(b, board);
  const does = useArrange(b.id);
  const cards = useMemo(() => cardsOf(board), [board]);
  const merged = useMemo(() => mergedOf(board), [board]);
  const groups = useMemo(() => new Map(board.groups.map((g) => [g.id, groupName(g.name)])), [board.groups]);
  const open = cards.filter((i) => !i.own);
  const own = cards.filter((i) => i.own);
  const { set } = ballot;
  const give = useCallback(
    (idea: Id, vote: { value: number; effort?: number } | null) => set((old) => withVote(old, idea, vote)),
    [set],
  );
  useKeys({ j: () => stepCards(1), k: () => stepCards(-1) });
  const card = (i: Idea) => (
    <li key={i.id}>
      <VoteCard
        idea={i}
        merged={merged.get(i.id)}
        group={i.group ? groups.get(i.group) : undefined}
        rule={b.may.vote && !i.own ? b.vote : null}
        vote={ballot.votes.get(i.id)}
        most={mostOf(b.vote, ballot.votes, i.id)}
        give={give}
        does={does}
      />
    </li>
  );
  return (
    <>
      {b.may.vote && <Stock b={b} votes={ballot.votes} n={open.length} ballot={ballot} />}
      {b.vote.method === 'impact_effort' && b.may.vote && (
        <Plane
          spots={open.flatMap((i) => {
            const v = ballot.votes.get(i.id);
            return v ? [{ id: i.id, n: i.n, name: ideaName(i), impact: v.value, effort: v.effort }] : [];
          })}
          onMove={(idea, value, effort) => give(idea, { value, effort })}
        />
      )}
      <h2 className="bs-h">{t`Ideas`}</h2>
      <p className="due-note">{t`In an order drawn for you alone, so that no idea is first for everybody.`}</p>
      <ul className="bs-wall" data-many={open.length > many || undefined}>
        {open.map(card)}
      </ul>
      {own.length > 0 && (
        <>
          <h2 className="bs-h">{t`Your own`}</h2>
          <p className="due-note">{t`You cannot vote on ideas of yours, nor on those that one of yours was merged into.`}</p>
          <ul className="bs-wall">{own.map(card)}</ul>
        </>
      )}
      <KeyLine keys={[[['j', 'k'], t`move along the cards`]]} />
    </>
  );
}

function Stock({
  b,
  votes,
  n,
  ballot,
}: {
  b: Brainstorm;
  votes: Votes;
  n: number;
  ballot: ReturnType<typeof useBallot>;
}) {
  const stock = stockOf(b.vote);
  const left = stock === null ? 0 : stock - givenOf(votes);
  const rated = votes.size;
  return (
    <div className="bs-stock">
      <strong aria-live="polite">
        {b.vote.method === 'dots'
          ? t`${left} of ${stock ?? 0} dots left, at most ${b.vote.most ?? 3} on one idea`
          : b.vote.method === 'points'
            ? t`${left} of 100 points left`
            : t`${rated} of ${n} ideas voted on`}
      </strong>
      <span className="due-note" role="status">
        {ballot.state === 'saving'
          ? t`Saving…`
          : ballot.state === 'saved' && rated > 0
            ? t`Saved. Nobody sees it but you.`
            : ''}
      </span>
      {ballot.state === 'failed' && (
        <Wrong error={ballot.error}>
          <Button size="compact-xs" variant="default" onClick={ballot.again}>
            {t`Send again`}
          </Button>
        </Wrong>
      )}
    </div>
  );
}

type CardProps = {
  idea: Idea;
  merged?: Idea[];
  group?: string;
  /** Null where the reader does not vote on it. */
  rule: VoteRule | null;
  vote: Vote | undefined;
  most: number;
  give: (idea: Id, vote: { value: number; effort?: number } | null) => void;
  does: ReturnType<typeof useArrange>;
};

const VoteCard = memo(function VoteCard({ idea, merged, group, rule, vote, most, give, does }: CardProps) {
  const title = useId();
  return (
    <article
      className="bs-card"
      data-idea={idea.id}
      data-marked={vote ? '' : undefined}
      tabIndex={-1}
      aria-labelledby={title}
    >
      <CardBody idea={idea} merged={merged} titleId={title} group={group} />
      {idea.notes.length > 0 && <Notes idea={idea} may={false} does={does} />}
      {rule && (
        <VoteField rule={rule} idea={idea.id} name={ideaName(idea)} vote={vote} most={most} give={give} />
      )}
    </article>
  );
});
