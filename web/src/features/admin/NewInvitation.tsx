import { t } from '@lingui/core/macro';
import { Button, Checkbox, Group, Modal, NativeSelect, Stack, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ApiProblem } from '~/api';
import { now } from '~/api/clock';
import { spacesQuery, useMe } from '~/api/queries';
import type { Role } from '~/api/types';
import { Wrong } from '~/kit';
import { dateOf } from '~/kit/time';
import { useInvite } from './api';
import { endOfDay } from './days';
import { LinkOnce } from './LinkOnce';
import { roleLine, rolesFor, roleWord } from './words';

const blank = { role: 'member' as Role, name: '', email: '', spaces: [] as string[], until: '' };

/** Whom it is for, when that is known. */
type First = { name: string; email: string };

/** Makes an invitation, then shows its link, once. */
export function NewInvitation({ first, onClose }: { first?: First; onClose: () => void }) {
  const invite = useInvite();
  return (
    <Modal
      opened
      onClose={onClose}
      title={invite.data ? t`The invitation is made` : t`New invitation`}
      closeButtonProps={{ 'aria-label': t`Close` }}
    >
      {invite.data ? (
        <LinkOnce link={invite.data.link} expires={invite.data.expires_at} onClose={onClose} />
      ) : (
        <InvitationForm first={first} invite={invite} onClose={onClose} />
      )}
    </Modal>
  );
}

type FormProps = { first?: First; invite: ReturnType<typeof useInvite>; onClose: () => void };

function InvitationForm({ first, invite, onClose }: FormProps) {
  const me = useMe().person;
  const [value, setValue] = useState({ ...blank, ...first });
  const [strict, setStrict] = useState(false);
  const change = (part: Partial<typeof blank>) => setValue((old) => ({ ...old, ...part }));
  const guest = value.role === 'guest';
  const spaceless = guest && value.spaces.length === 0;
  const problem = invite.error;
  const at = (field: string) =>
    problem instanceof ApiProblem ? problem.fields.find((f) => f.field.endsWith(field))?.detail : undefined;
  const send = () => {
    setStrict(true);
    if (spaceless) return;
    invite.mutate({
      role: value.role,
      name: value.name.trim() || undefined,
      email: value.email.trim() || undefined,
      spaces: guest ? value.spaces : undefined,
      guest_until: (guest && endOfDay(value.until, me.zone)) || undefined,
    });
  };
  return (
    <form
      className="admin-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <NativeSelect
        label={t`Role`}
        description={roleLine(value.role)}
        data-autofocus
        value={value.role}
        error={at('role')}
        data={rolesFor(me.role).map((role) => ({ value: role, label: roleWord(role) }))}
        onChange={(event) => change({ role: event.target.value as Role })}
      />
      <TextInput
        label={t`Name`}
        description={t`If you know it. They can change it.`}
        maxLength={80}
        dir="auto"
        value={value.name}
        error={at('name')}
        onChange={(event) => change({ name: event.target.value })}
      />
      <TextInput
        type="email"
        label={t`E-mail`}
        description={t`Then only this address can accept. Empty: whoever has the link.`}
        maxLength={254}
        value={value.email}
        error={at('email')}
        onChange={(event) => change({ email: event.target.value })}
      />
      {guest && (
        <>
          <SpaceChoice
            value={value.spaces}
            error={strict && spaceless ? t`Choose at least one space.` : at('spaces')}
            onChange={(spaces) => change({ spaces })}
          />
          <TextInput
            type="date"
            label={t`Guest until`}
            description={t`Their last day. Empty: no end.`}
            min={dateOf(now(), me.zone)}
            value={value.until}
            error={at('guest_until')}
            onChange={(event) => change({ until: event.target.value })}
          />
        </>
      )}
      {problem && !['role', 'name', 'email', 'spaces', 'guest_until'].some(at) && <Wrong error={problem} />}
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={onClose}>
          {t`Cancel`}
        </Button>
        <Button type="submit" loading={invite.isPending}>
          {t`Make the link`}
        </Button>
      </Group>
    </form>
  );
}

type Choice = { value: string[]; error?: string; onChange: (spaces: string[]) => void };

function SpaceChoice({ value, error, onChange }: Choice) {
  const spaces = (useQuery(spacesQuery).data ?? []).filter((s) => s.may.invite && !s.archived);
  return (
    <Checkbox.Group
      label={t`Spaces`}
      description={t`A guest sees these and no others.`}
      value={value}
      error={error}
      onChange={onChange}
    >
      <Stack className="admin-spaces" gap={8} mt={6}>
        {spaces.map((s) => (
          <Checkbox key={s.id} value={s.id} size="sm" label={<bdi>{s.name}</bdi>} />
        ))}
      </Stack>
    </Checkbox.Group>
  );
}
