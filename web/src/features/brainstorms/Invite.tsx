import { t } from '@lingui/core/macro';
import { Button, Group, Modal, Text } from '@mantine/core';
import { useState } from 'react';
import { brainstorms } from '~/api';
import type { Brainstorm } from '~/api/brainstorms';
import type { Recipients } from '~/api/types';
import { PeoplePicker } from '~/core/people';
import { toast, Wrong } from '~/kit';
import { useChange } from './api';

/** Lets more people take part; they get their own share of the phase. */
export function Invite({ b, onClose }: { b: Brainstorm; onClose: () => void }) {
  const [who, setWho] = useState<Recipients>({ people: [], teams: [] });
  const invite = useChange(b.id, () => brainstorms.invite(b.id, who));
  return (
    <Modal
      opened
      onClose={onClose}
      title={
        <Text component="span" fw={600}>
          {t`Invite more people`}
        </Text>
      }
      closeButtonProps={{ 'aria-label': t`Close` }}
    >
      <form
        className="bs-form"
        onSubmit={(e) => {
          e.preventDefault();
          invite.mutate(undefined, {
            onSuccess: () => {
              toast(t`Invited. The phase waits for their share of time too.`);
              onClose();
            },
          });
        }}
      >
        <PeoplePicker
          label={t`Who`}
          value={who}
          onChange={setWho}
          exclude={b.people.map((p) => p.person.id)}
          autoFocus
        />
        <Wrong error={invite.error} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t`Cancel`}
          </Button>
          <Button type="submit" loading={invite.isPending} disabled={!who.people.length && !who.teams.length}>
            {t`Invite`}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
