import { t } from '@lingui/core/macro';
import { Button, Group, Switch, TextInput } from '@mantine/core';
import { useState } from 'react';
import { ApiProblem, people } from '~/api';
import { now } from '~/api/clock';
import { useMe } from '~/api/queries';
import type { Absence } from '~/api/types';
import { PersonPicker } from '~/core/people';
import { toast, Wrong } from '~/kit';
import { clockOf, dateOf, instantOf } from '~/kit/time';
import { useHoursMutation } from './api';

/** The text of a field for a date and a time, on the clock of a zone. */
const localOf = (at: string, zone: string) => `${dateOf(at, zone)}T${clockOf(at, zone)}`;
const instant = (local: string, zone: string) =>
  new Date(instantOf(local.slice(0, 10), local.slice(11, 16), zone)).toISOString();

/** Adds an absence, or changes one: by whole days, or from one time to another. */
export function AbsenceForm({ absence, onClose }: { absence: Absence | null; onClose: () => void }) {
  const me = useMe().person;
  const today = dateOf(now(), me.zone);
  const timed = absence ? absence.from.length > 10 : false;
  const [whole, setWhole] = useState(!timed);
  const [dates, setDates] = useState(
    absence && !timed ? { from: absence.from, to: absence.to } : { from: today, to: today },
  );
  const [times, setTimes] = useState(
    absence && timed
      ? { from: localOf(absence.from, me.zone), to: localOf(absence.to, me.zone) }
      : { from: `${today}T09:00`, to: `${today}T12:00` },
  );
  const [reason, setReason] = useState(absence?.reason ?? '');
  const [standIn, setStandIn] = useState(absence?.stand_in?.id ?? null);
  const save = useHoursMutation(async () => {
    const span = whole ? dates : { from: instant(times.from, me.zone), to: instant(times.to, me.zone) };
    if (absence) return people.changeAbsence(absence.id, { ...span, reason, stand_in: standIn ?? '' });
    return people.makeAbsence({ ...span, reason: reason || undefined, stand_in: standIn ?? undefined });
  });
  const at = (field: string) =>
    save.error instanceof ApiProblem
      ? save.error.fields.find((f) => f.field.endsWith(field))?.detail
      : undefined;
  const placed = at('from') ?? at('to') ?? at('stand_in') ?? at('reason');
  const span = whole ? dates : times;
  const set = (part: { from?: string; to?: string }) => {
    const next = { ...span, ...part };
    // An end that fell behind its beginning follows it.
    if (next.to < next.from && part.from) next.to = next.from;
    (whole ? setDates : setTimes)(next);
  };
  return (
    <form
      className="form box"
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate(undefined, {
          onSuccess: () => {
            toast(absence ? t`Changed. Whoever waits for you is told of new times.` : t`You are away then.`);
            onClose();
          },
        });
      }}
    >
      <Switch label={t`Whole days`} checked={whole} onChange={(event) => setWhole(event.target.checked)} />
      <div className="pair">
        <TextInput
          type={whole ? 'date' : 'datetime-local'}
          label={whole ? t`First day away` : t`From`}
          required
          value={span.from}
          error={at('from')}
          onChange={(event) => set({ from: event.target.value })}
        />
        <TextInput
          type={whole ? 'date' : 'datetime-local'}
          label={whole ? t`Last day away` : t`Until`}
          required
          min={span.from}
          value={span.to}
          error={at('to')}
          onChange={(event) => set({ to: event.target.value })}
        />
      </div>
      <TextInput
        label={t`Reason`}
        description={t`Everybody in the workspace may read it. It can stay empty.`}
        maxLength={200}
        value={reason}
        error={at('reason')}
        onChange={(event) => setReason(event.target.value)}
      />
      <PersonPicker
        label={t`Who stands in`}
        description={t`Named to whoever asks you while you are away.`}
        value={standIn}
        exclude={[me.id]}
        onChange={setStandIn}
      />
      <Wrong says={at('stand_in')} />
      {!placed && <Wrong error={save.error} />}
      <Group gap="xs">
        <Button type="submit" size="xs" loading={save.isPending}>
          {absence ? t`Save` : t`Add the absence`}
        </Button>
        <Button variant="default" size="xs" onClick={onClose}>
          {t`Cancel`}
        </Button>
      </Group>
    </form>
  );
}
