import { t } from '@lingui/core/macro';
import {
  infiniteQueryOptions,
  type QueryClient,
  queryOptions,
  useMutation,
  useQueryClient,
} from '@tanstack/react-query';
import { posts, threads } from '~/api';
import { keys } from '~/api/queries';
import type { ThreadMark } from '~/api/spaces';
import type { Id, Post, Posts, Since, Thread } from '~/api/types';
import { toast } from '~/kit';

export const threadQuery = (id: Id) =>
  queryOptions({ queryKey: keys.thread(id), queryFn: () => threads.one(id) });

type Part = { after?: string; before?: string };
type Parts = { pages: Posts[]; pageParams: Part[] };
const limit = 60;

/** Where to begin reading, and what was new on arrival: kept while the page is open, though reading goes on. */
export type Start = { from: Part; since: Since };

/**
 * Finds where to begin: a little before the post that is looked for, else before the first
 * unread one, else with the newest. A short thread is read from its beginning.
 */
export const startQuery = (thread: Id, target: Id | null) =>
  queryOptions({
    queryKey: ['thread start', thread, target],
    queryFn: async ({ client }): Promise<Start> => {
      // What came with the question is not asked for again.
      const keep = (from: Part, page: Posts): Start => {
        const first: Parts = { pages: [page], pageParams: [from] };
        client.setQueryData(postsQuery(thread, from).queryKey, first);
        return { from, since: page.since };
      };
      const around = async (post: Id): Promise<Start | null> => {
        const found = await posts.one(post).catch(() => null);
        if (found?.thread !== thread) return null;
        const from: Part = found.n < limit ? {} : { after: before(found, 5) };
        return keep(from, await threads.posts(thread, { ...from, limit }));
      };
      const wanted = target && (await around(target));
      if (wanted) return wanted;
      const newest = await threads.posts(thread, { before: 'end', limit });
      if (!newest.previous) return keep({}, newest);
      const unread = newest.since.post;
      const far = unread && !newest.items.some((p) => p.id === unread);
      return (far && (await around(unread))) || keep({ after: before(newest.items[0]) }, newest);
    },
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    retry: false,
  });

/** The cursor that stands some posts before a post; none at the beginning. */
function before(post: Post | undefined, some = 1): string | undefined {
  const n = (post?.n ?? 0) - some;
  return n > 0 ? String(n) : undefined;
}

/** The posts of a thread from some place on, in both directions. */
export const postsQuery = (thread: Id, from: Part) =>
  infiniteQueryOptions({
    queryKey: [...keys.posts(thread), from.after ?? ''],
    queryFn: ({ pageParam }) => threads.posts(thread, { ...pageParam, limit }),
    initialPageParam: from,
    // Of a long thread some pages are held; the way back to the others stays.
    maxPages: 6,
    getNextPageParam: (last: Posts): Part | undefined => (last.next ? { after: last.next } : undefined),
    getPreviousPageParam: (first: Posts): Part | undefined =>
      first.previous ? { before: first.previous } : undefined,
  });

export const revisionsQuery = (post: Id, version: number) =>
  queryOptions({
    queryKey: ['revisions', post, version],
    queryFn: async () => (await posts.revisions(post)).items,
  });

/** Changes one post wherever this thread's posts are held. */
export function putPost(cache: QueryClient, thread: Id, id: Id, change: (post: Post) => Post) {
  cache.setQueriesData<Parts>({ queryKey: keys.posts(thread) }, (old) =>
    old?.pages
      ? {
          ...old,
          pages: old.pages.map((p) => ({ ...p, items: p.items.map((x) => (x.id === id ? change(x) : x)) })),
        }
      : old,
  );
}

const field = { follow: 'following', mute: 'muted', saved: 'saved' } as const;

/** Follows, mutes or saves a thread, at once; a toast takes it back. */
export function useMark(thread: Thread) {
  const cache = useQueryClient();
  const set = (mark: ThreadMark, on: boolean) =>
    cache.setQueryData<Thread>(keys.thread(thread.id), (old) => old && { ...old, [field[mark]]: on });
  const flip = useMutation({
    mutationFn: ({ mark, on }: { mark: ThreadMark; on: boolean; again?: boolean }) =>
      threads.mark(thread.id, mark, on),
    onMutate: ({ mark, on }) => void set(mark, on),
    onError: (_error, { mark, on }) => void set(mark, !on),
    onSuccess: (_nothing, { mark, on, again }) => {
      if (!again) toast(markWords(mark, on), () => flip.mutate({ mark, on: !on, again: true }));
    },
    onSettled: () => {
      void cache.invalidateQueries({ queryKey: keys.threads });
      void cache.invalidateQueries({ queryKey: keys.thread(thread.id) });
    },
  });
  return flip;
}

function markWords(mark: ThreadMark, on: boolean): string {
  const words = {
    follow: [t`You follow this thread.`, t`You follow it no longer.`],
    mute: [t`Only asks reach you from here.`, t`No longer muted.`],
    saved: [t`Saved for later.`, t`No longer saved.`],
  };
  return words[mark][on ? 0 : 1] ?? '';
}

/** Fetches a thread, its posts and the lists it stands in again. */
export function refreshThread(cache: QueryClient, thread: Id) {
  for (const queryKey of [keys.thread(thread), keys.posts(thread), keys.threads, keys.inbox])
    void cache.invalidateQueries({ queryKey });
}
