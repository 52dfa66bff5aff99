import { t } from '@lingui/core/macro';
import { Button, Group, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { batons, sentenceOf } from '~/api';
import type { Baton } from '~/api/batons';
import { useMe } from '~/api/queries';
import { PersonPicker } from '~/core/people';
import { toast, toastError } from '~/kit';
import { useBatons } from './api';
import { Form } from './Form';
import { NoteFields } from './NoteFields';
import { draftOf, noteOf } from './note';
import { chosen, nobodyYet, WhomField, whomOf } from './WhomField';

type Doing = 'hand' | 'decline' | 'pass' | 'end' | 'edit' | null;

/** What the reader may do with a baton now. */
export function Acts({ baton }: { baton: Baton }) {
  const [doing, setDoing] = useState<Doing>(null);
  const { may } = baton;
  const take = useBatons(() => batons.accept(baton.id));
  const back = useBatons(() => batons.withdraw(baton.id));
  const undo = useUndo(baton);
  const close = () => setDoing(null);
  return (
    <>
      <Group gap="xs" className="baton-acts">
        {may.accept && (
          <>
            <Button
              loading={take.isPending}
              onClick={() => take.mutate(undefined, { onSuccess: () => toast(t`It is with you now.`) })}
            >
              {t`Take it`}
            </Button>
            <Button variant="default" onClick={() => setDoing('pass')}>{t`Pass on…`}</Button>
            <Button variant="default" onClick={() => setDoing('decline')}>{t`Decline…`}</Button>
          </>
        )}
        {may.hand_on && <Button onClick={() => setDoing('hand')}>{t`Hand on…`}</Button>}
        {may.withdraw && (
          <Button
            variant="default"
            loading={back.isPending}
            onClick={() =>
              back.mutate(undefined, { onSuccess: () => toast(t`Taken back. It is with you alone.`) })
            }
          >
            {t`Take the offer back`}
          </Button>
        )}
        {may.change && (
          <Button variant="default" onClick={() => setDoing('edit')}>{t`Change the note…`}</Button>
        )}
        {may.end && <Button variant="default" onClick={() => setDoing('end')}>{t`It is done…`}</Button>}
        {may.undo && (
          <Button variant="default" loading={undo.isPending} onClick={() => undo.mutate()}>
            {baton.state === 'ended' ? t`It is not done: take that back` : t`Take the declining back`}
          </Button>
        )}
      </Group>
      {(take.error || back.error) && (
        <p role="alert" className="baton-bad">
          {sentenceOf(take.error ?? back.error)}
        </p>
      )}
      {doing === 'hand' && <HandOn baton={baton} onClose={close} />}
      {doing === 'edit' && <EditNote baton={baton} onClose={close} />}
      {doing === 'pass' && <PassOn baton={baton} onClose={close} />}
      {doing === 'decline' && <Decline baton={baton} onClose={close} />}
      {doing === 'end' && <End baton={baton} onClose={close} />}
    </>
  );
}

/** Takes back what the reader said last, for ten minutes. */
function useUndo(baton: Baton) {
  const undo = useBatons(() => batons.undo(baton.id));
  return {
    isPending: undo.isPending,
    mutate: () => undo.mutate(undefined, { onError: toastError }),
  };
}

type Props = { baton: Baton; onClose: () => void };

function HandOn({ baton, onClose }: Props) {
  const zone = useMe().person.zone;
  const [whom, setWhom] = useState({ ...nobodyYet, way: baton.chain?.id ?? '' });
  const [note, setNote] = useState(() => draftOf(baton.note, zone));
  const [touched, setTouched] = useState(false);
  const save = useBatons(() =>
    batons.handOn(baton.id, {
      ...whomOf(whom),
      note: touched ? noteOf(note, zone, baton.note.by) : undefined,
    }),
  );
  return (
    <Form
      wide
      title={t`Hand on`}
      doIt={t`Hand it on`}
      busy={save.isPending}
      error={save.error}
      disabled={!chosen(whom)}
      onClose={onClose}
      onDo={() =>
        save.mutate(undefined, {
          onSuccess: (b) => {
            toast(t`Offered to ${b.offer?.to.name ?? ''}. It is yours until they take it.`);
            onClose();
          },
        })
      }
    >
      <WhomField space={baton.space.id} value={whom} onChange={setWhom} />
      <NoteFields
        note={note}
        set={(part) => {
          setTouched(true);
          setNote({ ...note, ...part });
        }}
      />
    </Form>
  );
}

function EditNote({ baton, onClose }: Props) {
  const zone = useMe().person.zone;
  const [title, setTitle] = useState(baton.title);
  const [note, setNote] = useState(() => draftOf(baton.note, zone));
  const save = useBatons(() =>
    batons.change(baton.id, { title, note: noteOf(note, zone, baton.note.by), version: baton.version }),
  );
  return (
    <Form
      wide
      title={t`Change the note`}
      doIt={t`Save`}
      busy={save.isPending}
      error={save.error}
      disabled={!title.trim()}
      onClose={onClose}
      onDo={() => save.mutate(undefined, { onSuccess: onClose })}
    >
      <TextInput
        label={t`What is it about`}
        required
        maxLength={160}
        value={title}
        onChange={(e) => setTitle(e.currentTarget.value)}
      />
      <NoteFields note={note} set={(part) => setNote({ ...note, ...part })} />
    </Form>
  );
}

function PassOn({ baton, onClose }: Props) {
  const me = useMe().person;
  const [person, setPerson] = useState<string | null>(null);
  const [words, setWords] = useState('');
  const save = useBatons(() => batons.pass(baton.id, person ?? '', words));
  return (
    <Form
      title={t`Pass it on`}
      doIt={t`Pass on`}
      busy={save.isPending}
      error={save.error}
      disabled={!person}
      onClose={onClose}
      onDo={() => save.mutate(undefined, { onSuccess: onClose })}
    >
      <p className="due-note">{t`It stays with ${baton.holder.name} until whoever you name takes it.`}</p>
      <PersonPicker
        label={t`Who`}
        required
        value={person}
        onChange={setPerson}
        exclude={[me.id, baton.holder.id]}
      />
      <TextInput
        label={t`A word to them (optional)`}
        maxLength={500}
        value={words}
        onChange={(e) => setWords(e.currentTarget.value)}
      />
    </Form>
  );
}

function Decline({ baton, onClose }: Props) {
  const [reason, setReason] = useState('');
  const save = useBatons(() => batons.decline(baton.id, reason));
  const undo = useUndo(baton);
  return (
    <Form
      title={t`Decline`}
      doIt={t`Decline`}
      busy={save.isPending}
      error={save.error}
      disabled={!reason.trim()}
      onClose={onClose}
      onDo={() =>
        save.mutate(undefined, {
          onSuccess: () => {
            toast(t`You declined it.`, undo.mutate);
            onClose();
          },
        })
      }
    >
      <p className="due-note">
        {baton.chain
          ? t`It goes on to the next of ${baton.chain.name}, or back to ${baton.holder.name}.`
          : t`It goes back to ${baton.holder.name}.`}
      </p>
      <TextInput
        label={t`Why`}
        required
        data-autofocus
        maxLength={500}
        value={reason}
        onChange={(e) => setReason(e.currentTarget.value)}
      />
    </Form>
  );
}

function End({ baton, onClose }: Props) {
  const [outcome, setOutcome] = useState('');
  const save = useBatons(() => batons.end(baton.id, outcome));
  const undo = useUndo(baton);
  return (
    <Form
      title={t`It is done`}
      doIt={t`End the baton`}
      busy={save.isPending}
      error={save.error}
      disabled={!outcome.trim()}
      onClose={onClose}
      onDo={() =>
        save.mutate(undefined, {
          onSuccess: () => {
            toast(t`It is done.`, undo.mutate);
            onClose();
          },
        })
      }
    >
      <p className="due-note">
        {baton.own_thread
          ? t`Its thread is concluded with what you write. You can take that back for ten minutes.`
          : t`What you write is posted in the thread, which stays open. You can take that back for ten minutes.`}
      </p>
      <Textarea
        label={t`What came of it`}
        required
        data-autofocus
        autosize
        minRows={2}
        value={outcome}
        onChange={(e) => setOutcome(e.currentTarget.value)}
      />
    </Form>
  );
}
