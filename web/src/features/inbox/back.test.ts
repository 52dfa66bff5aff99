import { expect, test } from 'vitest';
import { lastBack } from './back';

const absence = (id: string, from: string, to: string) => ({ id, from, to, reason: '', stand_in: null });
const list = [
  absence('days', '2026-10-05', '2026-10-09'),
  absence('night', '2026-10-20T20:00:00Z', '2026-10-21T20:00:00Z'),
  absence('dentist', '2026-10-26T09:00:00Z', '2026-10-26T11:00:00Z'),
];

test.each([
  ['on the last day', '2026-10-09T12:00:00Z', undefined],
  ['the morning after', '2026-10-10T07:00:00Z', 'days'],
  ['four days after', '2026-10-13T07:00:00Z', 'days'],
  ['a week after', '2026-10-16T07:00:00Z', undefined],
  ['after a night and a day', '2026-10-22T07:00:00Z', 'night'],
  ['after the dentist', '2026-10-26T12:00:00Z', undefined],
])('%s', (_name, now, want) => {
  expect(lastBack(list, Date.parse(now), 'Europe/Lisbon')?.id).toBe(want);
});
