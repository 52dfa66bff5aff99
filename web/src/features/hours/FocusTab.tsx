import { t } from '@lingui/core/macro';
import { Button } from '@mantine/core';
import type { Weekday } from '~/api/types';
import { Section } from '~/kit';
import { dayName, shortDay, weekdays } from '~/kit/days';
import { DatedList } from './DatedList';
import { readRanges, readTimes, type Week } from './ranges';
import { FocusSuggestions, TeamTimes } from './Suggestions';
import { TypedList } from './TypedList';
import type { SpecDraft } from './useSpec';
import { WeekGrid } from './WeekGrid';

const isDate = (key: string) => /^\d{4}-/.test(key);

/** When one looks at what has come, and when nothing may interrupt. */
export function FocusTab({ draft }: { draft: SpecDraft }) {
  const { spec, change } = draft;
  const focus = spec.focus ?? {};
  const dated = Object.fromEntries(Object.entries(focus).filter(([key]) => isDate(key)));
  const weekly = Object.fromEntries(Object.entries(focus).filter(([key]) => !isDate(key))) as Week;
  return (
    <>
      <Checks draft={draft} />
      <TeamTimes draft={draft} />
      <Section title={t`Focus, every week`}>
        <p className="hint">{t`Inside these blocks nothing reaches you, except what is urgent and goes to whoever is on duty.`}</p>
        <WeekGrid
          kind="focus"
          label={t`Focus`}
          value={weekly}
          under={spec.weekly}
          placeholder={t`none`}
          problem={(day: Weekday) => draft.problem(`focus.${day}`)}
          onChange={(next) => change({ focus: { ...dated, ...next } as Record<string, string[]> })}
        />
      </Section>
      <FocusSuggestions draft={draft} />
      <Section title={t`Focus on single days`}>
        <DatedList
          label={t`Focus`}
          value={dated}
          read={readRanges}
          placeholder="09:00–12:00"
          empty={t`No focus on single days.`}
          add={t`Add a day with focus`}
          problem={(date) => draft.problem(`focus.${date}`)}
          onChange={(next) => change({ focus: { ...(weekly as Record<string, string[]>), ...next } })}
        />
      </Section>
    </>
  );
}

/** The times at which what can wait arrives, in one digest. */
function Checks({ draft }: { draft: SpecDraft }) {
  const { spec, change } = draft;
  const checks = spec.checks ?? {};
  const first = weekdays.find((day) => (checks[day] ?? []).length > 0);
  const spread = () => {
    if (!first) return;
    const working = weekdays.filter((day) => (spec.weekly?.[day] ?? []).length > 0);
    change({ checks: Object.fromEntries(working.map((day) => [day, checks[first] ?? []])) });
  };
  return (
    <Section
      title={t`Check times`}
      actions={
        first && (
          <Button variant="subtle" size="compact-xs" onClick={spread}>
            {t`${dayName(first)}'s on every working day`}
          </Button>
        )
      }
    >
      <p className="hint">{t`What can wait comes at these times, in one digest. A day without any has the start of each stretch of work.`}</p>
      <div className="checks">
        {weekdays.map((day) => (
          <div key={day} className="check">
            <span aria-hidden>{shortDay(day)}</span>
            <TypedList
              label={t`Check times, ${dayName(day)}`}
              value={checks[day] ?? []}
              read={readTimes}
              placeholder={t`start of work`}
              problem={draft.problem(`checks.${day}`)}
              onChange={(list) => change({ checks: { ...checks, [day]: list } })}
            />
          </div>
        ))}
      </div>
    </Section>
  );
}
