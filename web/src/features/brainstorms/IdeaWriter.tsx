import { t } from '@lingui/core/macro';
import { ActionIcon, Button } from '@mantine/core';
import { IconCamera, IconLink } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { type ClipboardEvent, type KeyboardEvent, useId, useRef, useState } from 'react';
import { brainstorms } from '~/api';
import type { Idea } from '~/api/brainstorms';
import { newKey } from '~/api/client';
import type { Id } from '~/api/types';
import { FileChips, useDraft, useUploads } from '~/core/compose';
import { toast, toastError, Wrong } from '~/kit';
import { boardKey, oneQuery } from './api';
import { ideaName } from './words';

type Typed = { text: string; link: string; key: string };
const none = (): Typed => ({ text: '', link: '', key: newKey() });

/** Writes one idea after another: Enter sends, and the field is empty for the next. */
export function IdeaWriter({ id, label, autoFocus }: { id: Id; label: string; autoFocus?: boolean }) {
  const cache = useQueryClient();
  const field = useId();
  const box = useRef<HTMLTextAreaElement>(null);
  const chooser = useRef<HTMLInputElement>(null);
  const draft = useDraft<Typed>(`idea ${id}`, none());
  const files = useUploads();
  const [linking, setLinking] = useState(false);
  const [sending, setSending] = useState(0);
  const [error, setError] = useState<unknown>(null);
  const { text, link, key } = draft.value;
  const empty = !text.trim() && !link.trim() && files.ids.length === 0;

  const send = () => {
    if (empty || files.busy) return;
    const written = { text: text.trim(), link: link.trim(), picture: files.ids[0] };
    const keep = draft.value;
    // The field is free at once; what fails comes back into it.
    draft.clear();
    draft.set(none());
    files.clear();
    setLinking(false);
    setError(null);
    setSending((n) => n + 1);
    box.current?.focus();
    brainstorms
      .write(id, written, key)
      .then((fresh) => {
        toast(t`Written: ${ideaName(fresh)}`, () => void takeBack(fresh));
      })
      .catch((wrong) => {
        setError(wrong);
        draft.set((now) => (now.text || now.link ? { ...now, text: `${keep.text}\n${now.text}` } : keep));
      })
      .finally(() => {
        setSending((n) => n - 1);
        void cache.invalidateQueries({ queryKey: boardKey(id) });
        void cache.invalidateQueries({ queryKey: oneQuery(id).queryKey, exact: true });
      });
  };
  const takeBack = (one: Idea) =>
    brainstorms
      .remove(id, one.id)
      .then(() => cache.invalidateQueries({ queryKey: boardKey(id) }))
      .catch(toastError);
  const press = (e: KeyboardEvent) => {
    if (e.key !== 'Enter' || e.shiftKey || e.nativeEvent.isComposing) return;
    e.preventDefault();
    send();
  };
  const take = (list: FileList | null | undefined) => {
    const picture = [...(list ?? [])].find((f) => /^image\/(jpeg|png)$/.test(f.type));
    if (!picture) return false;
    for (const old of files.list) files.remove(old.key);
    files.add([picture]);
    return true;
  };
  const paste = (e: ClipboardEvent) => {
    if (take(e.clipboardData.files)) e.preventDefault();
  };
  return (
    <form
      className="bs-writer"
      onSubmit={(e) => {
        e.preventDefault();
        send();
      }}
    >
      <label htmlFor={field}>{label}</label>
      <div className="bs-writer-box">
        <textarea
          id={field}
          ref={box}
          rows={2}
          dir="auto"
          maxLength={1000}
          enterKeyHint="send"
          // biome-ignore lint/a11y/noAutofocus: writing is the one purpose of the page in this phase
          autoFocus={autoFocus}
          value={text}
          placeholder={t`One thought. Enter for the next.`}
          onChange={(e) => draft.set({ ...draft.value, text: e.currentTarget.value })}
          onKeyDown={press}
          onPaste={paste}
          onDragOver={(e) => e.preventDefault()}
          onDrop={(e) => take(e.dataTransfer.files) && e.preventDefault()}
        />
        {(linking || link) && (
          <input
            type="url"
            aria-label={t`Link`}
            placeholder="https://"
            value={link}
            // biome-ignore lint/a11y/noAutofocus: it has just been asked for
            autoFocus={linking}
            onChange={(e) => draft.set({ ...draft.value, link: e.currentTarget.value })}
            onKeyDown={press}
          />
        )}
        <FileChips list={files.list} onRemove={files.remove} />
        <div className="bs-writer-foot">
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={t`A picture: photograph a drawing, or choose a file`}
            title={t`A picture: photograph a drawing, or choose a file`}
            onClick={() => chooser.current?.click()}
          >
            <IconCamera size={18} stroke={1.7} />
          </ActionIcon>
          <input
            ref={chooser}
            type="file"
            accept="image/jpeg,image/png"
            hidden
            aria-label={t`Picture`}
            onChange={(e) => {
              take(e.currentTarget.files);
              e.currentTarget.value = '';
            }}
          />
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={t`Add a link`}
            title={t`Add a link`}
            aria-pressed={linking}
            onClick={() => setLinking(!linking)}
          >
            <IconLink size={18} stroke={1.7} />
          </ActionIcon>
          <span className="due-note">
            {sending > 0 ? t`Sending…` : draft.kept && text ? t`Kept as a draft` : ''}
          </span>
          <Button type="submit" size="xs" disabled={empty || files.busy}>
            {t`Write it down`}
          </Button>
        </div>
      </div>
      <Wrong error={error}>{t`Your text is kept here.`}</Wrong>
    </form>
  );
}
