import './settings.css';
import { t } from '@lingui/core/macro';
import { getRouteApi } from '@tanstack/react-router';
import { Page, TabLinks, tabOf, useRowKeys } from '~/kit';
import { CalendarsTab } from './CalendarsTab';
import { Colours } from './Colours';
import { PasswordForm } from './PasswordForm';
import { ProfileForm } from './ProfileForm';
import { Reaching } from './Reaching';
import { Sessions } from './Sessions';
import { Tokens } from './Tokens';

const route = getRouteApi('/shell/settings');

/** What the reader sets about themselves: who they are, how they are reached, how they come in. */
export function SettingsPage() {
  const { tab: asked } = route.useSearch();
  const tabs = [
    { value: 'you', label: t`You` },
    { value: 'reach', label: t`Being reached` },
    { value: 'calendars', label: t`Calendars` },
    { value: 'access', label: t`Password and sessions` },
    { value: 'tokens', label: t`Tokens` },
  ];
  const tab = tabOf(tabs, asked);
  useRowKeys();
  return (
    <Page
      title={t`Settings`}
      lead={t`About you alone. Your hours have a page of their own.`}
      actions={<TabLinks to="/settings" label={t`Parts of this page`} tabs={tabs} at={tab} />}
    >
      {tab === 'you' && (
        <>
          <ProfileForm />
          <Colours />
        </>
      )}
      {tab === 'reach' && <Reaching />}
      {tab === 'calendars' && <CalendarsTab />}
      {tab === 'access' && (
        <>
          <PasswordForm />
          <Sessions />
        </>
      )}
      {tab === 'tokens' && <Tokens />}
    </Page>
  );
}
