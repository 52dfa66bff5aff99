import { expect, test } from 'vitest';
import { flowOf } from './flow';

const rounds = [
  {
    round: 1,
    votes: [
      { option: 'A', votes: 4 },
      { option: 'B', votes: 3 },
      { option: 'C', votes: 2 },
    ],
    exhausted: 0,
    lost: 0,
    excluded: ['C'],
    moves: [
      { from: 'C', to: 'B', votes: 1 },
      { from: 'C', votes: 1 },
    ],
  },
  {
    round: 2,
    votes: [
      { option: 'A', votes: 4 },
      { option: 'B', votes: 4 },
    ],
    exhausted: 1,
    lost: 0,
    elected: ['A'],
  },
];

test('every vote of a round is drawn, and goes somewhere', () => {
  const { parts, ribbons } = flowOf(rounds, ['A', 'B', 'C'], 240);
  const sum = (round: number) => parts.filter((p) => p.round === round).reduce((n, p) => n + p.votes, 0);
  expect([sum(0), sum(1)]).toEqual([9, 9]);
  expect(ribbons.map((r) => [r.from, r.to, r.votes])).toEqual([
    ['A', 'A', 4],
    ['B', 'B', 3],
    ['C', 'B', 1],
    ['C', '', 1],
  ]);
});
test('ribbons do not leave the parts that they join', () => {
  const { parts, ribbons } = flowOf(rounds, ['A', 'B', 'C'], 240);
  for (const r of ribbons) {
    const from = parts.find((p) => p.round === r.round && p.key === r.from);
    const to = parts.find((p) => p.round === r.round + 1 && p.key === r.to);
    expect(r.y1 + r.size).toBeLessThanOrEqual((from?.y ?? 0) + (from?.size ?? 0) + 1e-6);
    expect(r.y2 + r.size).toBeLessThanOrEqual((to?.y ?? 0) + (to?.size ?? 0) + 1e-6);
  }
});
test('who leaves and who is elected is marked', () => {
  const { parts } = flowOf(rounds, ['A', 'B', 'C'], 240);
  expect(parts.filter((p) => p.fate).map((p) => [p.round, p.key, p.fate])).toEqual([
    [0, 'C', 'excluded'],
    [1, 'A', 'elected'],
  ]);
});
