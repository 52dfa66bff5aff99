import type { Range } from '~/api/types';
import { dateOf, instantOf } from '~/kit/time';

export type Span = { start: number; size: number };

const day = 86_400_000;

/** The local day around now, midnight to midnight; 23 or 25 hours when the clocks change. */
export function dayAround(now: number, zone: string): { from: number; to: number } {
  const from = instantOf(dateOf(now, zone), '00:00', zone);
  const to = instantOf(
    new Date(Date.parse(dateOf(now, zone)) + day).toISOString().slice(0, 10),
    '00:00',
    zone,
  );
  return { from, to };
}

/** Where an instant lies in a stretch of time, 0 to 100; null when outside. */
export function placeOf(at: number, { from, to }: { from: number; to: number }): number | null {
  if (at < from || at > to) return null;
  return (100 * (at - from)) / (to - from);
}

/** The part of each range that lies in the stretch, in percent. */
export function spansOf(ranges: Range[], stretch: { from: number; to: number }): Span[] {
  return ranges.flatMap((r) => {
    const from = Math.max(Date.parse(r.from), stretch.from);
    const to = Math.min(Date.parse(r.to), stretch.to);
    if (to <= from) return [];
    const start = placeOf(from, stretch) ?? 0;
    return [{ start, size: (placeOf(to, stretch) ?? 100) - start }];
  });
}
