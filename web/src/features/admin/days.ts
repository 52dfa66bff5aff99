import { instantOf } from '~/kit/time';

/** The last minute of a date on the clock of a zone, as the API writes it; "" of no date. */
export const endOfDay = (date: string, zone: string): string =>
  date ? new Date(instantOf(date, '23:59', zone)).toISOString() : '';
