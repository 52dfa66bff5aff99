import { expect, test } from 'vitest';
import { barOf, midnightsIn, placeIn, slotsOf, workingIn } from './strip';

const s = { from: Date.parse('2026-11-23T12:00:00Z'), to: Date.parse('2026-11-25T12:00:00Z') };

test('places stay within the strip', () => {
  expect([placeIn(s.from - 5, s), placeIn((s.from + s.to) / 2, s), placeIn(s.to + 5, s)]).toEqual([
    0, 50, 100,
  ]);
});
test('a range is cut to the strip, and none is drawn outside', () => {
  expect(barOf('2026-11-20T00:00:00Z', '2026-11-24T12:00:00Z', s)).toEqual({ start: 0, size: 50 });
  expect(barOf('2026-11-20T00:00:00Z', '2026-11-21T12:00:00Z', s)).toBeNull();
});
test('midnights are the reader’s own, and thin out', () => {
  expect(midnightsIn(s, 'UTC').length).toBe(2);
  const month = { from: s.from, to: s.from + 40 * 86_400_000 };
  expect(midnightsIn(month, 'Asia/Taipei').length).toBeLessThanOrEqual(10);
});
test('a day of 25 hours has 25 slots', () => {
  expect(slotsOf('2026-10-25', 'Europe/Berlin', 60).length).toBe(25);
});
test('who works through a stretch counts, who comes in between does not', () => {
  const ranges = (from: string, to: string) => ({ ranges: [{ from, to }] });
  const people = [
    ranges('2026-11-23T08:00:00Z', '2026-11-23T16:00:00Z'),
    ranges('2026-11-23T12:30:00Z', '2026-11-23T16:00:00Z'),
  ];
  expect(workingIn(people, { from: s.from, to: s.from + 3_600_000 })).toBe(1);
});
