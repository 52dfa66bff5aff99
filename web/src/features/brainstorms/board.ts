import type { Board, Idea, IdeaGroup } from '~/api/brainstorms';
import type { Id } from '~/api/types';

/** A group with its cards, in the order of the board; the last one has no group. */
export type Pile = { group: IdeaGroup | null; ideas: Idea[] };

/** Puts what changed over what the page has. What did not change stays the very same object. */
export function over(had: Board | undefined, fresh: Board): Board {
  if (!had || fresh.whole) return fresh;
  if (fresh.version < had.version) return had;
  const gone = new Set(fresh.gone);
  return {
    ...fresh,
    ideas: laid(had.ideas, fresh.ideas, gone),
    groups: laid(had.groups, fresh.groups, gone),
    gone: [],
  };
}

function laid<T extends { id: Id }>(had: T[], fresh: T[], gone: Set<Id>): T[] {
  if (fresh.length === 0 && gone.size === 0) return had;
  const next = new Map(had.map((x) => [x.id, x]));
  for (const x of fresh) next.set(x.id, x);
  return [...next.values()].filter((x) => !gone.has(x.id));
}

/** With more cards than this those that are off the screen are not laid out. */
export const many = 60;

const byPlace = (x: { place: number; id: Id }, y: { place: number; id: Id }) =>
  x.place - y.place || (x.id < y.id ? -1 : 1);

/** The cards of their own, in the order of the board. */
export const cardsOf = (board: Board): Idea[] => board.ideas.filter((i) => !i.merged).sort(byPlace);

/** The ideas that are laid onto others, by the card that shows them in the end. */
export function mergedOf(board: Board): Map<Id, Idea[]> {
  const into = new Map(board.ideas.flatMap((i) => (i.merged ? [[i.id, i.merged] as const] : [])));
  const found = new Map<Id, Idea[]>();
  for (const i of [...board.ideas].sort(byPlace)) {
    let card = i.merged;
    for (let left = board.ideas.length; card && into.has(card) && left > 0; left--)
      card = into.get(card) ?? null;
    if (!card) continue;
    const list = found.get(card);
    if (list) list.push(i);
    else found.set(card, [i]);
  }
  return found;
}

export const groupsOf = (board: Board | undefined): IdeaGroup[] => [...(board?.groups ?? [])].sort(byPlace);

/** The groups in their order, each with its cards, then the cards in no group. */
export function pilesOf(board: Board, cards = cardsOf(board)): Pile[] {
  const groups = groupsOf(board);
  const known = new Set(groups.map((g) => g.id));
  const of = new Map<Id | null, Idea[]>();
  for (const i of cards) {
    const key = i.group && known.has(i.group) ? i.group : null;
    const list = of.get(key);
    if (list) list.push(i);
    else of.set(key, [i]);
  }
  return [
    ...groups.map((group) => ({ group, ideas: of.get(group.id) ?? [] })),
    { group: null, ideas: of.get(null) ?? [] },
  ];
}

/** The board as it will be once an idea was moved; the server's answer replaces it. */
export function moved(board: Board, idea: Id, group: Id | null, before?: Id): Board {
  const cards = cardsOf(board).filter((i) => i.id !== idea && (i.group ?? null) === group);
  const to = before ? cards.findIndex((i) => i.id === before) : -1;
  const [prev, next] = to < 0 ? [cards.at(-1), undefined] : [cards[to - 1], cards[to]];
  const place = next ? ((prev?.place ?? next.place - 2) + next.place) / 2 : prev ? prev.place + 1 : 0;
  return { ...board, ideas: board.ideas.map((i) => (i.id === idea ? { ...i, group, place } : i)) };
}

/** The card that comes after another in its own group: where it stood, for taking a move back. */
export function afterOf(board: Board, idea: Idea): Id | undefined {
  const cards = cardsOf(board).filter((i) => (i.group ?? null) === (idea.group ?? null));
  return cards[cards.findIndex((i) => i.id === idea.id) + 1]?.id;
}
