import { t } from '@lingui/core/macro';
import { ActionIcon } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { brainstorms } from '~/api';
import type { Brainstorm } from '~/api/brainstorms';
import { useNow } from '~/api/clock';
import { useMe } from '~/api/queries';
import type { PersonRef } from '~/api/types';
import { Person, Sure, Tag, toast, toastError } from '~/kit';
import { cityOf, shortWhen } from '~/kit/time';
import { useChange } from './api';

/** Who takes part, by when each has had their share, and what is kept of whom. */
export function TakesPart({ b }: { b: Brainstorm }) {
  const me = useMe().person;
  const now = useNow();
  const [out, setOut] = useState<PersonRef | null>(null);
  const leave = useChange(b.id, (person: string) => brainstorms.leave(b.id, person));
  const back = useChange(b.id, (person: string) => brainstorms.invite(b.id, { people: [person] }));
  const n = b.people.length;
  return (
    <details className="bs-people">
      <summary>{n === 1 ? t`1 person takes part` : t`${n} people take part`}</summary>
      <ul>
        {b.people.map(({ person, share, minutes, unfair }) => (
          <li key={person.id}>
            <Person person={person} />
            <span className="due-note">
              {share && b.phase !== 'act' && b.phase !== 'ended'
                ? t`has had their share ${shortWhen(share, now, person.zone)} ${cityOf(person.zone)}`
                : ''}
              {share && person.zone !== me.zone && b.phase !== 'act' && b.phase !== 'ended'
                ? ` · ${t`${shortWhen(share, now, me.zone)} for you`}`
                : ''}
              {minutes !== null && b.phase !== 'act' && b.phase !== 'ended'
                ? t`${Math.round(minutes / 6) / 10} h of their own time in this phase`
                : ''}
            </span>
            {unfair && <Tag hue="yellow">{t`little time`}</Tag>}
            {b.may.change && person.id !== b.facilitator.id && (
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={t`Take ${person.name} out`}
                onClick={() => setOut(person)}
              >
                <IconX size={15} />
              </ActionIcon>
            )}
          </li>
        ))}
      </ul>
      {b.phase === 'ended' && <p className="due-note">{b.kept}</p>}
      {out && (
        <Sure
          title={t`Take ${out.name} out of this brainstorm?`}
          doIt={t`Take out`}
          busy={leave.isPending}
          onClose={() => setOut(null)}
          onDo={() =>
            leave.mutate(out.id, {
              onSuccess: () => {
                toast(t`${out.name} takes part no longer.`, () => back.mutate(out.id));
                setOut(null);
              },
              onError: toastError,
            })
          }
        >
          {t`Ideas that they wrote stay. Nothing more is expected of them here.`}
        </Sure>
      )}
    </details>
  );
}
