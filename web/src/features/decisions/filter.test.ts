import { expect, test } from 'vitest';
import { filterOf, isPlain } from './filter';

test('a period is whole days on the reader’s clock', () => {
  const f = filterOf({ from: '2026-10-24', to: '2026-10-25' }, 'Europe/Berlin');
  expect([f.from, f.to]).toEqual(['2026-10-23T22:00:00.000Z', '2026-10-25T23:00:00.000Z']);
});
test('what is no date is left out', () => {
  expect(filterOf({ from: 'soon' }, 'UTC').from).toBeUndefined();
});
test('only the register without filters is plain', () => {
  expect([isPlain({}), isPlain({ due: '1' })]).toEqual([true, false]);
});
