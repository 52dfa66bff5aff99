import { t } from '@lingui/core/macro';
import { NativeSelect } from '@mantine/core';
import { useState } from 'react';
import { useMe } from '~/api/queries';
import type { PersonCard, Role } from '~/api/types';
import { Sure, toast } from '~/kit';
import { useStanding } from './api';
import { rolesFor, roleWord } from './words';

/** Chooses somebody's role. It changes at once and can be taken back, except one's own. */
export function RoleSelect({ person, mine }: { person: PersonCard; mine: boolean }) {
  const me = useMe().person;
  const change = useStanding();
  const [asked, setAsked] = useState<Role | null>(null);
  const roles = rolesFor(me.role);
  const give = (role: Role) => {
    const before = { id: person.id, role: person.role, guest_until: person.guest_until ?? undefined };
    change.mutate(
      { id: person.id, role },
      {
        onSuccess: () => {
          const undo = mine ? undefined : () => change.mutate(before);
          toast(t`${person.name} is now: ${roleWord(role)}.`, undo);
          setAsked(null);
        },
      },
    );
  };
  return (
    <>
      <NativeSelect
        size="xs"
        aria-label={t`Role of ${person.name}`}
        disabled={change.isPending}
        value={change.isPending ? (change.variables.role ?? person.role) : person.role}
        data={roles.map((role) => ({ value: role, label: roleWord(role) }))}
        onChange={(event) => {
          const role = event.target.value as Role;
          if (mine) setAsked(role);
          else give(role);
        }}
      />
      {asked && (
        <Sure
          title={t`Change your own role?`}
          doIt={t`Become: ${roleWord(asked)}`}
          busy={change.isPending}
          onClose={() => setAsked(null)}
          onDo={() => give(asked)}
        >
          {t`You cannot give yourself your old role back. Somebody who has it must do that.`}
        </Sure>
      )}
    </>
  );
}
