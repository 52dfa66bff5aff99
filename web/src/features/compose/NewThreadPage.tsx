import { t } from '@lingui/core/macro';
import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { threads } from '~/api';
import { newKey } from '~/api/client';
import { keys, spacesQuery, useMe } from '~/api/queries';
import {
  AskBuilder,
  type AskDraft,
  FileChips,
  MarkdownField,
  missing,
  newAsk,
  toNewAsk,
  useDraft,
  useUploads,
} from '~/core/compose';
import { Empty, Failed, Loading, Page, toast, Wrong } from '~/kit';

type New = { space: string; title: string; text: string; asks: AskDraft[]; key: string };
const route = getRouteApi('/shell/new');
const empty = (): New => ({ space: '', title: '', text: '', asks: [], key: newKey() });

/** Opens a thread: where, about what, and what is asked of whom. Everything typed is kept until it is sent. */
export function NewThreadPage() {
  const spaces = useQuery(spacesQuery);
  const mine = (spaces.data ?? []).filter((s) => s.may.post && !s.archived);
  return (
    <Page
      title={t`New thread`}
      lead={t`Readable at once; it interrupts people only when their hours and the urgency allow.`}
    >
      {spaces.error ? (
        <Failed error={spaces.error} retry={() => void spaces.refetch()} />
      ) : !spaces.data ? (
        <Loading rows={3} />
      ) : mine.length === 0 ? (
        <Empty
          title={t`There is no space you may post in yet.`}
        >{t`Make one under Spaces, or ask to be added to one.`}</Empty>
      ) : (
        <Form spaces={mine} />
      )}
    </Page>
  );
}

function Form({ spaces }: { spaces: { id: string; name: string }[] }) {
  const me = useMe();
  const cache = useQueryClient();
  const navigate = useNavigate();
  const draft = useDraft<New>('new thread', empty());
  const { title, text, asks } = draft.value;
  const set = (part: Partial<New>) => draft.set((old) => ({ ...old, ...part }));
  const space = spaces.find((s) => s.id === draft.value.space) ?? spaces[0];
  const files = useUploads();
  const [strict, setStrict] = useState(false);
  const [fresh, setFresh] = useState(-1); // the ask that was begun just now
  useGivenByLink(draft.ready, draft.value, set);
  const send = useMutation({
    mutationFn: () =>
      threads.open(
        {
          space: space?.id ?? '',
          title: title.trim(),
          markdown: text.trim(),
          files: files.ids,
          asks: asks.map((a) => toNewAsk(a, me.person.zone)),
        },
        draft.value.key,
      ),
    meta: { quiet: true },
    onSuccess: async ({ thread }) => {
      draft.clear();
      files.clear();
      toast(asks.length ? t`Asked. Everybody is reached in their own hours.` : t`Posted, for information.`);
      for (const key of [keys.threads, keys.inbox]) void cache.invalidateQueries({ queryKey: key });
      await navigate({ to: '/threads/$thread', params: { thread: thread.id } });
    },
  });
  const ready = title.trim() !== '' && text.trim() !== '' && !files.busy;
  const submit = () => {
    setStrict(true);
    if (ready && !send.isPending && asks.every((a) => !missing(a))) send.mutate();
  };
  return (
    <form
      className="composer"
      noValidate
      onSubmit={(e) => {
        e.preventDefault();
        submit();
      }}
    >
      <div className="ask-fields">
        <NativeSelect
          label={t`Space`}
          value={space?.id}
          onChange={(e) => set({ space: e.currentTarget.value })}
          data={spaces.map((s) => ({ value: s.id, label: s.name }))}
        />
      </div>
      <TextInput
        label={t`Title`}
        placeholder={t`What it is about, as you would say it aloud`}
        maxLength={200}
        value={title}
        dir="auto"
        error={strict && !title.trim() ? t`Give it a title.` : undefined}
        onChange={(e) => set({ title: e.currentTarget.value })}
      />
      <MarkdownField
        label={t`First post`}
        value={text}
        onChange={(next) => set({ text: next })}
        onSubmit={submit}
        onFiles={files.add}
        minRows={6}
      />
      {strict && !text.trim() && <Wrong says={t`Write a few words about it.`} />}
      <FileChips list={files.list} onRemove={files.remove} />
      {asks.map((a, i) => (
        <AskBuilder
          key={i}
          value={a}
          strict={strict}
          space={space?.id}
          exclude={[me.person.id]}
          fresh={i === fresh}
          onChange={(next) => set({ asks: asks.map((x, n) => (n === i ? next : x)) })}
          onRemove={() => set({ asks: asks.filter((_, n) => n !== i) })}
        />
      ))}
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
        {asks.length === 0 && <span className="due-note">{t`For information: nobody has to answer.`}</span>}
        {draft.kept && (title || text) && <span className="due-note">{t`Kept as a draft`}</span>}
        {(title || text || asks.length > 0) && (
          <Button variant="subtle" color="gray" size="sm" onClick={() => draft.clear()}>
            {t`Discard`}
          </Button>
        )}
        <Button type="submit" loading={send.isPending} disabled={files.busy}>
          {files.busy ? t`Files are on their way…` : asks.length ? t`Post and ask` : t`Post`}
        </Button>
      </div>
    </form>
  );
}

/** A link may name the space, or somebody to ask; an unfinished draft is never overwritten. */
function useGivenByLink(ready: boolean, now: New, set: (part: Partial<New>) => void) {
  const given = route.useSearch();
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the draft is known
  useEffect(() => {
    if (!ready) return;
    if (given.space && !now.title && !now.text) set({ space: given.space });
    if (given.to && now.asks.length === 0) set({ asks: [newAsk('', { people: [given.to], teams: [] })] });
  }, [ready]);
}
