import { expect, test } from 'vitest';
import { barsOf, bestOf, placeIn, plusDays, shadeOf, stretchOf, ticksOf } from './map';

const lisbon = 'Europe/Lisbon';

test('a day is as long as its clock says', () => {
  const hours = (date: string) => {
    const { from, to } = stretchOf(date, 1, lisbon);
    return (to - from) / 3_600_000;
  };
  expect([hours('2026-03-28'), hours('2026-03-29'), hours('2026-10-25')]).toEqual([24, 23, 25]);
});

test('bars are cut at the edges, and what is outside is left out', () => {
  const stretch = stretchOf('2026-03-16', 1, lisbon);
  const bars = barsOf(
    [
      { from: '2026-03-15T22:00:00Z', to: '2026-03-16T06:00:00Z' },
      { from: '2026-03-17T09:00:00Z', to: '2026-03-17T17:00:00Z' },
    ],
    stretch,
  );
  expect(bars.map((b) => [b.start, b.size])).toEqual([[0, 25]]);
});

test('an instant has a place inside only', () => {
  const stretch = stretchOf('2026-03-16', 1, lisbon);
  expect(placeIn(Date.parse('2026-03-16T12:00:00Z'), stretch)).toBe(50);
  expect(placeIn(Date.parse('2026-03-17T12:00:00Z'), stretch)).toBeNull();
});

test('marks are hours of a day, or the days of a week', () => {
  expect(ticksOf('2026-03-16', 1, lisbon, 6)).toHaveLength(4);
  expect(ticksOf('2026-03-16', 7, lisbon, 6)).toHaveLength(7);
});

test('the best time is that of most people, and the longest of those', () => {
  const common = [
    { from: '2026-03-16T09:00:00Z', to: '2026-03-16T12:00:00Z', n: 2 },
    { from: '2026-03-16T12:00:00Z', to: '2026-03-16T13:00:00Z', n: 3 },
    { from: '2026-03-16T14:00:00Z', to: '2026-03-16T16:00:00Z', n: 3 },
  ];
  expect(bestOf(common, 0)?.from).toBe(Date.parse('2026-03-16T14:00:00Z'));
  expect(bestOf(common, Date.parse('2026-03-16T15:30:00Z'))?.n).toBe(3);
  expect(bestOf(common, Date.parse('2026-03-16T17:00:00Z'))).toBeNull();
});

test('shading grows with the number, and all is full', () => {
  expect(shadeOf(4, 4)).toBe(1);
  expect(shadeOf(2, 4)).toBeLessThan(shadeOf(3, 4));
  expect(shadeOf(1, 1)).toBe(0);
});

test('dates go over the end of a month', () => expect(plusDays('2026-02-27', 3)).toBe('2026-03-02'));
