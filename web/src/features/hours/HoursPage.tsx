import { t } from '@lingui/core/macro';
import { Empty, Page } from '~/kit';

/** The reader's schedule. */
export function HoursPage() {
  return (
    <Page title={t`My hours`}>
      <Empty title={t`No hours are set yet.`} />
    </Page>
  );
}
