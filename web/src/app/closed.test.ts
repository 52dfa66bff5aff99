import { expect, test } from 'vitest';
import { closedNow, openFor } from './closed';

const at = (text: string) => Date.parse(`2026-10-05T${text}:00Z`);
const day = {
  working: [{ from: '2026-10-05T09:00:00Z', to: '2026-10-05T17:00:00Z' }],
  focus: [],
  next_start: '2026-10-06T09:00:00Z',
  end: '2026-10-05T17:00:00Z',
};

test.each<[string, boolean, string, number, boolean]>([
  ['in hours', true, '10:00', 0, false],
  ['outside of them', true, '20:00', 0, true],
  ['outside, without the wish', false, '20:00', 0, false],
  ['opened a moment ago', true, '20:10', at('20:00'), false],
  ['opened half an hour ago', true, '20:30', at('20:30') - openFor, true],
  ['opened in a future that was turned back', true, '20:00', at('21:00'), true],
])('%s', (_name, closes, when, opened, want) => {
  expect(closedNow({ closes, day }, at(when), opened)).toBe(want);
});

test('a day that is known from yesterday does not close this one', () => {
  expect(closedNow({ closes: true, day }, at('09:00') + 86_400_000, 0)).toBe(false);
});
