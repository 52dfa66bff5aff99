import { t } from '@lingui/core/macro';
import { Empty, Page } from '~/kit';

/** One space: its threads, members and settings. */
export function SpacePage() {
  return (
    <Page title={t`Space`}>
      <Empty title={t`Nothing is in this space yet.`} />
    </Page>
  );
}
