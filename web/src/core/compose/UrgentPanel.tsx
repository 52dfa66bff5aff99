import { t } from '@lingui/core/macro';
import { Textarea } from '@mantine/core';
import type { ForecastPage } from '~/api/types';
import { Face, Name, Tag } from '~/kit';

type Props = { page: ForecastPage; second: string; onSecond?: (reason: string) => void };

/** Whom an urgent ask pages, step by step, who would be woken, and what it costs of the month's budget. */
export function UrgentPanel({ page, second, onSecond }: Props) {
  const left = page.budget - page.used;
  return (
    <div className="urgent-panel">
      <h3>{t`This pages, until somebody acknowledges`}</h3>
      <ol className="urgent-steps">
        {page.steps.map((step, i) => (
          <li key={i}>
            <span className="urgent-step">
              {i === 0 ? t`At once, whom you ask` : step.name}
              {step.minutes > 0 && (
                <span className="due-note"> · {t`${step.minutes} min to acknowledge`}</span>
              )}
            </span>
            <ul>
              {step.people.map((p) => (
                <li key={p.person.id}>
                  <span className="chip">
                    <Face name={p.person.name} size={20} />
                    <Name person={p.person} />
                  </span>{' '}
                  {p.woken && <Tag hue="red">{t`would be woken`}</Tag>}{' '}
                  <span className="forecast-note">
                    {p.reached ? t`${p.local} there` : t`${p.local} there: ${p.why}`}
                  </span>
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ol>
      <p className="due-note">
        {page.over
          ? t`This space has used its ${page.budget} urgent pages of the month.`
          : t`Urgent page ${page.used + 1} of ${page.budget} this month; ${left - 1} are left after it.`}{' '}
        {page.agreed_by && t`So agreed ${page.agreed_by}.`}
      </p>
      {page.rule && (
        <p className="due-note" dir="auto">
          {t`“${page.rule}”`}
        </p>
      )}
      {page.over && onSecond && (
        <Textarea
          label={t`Why it cannot wait even so`}
          description={t`It still pages; the space hears of it in its weekly line.`}
          required
          autosize
          minRows={1}
          value={second}
          onChange={(e) => onSecond(e.currentTarget.value)}
        />
      )}
    </div>
  );
}
