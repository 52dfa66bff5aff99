import { t } from '@lingui/core/macro';
import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useRouter } from '@tanstack/react-router';
import { useState } from 'react';
import { inboxCounts } from '~/api/queries';
import type { InboxRow, InboxTab } from '~/api/types';
import { Empty, Faces, KeyLine, LongRows, Older, Page, Section, useRowKeys } from '~/kit';
import { inboxQuery, usePut } from './api';
import { DayStrip } from './DayStrip';
import { groupsOf, groupWord } from './groups';
import { InboxItem } from './InboxItem';
import { JustBack } from './JustBack';
import { MailNote } from './MailNote';
import './inbox.css';

const route = getRouteApi('/shell/inbox');
const tabs: InboxTab[] = ['owe', 'owed', 'info', 'snoozed'];

/** What the reader owes and is owed, by their own day. */
export function InboxPage() {
  const asked = route.useSearch().tab as InboxTab;
  const tab = tabs.includes(asked) ? asked : 'owe';
  const list = useInfiniteQuery(inboxQuery(tab));
  const rows = list.data?.pages.flatMap((p) => p.items) ?? [];
  return (
    <Page
      title={t`Inbox`}
      lead={list.data?.pages[0]?.line || ' '}
      actions={
        <>
          <Tabs />
          <Button size="xs" leftSection={<IconPlus size={14} />} component={Link} to="/new">
            {t`New`}
          </Button>
        </>
      }
    >
      {tab === 'owe' && list.data && <JustBack />}
      {list.data && <MailNote />}
      <DayStrip rows={tab === 'owe' ? rows : []} />
      <Faces of={list} isEmpty={() => rows.length === 0} empty={<Nothing tab={tab} />}>
        {() => <List key={tab} tab={tab} rows={rows} />}
      </Faces>
      <Older of={list} words={t`More`} />
      <KeyLine
        keys={[
          [['j', 'k'], t`move`],
          [['Enter'], t`open`],
          [['r'], t`answer`],
          [['e'], t`done`],
          [['s'], t`set aside`],
          [['?'], t`all keys`],
        ]}
      />
    </Page>
  );
}

function Tabs() {
  // They come with each list.
  const counts = useQuery({ ...inboxCounts, enabled: false }).data;
  const words = { owe: t`I owe`, owed: t`Owed to me`, info: t`For information`, snoozed: t`Set aside` };
  return (
    <nav className="tabs" aria-label={t`Lists of the inbox`}>
      {tabs.map((one) => (
        <Link
          key={one}
          to="/inbox"
          search={one === 'owe' ? {} : { tab: one }}
          activeOptions={{ exact: true, includeSearch: true }}
        >
          {words[one]} {counts && counts[one] > 0 && <span className="tab-count">{counts[one]}</span>}
        </Link>
      ))}
    </nav>
  );
}

/** The rows, by group, and the keys that act on the one in focus. */
function List({ tab, rows }: { tab: InboxTab; rows: InboxRow[] }) {
  const [active, setActive] = useState('');
  const [answering, setAnswering] = useState('');
  const [snoozing, setSnoozing] = useState('');
  const put = usePut();
  const router = useRouter();
  const row = rows.find((r) => r.key === active);
  useRowKeys({
    r: () =>
      row && (row.may.answer ? setAnswering(row.key) : row.ask?.elsewhere && router.history.push(row.path)),
    x: () => row?.may.answer && setAnswering(answering === row.key ? '' : row.key),
    s: () => row?.may.snooze && setSnoozing(row.key),
    e: () => {
      if (!row) return;
      // An ask is not done by looking at it: it wants an answer.
      if (row.may.done) put.mutate({ row, put: { do: 'done' } });
      else if (row.may.answer) setAnswering(row.key);
      else if (row.ask?.elsewhere) router.history.push(row.path);
    },
    Escape: answering ? () => setAnswering('') : undefined,
  });
  return groupsOf(rows).map(({ group, rows: some }) => (
    <Section key={group} title={groupWord(group)}>
      <LongRows items={some} label={groupWord(group)} keyOf={(r) => r.key} onFocus={(r) => setActive(r.key)}>
        {(r) => (
          <InboxItem
            row={r}
            tab={tab}
            active={active === r.key}
            answering={answering === r.key}
            snoozing={snoozing === r.key}
            onAnswering={(open) => setAnswering(open ? r.key : '')}
            onSnoozing={(open) => setSnoozing(open ? r.key : '')}
            onPut={(how) => {
              setSnoozing('');
              put.mutate({ row: r, put: how });
            }}
          />
        )}
      </LongRows>
    </Section>
  ));
}

/** Nothing to do is good news, and said so. */
function Nothing({ tab }: { tab: InboxTab }) {
  if (tab === 'owed') {
    return (
      <Empty title={t`You are waiting for nobody.`}>
        <p>{t`What you ask of others is kept here, with where each of them stands.`}</p>
        <p>
          <Link to="/new">{t`Ask something`}</Link>
        </p>
      </Empty>
    );
  }
  if (tab === 'info')
    return (
      <Empty
        title={t`Nothing new to read.`}
      >{t`Posts in threads you follow come here, and never interrupt you.`}</Empty>
    );
  if (tab === 'snoozed')
    return (
      <Empty title={t`Nothing is set aside.`}>{t`What you set aside waits here until its time comes.`}</Empty>
    );
  return (
    <Empty
      title={t`Nobody is waiting for you.`}
    >{t`What others ask of you comes here at your own check times.`}</Empty>
  );
}
