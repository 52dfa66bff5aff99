import { t } from '@lingui/core/macro';
import { Button } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconPlus, IconSparkles } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useMemo, useState } from 'react';
import type { Board, Brainstorm, Idea, IdeaGroup } from '~/api/brainstorms';
import { KeyLine, useKeys } from '~/kit';
import { cardsOf, many, mergedOf, pilesOf } from './board';
import type { BoardOf } from './Card';
import { IdeaWriter } from './IdeaWriter';
import { focusedCard, focusIdea, stepCards } from './keys';
import { makeWatched, useAllOf, type Watched } from './marks';
import { PileView } from './PileView';
import { type Arranging, useArrange } from './useArrange';
import { useDrag } from './useDrag';
import { useNear } from './useNear';

const Suggestions = lazy(() => import('./Suggestions').then((m) => ({ default: m.Suggestions })));
const MarkedBar = lazy(() => import('./MarkedBar').then((m) => ({ default: m.MarkedBar })));

const route = getRouteApi('/shell/brainstorms/$brainstorm');

/**
 * The ideas once they are revealed, as a board or as a list. Both are the same headings,
 * lists and buttons, drawn differently, so that what works in one works in the other.
 */
export function Arrange({ b, board }: { b: Brainstorm; board: Board }) {
  const view = useView();
  const does = useArrange(b.id);
  const [marks] = useState(makeWatched);
  const near = useNear();
  const [suggesting, setSuggesting] = useState(false);
  const [late, setLate] = useState(false);
  const cards = useMemo(() => cardsOf(board), [board]);
  const piles = useMemo(() => pilesOf(board, cards), [board, cards]);
  const merged = useMemo(() => mergedOf(board), [board]);
  const groups = useMemo(() => piles.flatMap((p) => p.group ?? []), [piles]);
  const { arrange, note } = b.may;
  const notes = b.phase === 'refine';
  const on = useMemo<BoardOf>(
    () => ({ id: b.id, arrange, note, notes, marks, near: near.cards, does }),
    [b.id, arrange, note, notes, marks, near, does],
  );
  useEffect(() => {
    const there = new Set(cards.map((i) => i.id));
    marks.put(
      [...marks.all()].filter((x) => !there.has(x)),
      false,
    );
  }, [cards, marks]);
  const drag = useDrag(marks, ({ ideas, group, before }) => {
    does.move(ideas, group, before);
    marks.put(marks.all(), false);
  });
  useBoardKeys(arrange, marks);
  return (
    <>
      <div className="bs-bar">
        <Views now={view.now} set={view.set} />
        {arrange && (
          <>
            <NewGroup marks={marks} does={does} />
            <Button
              variant="default"
              size="xs"
              aria-expanded={suggesting}
              leftSection={<IconSparkles size={14} aria-hidden />}
              onClick={() => setSuggesting(!suggesting)}
            >
              {t`Suggested groups`}
            </Button>
          </>
        )}
        {b.may.write && (
          <Button variant="default" size="xs" aria-expanded={late} onClick={() => setLate(!late)}>
            {t`Add a late idea`}
          </Button>
        )}
      </div>
      {late && <IdeaWriter id={b.id} label={t`A late idea (it is marked as late)`} autoFocus />}
      {suggesting && arrange && (
        <Suspense>
          <Suggestions id={b.id} board={board} does={does} onClose={() => setSuggesting(false)} />
        </Suspense>
      )}
      <div
        className="bs-board"
        data-view={view.now}
        data-many={cards.length > many || undefined}
        data-groups={groups.length > 0 || undefined}
        {...(arrange ? drag : {})}
      >
        {piles
          .filter((p) => p.group || p.ideas.length > 0 || groups.length === 0)
          .map((pile) => (
            <PileView
              key={pile.group?.id ?? ''}
              on={on}
              look={near.look}
              pile={pile}
              groups={groups}
              merged={merged}
            />
          ))}
      </div>
      <Foot marks={marks} cards={cards} groups={groups} does={does} />
      <KeyLine
        keys={[
          [['j', 'k'], t`move along the cards`],
          ...(arrange
            ? ([
                [['x'], t`mark`],
                [['m'], t`move, merge, change`],
                [['u'], t`undo`],
              ] as [string[], string][])
            : []),
        ]}
      />
    </>
  );
}

/** Makes a group, of the marked ideas when there are any. */
function NewGroup({ marks, does }: { marks: Watched; does: Arranging }) {
  const n = useAllOf(marks).size;
  const make = () => {
    const some = [...marks.all()];
    void does.group('', some).then(() => marks.put(some, false));
  };
  return (
    <Button variant="default" size="xs" leftSection={<IconPlus size={14} aria-hidden />} onClick={make}>
      {n > 0 ? t`New group with ${n} marked` : t`New group`}
    </Button>
  );
}

type FootProps = { marks: Watched; cards: Idea[]; groups: IdeaGroup[]; does: Arranging };

function Foot({ marks, cards, groups, does }: FootProps) {
  const marked = useAllOf(marks);
  if (marked.size === 0) return null;
  const ideas = cards.filter((i) => marked.has(i.id));
  return (
    <Suspense>
      <MarkedBar ideas={ideas} groups={groups} does={does} none={() => marks.put(marks.all(), false)} />
    </Suspense>
  );
}

/** Board or list. */
function Views({ now, set }: { now: string; set: (view: string) => void }) {
  const ways = [
    ['board', t`Board`],
    ['list', t`List`],
  ] as const;
  return (
    <fieldset className="bs-views">
      <legend className="hidden-words">{t`How the ideas are shown`}</legend>
      {ways.map(([value, label]) => (
        <label key={value}>
          <input type="radio" name="view" checked={now === value} onChange={() => set(value)} />
          {label}
        </label>
      ))}
    </fieldset>
  );
}

/** Board or list: as the address says, else a list on narrow screens. */
function useView() {
  const asked = route.useSearch();
  const navigate = route.useNavigate();
  const narrow = useMediaQuery('(max-width: 48em)') ?? false;
  const now = asked.view === 'board' || asked.view === 'list' ? asked.view : narrow ? 'list' : 'board';
  return { now, set: (view: string) => void navigate({ search: { ...asked, view }, replace: true }) };
}

function useBoardKeys(arrange: boolean, marks: Watched) {
  const card = () => focusedCard()?.dataset.idea;
  useKeys({
    j: () => stepCards(1),
    k: () => stepCards(-1),
    x: arrange
      ? () => {
          const id = card();
          if (id) marks.put([id], !marks.has(id));
        }
      : undefined,
    m: () => {
      focusedCard()?.querySelector<HTMLElement>('.bs-more')?.click();
    },
    Escape: () => {
      marks.put(marks.all(), false);
      const id = card();
      if (id) focusIdea(id);
    },
  });
}
