import { t } from '@lingui/core/macro';
import { useQuery } from '@tanstack/react-query';
import { useNow } from '~/api/clock';
import { useMe } from '~/api/queries';
import type { Id, Overlap } from '~/api/types';
import { cityOf, clockOf, shortWhen } from '~/kit/time';
import { overlapQuery } from './api';
import { bestOf } from './map';

/** When all of them next work at once, in words; or how near they come to it. */
export function CommonWords({ ids, shown }: { ids: Id[]; shown: Overlap }) {
  const next = useQuery({ ...overlapQuery(ids, undefined, 1), staleTime: 30_000 }).data;
  const now = useNow();
  const zone = useMe().person.zone;
  const all = shown.people.length;
  if (all < 2 || !next) return null;
  return (
    <p className="map-say" aria-live="polite">
      {next.next_common ? (
        <strong>{nextWords(next, now, zone)}</strong>
      ) : (
        <>
          <strong>{t`There is no hour in the next five weeks at which all ${all} work.`}</strong>{' '}
          {bestWords(shown, now, zone)}
        </>
      )}
    </p>
  );
}

function nextWords(map: Overlap, now: number, zone: string): string {
  const range = map.next_common;
  if (!range) return '';
  const all = map.people.length;
  const who = all === 2 ? t`Both` : t`All ${all}`;
  const until = clockOf(range.to, zone);
  if (Date.parse(range.from) - now < 60_000) return t`${who} work now, until ${until}.`;
  // One clock that is far from the reader's says more than all of them.
  const far = map.people
    .map((p) => p.person)
    .find((p) => clockOf(range.from, p.zone) !== clockOf(range.from, zone));
  const when = shortWhen(range.from, now, zone);
  const there = far ? t` That is ${clockOf(range.from, far.zone)} in ${cityOf(far.zone)}.` : '';
  return t`${who} next work at the same time ${when}–${until}.${there}`;
}

function bestWords(map: Overlap, now: number, zone: string): string {
  const best = bestOf(map.common, now) ?? bestOf(map.common, 0);
  if (!best) return t`No two of them work at the same time on this map.`;
  return t`The most at once here: ${best.n} of ${map.people.length}, ${shortWhen(best.from, now, zone)}–${clockOf(best.to, zone)}.`;
}
