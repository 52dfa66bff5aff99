import './duty.css';
import { t } from '@lingui/core/macro';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { Handover, UrgentPage } from '~/api/urgent';
import { myPages, PageActions, pageStateHue, pageStateWord, Verdict } from '~/core/urgent';
import { Tag, When } from '~/kit';
import { myDuty } from './api';
import { OneHandover } from './Handovers';
import { OneSwap } from './Swaps';

/** What cannot wait for the inbox: urgent pages that reached the reader, and what their duty asks of them. */
export function Banner() {
  const paged = useQuery(myPages).data;
  const mine = useQuery(myDuty).data;
  return (
    <>
      {paged?.open.map((p) => (
        <OnePage key={p.id} page={p} />
      ))}
      {paged?.to_judge.slice(0, 1).map((p) => (
        <aside key={p.id} className="duty-banner" aria-label={t`An urgent page that is over`}>
          <p>
            <strong dir="auto">{p.title}</strong> <When at={p.created_at} />
          </p>
          <Verdict page={p} />
        </aside>
      ))}
      {latest(mine?.owed ?? []).map((h) => (
        <aside key={h.id} className="duty-banner" aria-label={t`A handover note is asked of you`}>
          <details>
            <summary>{t`You hand the duty of ${h.team.name} over to ${h.to.name}: leave a note`}</summary>
            <OneHandover handover={h} />
            <p className="due-note">
              <Link to="/teams/$team/duty" params={{ team: h.team.id }}>
                {t`Duty of ${h.team.name}`}
              </Link>
            </p>
          </details>
        </aside>
      ))}
      {mine?.swaps.map((w) => (
        <aside key={w.id} className="duty-banner" aria-label={t`A swap is offered to you`}>
          <OneSwap swap={w} />
        </aside>
      ))}
    </>
  );
}

/** Of each team the last note that is asked for; earlier ones stand on the team's page. */
const latest = (list: Handover[]) => [...new Map(list.map((h) => [h.team.id, h])).values()];

function OnePage({ page }: { page: UrgentPage }) {
  return (
    <aside className="duty-banner" data-urgent aria-label={t`Urgent`} role="alert">
      <p>
        <Tag hue={pageStateHue(page)}>{pageStateWord(page)}</Tag>{' '}
        <Link to="/threads/$thread" params={{ thread: page.thread }}>
          <strong dir="auto">{page.title}</strong>
        </Link>{' '}
        <span className="due-note">
          {t`${page.asker.name}, `}
          <When at={page.created_at} as="ago" />
        </span>
      </p>
      <p dir="auto">{page.reason}</p>
      <p className="due-note" dir="auto">
        {t`If nobody acts: ${page.otherwise}`}
      </p>
      <PageActions page={page} size="sm" />
    </aside>
  );
}
