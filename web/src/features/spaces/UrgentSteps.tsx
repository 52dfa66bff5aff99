import { t } from '@lingui/core/macro';
import { Button, NativeSelect, NumberInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { teamsQuery } from '~/api/queries';
import type { Id } from '~/api/types';
import { PeoplePicker } from '~/core/people';
import { InOrder } from '~/kit';

export type StepDraft = { duty?: Id; layer?: number; people: Id[]; teams: Id[]; minutes: number };

/** The steps of an urgent path, in their order. */
export function UrgentSteps({
  steps,
  onChange,
}: {
  steps: StepDraft[];
  onChange: (steps: StepDraft[]) => void;
}) {
  const teams = useQuery(teamsQuery).data ?? [];
  const put = (i: number, part: Partial<StepDraft>) =>
    onChange(steps.map((s, n) => (n === i ? { ...s, ...part } : s)));
  const add = () =>
    onChange([
      ...steps,
      { duty: steps.length ? undefined : teams[0]?.id, layer: 0, people: [], teams: [], minutes: 10 },
    ]);
  return (
    <ol className="urgent-path urgent-path-edit">
      {steps.map((s, i) => (
        <li key={i}>
          <div className="urgent-step-fields">
            <NativeSelect
              label={t`Step ${i + 1} pages`}
              value={s.duty ?? ''}
              onChange={(e) => put(i, { duty: e.currentTarget.value || undefined })}
              data={[
                { value: '', label: t`people or teams` },
                ...teams.map((x) => ({ value: x.id, label: t`whoever is on duty for ${x.name}` })),
              ]}
            />
            {s.duty && (
              <NativeSelect
                label={t`Of which layer`}
                value={String(s.layer ?? 0)}
                onChange={(e) => put(i, { layer: Number(e.currentTarget.value) })}
                data={[
                  { value: '0', label: t`the first that has somebody` },
                  ...[1, 2, 3, 4].map((n) => ({ value: String(n), label: t`layer ${n}` })),
                ]}
              />
            )}
            <NumberInput
              label={t`Minutes to acknowledge`}
              min={1}
              max={1440}
              value={s.minutes}
              onChange={(v) => put(i, { minutes: Number(v) || 1 })}
            />
          </div>
          <PeoplePicker
            label={s.duty ? t`And besides` : t`People and teams`}
            value={{ people: s.people, teams: s.teams }}
            onChange={(to) => put(i, { people: to.people, teams: to.teams })}
          />
          <div>
            <InOrder list={steps} at={i} name={t`Step ${i + 1}`} onChange={onChange} />
          </div>
        </li>
      ))}
      <li className="urgent-path-more">
        <Button size="compact-xs" variant="default" onClick={add} disabled={steps.length >= 10}>
          {t`Another step`}
        </Button>
      </li>
    </ol>
  );
}
