import { t } from '@lingui/core/macro';
import { Empty, Page } from '~/kit';

/** The first run. */
export function SetupPage() {
  return (
    <Page title={t`Set up`}>
      <Empty title={t`x`} />
    </Page>
  );
}
