import { t } from '@lingui/core/macro';
import { Empty, Page } from '~/kit';

/** One box over threads, posts and people. */
export function SearchPage() {
  return (
    <Page title={t`Search`}>
      <Empty title={t`What are you looking for?`} />
    </Page>
  );
}
