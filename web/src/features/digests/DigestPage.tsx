import { t } from '@lingui/core/macro';
import { Empty, Page } from '~/kit';

/** One bundle of deliveries. */
export function DigestPage() {
  return (
    <Page title={t`Digest`}>
      <Empty title={t`This digest is empty.`} />
    </Page>
  );
}
