import './settings.css';
import { t } from '@lingui/core/macro';
import { getRouteApi } from '@tanstack/react-router';
import { useMe } from '~/api/queries';
import { Page, TabLinks, tabOf } from '~/kit';
import { Look } from './Look';
import { Password } from './Password';
import { Profile } from './Profile';
import { Reach } from './Reach';
import { Sessions } from './Sessions';
import { Tokens } from './Tokens';

const route = getRouteApi('/shell/settings');

/** What one may set about oneself, apart from one's hours. */
export function SettingsPage() {
  const me = useMe().person;
  const tabs = [
    { value: 'profile', label: t`Me` },
    { value: 'mail', label: t`Mail and paging` },
    { value: 'access', label: t`Password and access` },
    { value: 'look', label: t`Look` },
  ];
  const tab = tabOf(tabs, route.useSearch().tab);
  return (
    <Page
      title={t`Settings`}
      lead={me.email}
      actions={<TabLinks to="/settings" label={t`Parts of the settings`} tabs={tabs} at={tab} />}
    >
      {tab === 'profile' && <Profile />}
      {tab === 'mail' && <Reach />}
      {tab === 'access' && (
        <>
          <Password />
          <Sessions />
          <Tokens />
        </>
      )}
      {tab === 'look' && <Look />}
    </Page>
  );
}
