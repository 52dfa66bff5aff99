import { t } from '@lingui/core/macro';
import type { AskKind, UrgentWho, Weekday } from '~/api/types';
import { kindWord } from '~/core/asks/words';
import { dayName } from '~/kit/days';
import { windowWords } from '~/kit/time';

export const kinds: AskKind[] = ['reply', 'review', 'approve', 'decide', 'do', 'acknowledge', 'check_in'];

export const whoWord = (who: UrgentWho): string =>
  ({ anyone: t`anybody`, members: t`members of the team, and admins`, admins: t`admins alone` })[who];

/** "09:00-12:00, 14:00-15:00" as it is read and written. */
export const rangesWords = (list: string[] = []) => list.map((r) => r.replace('-', '–')).join(', ');

/** A field of an agreement, by its name in the API. */
export function fieldWord(field: string): string {
  const [head = '', tail = ''] = field.split('.');
  switch (head) {
    case 'windows':
      return t`Within which to: ${kindWord(tail as AskKind)}`;
    case 'meeting_free':
      return t`No meetings on ${dayName(tail as Weekday)}`;
    case 'checks':
      return t`Check times`;
    case 'quiet':
      return t`Bounds of hours`;
    case 'spaces':
      return t`Spaces`;
  }
  return (
    {
      'urgent.who': t`Who may ask urgently`,
      'urgent.per_month': t`Urgent asks a month`,
      'urgent.rule': t`When it is urgent`,
    }[field] ?? field
  );
}

/** A value of a field; empty is nothing agreed. */
export function valueWords(field: string, value: string): string {
  if (!value) return t`nothing agreed`;
  if (field.startsWith('windows.')) return windowWords(value);
  if (field === 'urgent.who') return whoWord(value as UrgentWho);
  return value.replaceAll(/(\d)-(\d)/g, '$1–$2');
}
