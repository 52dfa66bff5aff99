import { i18n } from '@lingui/core';
import { describe, expect, test } from 'vitest';
import { type AskDraft, missing, newAsk, toNewAsk } from './askDraft';

i18n.loadAndActivate({ locale: 'en', messages: {} });
const ask = (part: Partial<AskDraft> = {}): AskDraft => ({
  ...newAsk('4h', { people: ['per_1'], teams: [] }),
  ...part,
});

describe('what is missing', () => {
  test.each<[string, Partial<AskDraft>, string | null]>([
    ['nothing', {}, null],
    ['nobody is asked', { to: { people: [], teams: [] } }, 'Say who is asked.'],
    ['an urgent ask without a reason', { urgency: 'urgent' }, 'Say why it is urgent.'],
    [
      'one choice is no choice',
      { kind: 'decide', choices: ['A', ' '] },
      'Give at least two choices, or none.',
    ],
    ['escalation to nobody', { silence: 'escalate' }, 'Say who is asked when nobody answers.'],
    ['a deadline without a day', { window: 'deadline' }, 'Choose the day and time of the deadline.'],
  ])('%s', (_name, part, want) => expect(missing(ask(part))).toBe(want));
});

test('only what matters is sent', () => {
  expect(toNewAsk(ask({ reason: 'left over', choices: ['A', 'B'] }), 'Europe/Lisbon')).toEqual({
    kind: 'reply',
    to: { people: ['per_1'], teams: [] },
    window: '4h',
    urgency: 'routine',
    need: 'all',
  });
});
test('a deadline is on the clock of the one who asks', () => {
  const sent = toNewAsk(ask({ window: 'deadline', date: '2026-07-01', time: '17:00' }), 'Europe/Lisbon');
  expect(sent.deadline).toBe('2026-07-01T16:00:00.000Z');
  expect(sent.window).toBeUndefined();
});
test('k of n is a number', () => expect(toNewAsk(ask({ need: '2' }), 'UTC').need).toBe(2));
