import { t } from '@lingui/core/macro';
import { type QueryClient, useMutation, useQueryClient } from '@tanstack/react-query';
import { asks, threads } from '~/api';
import { now } from '~/api/clock';
import { keys, useMe } from '~/api/queries';
import type { Ask, Inbox, Owed, Page, Post, Posts } from '~/api/types';
import { toast, toastError } from '~/kit';

/** The name under which an answer being written is kept. */
export const answerDraft = (ask: string) => `answer ${ask}`;

/** What one can do about an ask; each becomes one call. */
export type AskAct =
  | { do: 'answer'; value?: string; note?: string }
  | { do: 'reply'; markdown: string; files?: string[]; key?: string }
  | { do: 'acknowledge'; promised_at?: string }
  | { do: 'decline'; reason: string }
  | { do: 'pass'; to: string; note?: string }
  | { do: 'release'; people?: string[] }
  | { do: 'extend'; window?: string; deadline?: string }
  | { do: 'remind' };

/** Acts on an ask: the inbox lets go of what is answered at once, and a toast takes it back. */
export function useAskActions(ask: Ask) {
  const cache = useQueryClient();
  const me = useMe();
  return useMutation({
    mutationFn: (act: AskAct) => send(ask, act),
    onMutate: async (act) => {
      await cache.cancelQueries({ queryKey: keys.inbox });
      const before = cache.getQueriesData<Inbox>({ queryKey: keys.inbox });
      if (leavesInbox(act)) dropRow(cache, ask.id);
      putAsk(cache, expected(ask, act, me.person.id, new Date(now()).toISOString()));
      return { before };
    },
    onError: (_error, _act, kept) => {
      for (const [key, data] of kept?.before ?? []) cache.setQueryData(key, data);
      putAsk(cache, ask);
    },
    onSuccess: (fresh, act) => {
      if (fresh) putAsk(cache, fresh);
      if (act.do === 'reply') void forget(me.person.id, ask.id);
      const undo = undoable(act) ? () => void takeBack(cache, ask) : undefined;
      toast(doneWords(act), undo);
    },
    onSettled: () => refresh(cache, ask),
  });
}

/** Forgets the draft of an answer that was sent. */
async function forget(me: string, ask: string) {
  const [{ draftKey }, { drafts }] = await Promise.all([
    import('~/core/compose/draft'),
    import('~/core/compose/drafts'),
  ]);
  await drafts.remove(draftKey(me, answerDraft(ask)));
}

async function send(ask: Ask, act: AskAct): Promise<Ask | null> {
  switch (act.do) {
    case 'answer':
      return asks.answer(ask.id, { value: act.value, note: act.note });
    case 'reply': {
      const body = { markdown: act.markdown, files: act.files, answers: [ask.id] };
      await threads.reply(ask.thread, body, act.key);
      return null;
    }
    case 'acknowledge':
      return asks.acknowledge(ask.id, act.promised_at);
    case 'decline':
      return asks.decline(ask.id, act.reason);
    case 'pass':
      return asks.pass(ask.id, act.to, act.note);
    case 'release':
      return asks.release(ask.id, act.people);
    case 'extend':
      return asks.extend(ask.id, { window: act.window, deadline: act.deadline });
    case 'remind':
      return asks.remind(ask.id);
  }
}

/** The ask as it will be, shown until the server has answered; what cannot be told stays as it is. */
function expected(ask: Ask, act: AskAct, me: string, at: string): Ask {
  const mine = (change: Partial<Owed>) => ({
    ...ask,
    may: { ...ask.may, answer: false, acknowledge: false, decline: false, pass: false },
    owed: ask.owed.map((o) => (o.person.id === me ? { ...o, ...change, changed_at: at } : o)),
  });
  if (act.do === 'answer')
    return mine({
      state: 'answered',
      answer: { value: act.value ?? null, note: act.note ?? '', post: null, at },
    });
  if (act.do === 'decline') return mine({ state: 'declined', reason: act.reason });
  return ask;
}

const leavesInbox = (act: AskAct) => ['answer', 'reply', 'decline', 'pass'].includes(act.do);
const undoable = (act: AskAct) => act.do === 'answer' || act.do === 'decline';

function doneWords(act: AskAct): string {
  return {
    answer: t`Answered.`,
    reply: t`Your reply is posted.`,
    acknowledge: t`They know that you have seen it.`,
    decline: t`Declined.`,
    pass: t`Passed on.`,
    release: t`Released. Nobody waits for an answer any more.`,
    extend: t`There is more time now.`,
    remind: t`They will be reminded once, in their own hours.`,
  }[act.do];
}

async function takeBack(cache: QueryClient, ask: Ask) {
  try {
    putAsk(cache, await asks.takeBack(ask.id));
  } catch (error) {
    toastError(error);
  }
  refresh(cache, ask);
}

/** Takes a row off every list of the inbox until the server answers. */
export function dropRow(cache: QueryClient, key: string) {
  cache.setQueriesData<{ pages: Inbox[]; pageParams: unknown[] }>({ queryKey: keys.inbox }, (old) =>
    old?.pages
      ? { ...old, pages: old.pages.map((p) => ({ ...p, items: p.items.filter((r) => r.key !== key) })) }
      : old,
  );
}

/** Puts a fresh ask wherever an old one is shown. */
function putAsk(cache: QueryClient, fresh: Ask) {
  cache.setQueryData([...keys.asks, fresh.id], fresh);
  const swap = (post: Post): Post => ({
    ...post,
    asks: post.asks.map((a) => (a.id === fresh.id ? fresh : a)),
  });
  cache.setQueriesData<Posts | { pages: Page<Post>[]; pageParams: unknown[] }>(
    { queryKey: keys.posts(fresh.thread) },
    (old) => {
      if (!old) return old;
      if ('pages' in old)
        return { ...old, pages: old.pages.map((p) => ({ ...p, items: p.items.map(swap) })) };
      return { ...old, items: old.items.map(swap) };
    },
  );
}

function refresh(cache: QueryClient, ask: Ask) {
  void cache.invalidateQueries({ queryKey: keys.inbox });
  void cache.invalidateQueries({ queryKey: keys.posts(ask.thread) });
  void cache.invalidateQueries({ queryKey: keys.thread(ask.thread) });
  void cache.invalidateQueries({ queryKey: [...keys.asks, ask.id] });
}
