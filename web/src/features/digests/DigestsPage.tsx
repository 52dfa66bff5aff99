import { t } from '@lingui/core/macro';
import { Empty, Page } from '~/kit';

/** What was delivered to the reader, bundle by bundle. */
export function DigestsPage() {
  return (
    <Page title={t`Digests`}>
      <Empty title={t`No digest has reached you yet.`} />
    </Page>
  );
}
