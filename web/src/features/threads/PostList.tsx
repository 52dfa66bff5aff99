import { t } from '@lingui/core/macro';
import { Button } from '@mantine/core';
import { Fragment, useLayoutEffect, useRef } from 'react';
import type { Post } from '~/api/types';
import { Empty, Name, When } from '~/kit';
import { PostView } from './PostView';
import { usePutOff } from './putOff';

type Props = {
  posts: Post[];
  firstNew: string | null;
  editing: string | null;
  onEditing: (post: string | null) => void;
  mayPost: boolean;
  mayReply: boolean;
  earlier?: () => void;
  later?: () => void;
  busy: boolean;
};

/** Posts in the order they were written, with the house's own lines between them. */
export function PostList({
  posts,
  firstNew,
  editing,
  onEditing,
  mayPost,
  mayReply,
  earlier,
  later,
  busy,
}: Props) {
  const putOff = usePutOff();
  const showEarlier = useSteady(posts[0]?.id);
  if (posts.length === 0) return <Empty title={t`Nothing has been said here yet.`} />;
  return (
    <div className="posts">
      {earlier && <More words={t`Show earlier posts`} onClick={() => showEarlier(earlier)} busy={busy} />}
      {posts.map((post) => (
        <Fragment key={post.id}>
          {post.id === firstNew && (
            <div className="new-line" role="separator" aria-label={t`New since you left`}>
              <span>{t`New since you left`}</span>
            </div>
          )}
          {post.kind === 'note' ? (
            <Note post={post} />
          ) : (
            <PostView
              post={post}
              gone={putOff.has(post.id)}
              mayPost={mayPost}
              mayReply={mayReply}
              editing={editing === post.id}
              onEditing={onEditing}
            />
          )}
        </Fragment>
      ))}
      {later && <More words={t`Show later posts`} onClick={later} busy={busy} />}
    </div>
  );
}

/** Keeps what is on the screen where it is while earlier posts arrive above it. */
function useSteady(first: string | undefined) {
  const held = useRef<{ el: HTMLElement; top: number } | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: it acts when the first post is another one
  useLayoutEffect(() => {
    if (!held.current) return;
    window.scrollBy(0, held.current.el.getBoundingClientRect().top - held.current.top);
    held.current = null;
  }, [first]);
  return (load: () => void) => {
    const el = first ? document.getElementById(first) : null;
    if (el) held.current = { el, top: el.getBoundingClientRect().top };
    load();
  };
}

/** A line that the house wrote: "Ana renamed the thread". */
function Note({ post }: { post: Post }) {
  return (
    <p className="note-line" id={post.id} data-post={post.id} data-n={post.n} tabIndex={-1}>
      <Name person={post.author} /> <span dir="auto">{post.markdown}</span>{' '}
      <span className="due-note">
        <When at={post.created_at} />
      </span>
    </p>
  );
}

function More({ words, onClick, busy }: { words: string; onClick: () => void; busy: boolean }) {
  return (
    <p className="older">
      <Button variant="default" size="xs" loading={busy} onClick={onClick}>
        {words}
      </Button>
    </p>
  );
}
