import { t } from '@lingui/core/macro';
import { Empty, Page } from '~/kit';

/** One conversation. */
export function ThreadPage() {
  return (
    <Page title={t`Thread`}>
      <Empty title={t`Nothing has been said here yet.`} />
    </Page>
  );
}
