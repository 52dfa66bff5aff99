import { t } from '@lingui/core/macro';
import type { Away, PersonCard, Range, Role } from '~/api/types';
import { cityOf, clockOf, dayOf, offsetOf, shortWhen, spanOf } from '~/kit/time';

/** "2 h ahead of you", "same time as you". */
export function apartWords(at: number, theirs: string, mine: string): string {
  const minutes = offsetOf(at, theirs) - offsetOf(at, mine);
  if (minutes === 0) return t`same clock as you`;
  const span = spanOf(Math.abs(minutes) * 60_000);
  return minutes > 0 ? t`${span} ahead of you` : t`${span} behind you`;
}

/** "09:30–13:00, 14:00–17:30" on the clock of a zone. */
export const hoursWords = (ranges: Range[], zone: string): string =>
  ranges.map((r) => `${clockOf(r.from, zone)}–${clockOf(r.to, zone)}`).join(', ');

/** When a message would reach somebody, in the reader's clock and theirs. Never whether they are there. */
export function reachWords(person: PersonCard, now: number, mine: string): string {
  const at = person.reach.soon;
  if (!at) return t`cannot be reached: no working hours ahead`;
  if (Date.parse(at) - now < 60_000) return t`reachable now, until ${endOf(person, now, mine)}`;
  const theirs = person.zone === mine ? '' : clockOf(at, person.zone);
  const when = shortWhen(at, now, mine);
  return theirs ? t`reachable at ${when} (${theirs} in ${cityOf(person.zone)})` : t`reachable at ${when}`;
}

function endOf(person: PersonCard, now: number, mine: string): string {
  const range = person.day.find((r) => Date.parse(r.from) <= now && now < Date.parse(r.to));
  return range ? clockOf(range.to, mine) : t`later today`;
}

/** "away until Fri 17:30", "away from Thu". */
export function awayWords(away: Away, now: number, zone: string): string {
  if (Date.parse(away.from) > now) return t`away from ${dayOf(away.from, now, zone)}`;
  return t`away until ${shortWhen(away.to, now, zone)}`;
}

export function roleWord(role: Role): string {
  return { owner: t`Owner`, admin: t`Admin`, member: t`Member`, guest: t`Guest` }[role];
}
