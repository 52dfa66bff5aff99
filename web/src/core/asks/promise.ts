import type { Me } from '~/api/types';
import { dateOf, instantOf, nextWeekday } from '~/kit/time';

const hour = 3_600_000;

/** Times one may promise an answer by: the end of today, tomorrow noon and evening, Friday, Monday. Each in the future, once. */
export function promises(
  now: number,
  me: Pick<Me, 'day'> & { person: Pick<Me['person'], 'zone'> },
): number[] {
  const zone = me.person.zone;
  const tomorrow = dateOf(now + 24 * hour, zone);
  const times = [
    me.day.end ? Date.parse(me.day.end) : 0,
    instantOf(tomorrow, '12:00', zone),
    instantOf(tomorrow, '17:00', zone),
    instantOf(nextWeekday(now, zone, 5), '17:00', zone),
    instantOf(nextWeekday(now, zone, 1), '12:00', zone),
  ];
  return [...new Set(times)].filter((at) => at > now + hour / 4).sort((a, b) => a - b);
}
