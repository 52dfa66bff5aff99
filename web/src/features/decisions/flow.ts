import type { Round } from '~/api/decisions';

/** A part of one round: votes of an option, or of nobody (key ''), drawn from y to y + size. */
export type Part = { round: number; key: string; votes: number; y: number; size: number; fate: Fate };
export type Fate = '' | 'elected' | 'excluded';
/** Votes that go from a part of one round to a part of the next. */
export type Ribbon = {
  round: number;
  from: string;
  to: string;
  votes: number;
  y1: number;
  y2: number;
  size: number;
};
export type Flow = { parts: Part[]; ribbons: Ribbon[]; height: number; total: number };

const gap = 8;

/**
 * The rounds of a count as columns of stacked votes, and what goes from each to the next.
 * All columns have the same votes in them, since what nobody takes is kept as exhausted.
 */
export function flowOf(rounds: Round[], order: string[], room: number): Flow {
  const columns = rounds.map((r) => heldIn(r));
  const total = Math.max(1, ...columns.map((c) => [...c.values()].reduce((a, b) => a + b, 0)));
  const scale = (room - gap * order.length) / total;
  const keys = [...order, ''];
  const parts: Part[] = [];
  columns.forEach((held, i) => {
    let y = 0;
    for (const key of keys) {
      const votes = held.get(key) ?? 0;
      if (votes <= 0) continue;
      const size = Math.max(votes * scale, 1);
      parts.push({ round: i, key, votes, y, size, fate: fateOf(rounds[i], key) });
      y += size + gap;
    }
  });
  return { parts, ribbons: ribbonsOf(rounds, parts, keys, scale), height: room, total };
}

function heldIn(r: Round): Map<string, number> {
  const held = new Map<string, number>();
  for (const h of r.votes ?? []) held.set(h.option, h.votes);
  if (r.exhausted + r.lost > 0) held.set('', r.exhausted + r.lost);
  return held;
}

function fateOf(r: Round | undefined, key: string): Fate {
  if (r?.elected?.includes(key)) return 'elected';
  if (r?.excluded?.includes(key)) return 'excluded';
  return r?.votes?.some((h) => h.option === key && h.elected) ? 'elected' : '';
}

function ribbonsOf(rounds: Round[], parts: Part[], keys: string[], scale: number): Ribbon[] {
  const out: Ribbon[] = [];
  const find = (round: number, key: string) => parts.find((p) => p.round === round && p.key === key);
  for (let i = 0; i + 1 < rounds.length; i++) {
    const left = new Map<string, number>();
    const right = new Map<string, number>();
    for (const [from, to, votes] of goings(rounds[i], parts, i, keys)) {
      const [a, b] = [find(i, from), find(i + 1, to)];
      if (!a || !b || votes <= 0) continue;
      const size = votes * scale;
      const [o1, o2] = [left.get(from) ?? 0, right.get(to) ?? 0];
      out.push({ round: i, from, to, votes, y1: a.y + o1, y2: b.y + o2, size });
      left.set(from, o1 + size);
      right.set(to, o2 + size);
    }
  }
  return out;
}

/** What of each option stays, and what moves on, in the order of the column. */
function goings(r: Round | undefined, parts: Part[], i: number, keys: string[]): [string, string, number][] {
  const all: [string, string, number][] = [];
  for (const key of keys) {
    const votes = parts.find((p) => p.round === i && p.key === key)?.votes ?? 0;
    const moves = (r?.moves ?? []).filter((m) => m.from === key);
    const gone = moves.reduce((sum, m) => sum + m.votes, 0);
    if (votes - gone > 1e-6) all.push([key, key, votes - gone]);
    for (const m of moves) all.push([key, m.to ?? '', m.votes]);
  }
  return all;
}
