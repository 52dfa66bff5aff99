import './people.css';
import { t } from '@lingui/core/macro';
import { getRouteApi } from '@tanstack/react-router';
import { Page, TabLinks, tabOf, useRowKeys } from '~/kit';
import { PeopleList } from './PeopleList';
import { Teams } from './Teams';
import { WhoWorks } from './WhoWorks';

const route = getRouteApi('/shell/people');

/** Who works when, who is who, and which teams there are. */
export function PeoplePage() {
  const { tab: asked, team } = route.useSearch();
  const tabs = [
    { value: 'when', label: t`Who works when` },
    { value: 'all', label: t`Everybody` },
    { value: 'teams', label: t`Teams` },
  ];
  const tab = tabOf(tabs, asked);
  useRowKeys();
  return (
    <Page
      wide={tab === 'when'}
      title={t`People`}
      lead={t`By their own hours. Nobody's presence is shown, because nobody has to be there.`}
      actions={<TabLinks to="/people" label={t`Parts of this page`} tabs={tabs} at={tab} />}
    >
      {tab === 'when' && <WhoWorks key={team} />}
      {tab === 'all' && <PeopleList />}
      {tab === 'teams' && <Teams />}
    </Page>
  );
}
