import type { PersonCard, PersonRef } from '~/api/types';
import { offsetOf } from '~/kit/time';

/** The reader's clock and those of people far from it: one for each offset, at most five, west to east. */
export function clocksOf(
  me: PersonRef,
  people: PersonRef[],
  now: number,
): { person: string; zone: string; offset: number }[] {
  const mine = { person: firstName(me.name), zone: me.zone, offset: offsetOf(now, me.zone) };
  const others = new Map<number, { person: string; zone: string; offset: number }>();
  for (const p of people) {
    const offset = offsetOf(now, p.zone);
    if (offset === mine.offset || others.has(offset) || p.bot || p.removed) continue;
    others.set(offset, { person: firstName(p.name), zone: p.zone, offset });
  }
  const far = [...others.values()].sort(
    (a, b) => Math.abs(b.offset - mine.offset) - Math.abs(a.offset - mine.offset),
  );
  return [mine, ...far.slice(0, 4).sort((a, b) => a.offset - b.offset)];
}

const firstName = (name: string) => name.split(' ')[0] ?? name;

/** The soonest check time still to come, and whose it is. */
export function nextCheck(
  people: PersonCard[],
  now: number,
): { at: number; name: string; zone: string } | null {
  let soonest: { at: number; name: string; zone: string } | null = null;
  for (const p of people) {
    const at = p.reach.routine ? Date.parse(p.reach.routine) : Number.NaN;
    if (!(at > now + 1000) || (soonest && soonest.at <= at)) continue;
    soonest = { at, name: firstName(p.name), zone: p.zone };
  }
  return soonest;
}
