import { t } from '@lingui/core/macro';
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { Agreement, FocusSuggestion } from '~/api/types';
import { Row, Rows, Section } from '~/kit';
import { dayName, weekdays } from '~/kit/days';
import { agreementsQuery, suggestionsQuery } from './api';
import { merged, rangesOf, shown, spansOf } from './ranges';
import type { SpecDraft } from './useSpec';

/** Hours in which the reader seldom writes, from their own pattern and for them alone: one press keeps them free. */
export function FocusSuggestions({ draft }: { draft: SpecDraft }) {
  const found = useQuery(suggestionsQuery).data ?? [];
  const focus = (draft.spec.focus ?? {}) as Record<string, string[]>;
  const free = (s: FocusSuggestion) => !(focus[s.weekday] ?? []).includes(`${s.from}-${s.to}`);
  const list = found.filter(free);
  if (list.length === 0) return null;
  const keep = (s: FocusSuggestion) =>
    draft.change({
      focus: {
        ...focus,
        [s.weekday]: rangesOf(merged(spansOf([...(focus[s.weekday] ?? []), `${s.from}-${s.to}`]))),
      },
    });
  return (
    <Section title={t`Hours you could keep free`}>
      <p className="hint">{t`From what you do when, computed just now for you alone.`}</p>
      <Rows label={t`Hours you could keep free`}>
        {list.map((s) => (
          <li key={`${s.weekday}${s.from}`}>
            <Row
              title={`${dayName(s.weekday)}, ${s.from}–${s.to}`}
              sub={s.why}
              end={
                <Button variant="default" size="compact-xs" onClick={() => keep(s)}>
                  {t`Keep these free`}
                </Button>
              }
            />
          </li>
        ))}
      </Rows>
    </Section>
  );
}

/** The check times, and the time without meetings, that the reader's teams agreed on. */
export function TeamTimes({ draft }: { draft: SpecDraft }) {
  const list = useQuery(agreementsQuery).data ?? [];
  const some = list.filter((a) => a.fields.checks?.length || Object.keys(a.fields.meeting_free ?? {}).length);
  if (some.length === 0) return null;
  const working = weekdays.filter((day) => (draft.spec.weekly?.[day] ?? []).length > 0);
  const takeChecks = (times: string[]) =>
    draft.change({ checks: Object.fromEntries(working.map((day) => [day, times])) });
  return (
    <Section title={t`What your teams agreed on`}>
      <Rows label={t`What your teams agreed on`}>
        {some.map((a) => (
          <li key={a.team.id}>
            <Row
              title={
                <Link to="/teams/$team/agreement" params={{ team: a.team.id }}>
                  <bdi>{a.team.name}</bdi>
                </Link>
              }
              sub={timesWords(a)}
              end={
                a.fields.checks?.length ? (
                  <Button
                    variant="default"
                    size="compact-xs"
                    onClick={() => takeChecks(a.fields.checks ?? [])}
                  >
                    {t`Take these check times`}
                  </Button>
                ) : undefined
              }
            />
          </li>
        ))}
      </Rows>
    </Section>
  );
}

function timesWords({ fields }: Agreement): string {
  const free = weekdays
    .filter((day) => fields.meeting_free?.[day]?.length)
    .map((day) => `${dayName(day)} ${shown(fields.meeting_free?.[day])}`);
  return [
    fields.checks?.length && t`check times ${fields.checks.join(', ')}`,
    free.length > 0 && t`no meetings ${free.join('; ')}`,
  ]
    .filter(Boolean)
    .join(' · ');
}
