import { t } from '@lingui/core/macro';
import { Empty, Page } from '~/kit';

/** People, roles, invitations and imports. */
export function AdminPage() {
  return (
    <Page title={t`Administration`}>
      <Empty title={t`There is nothing to administer yet.`} />
    </Page>
  );
}
