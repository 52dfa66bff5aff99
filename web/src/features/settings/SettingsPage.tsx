import { t } from '@lingui/core/macro';
import { Empty, Page } from '~/kit';

/** Password, sessions, tokens and mail. */
export function SettingsPage() {
  return (
    <Page title={t`Settings`}>
      <Empty title={t`There is nothing to set yet.`} />
    </Page>
  );
}
