import { t } from '@lingui/core/macro';
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { Weekday } from '~/api/types';
import { ZonePicker } from '~/core/people';
import { Section, Wrong } from '~/kit';
import { templatesQuery } from './api';
import { templateName } from './names';
import { lengthOf } from './ranges';
import { sameWeek } from './spec';
import type { SpecDraft } from './useSpec';
import { WeekGrid } from './WeekGrid';

/** The ordinary week: a template to start from, the hours, the zone. */
export function WeekTab({ draft }: { draft: SpecDraft }) {
  const { spec, change } = draft;
  const templates = useQuery(templatesQuery).data ?? [];
  const weekly = spec.weekly ?? {};
  const minutes = lengthOf(weekly);
  return (
    <>
      <Section title={t`Start from`}>
        <div className="chips">
          {templates.map((one) => {
            const on = sameWeek(one.schedule.weekly, weekly);
            return (
              <Button
                key={one.key}
                size="compact-sm"
                radius="xl"
                variant={on ? 'light' : 'default'}
                aria-pressed={on}
                onClick={() => change({ weekly: one.schedule.weekly })}
              >
                {templateName(one.key, one.name)}
              </Button>
            );
          })}
        </div>
      </Section>
      <Section
        title={t`My week`}
        actions={
          <span className="due-note">{minutes === 0 ? t`no hours` : t`${hoursOf(minutes)} a week`}</span>
        }
      >
        <WeekGrid
          kind="work"
          label={t`Hours`}
          value={weekly}
          placeholder={t`not working`}
          problem={(day: Weekday) => draft.problem(`weekly.${day}`)}
          onChange={(next) => change({ weekly: next })}
        />
        {minutes === 0 && (
          <p className="hint">{t`Without hours nothing can reach you, and nobody can be told when you answer.`}</p>
        )}
      </Section>
      <Section title={t`Where I am`}>
        <div className="narrow">
          <ZonePicker
            label={t`Time zone`}
            description={t`Where you usually are. Travel has a place of its own.`}
            value={spec.zone}
            onChange={(zone) => change({ zone })}
          />
          <Wrong says={draft.problem('zone')} />
        </div>
      </Section>
    </>
  );
}

const hoursOf = (minutes: number) => {
  const [h, m] = [Math.floor(minutes / 60), minutes % 60];
  return m ? t`${h} h ${m} m` : t`${h} h`;
};
