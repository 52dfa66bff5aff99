import { t } from '@lingui/core/macro';
import type { Weekday } from '~/api/types';
import { weekdays } from '~/kit/days';

/** A range of a day in minutes since its midnight; to goes past 1440 when it runs into the next day. */
export type Span = { from: number; to: number };
export type Week = Partial<Record<Weekday, string[]>>;

export const dayLength = 1440;
/** Bars and keys move by quarters of an hour; typed times may be any minute. */
export const step = 15;

const pad = (n: number) => String(n).padStart(2, '0');
/** "09:30"; 24:00 for the end of a day, and the clock of the next day after it. */
export const clockText = (minute: number) =>
  minute === dayLength ? '24:00' : `${pad(Math.floor(minute / 60) % 24)}:${pad(minute % 60)}`;
export const rangeText = ({ from, to }: Span) => `${clockText(from)}-${clockText(to)}`;

/** "22:00-06:00" as minutes; null when it is no range. */
export function spanOf(range: string): Span | null {
  const [a, b, more] = range.split('-');
  const from = minuteOf(a ?? '');
  const to = minuteOf(b ?? '');
  if (from === null || to === null || more !== undefined || from === dayLength) return null;
  return { from, to: to <= from ? to + dayLength : to };
}

export const spansOf = (ranges: string[] = []): Span[] => ranges.flatMap((r) => spanOf(r) ?? []);
export const rangesOf = (spans: Span[]): string[] => spans.map(rangeText);

/** "9", "9:30", "0930", "9.30" and "24:00" as minutes; null when it is no time. */
export function minuteOf(text: string): number | null {
  const found = /^(\d{1,2})(?:[:.h]?(\d{2}))?$/.exec(text.trim());
  if (!found) return null;
  const minutes = Number(found[1]) * 60 + Number(found[2] ?? 0);
  return minutes > dayLength || Number(found[2] ?? 0) > 59 ? null : minutes;
}

/** Sorts ranges and joins those that touch. */
export function merged(spans: Span[]): Span[] {
  const out: Span[] = [];
  for (const one of spans.filter((s) => s.to > s.from).sort((a, b) => a.from - b.from)) {
    const last = out.at(-1);
    if (last && one.from <= last.to) last.to = Math.max(last.to, one.to);
    else out.push({ ...one });
  }
  // A range can be a whole day long at most.
  return out.map((s) => ({ from: s.from, to: Math.min(s.to, s.from + dayLength) }));
}

export type Typed = { list: string[] } | { bad: string };

/** Reads what people type: "9-12, 13-17", "22:00–06:00". Nothing typed is no hours. */
export function readRanges(text: string): Typed {
  const list: Span[] = [];
  for (const part of partsOf(text)) {
    const span = spanOf(part.replace(/\s*(?:–|—|-|to|until)\s*/i, '-'));
    if (!span) return { bad: t`“${part}” is not a range. Write it as 09:00-17:00.` };
    list.push(span);
  }
  return { list: rangesOf(merged(list)) };
}

/** Reads times of day: "9:30, 14". */
export function readTimes(text: string): Typed {
  const list: number[] = [];
  for (const part of partsOf(text)) {
    const minute = minuteOf(part);
    if (minute === null || minute === dayLength)
      return { bad: t`“${part}” is not a time of day. Write it as 09:30.` };
    list.push(minute);
  }
  return { list: [...new Set(list)].sort((a, b) => a - b).map(clockText) };
}

const partsOf = (text: string) =>
  text
    .split(/[,;\n]| and /)
    .map((part) => part.trim())
    .filter(Boolean);

/** How a list is shown in its field. */
export const shown = (list: string[] = []) => list.map((r) => r.replace('-', '–')).join(', ');

/** Minutes of a week, as the wall clock counts them. */
export const lengthOf = (week: Week): number =>
  weekdays.reduce(
    (sum, day) => sum + merged(spansOf(week[day])).reduce((all, s) => all + s.to - s.from, 0),
    0,
  );

/** Moves a range as a whole, or one of its ends, and keeps it inside what a day allows. */
export function moved(span: Span, part: 'all' | 'from' | 'to', by: number): Span {
  if (part === 'from')
    return { from: clamp(span.from + by, 0, Math.min(dayLength, span.to) - step), to: span.to };
  if (part === 'to')
    return { from: span.from, to: clamp(span.to + by, span.from + step, span.from + dayLength) };
  const from = clamp(span.from + by, 0, dayLength - step);
  return { from, to: span.to + from - span.from };
}

export const snap = (minute: number) => Math.round(minute / step) * step;
export const clamp = (n: number, low: number, high: number) => Math.min(high, Math.max(low, n));
