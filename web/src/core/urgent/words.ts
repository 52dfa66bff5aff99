import { t } from '@lingui/core/macro';
import type { UrgentPage } from '~/api/urgent';
import type { Hue } from '~/kit';

/** Where a page stands, in a word or two. */
export function pageStateWord(page: UrgentPage): string {
  return {
    walking: t`Paging`,
    spent: t`Nobody has acknowledged`,
    acknowledged: t`Acknowledged`,
    resolved: t`Resolved`,
    withdrawn: t`No longer urgent`,
  }[page.state];
}

export function pageStateHue(page: UrgentPage): Hue {
  return (
    { walking: 'red', spent: 'red', acknowledged: 'yellow', resolved: 'green', withdrawn: 'gray' } as const
  )[page.state];
}
