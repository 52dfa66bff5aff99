import { t } from '@lingui/core/macro';
import { toast } from '~/kit';

/** Puts the address of a path into the clipboard, or shows it where that is not allowed. */
export function copyLink(path: string) {
  const link = new URL(path, location.origin).href;
  const copied = navigator.clipboard?.writeText(link) ?? Promise.reject(new Error('no clipboard'));
  copied.then(
    () => toast(t`The link is copied.`),
    () => toast(link),
  );
}
