import { t } from '@lingui/core/macro';
import { Button, Group, MultiSelect, NativeSelect, NumberInput, Textarea, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { ApiProblem, agreements } from '~/api';
import { spacesQuery } from '~/api/queries';
import type { Agreement, AgreementFields, UrgentWho } from '~/api/types';
import { kindWord } from '~/core/asks/words';
import { MarkdownField } from '~/core/compose';
import { Section, toast, Wrong } from '~/kit';
import { dayName, weekdays } from '~/kit/days';
import { windowWords } from '~/kit/time';
import { useAgreementMutation } from './api';
import { kinds, rangesWords, whoWord } from './words';

const offered = ['2h', '4h', '8h', '1d', '2d', '3d', '5d'];
const listOf = (text: string) =>
  text
    .split(',')
    .map((x) => x.trim().replaceAll(/\s*[–—-]\s*/g, '-'))
    .filter(Boolean);

/** Changes what a team agreed on, with a reason that the team reads. */
export function EditAgreement({ agreement, onClose }: { agreement: Agreement; onClose: () => void }) {
  const [fields, setFields] = useState<AgreementFields>(agreement.fields);
  const [prose, setProse] = useState(agreement.prose);
  const [reason, setReason] = useState('');
  const team = agreement.team.id;
  const save = useAgreementMutation(team, () =>
    agreements.set(team, { version: agreement.version, fields, prose, reason: reason.trim() }),
  );
  const problems = save.error instanceof ApiProblem ? save.error.fields : [];
  const at = (field: string) => problems.find((p) => p.field.startsWith(field))?.detail;
  const set = (part: Partial<AgreementFields>) => setFields((old) => ({ ...old, ...part }));
  return (
    <form
      className="agreement-form"
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate(undefined, {
          onSuccess: () => {
            toast(t`Agreed. The team reads of it with their next digest.`);
            onClose();
          },
        });
      }}
    >
      <Section title={t`In words`}>
        <MarkdownField label={t`The page`} value={prose} onChange={setProse} minRows={5} />
      </Section>
      <Windows fields={fields} set={set} at={at} />
      <Times fields={fields} set={set} at={at} />
      {agreement.may.bound && <Bounds fields={fields} set={set} at={at} />}
      <UrgentRules fields={fields} set={set} at={at} />
      <Where fields={fields} set={set} at={at} />
      <Section title={t`Why`}>
        <TextInput
          label={t`Why it changes`}
          description={t`The team reads it with the change.`}
          required
          maxLength={500}
          value={reason}
          error={at('reason')}
          onChange={(e) => setReason(e.currentTarget.value)}
        />
      </Section>
      <Wrong error={save.error} />
      <Group gap="xs">
        <Button type="submit" loading={save.isPending} disabled={!reason.trim()}>
          {t`Save for the team`}
        </Button>
        <Button variant="default" onClick={onClose}>
          {t`Cancel`}
        </Button>
      </Group>
    </form>
  );
}

type Part = {
  fields: AgreementFields;
  set: (part: Partial<AgreementFields>) => void;
  at: (field: string) => string | undefined;
};
const Pairs = ({ children }: { children: ReactNode }) => <div className="agreement-fields">{children}</div>;

function Windows({ fields, set, at }: Part) {
  return (
    <Section title={t`Usual response windows`}>
      <Pairs>
        {kinds.map((kind) => {
          const now = fields.windows?.[kind] ?? '';
          return (
            <NativeSelect
              key={kind}
              label={kindWord(kind)}
              value={now}
              error={at(`fields.windows.${kind}`)}
              onChange={(e) => set({ windows: { ...fields.windows, [kind]: e.currentTarget.value } })}
              data={[
                { value: '', label: t`as the space has it` },
                ...(now && !offered.includes(now) ? [now, ...offered] : offered).map((w) => ({
                  value: w,
                  label: windowWords(w),
                })),
              ]}
            />
          );
        })}
      </Pairs>
    </Section>
  );
}

function Times({ fields, set, at }: Part) {
  return (
    <Section title={t`Times`}>
      <ListField
        label={t`Suggested check times`}
        description={t`On each member's own clock, such as 09:30, 14:00. Each takes them with one press, or not.`}
        value={fields.checks ?? []}
        error={at('fields.checks')}
        onChange={(checks) => set({ checks })}
      />
      <Pairs>
        {weekdays.map((day) => (
          <ListField
            key={day}
            label={t`No meetings on ${dayName(day)}`}
            placeholder="09:00–12:00"
            value={fields.meeting_free?.[day] ?? []}
            error={at(`fields.meeting_free.${day}`)}
            onChange={(list) => set({ meeting_free: { ...fields.meeting_free, [day]: list } })}
          />
        ))}
      </Pairs>
    </Section>
  );
}

/** A list as text, read when one leaves the field. */
function ListField({
  value,
  onChange,
  ...rest
}: {
  label: string;
  description?: string;
  placeholder?: string;
  value: string[];
  error?: string;
  onChange: (list: string[]) => void;
}) {
  const [text, setText] = useState(rangesWords(value));
  return (
    <TextInput
      {...rest}
      dir="ltr"
      value={text}
      onChange={(e) => {
        setText(e.currentTarget.value);
        onChange(listOf(e.currentTarget.value));
      }}
    />
  );
}

function Bounds({ fields, set, at }: Part) {
  const quiet = fields.quiet ?? { earliest: '', latest: '' };
  const put = (part: Partial<typeof quiet>) => {
    const next = { ...quiet, ...part };
    set({ quiet: next.earliest || next.latest ? next : undefined });
  };
  return (
    <Section title={t`Hours of members`}>
      <p className="due-note">
        {t`Members set their own hours, within these bounds. Who has others already keeps them until they change them. Only admins set this.`}
      </p>
      <Pairs>
        <TextInput
          type="time"
          label={t`Not before`}
          value={quiet.earliest}
          error={at('fields.quiet')}
          onChange={(e) => put({ earliest: e.currentTarget.value })}
        />
        <TextInput
          type="time"
          label={t`Not after`}
          value={quiet.latest}
          onChange={(e) => put({ latest: e.currentTarget.value })}
        />
      </Pairs>
    </Section>
  );
}

function UrgentRules({ fields, set, at }: Part) {
  const urgent = fields.urgent ?? {};
  const put = (part: typeof urgent) => set({ urgent: { ...urgent, ...part } });
  const all: UrgentWho[] = ['anyone', 'members', 'admins'];
  return (
    <Section title={t`Urgent`}>
      <Pairs>
        <NativeSelect
          label={t`Who may ask urgently`}
          value={urgent.who ?? 'anyone'}
          error={at('fields.urgent.who')}
          onChange={(e) => put({ who: e.currentTarget.value as UrgentWho })}
          data={all.map((who) => ({ value: who, label: whoWord(who) }))}
        />
        <NumberInput
          label={t`How many a month`}
          description={t`in each space in which it holds, where a space sets no smaller number itself; 0 for none`}
          min={0}
          max={1000}
          value={urgent.per_month ?? 0}
          error={at('fields.urgent.per_month')}
          onChange={(n) => put({ per_month: Number(n) || 0 })}
        />
      </Pairs>
      <Textarea
        label={t`When it is urgent`}
        autosize
        minRows={2}
        maxLength={2000}
        value={urgent.rule ?? ''}
        error={at('fields.urgent.rule')}
        onChange={(e) => put({ rule: e.currentTarget.value })}
      />
    </Section>
  );
}

function Where({ fields, set, at }: Part) {
  const spaces = useQuery(spacesQuery).data ?? [];
  return (
    <Section title={t`Where it holds`}>
      <MultiSelect
        label={t`Spaces`}
        description={t`Besides these it holds for whatever is asked of the team or its members.`}
        searchable
        data={spaces.filter((s) => !s.archived).map((s) => ({ value: s.id, label: s.name }))}
        value={fields.spaces ?? []}
        error={at('fields.spaces')}
        onChange={(list) => set({ spaces: list })}
        comboboxProps={{ transitionProps: { duration: 0 } }}
      />
    </Section>
  );
}
