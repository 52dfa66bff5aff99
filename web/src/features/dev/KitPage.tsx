import { t } from '@lingui/core/macro';
import { Empty, Page } from '~/kit';

/** Every component of the kit. */
export function KitPage() {
  return (
    <Page title={t`Kit`}>
      <Empty title={t`x`} />
    </Page>
  );
}
