import { expect, test } from 'vitest';
import { nameOf, step } from './keys';

const map = { j: () => {}, 'g i': () => {}, 'g t': () => {}, 'mod+k': () => {}, i: () => {} };

test('a single key runs at once', () => expect(step(map, '', 'j')).toEqual({ run: 'j', wait: '' }));
test('the first of two waits', () => expect(step(map, '', 'g')).toEqual({ wait: 'g' }));
test('the second runs', () => expect(step(map, 'g', 't')).toEqual({ run: 'g t', wait: '' }));
test('a pair comes before the single key', () => expect(step(map, 'g', 'i').run).toBe('g i'));
test('a wrong second key counts alone', () => expect(step(map, 'g', 'j').run).toBe('j'));
test('an unknown key does nothing', () => expect(step(map, '', 'x')).toEqual({ wait: '' }));
test('Ctrl and Command are one', () => {
  const press = { key: 'K', metaKey: false, ctrlKey: true, altKey: false };
  expect(nameOf(press)).toBe('mod+k');
  expect(nameOf({ ...press, ctrlKey: false, metaKey: true })).toBe('mod+k');
});
