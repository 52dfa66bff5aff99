import './admin.css';
import { t } from '@lingui/core/macro';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { peopleQuery, useMe } from '~/api/queries';
import { Empty, Page, People, TabLinks, tabOf, useRowKeys } from '~/kit';
import { ImportTab } from './ImportTab';
import { Invitations } from './Invitations';
import { PeopleTab } from './PeopleTab';
import { WorkspaceTab } from './WorkspaceTab';

const route = getRouteApi('/shell/admin');

/** People and their roles, invitations, the workspace and imports; for owners and admins. */
export function AdminPage() {
  return useMe().may.administer ? <Admin /> : <Refusal />;
}

function Admin() {
  const me = useMe();
  const { tab: asked } = route.useSearch();
  const tabs = [
    { value: 'people', label: t`People` },
    { value: 'invitations', label: t`Invitations` },
    { value: 'workspace', label: t`Workspace` },
    { value: 'import', label: t`Import from Slack` },
  ];
  const tab = tabOf(tabs, asked);
  useRowKeys();
  return (
    <Page
      title={t`Administration`}
      lead={t`Who belongs to ${me.workspace.name}, and what comes into it.`}
      actions={<TabLinks to="/admin" label={t`Parts of this page`} tabs={tabs} at={tab} />}
    >
      {tab === 'people' && <PeopleTab />}
      {tab === 'invitations' && <Invitations />}
      {tab === 'workspace' && <WorkspaceTab />}
      {tab === 'import' && <ImportTab />}
    </Page>
  );
}

/** Says calmly that the page is for others, and for whom. */
function Refusal() {
  const everybody = useQuery(peopleQuery).data ?? [];
  const who = everybody.filter((p) => p.role === 'owner' || p.role === 'admin');
  return (
    <Page title={t`Administration`}>
      <Empty title={t`This page is for owners and admins.`}>
        <p>{t`Nothing here is missing from your work. If a role or an invitation should change, ask one of them.`}</p>
        {who.length > 0 && (
          <p>
            <People people={who} max={6} />
          </p>
        )}
      </Empty>
    </Page>
  );
}
