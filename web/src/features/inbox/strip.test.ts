import { expect, test } from 'vitest';
import { dayAround, placeOf, spansOf } from './strip';

const now = Date.parse('2026-03-16T09:42:00Z');
const hours = (n: number) => n * 3_600_000;

test('a day is midnight to midnight where the reader is', () => {
  const d = dayAround(now, 'Asia/Taipei');
  expect(new Date(d.from).toISOString()).toBe('2026-03-15T16:00:00.000Z');
  expect(d.to - d.from).toBe(hours(24));
});
test('a day on which the clocks change is an hour shorter or longer', () => {
  const spring = dayAround(Date.parse('2026-03-29T12:00:00Z'), 'Europe/Lisbon');
  const autumn = dayAround(Date.parse('2026-10-25T12:00:00Z'), 'Europe/Lisbon');
  expect(spring.to - spring.from).toBe(hours(23));
  expect(autumn.to - autumn.from).toBe(hours(25));
});
test('hours past midnight are cut at the day', () => {
  const d = dayAround(now, 'UTC');
  expect(spansOf([{ from: '2026-03-16T18:00:00Z', to: '2026-03-17T02:00:00Z' }], d)).toEqual([
    { start: 75, size: 25 },
  ]);
  expect(spansOf([{ from: '2026-03-17T02:00:00Z', to: '2026-03-17T04:00:00Z' }], d)).toEqual([]);
});
test('another day has no place', () => {
  expect(placeOf(now + hours(48), dayAround(now, 'UTC'))).toBeNull();
});
