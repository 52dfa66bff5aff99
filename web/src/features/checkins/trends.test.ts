import { expect, test } from 'vitest';
import { unbroken } from './Curve';
import { stacked } from './Hill';
import { healthOf } from './TrendsTab';
import { roundUp } from './words';

const weeks = (...mondays: string[]) => mondays.map((monday) => ({ monday, value: 1 }));

test('a curve breaks where a week has no figure, and not where there is none between two rounds', () => {
  const runs = (...m: string[]) => unbroken(weeks(...m)).map((r) => r.length);
  expect(runs('2027-01-04')).toEqual([1]);
  expect(runs('2027-01-04', '2027-01-11', '2027-01-25', '2027-02-01')).toEqual([2, 2]);
  expect(runs('2027-01-04', '2027-01-18', '2027-02-01')).toEqual([3]); // every other week
  expect(runs('2027-01-04', '2027-02-01', '2027-03-08')).toEqual([3]); // each month
});

test('nobody on the hill covers another', () => {
  const at = (...places: number[]) =>
    stacked(places.map((n, i) => ({ at: n, name: String(i) }))).map((d) => [d.at, d.up]);
  expect(at(100, 100, 20)).toEqual([
    [20, 0],
    [100, 0],
    [100, 1],
  ]);
  expect(at(50, 55, 60)).toEqual([
    [50, 0],
    [55, 1],
    [60, 0],
  ]);
});

test('the scale of a curve ends at a round number', () => {
  expect([0, 0.3, 1, 14.5, 20, 21, 999].map(roundUp)).toEqual([0, 0.5, 1, 20, 20, 50, 1000]);
});

test('of each person the latest health stands first', () => {
  const said = (person: string, date: string, text: string) =>
    ({ turn: date, date, person: { id: person, name: person }, said: [{ question: 'q', text }] }) as never;
  const list = healthOf('q', [
    said('a', '2', 'at risk'),
    said('b', '2', 'on track'),
    said('a', '1', 'on track'),
  ]);
  expect(list.map((l) => l.map((x) => x.text))).toEqual([['at risk', 'on track'], ['on track']]);
});
