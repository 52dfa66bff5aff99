import { t } from '@lingui/core/macro';
import { IconNews } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { Checkin, CheckinReportRef } from '~/api/checkins';
import { useMe } from '~/api/queries';
import { Empty, Failed, Loading, Older, Row, Rows, Section } from '~/kit';
import { latestQuery, reportQuery, reportsQuery } from './api';
import { BySwitch, useBy, Voices } from './Report';
import { Waiting } from './Waiting';
import { answeredWords, dateWords } from './words';

/** What is new to the reader, their report of this morning, and those before it. */
export function ReportTab({ c }: { c: Checkin }) {
  const latest = useQuery(latestQuery(c.id));
  const reports = useInfiniteQuery(reportsQuery(c.id));
  const [by, setBy] = useBy();
  const all = reports.data?.pages.flatMap((p) => p.items) ?? [];
  const newest = all[0];
  if (latest.error) return <Failed error={latest.error} retry={() => void latest.refetch()} />;
  if (reports.error) return <Failed error={reports.error} retry={() => void reports.refetch()} />;
  if (!latest.data || !reports.data) return <Loading rows={4} height={120} />;
  const fresh = latest.data.people.length > 0;
  return (
    <>
      <Waiting list={latest.data.waiting} title={t`Waited for`} />
      {(fresh || newest) && (
        <div className="chk-by">
          <BySwitch by={by} set={setBy} />
        </div>
      )}
      {fresh && (
        <Voices report={latest.data} by={by} title={newest ? t`New since your report` : t`New to you`} />
      )}
      {newest && <Newest report={newest} by={by} today={latest.data.date} />}
      {!fresh && !newest && <Nothing c={c} />}
      <Earlier list={all.slice(1)} />
      <Older of={reports} words={t`Older reports`} />
    </>
  );
}

function Newest({
  report,
  by,
  today,
}: {
  report: CheckinReportRef;
  by: 'person' | 'question';
  today: string;
}) {
  const found = useQuery(reportQuery(report.id));
  const title =
    report.date === today
      ? t`Your report of this morning`
      : t`Your report of ${dateWords(report.date, true)}`;
  if (found.error) return <Failed error={found.error} retry={() => void found.refetch()} />;
  if (!found.data) return <Loading rows={3} height={120} />;
  return <Voices report={found.data} by={by} title={title} />;
}

function Nothing({ c }: { c: Checkin }) {
  const me = useMe().person;
  const closed = c.hidden && !!c.my.turn;
  return (
    <Empty title={closed ? t`The answers open once you have written yours.` : t`Nobody has answered yet.`}>
      {closed ? (
        <Link to="/checkins/turns/$turn" params={{ turn: c.my.turn }}>{t`Answer now`}</Link>
      ) : c.my.next_date ? (
        <p>{t`You are asked next for ${dateWords(c.my.next_date, true)}; others on their own days. What they write is here on your next morning, in ${me.zone}.`}</p>
      ) : (
        <p>{t`What people write is gathered here, for your own morning.`}</p>
      )}
    </Empty>
  );
}

function Earlier({ list }: { list: CheckinReportRef[] }) {
  if (list.length === 0) return null;
  return (
    <Section title={t`Earlier reports`}>
      <Rows label={t`Earlier reports`}>
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
                  {dateWords(r.date, true)}
                </Link>
              }
              end={<span className="due-note">{answeredWords(r)}</span>}
            />
          </li>
        ))}
      </Rows>
    </Section>
  );
}
