import { dateOf, instantOf } from '~/kit/time';

/** A stretch of time that is drawn, in milliseconds. */
export type Stretch = { from: number; to: number };
const day = 86_400_000;

/** Where an instant lies in a stretch, in percent, never outside. */
export const placeIn = (at: number, { from, to }: Stretch): number =>
  Math.max(0, Math.min(100, (100 * (at - from)) / Math.max(1, to - from)));

/** What of a range lies in a stretch, as start and size in percent; null when nothing does. */
export function barOf(from: string, to: string, s: Stretch): { start: number; size: number } | null {
  const [a, b] = [Math.max(Date.parse(from), s.from), Math.min(Date.parse(to), s.to)];
  return b <= a ? null : { start: placeIn(a, s), size: placeIn(b, s) - placeIn(a, s) };
}

export const plusDays = (date: string, n: number) =>
  new Date(Date.parse(date) + n * day).toISOString().slice(0, 10);

/** The midnights of a zone within a stretch, few enough to be read. */
export function midnightsIn(s: Stretch, zone: string, most = 10): number[] {
  const out: number[] = [];
  for (let date = plusDays(dateOf(s.from, zone), 1); ; date = plusDays(date, 1)) {
    const at = instantOf(date, '00:00', zone);
    if (at >= s.to) break;
    out.push(at);
  }
  const step = Math.ceil(out.length / most) || 1;
  return out.filter((_, i) => i % step === 0);
}

/** The beginnings of slots of one local day, each so many minutes long. */
export function slotsOf(date: string, zone: string, minutes: number): number[] {
  const [from, to] = [instantOf(date, '00:00', zone), instantOf(plusDays(date, 1), '00:00', zone)];
  const out: number[] = [];
  for (let at = from; at < to; at += minutes * 60_000) out.push(at);
  return out;
}

/** How many of some people work all through a stretch. */
export const workingIn = (people: { ranges: { from: string; to: string }[] }[], s: Stretch): number =>
  people.filter((p) => p.ranges.some((r) => Date.parse(r.from) <= s.from && Date.parse(r.to) >= s.to)).length;
