import './checkins.css';
import { t } from '@lingui/core/macro';
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { ApiProblem, checkins } from '~/api';
import type { Checkin } from '~/api/checkins';
import { Empty, Failed, Loading, Page, SpaceDot, TabLinks, Tag, tabOf, toast } from '~/kit';
import { AboutTab } from './AboutTab';
import { AnswersTab } from './AnswersTab';
import { checkinQuery, useCheckinAct } from './api';
import { Manage } from './Manage';
import { ReportTab } from './ReportTab';
import { TrendsTab } from './TrendsTab';
import { askedWords, rhythmWords, stateWords } from './words';

const route = getRouteApi('/shell/checkins/$checkin');

/** One check-in: the report for the reader's morning, all answers, trends, and what it is. */
export function CheckinPage() {
  const { checkin: id } = route.useParams();
  const found = useQuery(checkinQuery(id));
  if (found.data) return <OneCheckin key={id} c={found.data} />;
  const missing = found.error instanceof ApiProblem && found.error.status === 404;
  return (
    <Page title={t`Check-in`}>
      {missing ? (
        <Empty title={t`There is no such check-in for you.`}>
          <Link to="/checkins">{t`See the check-ins`}</Link>
        </Empty>
      ) : found.error ? (
        <Failed error={found.error} retry={() => void found.refetch()} />
      ) : (
        <Loading rows={6} />
      )}
    </Page>
  );
}

/** Nobody holds it: it goes on, and somebody can take it over. */
function Left({ c }: { c: Checkin }) {
  const over = useCheckinAct(() => checkins.takeOver(c.id));
  return (
    <div className="chk-note chk-left">
      <p>{t`It is asked in the name of ${c.owner.name}, who is not here any more or is a guest now. It goes on as it is.`}</p>
      {c.may.take_over && (
        <Button
          size="compact-sm"
          variant="default"
          loading={over.isPending}
          onClick={() =>
            over.mutate(undefined, { onSuccess: () => toast(t`From now on it is asked in your name.`) })
          }
        >
          {t`Take it over`}
        </Button>
      )}
    </div>
  );
}

function OneCheckin({ c }: { c: Checkin }) {
  const tabs = [
    { value: 'report', label: t`Report` },
    { value: 'answers', label: t`All answers` },
    { value: 'trends', label: t`Trends` },
    { value: 'about', label: t`About` },
  ];
  const tab = tabOf(tabs, route.useSearch().tab);
  const state = stateWords(c);
  return (
    <Page
      title={c.name}
      lead={
        <>
          <SpaceDot space={c.space} /> {' · '}
          {rhythmWords(c.rhythm)} {' · '}
          {askedWords(c.asked)} {state && <Tag>{state}</Tag>}
        </>
      }
      actions={
        <>
          {c.my.turn && (
            <Button component={Link} to={`/checkins/turns/${c.my.turn}`} size="xs">
              {t`Answer`}
            </Button>
          )}
          <Manage c={c} />
        </>
      }
    >
      <div className="chk-tabs">
        <TabLinks to={`/checkins/${c.id}`} label={t`Parts of this check-in`} tabs={tabs} at={tab} />
      </div>
      {c.owner_left && <Left c={c} />}
      {c.state === 'ended' && c.outcome && <p className="chk-note">{c.outcome}</p>}
      {tab === 'report' && <ReportTab c={c} />}
      {tab === 'answers' && <AnswersTab c={c} />}
      {tab === 'trends' && <TrendsTab c={c} />}
      {tab === 'about' && <AboutTab c={c} />}
    </Page>
  );
}
