import { t } from '@lingui/core/macro';
import { Button, Group, Modal, TextInput } from '@mantine/core';
import { useState } from 'react';
import { now } from '~/api/clock';
import { useMe } from '~/api/queries';
import type { PersonCard } from '~/api/types';
import { toast } from '~/kit';
import { dateOf } from '~/kit/time';
import { useStanding } from './api';
import { endOfDay } from './days';

/** Sets the last day of a guest, or none. */
export function GuestUntil({ person, onClose }: { person: PersonCard; onClose: () => void }) {
  const { zone } = useMe().person;
  const [date, setDate] = useState(person.guest_until ? dateOf(person.guest_until, zone) : '');
  const change = useStanding();
  const save = () =>
    change.mutate(
      { id: person.id, guest_until: endOfDay(date, zone) },
      {
        onSuccess: () => {
          const before = { id: person.id, guest_until: person.guest_until ?? '' };
          toast(date ? t`The last day is set.` : t`${person.name} stays for as long as they like.`, () =>
            change.mutate(before),
          );
          onClose();
        },
      },
    );
  return (
    <Modal
      opened
      onClose={onClose}
      title={t`How long is ${person.name} a guest?`}
      closeButtonProps={{ 'aria-label': t`Close` }}
    >
      <form
        className="admin-form"
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        <TextInput
          type="date"
          label={t`Last day`}
          description={t`To the end of that day on your clock. Empty: no end.`}
          data-autofocus
          min={dateOf(now(), zone)}
          value={date}
          onChange={(event) => setDate(event.target.value)}
        />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t`Cancel`}
          </Button>
          <Button type="submit" loading={change.isPending}>
            {t`Save`}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
