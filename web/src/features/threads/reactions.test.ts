import { expect, test } from 'vitest';
import { withReaction } from './reactions';

const person = (id: string) => ({ id, name: id, handle: id, zone: 'UTC', bot: false, removed: false });
const [ana, kofi] = [person('ana'), person('kofi')];
const one = (people: (typeof ana)[], mine: boolean) => [{ emoji: '👍', people, mine }];

test('the first reaction adds its emoji', () => {
  expect(withReaction([], '👍', ana, true)).toEqual(one([ana], true));
});
test('reacting twice counts once', () => {
  expect(withReaction(one([ana, kofi], true), '👍', ana, true)).toEqual(one([kofi, ana], true));
});
test('the last one off takes the emoji away', () => {
  expect(withReaction(one([ana], true), '👍', ana, false)).toEqual([]);
});
test('the others stay', () => {
  expect(withReaction(one([ana, kofi], true), '👍', ana, false)).toEqual(one([kofi], false));
});
