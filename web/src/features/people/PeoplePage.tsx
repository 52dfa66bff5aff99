import { t } from '@lingui/core/macro';
import { Empty, Page } from '~/kit';

/** Who works when. */
export function PeoplePage() {
  return (
    <Page title={t`People`}>
      <Empty title={t`Nobody has joined yet.`} />
    </Page>
  );
}
