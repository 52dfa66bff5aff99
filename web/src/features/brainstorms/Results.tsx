import { t } from '@lingui/core/macro';
import { Button } from '@mantine/core';
import { lazy, memo, Suspense, useCallback, useId, useMemo, useState } from 'react';
import type { Board, Brainstorm, Idea, IdeaOutcome } from '~/api/brainstorms';
import type { Id } from '~/api/types';
import { Empty, KeyLine, MarkdownView, Menu, MenuItem, Section, Tag, useKeys } from '~/kit';
import { cardsOf, many, mergedOf, pilesOf } from './board';
import { CardBody } from './CardBody';
import { focusIdea, stepCards } from './keys';
import { Notes } from './Notes';
import { Outcomes } from './Outcomes';
import { useOwn } from './own';
import { Plane } from './Plane';
import { Bar, spreadTag } from './Spread';
import { type Arranging, useArrange } from './useArrange';
import { groupName, ideaName } from './words';

const Become = lazy(() => import('./Become').then((m) => ({ default: m.Become })));

/** The results, best first, and what becomes of the ideas. */
export function Results({ b, board }: { b: Brainstorm; board: Board }) {
  const does = useArrange(b.id);
  const [marked, setMarked] = useState<ReadonlySet<Id>>(new Set());
  const [kind, setKind] = useState<IdeaOutcome['kind'] | null>(null);
  const merged = useMemo(() => mergedOf(board), [board]);
  const ranked = useMemo(() => rankedOf(board), [board]);
  const groups = useMemo(() => new Map(board.groups.map((g) => [g.id, groupName(g.name)])), [board.groups]);
  const voted = ranked.some((i) => i.result);
  const top = Math.max(1, ...ranked.map((i) => Math.abs(i.result?.score ?? 0)));
  const toggle = useCallback(
    (id: Id) =>
      setMarked((old) => {
        const next = new Set(old);
        if (!next.delete(id)) next.add(id);
        return next;
      }),
    [],
  );
  useKeys({
    j: () => stepCards(1),
    k: () => stepCards(-1),
    x: b.may.act
      ? () => toggle(document.activeElement?.closest<HTMLElement>('[data-idea]')?.dataset.idea ?? '')
      : undefined,
    m: b.may.act
      ? () => document.querySelector<HTMLElement>('.bs-marked [aria-haspopup]')?.click()
      : undefined,
  });
  const chosen = ranked.filter((i) => marked.has(i.id));
  return (
    <>
      {b.conclusion_html && (
        <Section title={t`What came of it`}>
          <MarkdownView html={b.conclusion_html} />
        </Section>
      )}
      <Outcomes b={b} board={board} />
      {voted && b.vote.method === 'impact_effort' && (
        <Plane
          spots={ranked.flatMap((i) =>
            i.result?.effort
              ? [{ id: i.id, n: i.n, name: ideaName(i), impact: i.result.mean, effort: i.result.effort }]
              : [],
          )}
          onPick={focusIdea}
        />
      )}
      {board.uncounted && <p role="note">{board.uncounted}</p>}
      <h2 className="bs-h">{voted ? t`Results` : t`Ideas`}</h2>
      {b.may.act && (
        <p className="due-note">{t`Mark ideas to make something of them: something to do for somebody, a decision, a thread.`}</p>
      )}
      {ranked.length === 0 ? (
        <Empty title={t`There are no ideas here.`} />
      ) : (
        <ol className="bs-results" data-many={ranked.length > many || undefined}>
          {ranked.map((i) => (
            <li key={i.id}>
              <ResultCard
                b={b}
                idea={i}
                merged={merged.get(i.id)}
                group={i.group ? groups.get(i.group) : undefined}
                top={top}
                marked={marked.has(i.id)}
                toggle={toggle}
                does={does}
              />
            </li>
          ))}
        </ol>
      )}
      {chosen.length > 0 && b.may.act && (
        <div className="bs-marked" role="region" aria-label={t`Marked ideas`}>
          <strong aria-live="polite">{chosen.length === 1 ? t`1 marked` : t`${chosen.length} marked`}</strong>
          <Menu above target={<Button size="xs">{t`Make of it…`}</Button>}>
            <MenuItem onClick={() => setKind('task')}>{t`Something to do…`}</MenuItem>
            {b.may.decide && <MenuItem onClick={() => setKind('decision')}>{t`A decision…`}</MenuItem>}
            <MenuItem onClick={() => setKind('thread')}>{t`A thread…`}</MenuItem>
          </Menu>
          <Button size="xs" variant="subtle" color="gray" onClick={() => setMarked(new Set())}>
            {t`Unmark`}
          </Button>
        </div>
      )}
      {kind && (
        <Suspense>
          <Become
            id={b.id}
            kind={kind}
            ideas={chosen}
            onClose={() => setKind(null)}
            onDone={() => setMarked(new Set())}
          />
        </Suspense>
      )}
      <KeyLine
        keys={[
          [['j', 'k'], t`move along the ideas`],
          ...(b.may.act
            ? ([
                [['x'], t`mark`],
                [['m'], t`make something of the marked ones`],
              ] as [string[], string][])
            : []),
        ]}
      />
    </>
  );
}

/** The ideas by their rank; where nobody voted, as they stand on the board. */
function rankedOf(board: Board): Idea[] {
  const cards = pilesOf(board, cardsOf(board)).flatMap((p) => p.ideas);
  return cards.sort((x, y) => (x.result?.rank ?? 1e6) - (y.result?.rank ?? 1e6));
}

type CardProps = {
  b: Brainstorm;
  idea: Idea;
  merged?: Idea[];
  group?: string;
  top: number;
  marked: boolean;
  toggle: (id: Id) => void;
  does: Arranging;
};

const ResultCard = memo(function ResultCard({
  b,
  idea,
  merged,
  group,
  top,
  marked,
  toggle,
  does,
}: CardProps) {
  const title = useId();
  const own = useOwn(b.id);
  const r = idea.result;
  return (
    <article
      className="bs-result"
      data-idea={idea.id}
      data-marked={marked || undefined}
      tabIndex={-1}
      aria-labelledby={title}
    >
      <span className="bs-rank">
        {r && (
          <>
            <span className="hidden-words">{t`Rank`} </span>
            {r.rank}
          </>
        )}
      </span>
      <div className="bs-result-main">
        <CardBody idea={idea} merged={merged} titleId={title} group={group} />
        {idea.notes.length > 0 && <Notes idea={idea} may={false} does={does} />}
        {idea.may.claim && (
          <div className="bs-tools">
            {idea.claimed ? (
              <button type="button" onClick={() => void own.unclaim(idea)}>{t`Take my name off it`}</button>
            ) : (
              <button
                type="button"
                onClick={() => void own.claim(idea)}
              >{t`It was mine: put my name on it`}</button>
            )}
          </div>
        )}
      </div>
      {r && (
        <div className="bs-result-end">
          <Bar result={r} rule={b.vote} top={top} />
          {spreadTag(r, b.vote) && (
            <Tag hue={r.spread === 'split' ? 'orange' : r.spread === 'agreement' ? 'green' : 'gray'}>
              {spreadTag(r, b.vote)}
            </Tag>
          )}
        </div>
      )}
      {b.may.act && (
        <input
          type="checkbox"
          className="bs-check"
          checked={marked}
          aria-label={t`Mark: ${ideaName(idea)}`}
          onChange={() => toggle(idea.id)}
        />
      )}
    </article>
  );
});
