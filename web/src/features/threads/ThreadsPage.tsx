import { t } from '@lingui/core/macro';
import { Empty, Page } from '~/kit';

/** All conversations that the reader may see. */
export function ThreadsPage() {
  return (
    <Page title={t`Threads`}>
      <Empty title={t`No threads yet.`} />
    </Page>
  );
}
