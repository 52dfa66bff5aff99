import { t } from '@lingui/core/macro';
import { worded } from '~/kit/time';

/** "Mon 30 Nov" of a date. */
export const dateWords = (date: string): string =>
  worded(date.slice(0, 10), 'UTC', { weekday: 'short', day: 'numeric', month: 'short' });

/** The name of a template, in the reader's language where we know it. */
export function templateName(key: string, name: string): string {
  const known: Record<string, string> = {
    nine_to_five: t`Nine to five`,
    four_day_week: t`Four-day week`,
    early: t`Early`,
    late: t`Late`,
    split_day: t`Split day`,
    nights: t`Nights`,
  };
  return known[key] ?? name;
}
