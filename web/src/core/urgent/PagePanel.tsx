import './urgent.css';
import { t } from '@lingui/core/macro';
import { useQuery } from '@tanstack/react-query';
import type { Id } from '~/api/types';
import type { UrgentPage } from '~/api/urgent';
import { Person, Tag, When } from '~/kit';
import { pageOfAsk } from './api';
import { PageActions, Verdict } from './PageActions';
import { pageStateHue, pageStateWord } from './words';

/** The page of an urgent ask: whom it reached so far, what comes next, and what the reader may do. */
export default function AskPage({ ask }: { ask: Id }) {
  const page = useQuery(pageOfAsk(ask)).data;
  return page ? <PagePanel page={page} /> : null;
}

export function PagePanel({ page }: { page: UrgentPage }) {
  const next = page.steps[page.step + 1];
  return (
    <section className="urgent-page" aria-label={t`Urgent page`} data-state={page.state}>
      <p className="urgent-page-head">
        <Tag hue={pageStateHue(page)}>{pageStateWord(page)}</Tag>
        {page.over && <Tag hue="orange">{t`Over the month's budget`}</Tag>}
        {page.state === 'walking' && page.until && next && (
          <span className="due-note">
            {t`If nobody acknowledges: ${next}`} <When at={page.until} />
          </span>
        )}
        {page.acknowledged_by && page.acknowledged_at && (
          <span className="due-note">
            {t`${page.acknowledged_by.name} sees to it since`} <When at={page.acknowledged_at} />
          </span>
        )}
      </p>
      <ol className="urgent-calls">
        {page.calls.map((c, i) => (
          <li key={i}>
            <When at={c.at} />{' '}
            {c.person ? <Person person={c.person} plain /> : <span>{t`Nobody on duty`}</span>}{' '}
            <span className="due-note">
              {c.paged ? (c.woken ? t`paged, outside their hours` : t`paged`) : t`not paged`}
              {c.why && `: ${c.why}`}
            </span>
          </li>
        ))}
      </ol>
      {page.resolution && <p dir="auto">{page.resolution}</p>}
      <PageActions page={page} />
      {page.state === 'resolved' && <Verdict page={page} />}
    </section>
  );
}
