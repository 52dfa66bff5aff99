import { t } from '@lingui/core/macro';
import { Plural } from '@lingui/react/macro';
import { ActionIcon } from '@mantine/core';
import { IconDots, IconPinFilled } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { lazy, memo, Suspense, useState } from 'react';
import type { Id, Post } from '~/api/types';
import { AskCards } from '~/core/asks';
import { Face, MarkdownView, Menu, MenuItem, Name, Tag, When } from '~/kit';
import { Files } from './Files';
import { Reactions } from './Reactions';
import { usePostActions } from './usePostActions';
import { focusReply } from './useThreadKeys';

const EditPost = lazy(() => import('./EditPost').then((m) => ({ default: m.EditPost })));
const Original = lazy(() => import('./Original').then((m) => ({ default: m.Original })));
const History = lazy(() => import('./History').then((m) => ({ default: m.History })));

type Props = {
  post: Post;
  editing: boolean;
  /** The post being edited, or none. */
  onEditing: (post: Id | null) => void;
  gone: boolean;
  /** Whether this reader may add to the thread: reactions, pins. */
  mayPost: boolean;
  /** Whether a reply can be written below. */
  mayReply: boolean;
};

/** One post: who, when, what they wrote, its files, asks and reactions. Drawn again only when it changed. */
export const PostView = memo(function PostView({ post, editing, onEditing, gone, mayPost, mayReply }: Props) {
  const [history, setHistory] = useState(false);
  const [original, setOriginal] = useState(false);
  if (post.deleted || gone) {
    return (
      <article className="post post-gone" id={post.id} data-n={post.n} data-post={post.id} tabIndex={-1}>
        <p>{t`${post.author.name} wrote something here; it was deleted.`}</p>
      </article>
    );
  }
  return (
    <article
      className="post"
      id={post.id}
      data-post={post.id}
      data-n={post.n}
      tabIndex={-1}
      aria-label={t`Post by ${post.author.name}`}
    >
      <Face name={post.author.name} size={34} />
      <div className="post-main">
        <header className="post-head">
          <Author post={post} />
          <Link
            className="post-at"
            to="/threads/$thread"
            params={{ thread: post.thread }}
            hash={post.id}
            replace
          >
            <span className="hidden-words">{t`Link to this post:`} </span>
            <When at={post.created_at} />
          </Link>
          {post.edited_at && (
            <button type="button" className="post-edited" onClick={() => setHistory(true)}>
              {t`edited`}
            </button>
          )}
          {post.pinned && <IconPinFilled size={14} role="img" aria-label={t`Pinned`} className="post-pin" />}
          {post.answers.length > 0 && <Tag hue="green">{t`Answer`}</Tag>}
          {post.info && post.asks.length === 0 && <Tag>{t`For information`}</Tag>}
          <span className="post-menu">
            <PostMenu
              post={post}
              mayPost={mayPost}
              onEdit={() => onEditing(post.id)}
              onHistory={() => setHistory(true)}
              onOriginal={() => setOriginal(true)}
            />
          </span>
        </header>
        {editing ? (
          <Suspense>
            <EditPost post={post} onDone={() => onEditing(null)} />
          </Suspense>
        ) : (
          <MarkdownView html={post.html} />
        )}
        <Files list={post.files} />
        <AskCards asks={post.asks} onReply={mayReply ? focusReply : undefined} />
        {(mayPost || post.reactions.length > 0) && (
          <div className="post-foot">
            <Reactions post={post} />
          </div>
        )}
      </div>
      {history && (
        <Suspense>
          <History post={post} onClose={() => setHistory(false)} />
        </Suspense>
      )}
      {original && (
        <Suspense>
          <Original post={post} onClose={() => setOriginal(false)} />
        </Suspense>
      )}
    </article>
  );
});

function Author({ post }: { post: Post }) {
  const { author } = post;
  if (!author.id || author.bot || author.removed)
    return (
      <strong>
        <Name person={author} />
      </strong>
    );
  return (
    <Link className="post-author" to="/people/$person" params={{ person: author.id }}>
      <Name person={author} />
    </Link>
  );
}

type MenuProps = {
  post: Post;
  mayPost: boolean;
  onEdit: () => void;
  onHistory: () => void;
  onOriginal: () => void;
};

function PostMenu({ post, mayPost, onEdit, onHistory, onOriginal }: MenuProps) {
  const act = usePostActions(post);
  return (
    <Menu
      target={
        <ActionIcon variant="subtle" color="gray" aria-label={t`What to do with this post`}>
          <IconDots size={16} />
        </ActionIcon>
      }
    >
      <MenuItem onClick={act.copyLink}>{t`Copy link`}</MenuItem>
      {mayPost && <MenuItem onClick={act.pin}>{post.pinned ? t`Unpin` : t`Pin`}</MenuItem>}
      {post.may.edit && <MenuItem onClick={onEdit}>{t`Edit`}</MenuItem>}
      {post.revisions > 0 && (
        <MenuItem onClick={onHistory}>
          <Plural value={post.revisions} one="# earlier version" other="# earlier versions" />
        </MenuItem>
      )}
      {post.by_mail && <MenuItem onClick={onOriginal}>{t`Show the original mail`}</MenuItem>}
      {post.may.delete && (
        <MenuItem danger onClick={act.remove}>
          {t`Delete`}
        </MenuItem>
      )}
    </Menu>
  );
}
