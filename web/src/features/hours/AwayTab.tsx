import { t } from '@lingui/core/macro';
import { Button, Group } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { people } from '~/api';
import { useNow } from '~/api/clock';
import { useMe } from '~/api/queries';
import type { Absence } from '~/api/types';
import { Empty, Person, Row, Rows, Section, Tag, toast, toastError } from '~/kit';
import { dateOf, whenOf } from '~/kit/time';
import { AbsenceForm } from './AbsenceForm';
import { useHoursMutation } from './api';
import { DueMeanwhile } from './DueMeanwhile';
import { dateWords } from './names';

/** When one is away, and who stands in. */
export function AwayTab({ absences }: { absences: Absence[] }) {
  const [open, setOpen] = useState<Absence | 'new' | null>(null);
  const zone = useMe().person.zone;
  const now = useNow(60_000);
  const past = (a: Absence) => (a.to.length === 10 ? a.to < dateOf(now, zone) : Date.parse(a.to) < now);
  const ahead = absences.filter((a) => !past(a));
  const add = (
    <Button size="xs" leftSection={<IconPlus size={14} />} onClick={() => setOpen('new')}>
      {t`I am away`}
    </Button>
  );
  return (
    <Section title={t`Away`} actions={ahead.length > 0 && add}>
      {open && (
        <AbsenceForm
          key={open === 'new' ? 'new' : open.id}
          absence={open === 'new' ? null : open}
          onClose={() => setOpen(null)}
        />
      )}
      {ahead.length === 0 && !open && (
        <Empty title={t`You have no absence ahead.`}>
          <p>{t`While you are away nothing interrupts you, and whoever asks you is told who stands in.`}</p>
          {add}
        </Empty>
      )}
      {ahead.length > 0 && <List absences={ahead} onChange={setOpen} />}
      {ahead.map((a) => (
        <DueMeanwhile key={a.id} absence={a} />
      ))}
      {absences.some(past) && (
        <details className="more">
          <summary>{t`Earlier absences`}</summary>
          <List absences={absences.filter(past).reverse()} onChange={setOpen} />
        </details>
      )}
    </Section>
  );
}

function List({ absences, onChange }: { absences: Absence[]; onChange: (a: Absence) => void }) {
  const zone = useMe().person.zone;
  const now = useNow(60_000);
  const again = useHoursMutation(people.makeAbsence);
  const remove = useHoursMutation((a: Absence) => people.removeAbsence(a.id));
  const drop = (a: Absence) =>
    remove.mutate(a, {
      onError: toastError,
      onSuccess: () =>
        toast(t`The absence is removed.`, () =>
          again.mutate(
            { from: a.from, to: a.to, reason: a.reason || undefined, stand_in: a.stand_in?.id },
            { onError: toastError },
          ),
        ),
    });
  return (
    <Rows label={t`Absences`}>
      {absences.map((a) => (
        <li key={a.id}>
          <Row
            title={<span>{spanWords(a, now, zone)}</span>}
            tag={isNow(a, now, zone) && <Tag hue="orange">{t`now`}</Tag>}
            sub={
              <>
                {a.reason && <bdi>{a.reason}</bdi>} {a.reason && '· '}
                {a.stand_in ? <Person person={a.stand_in} note={t`stands in`} /> : t`nobody stands in`}
              </>
            }
            end={
              <Group gap={6}>
                <Button variant="default" size="compact-xs" onClick={() => onChange(a)}>
                  {t`Change`}
                  <span className="hidden-words"> {spanWords(a, now, zone)}</span>
                </Button>
                {begun(a, now, zone) && (
                  <Link to="/while-away" search={{ absence: a.id }}>
                    {t`What happened`}
                    <span className="hidden-words"> {spanWords(a, now, zone)}</span>
                  </Link>
                )}
                <Button variant="default" size="compact-xs" onClick={() => drop(a)}>
                  {t`Remove`}
                  <span className="hidden-words"> {spanWords(a, now, zone)}</span>
                </Button>
              </Group>
            }
          />
        </li>
      ))}
    </Rows>
  );
}

function spanWords(a: Absence, now: number, zone: string): string {
  if (a.from.length > 10) return t`${whenOf(a.from, now, zone)} to ${whenOf(a.to, now, zone)}`;
  return a.from === a.to ? dateWords(a.from) : t`${dateWords(a.from)} to ${dateWords(a.to)}`;
}

/** Whether it has begun, on the reader's own calendar. */
function begun(a: Absence, now: number, zone: string): boolean {
  return a.from.length > 10 ? Date.parse(a.from) <= now : a.from <= dateOf(now, zone);
}

function isNow(a: Absence, now: number, zone: string): boolean {
  if (a.from.length > 10) return Date.parse(a.from) <= now && now < Date.parse(a.to);
  const today = dateOf(now, zone);
  return a.from <= today && today <= a.to;
}
