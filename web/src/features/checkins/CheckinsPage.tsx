import './checkins.css';
import { t } from '@lingui/core/macro';
import { Button } from '@mantine/core';
import { IconChecklist, IconNews } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import type { Checkin, CheckinDue } from '~/api/checkins';
import { useMe } from '~/api/queries';
import {
  Due,
  Empty,
  Failed,
  Loading,
  Page,
  PagedRows,
  Row,
  Rows,
  Section,
  SpaceDot,
  TabLinks,
  Tag,
  tabOf,
} from '~/kit';
import { checkinsQuery, mineQuery, myReportsQuery, turnQuery } from './api';
import { answeredWords, askedWords, dateWords, rhythmWords, stateWords } from './words';

const AnswerForm = lazy(() => import('./AnswerForm').then((m) => ({ default: m.AnswerForm })));
const route = getRouteApi('/shell/checkins');

/** What check-ins expect of the reader, what they brought, and all of those around. */
export function CheckinsPage() {
  const guest = useMe().person.role === 'guest';
  const tabs = [
    { value: 'on', label: t`Going on` },
    { value: 'ended', label: t`Ended` },
  ];
  const tab = tabOf(tabs, route.useSearch().tab);
  return (
    <Page
      title={t`Check-ins`}
      lead={t`Asked in each person’s own day, and read in each person’s own morning.`}
      actions={
        <>
          <TabLinks to="/checkins" label={t`Check-ins`} tabs={tabs} at={tab} />
          {!guest && (
            <Button component={Link} to="/checkins/new" size="xs">
              {t`New check-in`}
            </Button>
          )}
        </>
      }
    >
      {tab === 'on' && (
        <>
          <Mine />
          <Reports />
        </>
      )}
      <All key={tab} ended={tab === 'ended'} guest={guest} />
    </Page>
  );
}

/** What waits for the reader, each answered where it stands. */
function Mine() {
  const list = useQuery(mineQuery).data;
  const [open, setOpen] = useState<string | null>(null);
  if (!list?.length) return null;
  return (
    <Section title={t`For you to answer`}>
      <Rows label={t`For you to answer`}>
        {list.map((due) => (
          <li key={due.turn}>
            <Row
              tone="today"
              face={
                <span className="row-icon">
                  <IconChecklist size={18} aria-hidden />
                </span>
              }
              title={
                <Link to="/checkins/turns/$turn" params={{ turn: due.turn }}>
                  <bdi>{due.name}</bdi>
                </Link>
              }
              tag={due.drafted && <Tag>{t`Draft`}</Tag>}
              sub={dateWords(due.date, true)}
              end={<Ending due={due} open={open === due.turn} set={setOpen} />}
              below={open === due.turn && <InPlace turn={due.turn} onDone={() => setOpen(null)} />}
            />
          </li>
        ))}
      </Rows>
    </Section>
  );
}

type EndingProps = { due: CheckinDue; open: boolean; set: (turn: string | null) => void };

const Ending = ({ due, open, set }: EndingProps) => (
  <span className="chk-row-end">
    <Due at={due.due_at} />
    <Button
      variant="default"
      size="compact-sm"
      aria-expanded={open}
      onClick={() => set(open ? null : due.turn)}
    >
      {open ? t`Close` : t`Answer`}
      <span className="hidden-words">{due.name}</span>
    </Button>
  </span>
);

function InPlace({ turn, onDone }: { turn: string; onDone: () => void }) {
  const found = useQuery(turnQuery(turn));
  if (found.error) return <Failed error={found.error} retry={() => void found.refetch()} />;
  if (!found.data) return <Loading rows={2} />;
  return (
    <Suspense fallback={<Loading rows={2} />}>
      <AnswerForm turn={found.data} onDone={onDone} focus />
    </Suspense>
  );
}

function Reports() {
  const list = useQuery(myReportsQuery).data;
  if (!list?.length) return null;
  return (
    <Section title={t`Your newest reports`}>
      <Rows label={t`Your newest reports`}>
        {list.map((r) => (
          <li key={r.id}>
            <Row
              face={
                <span className="row-icon">
                  <IconNews size={18} aria-hidden />
                </span>
              }
              title={
                <Link to="/checkins/reports/$report" params={{ report: r.id }}>
                  <bdi>{r.name}</bdi>
                </Link>
              }
              sub={answeredWords(r)}
              end={<span className="due-note">{dateWords(r.date)}</span>}
            />
          </li>
        ))}
      </Rows>
    </Section>
  );
}

function All({ ended, guest }: { ended: boolean; guest: boolean }) {
  const of = useInfiniteQuery(checkinsQuery(ended));
  const list = (
    <PagedRows
      of={of}
      label={t`Check-ins`}
      older={t`Older check-ins`}
      rows={4}
      empty={ended ? <Empty title={t`No check-in has ended.`} /> : <Nothing guest={guest} />}
    >
      {(c) => <OneCheckin c={c} />}
    </PagedRows>
  );
  return ended ? list : <Section title={t`In your spaces`}>{list}</Section>;
}

const Nothing = ({ guest }: { guest: boolean }) => (
  <Empty title={t`There is no check-in in your spaces yet.`}>
    <p>
      {t`A check-in asks the people of a team the same few questions again and again, each at the start or end of their own day, and puts the answers together for everybody’s own morning. It stands in for the stand-up.`}
    </p>
    {!guest && (
      <Button component={Link} to="/checkins/new">
        {t`Begin a check-in`}
      </Button>
    )}
  </Empty>
);

function OneCheckin({ c }: { c: Checkin }) {
  const state = stateWords(c);
  return (
    <Row
      face={
        <span className="row-icon">
          <IconChecklist size={18} aria-hidden />
        </span>
      }
      title={
        <Link to="/checkins/$checkin" params={{ checkin: c.id }}>
          <bdi>{c.name}</bdi>
        </Link>
      }
      tag={
        <>
          {state && <Tag>{state}</Tag>}
          {c.hidden && <Tag hue="violet">{t`Hidden until you answer`}</Tag>}
        </>
      }
      sub={
        <>
          <SpaceDot space={c.space} /> {' · '}
          {rhythmWords(c.rhythm)}
        </>
      }
      end={
        <span className="due-note">
          {c.my.next_date ? t`you next ${dateWords(c.my.next_date)}` : askedWords(c.asked)}
        </span>
      }
    />
  );
}
