import type { Overlap, Range } from '~/api/types';
import { dateOf, instantOf } from '~/kit/time';

/** A stretch of time on a map, in milliseconds. */
export type Stretch = { from: number; to: number };
/** A bar of a map, in percent of its width. */
export type Bar = { from: number; to: number; start: number; size: number };

const day = 86_400_000;

/** The date some days after another. */
export const plusDays = (date: string, n: number) =>
  new Date(Date.parse(date) + n * day).toISOString().slice(0, 10);

/** Whole days on the clock of a zone; a day of changed clocks is an hour shorter or longer. */
export function stretchOf(date: string, days: number, zone: string): Stretch {
  return { from: instantOf(date, '00:00', zone), to: instantOf(plusDays(date, days), '00:00', zone) };
}

/** What of some ranges lies in a stretch, as bars. */
export function barsOf(ranges: Range[], stretch: Stretch): Bar[] {
  const whole = stretch.to - stretch.from;
  return ranges.flatMap((r) => {
    const from = Math.max(Date.parse(r.from), stretch.from);
    const to = Math.min(Date.parse(r.to), stretch.to);
    if (to <= from) return [];
    return [{ from, to, start: (100 * (from - stretch.from)) / whole, size: (100 * (to - from)) / whole }];
  });
}

/** Where an instant lies in a stretch, 0 to 100; null outside. */
export function placeIn(at: number, { from, to }: Stretch): number | null {
  return at < from || at > to ? null : (100 * (at - from)) / (to - from);
}

/** The marks along the top: hours of one day, or the midnights of more. */
export function ticksOf(date: string, days: number, zone: string, step: number): number[] {
  if (days > 1) return Array.from({ length: days }, (_, i) => instantOf(plusDays(date, i), '00:00', zone));
  const hours = Array.from({ length: Math.ceil(24 / step) }, (_, i) => i * step);
  return hours.map((h) => instantOf(date, `${String(h).padStart(2, '0')}:00`, zone));
}

/** The longest time at which the most people work, and how many; null when never two do. */
export function bestOf(
  common: Overlap['common'],
  after: number,
): { from: number; to: number; n: number } | null {
  let best: { from: number; to: number; n: number } | null = null;
  for (const c of common) {
    const from = Math.max(Date.parse(c.from), after);
    const to = Date.parse(c.to);
    if (to <= from) continue;
    if (!best || c.n > best.n || (c.n === best.n && to - from > best.to - best.from))
      best = { from, to, n: c.n };
  }
  return best;
}

/** How strongly n of k is shaded, 0 to 1: two of many faintly, all of them fully. */
export const shadeOf = (n: number, of: number): number =>
  of < 2 ? 0 : n >= of ? 1 : 0.12 + (0.5 * (n - 1)) / Math.max(1, of - 1);

/** The first date of a map: today of its reader. */
export const todayOf = (now: number, zone: string) => dateOf(now, zone);
