import { i18n } from '@lingui/core';
import { beforeAll, expect, test } from 'vitest';
import type { Decision, Marks } from '~/api/decisions';
import { codeOf, dotsLeft, lacking, newReceipt, sent } from './ballot';

beforeAll(() => {
  i18n.load('en', {});
  i18n.activate('en');
});
const of = (kind: Decision['kind'], reasons = 'optional', most = 3) =>
  ({ kind, rules: { reasons, most }, options: [] }) as unknown as Decision;

test('what lacks is said, and an abstention lacks nothing', () => {
  const cases: [Decision, Marks, boolean][] = [
    [of('consent'), {}, false],
    [of('consent'), { choice: 'object' }, false],
    [of('consent'), { choice: 'object', reason: 'It floats.' }, true],
    [of('consent'), { choice: 'consent' }, true],
    [of('majority', 'required'), { choice: 'A' }, false],
    [of('majority', 'required'), { choice: 'A', reasons: { A: 'Why not' } }, true],
    [of('dots'), { scores: { A: 2, B: 2 } }, false],
    [of('dots'), { scores: { A: 0 } }, false],
    [of('score'), { scores: { A: 0 } }, true],
    [of('ranked'), { ranking: [] }, false],
    [of('ranked', 'required'), { abstain: true }, true],
  ];
  for (const [d, m, fine] of cases) expect([d.kind, m, lacking(d, m) === '']).toEqual([d.kind, m, fine]);
});
test('who abstains marks nothing else', () => {
  expect(sent({ abstain: true, choice: 'A', reason: ' so ' })).toEqual({ abstain: true, reason: 'so' });
});
test('dots are counted down', () => {
  expect(dotsLeft(5, { scores: { A: 2, B: 1 } })).toBe(2);
});
test('a receipt is as the server takes it, and never the same', () => {
  expect(newReceipt()).toMatch(/^[A-Za-z0-9]{22}$/);
  expect(newReceipt()).not.toBe(newReceipt());
});
test('a code is what sha256sum says', async () => {
  expect(await codeOf('dec_1', 'R')).toBe('b6b9aca106da60f0775e');
});
