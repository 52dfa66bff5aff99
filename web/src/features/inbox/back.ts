import type { Absence } from '~/api/types';
import { dateOf } from '~/kit/time';

const day = 86_400_000;
/** For how many days one has just come back. */
const fresh = 4;

/** The absence of a day or more that ended in the last days, the newest of several. */
export function lastBack(list: Absence[], now: number, zone: string): Absence | undefined {
  const today = Date.parse(dateOf(now, zone));
  return list.findLast((a) => {
    if (a.from.length === 10) {
      const since = (today - Date.parse(a.to)) / day;
      return since >= 1 && since <= fresh;
    }
    const [from, to] = [Date.parse(a.from), Date.parse(a.to)];
    return to - from >= 20 * 3_600_000 && to <= now && now < to + fresh * day;
  });
}
