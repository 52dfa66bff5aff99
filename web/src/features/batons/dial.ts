import { dayLength } from '~/kit/dial';
import { minuteOf } from '~/kit/time';

type Span = { from: string; to: string };

/** Stretches of time as arcs of a dial of 24 hours, in minutes of the reader's own clock. */
export function arcsOf(spans: Span[], zone: string): { from: number; to: number }[] {
  return spans.map(({ from, to }) => {
    const start = minuteOf(from, zone);
    const length = Math.min((Date.parse(to) - Date.parse(from)) / 60_000, dayLength);
    return { from: start, to: start + length };
  });
}
