import './checkins.css';
import { t } from '@lingui/core/macro';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { ApiProblem } from '~/api';
import { Empty, Failed, Loading, Page } from '~/kit';
import { reportQuery } from './api';
import { BySwitch, useBy, Voices } from './Report';
import { Waiting } from './Waiting';
import { dateWords } from './words';

const route = getRouteApi('/shell/checkins/reports/$report');

/** A report of the reader's own, as it was made for one of their mornings. */
export function ReportPage() {
  const { report: id } = route.useParams();
  const found = useQuery(reportQuery(id));
  const [by, setBy] = useBy();
  const r = found.data;
  const missing = found.error instanceof ApiProblem && found.error.status === 404;
  return (
    <Page
      title={r ? r.name : t`Report`}
      lead={r && t`Your report of ${dateWords(r.date, true)}: what was new to you that morning.`}
      actions={r && <BySwitch by={by} set={setBy} />}
    >
      {r ? (
        <>
          <p className="back">
            <Link
              to="/checkins/$checkin"
              params={{ checkin: r.checkin }}
            >{t`The check-in and its reports`}</Link>
          </p>
          <Waiting list={r.waiting} title={t`Waited for now`} />
          <Voices report={r} by={by} title={t`Answers`} />
        </>
      ) : missing ? (
        <Empty title={t`There is no such report for you.`}>
          <Link to="/checkins">{t`See the check-ins`}</Link>
        </Empty>
      ) : found.error ? (
        <Failed error={found.error} retry={() => void found.refetch()} />
      ) : (
        <Loading rows={5} height={120} />
      )}
    </Page>
  );
}
