import { t } from '@lingui/core/macro';
import { useNow } from '~/api/clock';
import { useMe } from '~/api/queries';
import { clockOf, dateOf, instantOf, shortWhen, worded } from '~/kit/time';

/** Instants and spans in words of the reader's own clock. */
export function useSpanWords() {
  const zone = useMe().person.zone;
  const now = useNow();
  const when = (at: string) => shortWhen(at, now, zone);
  const long = (at: string) =>
    `${worded(at, zone, { weekday: 'short', day: 'numeric', month: 'short' })} ${clockOf(at, zone)}`;
  const span = (from: string, to: string) =>
    dateOf(from, zone) === dateOf(to, zone)
      ? t`${long(from)} to ${clockOf(to, zone)}`
      : t`${long(from)} to ${long(to)}`;
  return { zone, when, span, long };
}

/** The text of a field for a date and a time, on the clock of a zone, and back. */
export const localOf = (at: string, zone: string) => `${dateOf(at, zone)}T${clockOf(at, zone)}`;
export const instantIn = (local: string, zone: string) =>
  new Date(instantOf(local.slice(0, 10), local.slice(11, 16), zone)).toISOString();
