import { t } from '@lingui/core/macro';
import { Empty, Page } from '~/kit';

/** A new thread with its asks. */
export function NewThreadPage() {
  return (
    <Page title={t`New thread`}>
      <Empty title={t`Nothing here yet.`} />
    </Page>
  );
}
