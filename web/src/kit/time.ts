import { t } from '@lingui/core/macro';
import { formatsOf } from './locale';

/** Words for instants. Everything takes the reader's zone and the server's now; nothing reads a clock. */

const formats = new Map<string, Intl.DateTimeFormat>();

/**
 * A way of writing dates, made once: to make one costs a browser some milliseconds, so there
 * are few. Words are always written for UTC, of a wall clock's reading (see wallOf).
 */
function format(options: Intl.DateTimeFormatOptions, locale: string, zone = 'UTC'): Intl.DateTimeFormat {
  const key = `${locale} ${zone} ${JSON.stringify(options)}`;
  let found = formats.get(key);
  if (!found) {
    found = new Intl.DateTimeFormat(locale, { ...options, timeZone: zone, hourCycle: 'h23' });
    formats.set(key, found);
  }
  return found;
}

/** What is reckoned with is written in the same digits in every language. */
const reckoning = 'en-GB';
const wall = {
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
} as const;

const ms = (at: string | number) => (typeof at === 'number' ? at : Date.parse(at));

/** What the calendar and the clock on a wall of that zone say: "2026-03-16T09:42". */
function wallOf(at: string | number, zone: string): string {
  const [date = '', clock = ''] = format(wall, reckoning, zone).format(ms(at)).split(', ');
  return `${date.split('/').reverse().join('-')}T${clock}`;
}

/** An instant's date and time in that zone, in words of the reader's language. */
export const worded = (at: string | number, zone: string, options: Intl.DateTimeFormatOptions) =>
  format(options, formatsOf()).format(Date.parse(`${wallOf(at, zone)}Z`));

/** "09:42" */
export const clockOf = (at: string | number, zone: string) => wallOf(at, zone).slice(-5);

/** "2026-03-16", the date in that zone. */
export const dateOf = (at: string | number, zone: string) => wallOf(at, zone).slice(0, -6);

/** Minutes since midnight on the clock of that zone. */
export function minuteOf(at: string | number, zone: string): number {
  const [h = '0', m = '0'] = clockOf(at, zone).split(':');
  return Number(h) * 60 + Number(m);
}

/** Whole dates from now's date to at's date: 0 today, 1 tomorrow, −1 yesterday. */
export function daysAway(at: string | number, now: number, zone: string): number {
  return Math.round((Date.parse(dateOf(at, zone)) - Date.parse(dateOf(now, zone))) / 86_400_000);
}

/** "today", "tomorrow", "yesterday", "Thu", "12 Mar", "12 Mar 2027" */
export function dayOf(at: string | number, now: number, zone: string): string {
  const away = daysAway(at, now, zone);
  if (away === 0) return t`today`;
  if (away === 1) return t`tomorrow`;
  if (away === -1) return t`yesterday`;
  if (away > 1 && away < 7) return worded(at, zone, { weekday: 'short' });
  const sameYear = dateOf(at, zone).slice(0, 4) === dateOf(now, zone).slice(0, 4);
  return worded(at, zone, { day: 'numeric', month: 'short', ...(sameYear ? {} : { year: 'numeric' }) });
}

/** "today 14:00", "Thu 10:00", "12 Mar 10:00" */
export const whenOf = (at: string | number, now: number, zone: string) =>
  `${dayOf(at, now, zone)} ${clockOf(at, zone)}`;

/** "14:00" when it is today, else "Thu 10:00": for tight places. */
export const shortWhen = (at: string | number, now: number, zone: string) =>
  daysAway(at, now, zone) === 0 ? clockOf(at, zone) : whenOf(at, now, zone);

/** "Monday, 16 March 2026 at 09:00" for titles and screen readers. */
export const fullWhen = (at: string | number, zone: string) =>
  worded(at, zone, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
  });

/** "5 m", "4 h 18 m", "2 d 3 h": a length of time, never negative. */
export function spanOf(length: number): string {
  const minutes = Math.max(0, Math.round(length / 60_000));
  const [d, h, m] = [Math.floor(minutes / 1440), Math.floor((minutes % 1440) / 60), minutes % 60];
  if (d > 0) return h > 0 ? t`${d} d ${h} h` : t`${d} d`;
  if (h > 0) return m > 0 ? t`${h} h ${m} m` : t`${h} h`;
  return t`${m} m`;
}

/** "5 m ago", "in 4 h": how far from now. */
export function agoOf(at: string | number, now: number): string {
  const length = ms(at) - now;
  if (Math.abs(length) < 60_000) return t`just now`;
  const span = spanOf(Math.abs(length));
  return length > 0 ? t`in ${span}` : t`${span} ago`;
}

export type DueWords = { main: string; note: string; tone: 'late' | 'today' | 'later' };

/** A due in words of the reader's own day; dayEnd is when they finish today, if they work today. */
export function dueWords(due: string | number, now: number, zone: string, dayEnd?: string | null): DueWords {
  const at = ms(due);
  if (at < now) return { main: t`overdue`, note: t`since ${whenOf(at, now, zone)}`, tone: 'late' };
  if (daysAway(at, now, zone) === 0) {
    const atEnd = dayEnd != null && Math.abs(ms(dayEnd) - at) < 60_000;
    const left = t`in ${spanOf(at - now)}`;
    return { main: t`by ${clockOf(at, zone)}`, note: atEnd ? t`end of your day` : left, tone: 'today' };
  }
  const soon = at - now < 36 * 3_600_000;
  return { main: whenOf(at, now, zone), note: soon ? t`in ${spanOf(at - now)}` : '', tone: 'later' };
}

/** "São_Paulo" of "America/Sao_Paulo" as people write it: "Sao Paulo". */
export const cityOf = (zone: string) => (zone.split('/').pop() ?? zone).replaceAll('_', ' ');

/** Minutes that a zone is ahead of UTC at an instant. */
export function offsetOf(at: number, zone: string): number {
  const wall = Date.parse(`${dateOf(at, zone)}T${clockOf(at, zone)}:00Z`);
  return Math.round((wall - at) / 60_000);
}

/** The instant at which the clock of a zone shows a date and a time; a skipped time lands after the gap. */
export function instantOf(date: string, clock: string, zone: string): number {
  const wall = Date.parse(`${date}T${clock}:00Z`);
  const before = offsetOf(wall - 86_400_000, zone);
  const after = offsetOf(wall + 86_400_000, zone);
  for (const offset of [before, after]) {
    const guess = wall - offset * 60_000;
    if (offsetOf(guess, zone) === offset) return guess;
  }
  return wall - before * 60_000;
}

/** The next date that falls on a weekday (1 Monday … 7 Sunday), never today. */
export function nextWeekday(now: number, zone: string, weekday: number): string {
  const today = Date.parse(dateOf(now, zone));
  const is = new Date(today).getUTCDay() || 7;
  return new Date(today + ((weekday - is + 7) % 7 || 7) * 86_400_000).toISOString().slice(0, 10);
}

/** "4 hours", "1 working day" of a window such as "4h", "1d". */
export function windowWords(window: string): string {
  const found = /^(\d+)\s*([mhd])$/.exec(window);
  if (!found) return window;
  const n = Number(found[1]);
  if (found[2] === 'd') return n === 0 ? t`today` : n === 1 ? t`1 working day` : t`${n} working days`;
  if (found[2] === 'h') return n === 1 ? t`1 working hour` : t`${n} working hours`;
  return t`${n} working minutes`;
}
