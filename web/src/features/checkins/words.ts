import { plural, t } from '@lingui/core/macro';
import type { Checkin, CheckinAnswer, CheckinRhythm, QuestionKind } from '~/api/checkins';
import type { Weekday } from '~/api/types';
import type { Hue } from '~/kit';
import { dayName, weekdays } from '~/kit/days';
import { worded } from '~/kit/time';

/** "Mon, 2 Mar" of a local date, in the reader's language. */
export const dateWords = (date: string, long = false) =>
  worded(`${date}T12:00:00Z`, 'UTC', {
    weekday: long ? 'long' : 'short',
    day: 'numeric',
    month: long ? 'long' : 'short',
  });

/** "2 Mar" of a local date, with its year when asked. */
export const dayMonth = (date: string, year = false) =>
  worded(`${date}T12:00:00Z`, 'UTC', { day: 'numeric', month: 'short', year: year ? 'numeric' : undefined });

/** A number with at most two digits behind the point. */
export const numberWords = (n: number) => String(Math.round(n * 100) / 100);

/** The next round number: 14.5 becomes 20, 0.3 becomes 0.5. Of zero and less it is zero. */
export function roundUp(n: number): number {
  if (n <= 0) return 0;
  const ten = 10 ** Math.floor(Math.log10(n));
  const step = [1, 2, 5, 10].find((s) => s * ten >= n) ?? 10;
  return Number((step * ten).toPrecision(2));
}

export const questionKinds: QuestionKind[] = [
  'text',
  'choice',
  'number',
  'mood',
  'yes_no',
  'health',
  'hill',
  'of_week',
  'blocker',
];

export const questionKindWord = (kind: QuestionKind): string =>
  ({
    text: t`Words`,
    choice: t`A choice`,
    number: t`A number`,
    mood: t`Mood, for oneself`,
    yes_no: t`Yes or no`,
    health: t`Health of a project`,
    hill: t`Place on the hill`,
    of_week: t`The team question of the week`,
    blocker: t`What one waits for`,
  })[kind];

/** The words of a question; the team question has none until it is asked. */
export const questionWords = (q: { kind: string; text?: string }) =>
  q.text || t`The team question of the week`;

export const moods = (): string[] => [t`Hard`, t`Low`, t`All right`, t`Good`, t`Very good`];
export const moodWord = (n: number) => moods()[Math.min(5, Math.max(1, Math.round(n))) - 1] ?? '';

export const healths = ['on track', 'at risk', 'off track'];
export const healthWord = (value: string) =>
  ({ 'on track': t`On track`, 'at risk': t`At risk`, 'off track': t`Off track` })[value] ?? value;
export const healthHue = (value: string): Hue =>
  value === 'on track' ? 'green' : value === 'at risk' ? 'yellow' : value === 'off track' ? 'red' : 'gray';

/** Where on the hill something is: up to the top it is figured out, then it is got done. */
export function hillWord(n: number): string {
  if (n <= 5) return t`just begun`;
  if (n < 30) return t`finding out what it takes`;
  if (n < 48) return t`the way is getting clear`;
  if (n <= 52) return t`at the top: it is known what to do`;
  if (n < 75) return t`getting it done`;
  if (n < 97) return t`nearly there`;
  return t`done`;
}

/** What becomes of what people wait for when a check-in ends. */
export const stillWaitedWords = (n: number) =>
  plural(n, {
    one: '# thing is waited for. It is between the people it names and stays open here, and whoever was asked still answers, until it is settled.',
    other:
      '# things are waited for. They are between the people they name and stay open here, and whoever was asked still answers, until they are settled.',
  });

/** How many people a check-in asks. */
export const askedWords = (n: number) => plural(n, { one: '# person', other: '# people' });

/** Whose answers a report holds, as a figure and never by name. */
export const answeredWords = (of: { answered: number; asked?: number | null }) =>
  of.asked
    ? t`Answers of ${of.answered} of ${of.asked}`
    : plural(of.answered, { one: 'Answers of # person', other: 'Answers of # people' });

export const stateWords = (c: Checkin): string | null =>
  c.state === 'ended'
    ? t`Ended`
    : c.state === 'paused'
      ? t`Paused`
      : c.pause_until
        ? t`Paused until ${dateWords(c.pause_until)}`
        : null;

const nthWord = (n: number) =>
  ({ 1: t`first`, 2: t`second`, 3: t`third`, 4: t`fourth`, '-1': t`last` })[String(n)] ?? String(n);

/** "every weekday, at the start of each person's day" */
export function rhythmWords(r: CheckinRhythm): string {
  return `${daysWords(r)}, ${timeWords(r)}`;
}

function daysWords(r: CheckinRhythm): string {
  const on = weekdays
    .filter((d: Weekday) => r.weekdays?.includes(d))
    .map(dayName)
    .join(', ');
  const n = r.n || 1;
  if (r.every === 'once') return r.from ? t`once, on ${dateWords(r.from)}` : t`once`;
  if (r.every === 'day') return on ? t`every ${on}` : t`every working day`;
  if (r.every === 'week') return n === 1 ? t`every ${on}` : t`every ${n} weeks on ${on}`;
  const which = `${nthWord(r.nth ?? 1)} ${on}`;
  return n === 1 ? t`on the ${which} of each month` : t`on the ${which} of every ${n} months`;
}

/** "2 hours", "15 minutes" */
export const lengthWords = (minutes: number) =>
  minutes > 0 && minutes % 60 === 0
    ? plural(minutes / 60, { one: '# hour', other: '# hours' })
    : plural(minutes, { one: '# minute', other: '# minutes' });

function timeWords(r: CheckinRhythm): string {
  const minutes = r.minutes ?? 0;
  const length = lengthWords(minutes);
  if (r.at === 'clock') return t`at ${r.clock ?? ''} on each person’s own clock`;
  if (r.at === 'end')
    return minutes ? t`${length} before the end of each person’s day` : t`at the end of each person’s day`;
  return minutes ? t`${length} into each person’s day` : t`at the start of each person’s day`;
}

/** An answer in a few words; nothing when there is none. */
export function answerWords(kind: string, a: CheckinAnswer, unit = ''): string {
  if (a.yes !== undefined) return a.yes ? t`yes` : t`no`;
  if (a.number !== undefined) {
    if (kind === 'mood') return moodWord(a.number);
    if (kind === 'hill') return t`${a.number} of 100, ${hillWord(a.number)}`;
    return unit ? `${a.number} ${unit}` : String(a.number);
  }
  return kind === 'health' ? healthWord(a.text ?? '') : (a.text ?? '');
}
