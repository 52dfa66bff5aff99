import { t } from '@lingui/core/macro';
import { Empty, Page } from '~/kit';

/** An invitation. */
export function InvitePage() {
  return (
    <Page title={t`Invitation`}>
      <Empty title={t`x`} />
    </Page>
  );
}
