import { t } from '@lingui/core/macro';
import { Empty, Page } from '~/kit';

/** What the demo would have mailed. */
export function OutboxPage() {
  return (
    <Page title={t`Outbox`}>
      <Empty title={t`No mail has gone out yet.`} />
    </Page>
  );
}
