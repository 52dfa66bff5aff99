import { t } from '@lingui/core/macro';
import { Empty, Page } from '~/kit';

/** The door. */
export function SignInPage() {
  return (
    <Page title={t`Sign in`}>
      <Empty title={t`x`} />
    </Page>
  );
}
