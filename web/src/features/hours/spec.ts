import type { Absence, Calendar, Schedule, ScheduleSpec, Weekday } from '~/api/types';
import { weekdays } from '~/kit/days';
import { clockOf, dateOf, instantOf } from '~/kit/time';
import { merged, rangesOf, spansOf, type Week } from './ranges';

/** A schedule as it is sent: sorted, joined, without what is empty. */
export function clean(spec: ScheduleSpec): ScheduleSpec {
  const out: ScheduleSpec = { zone: spec.zone };
  const zones = (spec.zones ?? []).filter((z) => z.from && z.zone);
  if (zones.length) out.zones = [...zones].sort((a, b) => a.from.localeCompare(b.from));
  const weekly = tidy(spec.weekly, true);
  if (weekly) out.weekly = weekly as Week;
  const overrides = tidy(spec.overrides, false);
  if (overrides) out.overrides = overrides;
  const focus = tidy(spec.focus, true);
  if (focus) out.focus = focus;
  const checks = entries(spec.checks).filter(([, list]) => list.length > 0);
  if (checks.length) out.checks = Object.fromEntries(checks);
  return out;
}

const order = (key: string) => {
  const at = weekdays.indexOf(key as Weekday);
  return at < 0 ? key : String(at);
};
const entries = (of: Record<string, string[] | undefined> | undefined): [string, string[]][] =>
  Object.entries(of ?? {})
    .map(([key, list]): [string, string[]] => [key, list ?? []])
    .sort(([a], [b]) => order(a).localeCompare(order(b)));

function tidy(of: Record<string, string[] | undefined> | undefined, dropEmpty: boolean) {
  const list = entries(of)
    .map(([key, ranges]): [string, string[]] => [key, rangesOf(merged(spansOf(ranges)))])
    .filter(([key, ranges]) => key && !(dropEmpty && ranges.length === 0));
  return list.length ? Object.fromEntries(list) : undefined;
}

export const same = (a: ScheduleSpec, b: ScheduleSpec) =>
  JSON.stringify(clean(a)) === JSON.stringify(clean(b));

export const sameWeek = (a: Week = {}, b: Week = {}) =>
  same({ zone: '', weekly: a }, { zone: '', weekly: b });

/** One date of the preview, in wall-clock ranges. */
export type PreviewDay = {
  date: string;
  ranges: string[];
  focus: string[];
  holiday: string | null;
  absent: boolean;
};

/** The next days as the server counts them. */
export function savedDays(schedule: Schedule): PreviewDay[] {
  return schedule.week.map((day) => {
    const zone = zoneOn(schedule.spec, day.date);
    const text = (r: { from: string; to: string }) => {
      const to = clockOf(r.to, zone);
      return `${clockOf(r.from, zone)}-${to === '00:00' ? '24:00' : to}`;
    };
    return { ...day, ranges: day.working.map(text), focus: day.focus.map(text) };
  });
}

/** The next days as they would be: a sketch by the wall clock, until the server has counted. */
export function sketchDays(
  spec: ScheduleSpec,
  calendars: Calendar[],
  absences: Absence[],
  today: string,
  days = 14,
): PreviewDay[] {
  return Array.from({ length: days }, (_, i) => {
    const date = new Date(Date.parse(today) + i * 86_400_000).toISOString().slice(0, 10);
    const weekday = weekdays[(new Date(Date.parse(date)).getUTCDay() + 6) % 7] ?? 'mon';
    const off = calendars.flatMap((c) => c.days).find((d) => d.date.slice(0, 10) === date);
    const wholeDay = off && off.date.length === 10;
    const absent = absences.some((a) => covers(a, date, zoneOn(spec, date)));
    const hours = spec.overrides?.[date] ?? spec.weekly?.[weekday] ?? [];
    const free = wholeDay || absent;
    return {
      date,
      ranges: free ? [] : rangesOf(merged(spansOf(hours))),
      focus: free ? [] : [...(spec.focus?.[weekday] ?? []), ...(spec.focus?.[date] ?? [])],
      holiday: off?.name ?? null,
      absent,
    };
  });
}

/** The zone one is in on a date. */
export function zoneOn(spec: ScheduleSpec, date: string): string {
  const periods = [...(spec.zones ?? [])].filter((z) => z.from && z.from <= date);
  return periods.sort((a, b) => a.from.localeCompare(b.from)).at(-1)?.zone ?? spec.zone;
}

/** Whether an absence covers the middle of a date. */
function covers(a: Absence, date: string, zone: string): boolean {
  if (a.from.length === 10) return a.from <= date && date <= a.to;
  const noon = instantOf(date, '12:00', zone);
  return Date.parse(a.from) <= noon && noon < Date.parse(a.to);
}

/** The days of a calendar that are still to come. */
export const daysAhead = (calendar: Calendar, now: number, zone: string) =>
  calendar.days.filter((d) => d.date.slice(0, 10) >= dateOf(now, zone));
