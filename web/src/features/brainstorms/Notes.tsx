import { t } from '@lingui/core/macro';
import { Button } from '@mantine/core';
import { IconMessage, IconMinus, IconPlus } from '@tabler/icons-react';
import { memo, useRef, useState } from 'react';
import type { Idea, IdeaNote } from '~/api/brainstorms';
import { newKey } from '~/api/client';
import { Name, toastError } from '~/kit';
import type { Arranging } from './useArrange';
import { ideaName } from './words';

const icons = { pro: IconPlus, con: IconMinus, comment: IconMessage };
const kindWord = (kind: IdeaNote['kind']): string =>
  ({ pro: t`For it`, con: t`Against it`, comment: t`Comment` })[kind];

type Props = { idea: Idea; may: boolean; does: Arranging };

/** What speaks for and against an idea, and what people say of it. */
export const Notes = memo(function Notes({ idea, may, does }: Props) {
  const [writing, setWriting] = useState<IdeaNote['kind'] | null>(null);
  const order = { pro: 0, con: 1, comment: 2 };
  const sorted = [...idea.notes].sort((a, b) => order[a.kind] - order[b.kind]);
  const name = ideaName(idea);
  return (
    <div className="bs-notes">
      {sorted.length > 0 && (
        <ul aria-label={t`Notes on ${name}`}>
          {sorted.map((n) => (
            <OneNote key={n.id} note={n} idea={idea} may={may} does={does} />
          ))}
        </ul>
      )}
      {may && !writing && (
        <div className="bs-tools">
          {(['pro', 'con', 'comment'] as const).map((kind) => (
            <button key={kind} type="button" onClick={() => setWriting(kind)}>
              {kindWord(kind)}…<span className="hidden-words"> {name}</span>
            </button>
          ))}
        </div>
      )}
      {writing && <NoteForm idea={idea} kind={writing} does={does} onDone={() => setWriting(null)} />}
    </div>
  );
});

function OneNote({ note, idea, may, does }: { note: IdeaNote; idea: Idea; may: boolean; does: Arranging }) {
  const Icon = icons[note.kind];
  return (
    <li className="bs-note" data-kind={note.kind}>
      <span className="bs-note-sign" title={kindWord(note.kind)}>
        <Icon size={13} stroke={2.2} aria-hidden />
        <span className="hidden-words">{kindWord(note.kind)}: </span>
      </span>
      <span>
        <bdi>{note.text}</bdi>
        {note.author && (
          <span className="due-note">
            {' '}
            <Name person={note.author} />
          </span>
        )}
        {note.mine && may && (
          <button
            type="button"
            className="bs-note-x"
            aria-label={t`Take away: ${note.text}`}
            onClick={() => does.unnote(idea.id, note, newKey())}
          >
            ×
          </button>
        )}
      </span>
    </li>
  );
}

type FormProps = { idea: Idea; kind: IdeaNote['kind']; does: Arranging; onDone: () => void };

function NoteForm({ idea, kind, does, onDone }: FormProps) {
  const [text, setText] = useState('');
  const [busy, setBusy] = useState(false);
  // The same key until it has arrived: sent twice it is still one note.
  const key = useRef(newKey());
  const send = async () => {
    if (!text.trim() || busy) return;
    setBusy(true);
    try {
      await does.note(idea.id, key.current, kind, text.trim());
      onDone();
    } catch (error) {
      toastError(error);
      setBusy(false);
    }
  };
  return (
    <form
      className="bs-note-form"
      onSubmit={(e) => {
        e.preventDefault();
        void send();
      }}
    >
      <textarea
        rows={2}
        dir="auto"
        maxLength={1000}
        aria-label={`${kindWord(kind)}: ${ideaName(idea)}`}
        placeholder={kindWord(kind)}
        // biome-ignore lint/a11y/noAutofocus: it has just been asked for
        autoFocus
        value={text}
        onChange={(e) => setText(e.currentTarget.value)}
        onKeyDown={(e) => {
          if (e.key === 'Escape') onDone();
          if (e.key === 'Enter' && !e.shiftKey && !e.nativeEvent.isComposing) {
            e.preventDefault();
            void send();
          }
        }}
      />
      <div className="bs-note-foot">
        <Button size="compact-xs" variant="default" onClick={onDone}>
          {t`Cancel`}
        </Button>
        <Button size="compact-xs" type="submit" loading={busy} disabled={!text.trim()}>
          {t`Add`}
        </Button>
      </div>
    </form>
  );
}
