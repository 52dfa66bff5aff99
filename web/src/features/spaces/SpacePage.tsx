import './spaces.css';
import { t } from '@lingui/core/macro';
import { Plural } from '@lingui/react/macro';
import { Button, SegmentedControl } from '@mantine/core';
import { IconLock, IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { ApiProblem } from '~/api';
import { useMe } from '~/api/queries';
import type { Space } from '~/api/types';
import { ThreadList } from '~/core/threads';
import { Empty, Failed, KeyLine, Loading, Page, Tag, useRowKeys } from '~/kit';
import { windowWords } from '~/kit/time';
import { spaceQuery, useMembership } from './api';

const Members = lazy(() => import('./Members').then((m) => ({ default: m.Members })));
const SpaceMail = lazy(() => import('./SpaceMail').then((m) => ({ default: m.SpaceMail })));
const SpaceSettings = lazy(() => import('./SpaceSettings').then((m) => ({ default: m.SpaceSettings })));
const Urgent = lazy(() => import('./Urgent').then((m) => ({ default: m.Urgent })));
const route = getRouteApi('/shell/spaces/$space');

/** One space: its threads, members and settings. */
export function SpacePage() {
  const { space: id } = route.useParams();
  const found = useQuery(spaceQuery(id));
  const space = found.data;
  useRowKeys();
  if (space) return <OneSpace key={id} space={space} />;
  const missing = found.error instanceof ApiProblem && found.error.status === 404;
  return (
    <Page title={t`Space`}>
      {missing ? (
        <Empty title={t`There is no such space for you.`}>{t`It may be private, or gone.`}</Empty>
      ) : found.error ? (
        <Failed error={found.error} retry={() => void found.refetch()} />
      ) : (
        <Loading rows={6} />
      )}
    </Page>
  );
}

function OneSpace({ space }: { space: Space }) {
  const { tab } = route.useSearch();
  const navigate = route.useNavigate();
  const shown =
    tab === 'members' ||
    tab === 'urgent' ||
    (tab === 'mail' && space.may.post) ||
    (tab === 'settings' && space.may.change)
      ? tab
      : 'threads';
  const tabs = [
    { value: 'threads', label: t`Threads` },
    { value: 'members', label: t`Members` },
    { value: 'urgent', label: t`Urgent` },
    ...(space.may.post ? [{ value: 'mail', label: t`By mail` }] : []),
    ...(space.may.change ? [{ value: 'settings', label: t`Settings` }] : []),
  ];
  return (
    <Page
      title={space.name}
      lead={<Lead space={space} />}
      actions={
        <>
          <Joining space={space} />
          {space.may.post && (
            <Button
              leftSection={<IconPlus size={16} aria-hidden />}
              renderRoot={(props) => <Link to="/new" search={{ space: space.id }} {...props} />}
            >
              {t`New thread`}
            </Button>
          )}
        </>
      }
    >
      {space.purpose && (
        <p className="space-purpose" dir="auto">
          {space.purpose}
        </p>
      )}
      <div className="filters">
        <SegmentedControl
          aria-label={t`Part of the space`}
          size="xs"
          data={tabs}
          value={shown}
          onChange={(next) =>
            void navigate({ search: { tab: next === 'threads' ? undefined : next }, replace: true })
          }
        />
      </div>
      <Suspense fallback={<Loading rows={5} />}>
        {shown === 'members' && <Members space={space} />}
        {shown === 'urgent' && <Urgent space={space} />}
        {shown === 'mail' && <SpaceMail space={space} />}
        {shown === 'settings' && <SpaceSettings space={space} />}
      </Suspense>
      {shown === 'threads' && (
        <>
          <ThreadList asked={{ space: space.id }} inSpace empty={<NoThreads space={space} />} />
          <KeyLine
            keys={[
              [['j', 'k'], t`move`],
              [['Enter'], t`open`],
              [['?'], t`all keys`],
            ]}
          />
        </>
      )}
    </Page>
  );
}

function Lead({ space }: { space: Space }) {
  return (
    <span className="space-lead">
      <span className={`dot dot-${space.color || 'blue'}`} aria-hidden />
      {space.private && <IconLock size={14} role="img" aria-label={t`Private`} />}
      {space.archived && <Tag>{t`Archived`}</Tag>}
      <Plural value={space.members} one="# member" other="# members" />
      <span>·</span>
      <span>{t`answers usually within ${windowWords(space.windows.default)}`}</span>
    </span>
  );
}

/** Becoming a member of an open space, or leaving one. */
function Joining({ space }: { space: Space }) {
  const me = useMe().person;
  const join = useMembership(space.id);
  if (space.archived || me.role === 'guest') return null;
  if (space.member || space.private) return null;
  return (
    <Button
      variant="default"
      loading={join.isPending}
      onClick={() => join.mutate({ people: [me.id], on: true })}
    >
      {t`Join`}
    </Button>
  );
}

function NoThreads({ space }: { space: Space }) {
  return (
    <Empty title={t`Nothing is in this space yet.`}>
      {space.may.post && (
        <Link to="/new" search={{ space: space.id }}>
          {t`Open its first thread`}
        </Link>
      )}
    </Empty>
  );
}
