import { t } from '@lingui/core/macro';
import type { Mail } from '~/api/types';
import type { Hue } from '~/kit';

/** How far a mail came: a word, its colour, and what that means. */
export function stateOf(state: Mail['state']): { word: string; hue: Hue; means: string } {
  const all: Record<Mail['state'], { word: string; hue: Hue; means: string }> = {
    sending: { word: t`Leaving`, hue: 'blue', means: t`It is being handed to the mail server.` },
    waiting: {
      word: t`Waiting`,
      hue: 'yellow',
      means: t`The mail server did not take it yet; it is tried again by itself.`,
    },
    held: { word: t`Lies here`, hue: 'gray', means: t`No mail server is set, so it stays here.` },
    sent: { word: t`Sent`, hue: 'green', means: t`The mail server took it.` },
    failed: { word: t`Failed`, hue: 'red', means: t`The mail server refused it. It is not tried again.` },
  };
  return all[state];
}
