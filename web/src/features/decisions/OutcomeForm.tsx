import { t } from '@lingui/core/macro';
import { Button, Checkbox, MultiSelect, Textarea, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { decisions } from '~/api';
import { useNow } from '~/api/clock';
import type { Decision, DecisionRef } from '~/api/decisions';
import { useMe } from '~/api/queries';
import { MarkdownField, useDraft } from '~/core/compose';
import { Section, toast, Wrong } from '~/kit';
import { dateOf, instantOf } from '~/kit/time';
import { decidedQuery, useChange } from './api';
import { optionName } from './words';

type Typed = {
  markdown: string;
  chosen: string[];
  reason: string;
  dissent: string;
  review: string;
  supersedes: DecisionRef[];
};

/** Whether others are chosen than were counted, or some where the count found none; then a reason is needed. */
function differsFrom(d: Decision, chosen: string[]) {
  if (chosen.length === 0 || ['sense_check', 'advice', 'consent'].includes(d.kind)) return false;
  const won = d.result?.count.winners ?? [];
  return chosen.length !== won.length || chosen.some((k) => !won.includes(k));
}

/** Where the decider writes what was decided, why, and what spoke against it. */
export function OutcomeForm({ decision: d }: { decision: Decision }) {
  const zone = useMe().person.zone;
  const now = useNow(60_000);
  const draft = useDraft<Typed>(`outcome ${d.id}`, {
    markdown: '',
    chosen: (d.result?.count.winners ?? []).filter((k) => d.options.some((o) => o.key === k)),
    reason: '',
    dissent: '',
    review: '',
    supersedes: [],
  });
  const v = draft.value;
  const set = (part: Partial<Typed>) => draft.set((old) => ({ ...old, ...part }));
  const decide = useChange(() =>
    decisions.decide(d.id, {
      markdown: v.markdown.trim(),
      chosen: v.chosen,
      reason: v.reason.trim() || undefined,
      dissent: v.dissent.trim() || undefined,
      review_at: v.review ? new Date(instantOf(v.review, '09:00', zone)).toISOString() : undefined,
      supersedes: v.supersedes.map((s) => s.id),
    }),
  );
  const submit = () =>
    decide.mutate(undefined, {
      onSuccess: () => {
        draft.clear();
        toast(t`Decided. Everybody who was entitled hears of it in their hours.`);
      },
    });
  const differs = differsFrom(d, v.chosen);
  return (
    <Section title={t`The outcome is yours to write`}>
      <form
        className="dec-form dec-decide no-print"
        onSubmit={(e) => {
          e.preventDefault();
          submit();
        }}
      >
        {d.options.length > 0 && d.kind !== 'sense_check' && (
          <fieldset className="dec-chips">
            <legend>{t`What was chosen`}</legend>
            {d.options.map((o) => (
              <Checkbox
                key={o.key}
                label={optionName(o, zone)}
                checked={v.chosen.includes(o.key)}
                onChange={(e) =>
                  set({
                    chosen: e.currentTarget.checked
                      ? [...v.chosen, o.key]
                      : v.chosen.filter((k) => k !== o.key),
                  })
                }
              />
            ))}
          </fieldset>
        )}
        <MarkdownField
          label={t`What was decided`}
          value={v.markdown}
          onChange={(markdown) => set({ markdown })}
          onSubmit={submit}
          minRows={3}
        />
        <Textarea
          label={differs ? t`Why not what was counted` : t`Why (optional)`}
          required={differs}
          dir="auto"
          autosize
          minRows={2}
          maxLength={20000}
          value={v.reason}
          onChange={(e) => set({ reason: e.currentTarget.value })}
        />
        <Textarea
          label={t`What spoke against it (optional)`}
          description={t`Dissent is kept with the outcome, for whoever looks at it again.`}
          dir="auto"
          autosize
          minRows={2}
          maxLength={20000}
          value={v.dissent}
          onChange={(e) => set({ dissent: e.currentTarget.value })}
        />
        <div className="dec-pairline">
          <TextInput
            type="date"
            label={t`Look at it again on (optional)`}
            description={t`You are asked that day whether it still holds.`}
            min={dateOf(now + 86_400_000, zone)}
            value={v.review}
            onChange={(e) => set({ review: e.currentTarget.value })}
          />
          <Replaces but={d.id} value={v.supersedes} onChange={(supersedes) => set({ supersedes })} />
        </div>
        <Wrong error={decide.error}>{t`What you wrote is kept here.`}</Wrong>
        <div className="dec-buttons">
          <Button type="submit" loading={decide.isPending} disabled={!v.markdown.trim()}>
            {t`Write the outcome`}
          </Button>
          {draft.kept && v.markdown && <span className="due-note">{t`Kept as a draft`}</span>}
        </div>
      </form>
    </Section>
  );
}

/** The earlier decisions that this one replaces, found by their words. */
function Replaces({
  but,
  value,
  onChange,
}: {
  but: string;
  value: DecisionRef[];
  onChange: (value: DecisionRef[]) => void;
}) {
  const [typed, setTyped] = useState('');
  const [asked] = useDebouncedValue(typed, 200);
  const found = useQuery(decidedQuery(asked)).data ?? [];
  const known = [...value, ...found.filter((f) => f.id !== but && !value.some((v) => v.id === f.id))];
  return (
    <MultiSelect
      label={t`Replaces (optional)`}
      description={t`Earlier decisions that no longer hold.`}
      searchable
      searchValue={typed}
      onSearchChange={setTyped}
      data={known.map((k) => ({ value: k.id, label: k.title }))}
      filter={({ options }) => options}
      value={value.map((v) => v.id)}
      onChange={(ids) =>
        onChange(known.filter((k) => ids.includes(k.id)).map(({ id, title }) => ({ id, title })))
      }
      nothingFoundMessage={t`No decision with these words.`}
      comboboxProps={{ transitionProps: { duration: 0 } }}
    />
  );
}
