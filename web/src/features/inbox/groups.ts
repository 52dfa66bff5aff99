import { t } from '@lingui/core/macro';
import type { InboxGroup, InboxRow } from '~/api/types';

const order: InboxGroup[] = ['late', 'today', 'week', 'later', 'info'];

/** Rows by group, in the order of the day; groups without rows are left out. */
export function groupsOf(rows: InboxRow[]): { group: InboxGroup; rows: InboxRow[] }[] {
  return order
    .map((group) => ({ group, rows: rows.filter((r) => r.group === group) }))
    .filter((g) => g.rows.length > 0);
}

export function groupWord(group: InboxGroup): string {
  return {
    late: t`Late`,
    today: t`Due in your working day`,
    week: t`Later this week`,
    later: t`Later`,
    info: t`For your information`,
  }[group];
}
