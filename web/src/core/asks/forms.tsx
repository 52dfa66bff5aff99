import { t } from '@lingui/core/macro';
import { Button, Textarea } from '@mantine/core';
import { type FormEvent, type KeyboardEvent, type ReactNode, useState } from 'react';
import { newKey } from '~/api/client';
import type { Ask } from '~/api/types';
import { useDraft } from '~/core/compose/draft';
import { Key, mod } from '~/kit';
import { answerDraft } from './actions';

/** A small form: its field, a button that sends, a way back. Mod+Enter sends, Escape goes back. */
export function Small({
  words,
  busy,
  ready,
  onSend,
  onBack,
  note,
  children,
}: {
  words: string;
  busy: boolean;
  ready: boolean;
  onSend: () => void;
  onBack?: () => void;
  note?: string;
  children: ReactNode;
}) {
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (ready) onSend();
  };
  const press = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && onBack && !event.defaultPrevented) {
      event.stopPropagation();
      onBack();
    }
    if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) submit(event);
  };
  return (
    <form className="answer-form" onSubmit={submit} onKeyDown={press}>
      {children}
      <div className="answer-row">
        <Button type="submit" size="xs" loading={busy} disabled={!ready}>
          {words}
        </Button>
        {onBack && (
          <Button variant="subtle" color="gray" size="xs" onClick={onBack}>
            {t`Back`}
          </Button>
        )}
        <span className="due-note">
          <Key>{mod()}</Key>
          <Key>Enter</Key>
        </span>
        {note && <span className="due-note">{note}</span>}
      </div>
    </form>
  );
}

type Text = { busy: boolean; onSend: (text: string) => void; onBack?: () => void };

/** Why one declines. */
export function DeclineForm({ busy, onSend, onBack }: Text) {
  const [reason, setReason] = useState('');
  return (
    <Small
      words={t`Decline`}
      busy={busy}
      ready={reason.trim() !== ''}
      onSend={() => onSend(reason.trim())}
      onBack={onBack}
    >
      <Textarea
        label={t`Why you decline`}
        autoFocus
        autosize
        minRows={2}
        value={reason}
        onChange={(e) => setReason(e.currentTarget.value)}
      />
    </Small>
  );
}

/** What stands between it and a yes. */
export function NoteForm({ busy, onSend, onBack }: Text) {
  const [note, setNote] = useState('');
  return (
    <Small
      words={t`Send`}
      busy={busy}
      ready={note.trim() !== ''}
      onSend={() => onSend(note.trim())}
      onBack={onBack}
    >
      <Textarea
        label={t`What is missing for a yes`}
        autoFocus
        autosize
        minRows={2}
        value={note}
        onChange={(e) => setNote(e.currentTarget.value)}
      />
    </Small>
  );
}

/** An answer in words. What is typed is kept until it is sent. */
export function WordsForm({
  ask,
  busy,
  focus,
  onSend,
}: {
  ask: Ask;
  busy: boolean;
  focus?: boolean;
  onSend: (text: string, key: string) => void;
}) {
  const draft = useDraft(answerDraft(ask.id), { text: '', key: newKey() });
  const send = () => onSend(draft.value.text.trim(), draft.value.key);
  return (
    <Small
      words={t`Send answer`}
      busy={busy}
      ready={draft.value.text.trim() !== ''}
      onSend={send}
      note={draft.kept ? t`Kept as a draft` : undefined}
    >
      <Textarea
        label={t`Your answer`}
        description={t`Markdown works. It is posted in the thread.`}
        data-autofocus={focus || undefined}
        autoFocus={focus}
        autosize
        minRows={2}
        maxRows={14}
        dir="auto"
        value={draft.value.text}
        onChange={(e) => draft.set({ ...draft.value, text: e.currentTarget.value })}
      />
    </Small>
  );
}
