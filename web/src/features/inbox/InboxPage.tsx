import { t } from '@lingui/core/macro';
import { Empty, Page } from '~/kit';

/** What the reader owes and is owed. */
export function InboxPage() {
  return (
    <Page title={t`Inbox`}>
      <Empty title={t`Nobody is waiting for you.`} />
    </Page>
  );
}
