import './compose.css';
import { t } from '@lingui/core/macro';
import { Button, Checkbox, Group } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { threads } from '~/api';
import { newKey } from '~/api/client';
import { keys, useMe } from '~/api/queries';
import type { Ask, Post, Thread } from '~/api/types';
import { kindWord } from '~/core/asks/words';
import { Key, mod, toast, Wrong } from '~/kit';
import { type AskDraft, missing, newAsk, toNewAsk } from './askDraft';
import { useDraft } from './draft';
import { FileChips } from './FileChips';
import { MarkdownField } from './MarkdownField';
import { useUploads } from './uploads';

const AskBuilder = lazy(() => import('./AskBuilder').then((m) => ({ default: m.AskBuilder })));

type Reply = { text: string; asks: AskDraft[]; key: string; skip: string[] };

type Props = {
  thread: Thread;
  /** Asks of this thread that wait for the reader; a reply settles those that are ticked. */
  openAsks: Ask[];
  onPosted?: (post: Post) => void;
  autoFocus?: boolean;
};

/** Writes a post into a thread, with files and asks. What is typed survives reloads and failed sends. */
export function ReplyComposer({ thread, openAsks, onPosted, autoFocus }: Props) {
  const me = useMe();
  const cache = useQueryClient();
  const draft = useDraft<Reply>(`reply ${thread.id}`, { text: '', asks: [], key: newKey(), skip: [] });
  const { text, asks, skip } = draft.value;
  const set = (part: Partial<Reply>) => draft.set((old) => ({ ...old, ...part }));
  const files = useUploads();
  const [strict, setStrict] = useState(false);
  const [fresh, setFresh] = useState(-1); // the ask that was begun just now
  const settles = openAsks.filter((a) => a.may.answer && !skip.includes(a.id));
  const send = useMutation({
    mutationFn: () =>
      threads.reply(
        thread.id,
        {
          markdown: text.trim(),
          files: files.ids,
          asks: asks.map((a) => toNewAsk(a, me.person.zone)),
          answers: settles.map((a) => a.id),
          info: asks.length === 0 && settles.length === 0,
        },
        draft.value.key,
      ),
    meta: { quiet: true },
    onSuccess: (post) => {
      draft.clear();
      files.clear();
      setStrict(false);
      toast(settles.length ? t`Posted. What you owed here is answered.` : t`Posted.`);
      for (const key of [keys.thread(thread.id), keys.posts(thread.id), keys.inbox, keys.threads]) {
        void cache.invalidateQueries({ queryKey: key });
      }
      onPosted?.(post);
    },
  });
  const ready = text.trim() !== '' && !files.busy && !send.isPending;
  const submit = () => {
    setStrict(true);
    if (ready && asks.every((a) => !missing(a))) send.mutate();
  };
  return (
    <form
      className="composer"
      aria-label={t`Reply`}
      onSubmit={(e) => {
        e.preventDefault();
        submit();
      }}
    >
      <MarkdownField
        label={t`Reply`}
        placeholder={t`Write a post. It is readable at once, and interrupts nobody.`}
        value={text}
        onChange={(next) => set({ text: next })}
        onSubmit={submit}
        onFiles={files.add}
        autoFocus={autoFocus}
        minRows={3}
      />
      <FileChips list={files.list} onRemove={files.remove} />
      {openAsks
        .filter((a) => a.may.answer)
        .map((a) => (
          <Checkbox
            key={a.id}
            size="sm"
            label={t`This answers ${a.asker.name}'s ask: ${a.text || kindWord(a.kind)}`}
            checked={!skip.includes(a.id)}
            onChange={(e) =>
              set({ skip: e.currentTarget.checked ? skip.filter((x) => x !== a.id) : [...skip, a.id] })
            }
          />
        ))}
      <Suspense>
        {asks.map((a, i) => (
          <AskBuilder
            key={i}
            value={a}
            strict={strict}
            space={thread.space.id}
            exclude={[me.person.id]}
            fresh={i === fresh}
            onChange={(next) => set({ asks: asks.map((x, n) => (n === i ? next : x)) })}
            onRemove={() => set({ asks: asks.filter((_, n) => n !== i) })}
          />
        ))}
      </Suspense>
      <Wrong error={send.error}>{t`Your text is kept here.`}</Wrong>
      <div className="composer-foot">
        <Button
          variant="default"
          size="xs"
          onClick={() => {
            setFresh(asks.length);
            set({ asks: [...asks, newAsk()] });
          }}
        >
          {asks.length ? t`Add another ask` : t`Ask somebody`}
        </Button>
        <span className="due-note">
          {asks.length || settles.length ? '' : t`For information: nobody has to answer.`}
        </span>
        {draft.kept && text && <span className="due-note">{t`Kept as a draft`}</span>}
        <Group gap={6}>
          <span className="due-note keys-hint">
            <Key>{mod()}</Key>
            <Key>Enter</Key>
          </span>
          <Button type="submit" size="sm" loading={send.isPending} disabled={!text.trim() || files.busy}>
            {files.busy ? t`Files are on their way…` : t`Post`}
          </Button>
        </Group>
      </div>
    </form>
  );
}
