import { t } from '@lingui/core/macro';
import { Button, Group, Modal, NativeSelect, Text, TextInput } from '@mantine/core';
import { useRef, useState } from 'react';
import { brainstorms } from '~/api';
import type { Idea, IdeaOutcome } from '~/api/brainstorms';
import { newKey } from '~/api/client';
import { useMe } from '~/api/queries';
import type { Id } from '~/api/types';
import { PersonPicker } from '~/core/people';
import { toast, Wrong } from '~/kit';
import { windowWords } from '~/kit/time';
import { useBoardChange } from './api';
import { ideaName } from './words';

type Props = { id: Id; kind: IdeaOutcome['kind']; ideas: Idea[]; onClose: () => void; onDone: () => void };

/** Makes something to do, a decision or a thread of ideas. */
export function Become({ id, kind, ideas, onClose, onDone }: Props) {
  const me = useMe().person.id;
  const [title, setTitle] = useState(() => (ideas[0] ? ideaName(ideas[0]) : ''));
  const [owner, setOwner] = useState<Id | null>(me);
  const [window, setWindow] = useState('1d');
  const key = useRef(newKey());
  const make = useBoardChange(id, () =>
    brainstorms.become(
      id,
      {
        kind,
        ideas: ideas.map((i) => i.id),
        title: title.trim(),
        ...(kind === 'task' ? { owner: owner ?? me, window } : {}),
      },
      key.current,
    ),
  );
  const words = {
    task: [t`Something to do`, t`Ask for it`, t`Asked. It reaches them in their own hours.`],
    decision: [t`A decision between these ideas`, t`Begin the decision`, t`The decision is begun.`],
    thread: [t`A thread about these ideas`, t`Open the thread`, t`The thread is open.`],
  }[kind];
  return (
    <Modal
      opened
      onClose={onClose}
      title={
        <Text component="span" fw={600}>
          {words[0]}
        </Text>
      }
      closeButtonProps={{ 'aria-label': t`Close` }}
    >
      <form
        className="bs-form"
        onSubmit={(e) => {
          e.preventDefault();
          make.mutate(undefined, {
            onSuccess: () => {
              toast(words[2] ?? '');
              onDone();
              onClose();
            },
          });
        }}
      >
        <ul className="bs-chosen">
          {ideas.map((i) => (
            <li key={i.id} dir="auto">
              {ideaName(i)}
            </li>
          ))}
        </ul>
        <TextInput
          label={t`Title`}
          required
          maxLength={150}
          dir="auto"
          data-autofocus
          value={title}
          onChange={(e) => setTitle(e.currentTarget.value)}
        />
        {kind === 'task' && (
          <div className="bs-two">
            <PersonPicker label={t`Who does it`} required value={owner} onChange={setOwner} />
            <NativeSelect
              label={t`How much of their working time it may take`}
              value={window}
              onChange={(e) => setWindow(e.currentTarget.value)}
              data={['4h', '1d', '2d', '3d', '5d', '10d'].map((w) => ({ value: w, label: windowWords(w) }))}
            />
          </div>
        )}
        <Wrong error={make.error} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t`Cancel`}
          </Button>
          <Button type="submit" loading={make.isPending} disabled={!title.trim()}>
            {words[1]}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
