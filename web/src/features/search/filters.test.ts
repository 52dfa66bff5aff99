import { expect, test } from 'vitest';
import { withFilter, without } from './filters';

test.each([
  ['from:mei replication', 'from', 'replication'],
  ['"from: the sea" from:mei', 'from', '"from: the sea"'],
  ['in:"People & handbook" pay', 'in', 'pay'],
  ['replication', 'before', 'replication'],
] as const)('%s without %s', (q, filter, want) => expect(without(q, filter)).toBe(want));

test('a filter is begun once', () => {
  expect(withFilter('pay from:mei', 'from')).toBe('pay from:');
  expect(withFilter('', 'owed', 'me')).toBe('owed:me');
});
