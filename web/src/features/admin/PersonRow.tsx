import { t } from '@lingui/core/macro';
import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useNow } from '~/api/clock';
import { useMe } from '~/api/queries';
import type { PersonCard } from '~/api/types';
import { Face, Name, Row, Sure, Tag, toast } from '~/kit';
import { dayOf } from '~/kit/time';
import { useRemovePerson } from './api';
import { GuestUntil } from './GuestUntil';
import { NewInvitation } from './NewInvitation';
import { RoleSelect } from './RoleSelect';
import { roleWord, whyFixed } from './words';

/** One person: who they are, their role, a guest's end, and removing them. */
export function PersonRow({ person, owners }: { person: PersonCard; owners: number }) {
  const me = useMe();
  const now = useNow();
  const [open, setOpen] = useState<'until' | 'remove' | 'invite' | null>(null);
  const mine = person.id === me.person.id;
  const fixed = whyFixed(me, person, owners);
  const unborn = person.state === 'placeholder';
  const until = person.guest_until;
  const ended = until !== null && Date.parse(until) <= now;
  const day = until && dayOf(until, now, me.person.zone);
  const close = () => setOpen(null);
  return (
    <>
      <Row
        face={<Face name={person.name} />}
        title={
          <Link to="/people/$person" params={{ person: person.id }}>
            <Name person={person} />
          </Link>
        }
        tag={
          <>
            {mine && <Tag>{t`you`}</Tag>}
            {person.bot && <Tag>{t`app`}</Tag>}
            {unborn && <Tag hue="yellow">{t`not signed up`}</Tag>}
            {day && (
              <Tag hue={ended ? 'red' : 'yellow'}>{ended ? t`ended ${day}` : t`guest until ${day}`}</Tag>
            )}
          </>
        }
        sub={[person.email || t`no e-mail address`, `@${person.handle}`].join(' · ')}
        end={
          <div className="admin-end">
            {fixed && <span className="due-note">{fixed}</span>}
            {unborn && <span className="due-note">{t`came with an import`}</span>}
            {unborn && !person.bot && (
              <Button variant="default" size="compact-xs" onClick={() => setOpen('invite')}>
                {t`Invite`}
                <span className="hidden-words"> {person.name}</span>
              </Button>
            )}
            {fixed && <Tag>{roleWord(person.role)}</Tag>}
            {!unborn && !fixed && <RoleSelect person={person} mine={mine} />}
            {person.role === 'guest' && !unborn && (
              <Button variant="default" size="compact-xs" onClick={() => setOpen('until')}>
                {t`Set the end`}
                <span className="hidden-words"> {person.name}</span>
              </Button>
            )}
            {!mine && !fixed && (
              <Button variant="default" size="compact-xs" onClick={() => setOpen('remove')}>
                {t`Remove`}
                <span className="hidden-words"> {person.name}</span>
              </Button>
            )}
          </div>
        }
      />
      {open === 'until' && <GuestUntil person={person} onClose={close} />}
      {open === 'invite' && (
        <NewInvitation first={{ name: person.name, email: person.email }} onClose={close} />
      )}
      {open === 'remove' && <Remove person={person} onClose={close} />}
    </>
  );
}

/** Asks once more, because nobody can be put back: only invited again. */
function Remove({ person, onClose }: { person: PersonCard; onClose: () => void }) {
  const remove = useRemovePerson();
  return (
    <Sure
      title={t`Remove ${person.name}?`}
      doIt={t`Remove ${person.name}`}
      busy={remove.isPending}
      onClose={onClose}
      onDo={() =>
        remove.mutate(person.id, {
          onSuccess: () => {
            toast(t`${person.name} was removed. An invitation lets them back in.`);
            onClose();
          },
        })
      }
    >
      {t`They are signed out everywhere and see nothing any more, at once. What they wrote stays. This cannot be undone, but a new invitation lets them back in with the same name.`}
    </Sure>
  );
}
