import { t } from '@lingui/core/macro';
import { Button, Group, Modal, NumberInput, Text, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { decisions } from '~/api';
import type { Decision } from '~/api/decisions';
import { useMe } from '~/api/queries';
import type { Recipients } from '~/api/types';
import { PeoplePicker, PersonPicker } from '~/core/people';
import { toast, Wrong } from '~/kit';
import { clockOf, dateOf, instantOf } from '~/kit/time';
import { useChange } from './api';

export type Doing = 'invite' | 'extend' | 'decider' | 'undecide' | 'withdraw';

/** One change of a decision that needs a few words or a choice. */
export function ManageForm({
  decision: d,
  doing,
  onClose,
}: {
  decision: Decision;
  doing: Doing;
  onClose: () => void;
}) {
  const zone = useMe().person.zone;
  const [who, setWho] = useState<Recipients>({ people: [], teams: [] });
  const [person, setPerson] = useState<string | null>(d.decider.id);
  const [hours, setHours] = useState<number>(8);
  const [end, setEnd] = useState(d.ends_at ? `${dateOf(d.ends_at, zone)}T${clockOf(d.ends_at, zone)}` : '');
  const [words, setWords] = useState('');
  const fair = d.rules.fair > 0;
  const save = useChange(() => {
    switch (doing) {
      case 'invite':
        return decisions.invite(d.id, { people: who.people, teams: who.teams });
      case 'extend':
        return decisions.extend(
          d.id,
          fair
            ? { fair: Math.round(hours * 60) }
            : { end: new Date(instantOf(end.slice(0, 10), end.slice(11, 16), zone)).toISOString() },
        );
      case 'decider':
        return decisions.nameDecider(d.id, person ?? '');
      case 'undecide':
        return decisions.undecide(d.id, words.trim());
      case 'withdraw':
        return decisions.withdraw(d.id, words.trim());
    }
  });
  const told = toldOf(doing);
  return (
    <Modal
      opened
      onClose={onClose}
      title={
        <Text component="span" fw={600}>
          {told.title}
        </Text>
      }
      closeButtonProps={{ 'aria-label': t`Close` }}
    >
      <form
        className="dec-form"
        onSubmit={(e) => {
          e.preventDefault();
          save.mutate(undefined, {
            onSuccess: () => {
              toast(told.done);
              onClose();
            },
          });
        }}
      >
        <p className="dec-note">{told.note}</p>
        {doing === 'invite' && (
          <PeoplePicker label={t`Who may vote as well`} value={who} onChange={setWho} autoFocus />
        )}
        {doing === 'extend' &&
          (fair ? (
            <NumberInput
              label={t`Hours of their own working time, from now on`}
              min={1}
              max={400}
              value={hours}
              onChange={(n) => setHours(Number(n) || 1)}
              data-autofocus
            />
          ) : (
            <TextInput
              type="datetime-local"
              label={t`Ends at (your clock)`}
              value={end}
              onChange={(e) => setEnd(e.currentTarget.value)}
              data-autofocus
            />
          ))}
        {doing === 'decider' && (
          <PersonPicker label={t`Decider`} required value={person} onChange={setPerson} />
        )}
        {(doing === 'undecide' || doing === 'withdraw') && (
          <Textarea
            label={t`Why`}
            dir="auto"
            autosize
            minRows={2}
            maxLength={4000}
            required
            value={words}
            onChange={(e) => setWords(e.currentTarget.value)}
            data-autofocus
          />
        )}
        <Wrong error={save.error} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t`Cancel`}
          </Button>
          <Button type="submit" loading={save.isPending} color={doing === 'withdraw' ? 'red.8' : undefined}>
            {told.doIt}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}

function toldOf(doing: Doing): { title: string; note: string; doIt: string; done: string } {
  switch (doing) {
    case 'invite':
      return {
        title: t`Entitle more people`,
        note: t`The end waits for their share of hours. Who may not read the space sees this one decision.`,
        doIt: t`Invite`,
        done: t`Invited. They are reached in their hours.`,
      };
    case 'extend':
      return {
        title: t`Give more time`,
        note: t`Who has not had their say hears of it.`,
        doIt: t`Give more time`,
        done: t`It ends later now.`,
      };
    case 'decider':
      return {
        title: t`Name another decider`,
        note: t`The decider writes the outcome, and settles objections.`,
        doIt: t`Name them`,
        done: t`They decide now.`,
      };
    case 'undecide':
      return {
        title: t`Take the outcome back?`,
        note: t`The decision is to be concluded anew. Everybody who was entitled hears why.`,
        doIt: t`Take it back`,
        done: t`The outcome is taken back.`,
      };
    case 'withdraw':
      return {
        title: t`Call this decision off?`,
        note: t`Nobody is asked any more, and nothing is counted. This cannot be undone; you can copy it and ask again.`,
        doIt: t`Call it off`,
        done: t`Called off.`,
      };
  }
}
