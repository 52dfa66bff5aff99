import { t } from '@lingui/core/macro';
import { type UseQueryResult, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Id, Post, Posts, Thread } from '~/api/types';
import { ReplyComposer } from '~/core/compose';
import { Failed, KeyLine, Loading } from '~/kit';
import { postsQuery, type Start, startQuery } from './api';
import { PinnedPosts } from './PinnedPosts';
import { PostList } from './PostList';
import { SinceYouLeft } from './SinceYouLeft';
import { useReading } from './useReading';
import { useTarget } from './useTarget';
import { jumpTo, useThreadKeys } from './useThreadKeys';

type Props = {
  thread: Thread;
  start: UseQueryResult<Start>;
  target: string | null;
  reply: boolean;
};

/** Where to begin in a thread: chosen once for each arrival; a target already on the page is only scrolled to. */
export function useStart(thread: Id, target: string | null): UseQueryResult<Start> {
  const [first, setFirst] = useState({ thread, target });
  const onPage = !target || !!document.getElementById(target);
  if (thread !== first.thread || (target && target !== first.target && !onPage)) setFirst({ thread, target });
  return useQuery(startQuery(first.thread, first.target));
}

/** The posts of a thread and the place to write the next one. */
export function ThreadBody({ thread, start, target, reply }: Props) {
  if (start.error) return <Failed error={start.error} retry={() => void start.refetch()} />;
  if (!start.data) return <Loading rows={4} height={120} />;
  return <Conversation thread={thread} start={start.data} target={target} reply={reply} />;
}

type ConversationProps = { thread: Thread; start: Start; target: string | null; reply: boolean };

function Conversation({ thread, start, target, reply }: ConversationProps) {
  const found = useInfiniteQuery(postsQuery(thread.id, start.from));
  const [editing, setEditing] = useState<string | null>(null);
  const pages: Posts[] = found.data?.pages ?? [];
  const posts = unique(pages.flatMap((p) => p.items));
  const { since } = start;
  // Whoever never was here has nothing to be led back to.
  const fresh = posts[0]?.id === since.post && !found.hasPreviousPage;
  const firstNew = fresh ? null : since.post;
  useReading(thread, posts);
  useTarget(target, posts.length > 0);
  useThreadKeys({ thread, firstNew, onEdit: (id) => mayEdit(posts, id) && setEditing(id) });
  if (found.error && !found.data) return <Failed error={found.error} retry={() => void found.refetch()} />;
  if (!found.data) return <Loading rows={4} height={120} />;
  const openAsks = posts
    .flatMap((p) => p.asks)
    .filter((a) => a.state === 'open' && a.may.answer && ['reply', 'review', 'check_in'].includes(a.kind));
  return (
    <>
      {since.new > 0 && since.post && (
        <SinceYouLeft since={since} posts={posts} onJump={firstNew ? () => jumpTo(firstNew) : undefined} />
      )}
      <PinnedPosts posts={posts} />
      <PostList
        posts={posts}
        firstNew={firstNew}
        editing={editing}
        onEditing={setEditing}
        mayPost={thread.may.post || thread.may.reopen}
        mayReply={thread.may.post}
        earlier={found.hasPreviousPage ? () => void found.fetchPreviousPage() : undefined}
        later={found.hasNextPage ? () => void found.fetchNextPage() : undefined}
        busy={found.isFetchingNextPage || found.isFetchingPreviousPage}
      />
      {thread.may.post ? (
        <section className="thread-reply" aria-label={t`Your reply`}>
          <ReplyComposer
            thread={thread}
            openAsks={openAsks}
            autoFocus={reply}
            onPosted={() => void showNewest(found)}
          />
        </section>
      ) : (
        <p className="thread-shut">
          {thread.state === 'concluded'
            ? t`This thread is concluded. Whoever wants to go on can reopen it with a reason.`
            : t`You can read here, but not write.`}
        </p>
      )}
      <KeyLine
        keys={[
          [['j', 'k'], t`move`],
          ...when(!!firstNew, ['n'], t`first new post`),
          ...when(thread.may.post, ['r'], t`reply`),
          ...when(thread.may.post, ['e'], t`edit your post`),
          [['f'], t`follow`],
          [['s'], t`save`],
          [['?'], t`all keys`],
        ]}
      />
    </>
  );
}

const when = (shown: boolean, keys: string[], words: string): [string[], string][] =>
  shown ? [[keys, words]] : [];

/** Fetches again, and the page after when what was just written stands there. */
async function showNewest(found: {
  refetch: () => Promise<{ data?: { pages: Posts[] } }>;
  fetchNextPage: () => Promise<unknown>;
}) {
  const now = await found.refetch();
  if (now.data?.pages.at(-1)?.next) await found.fetchNextPage();
}

const mayEdit = (posts: Post[], id: string) => posts.some((p) => p.id === id && p.may.edit && !p.deleted);

/** Pages may overlap for a moment while they are fetched again. */
function unique(posts: Post[]): Post[] {
  const byId = new Map(posts.map((p) => [p.id, p]));
  return [...byId.values()].sort((a, b) => a.n - b.n);
}
