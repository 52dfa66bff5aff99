import { t } from '@lingui/core/macro';
import { Empty, Page } from '~/kit';

/** One person's card. */
export function PersonPage() {
  return (
    <Page title={t`Person`}>
      <Empty title={t`Nothing is known about this person yet.`} />
    </Page>
  );
}
