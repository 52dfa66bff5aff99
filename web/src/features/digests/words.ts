import { t } from '@lingui/core/macro';
import type { Urgency } from '~/api/types';

/** Why a digest came when it came. */
export function urgencyWords(urgency: Urgency): string {
  if (urgency === 'urgent') return t`urgent`;
  if (urgency === 'soon') return t`could not wait for a check time`;
  return t`at your check time`;
}
