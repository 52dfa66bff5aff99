import { expect, test } from 'vitest';
import { partsOf } from './parts';

test('addresses of this house are cut out of a text, others are not', () => {
  const here = 'https://time.example';
  expect(partsOf(`See ${here}/batons/bat_01abc, please.`, here)).toEqual([
    { text: 'See ' },
    { text: `${here}/batons/bat_01abc`, path: '/batons/bat_01abc' },
    { text: ', please.' },
  ]);
  expect(partsOf('/threads/thr_9z', here)).toEqual([{ text: '/threads/thr_9z', path: '/threads/thr_9z' }]);
  const other = 'https://else.example/batons/bat_01abc';
  expect(partsOf(other, here)).toEqual([{ text: other }]);
  expect(partsOf('All quiet.', here)).toEqual([{ text: 'All quiet.' }]);
  expect(partsOf('', here)).toEqual([]);
});
