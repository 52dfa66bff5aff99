import { t } from '@lingui/core/macro';
import { Empty, Page } from '~/kit';

/** All spaces of the workspace. */
export function SpacesPage() {
  return (
    <Page title={t`Spaces`}>
      <Empty title={t`There are no spaces yet.`} />
    </Page>
  );
}
