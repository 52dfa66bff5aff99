import './threads.css';
import { t } from '@lingui/core/macro';
import { Plural } from '@lingui/react/macro';
import { IconBellOff, IconBookmarkFilled, IconPinFilled } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { Thread } from '~/api/types';
import { Face, Row, SpaceDot, Tag, When } from '~/kit';
import { excerptOf } from './excerpt';

/** One thread in a list: what it is called, what came out of it, and what is new. */
export function ThreadRow({ thread, inSpace }: { thread: Thread; inSpace?: boolean }) {
  const { conclusion, unread } = thread;
  return (
    <Row
      tone={unread > 0 ? 'today' : null}
      face={<Face name={thread.opened_by.name} />}
      title={
        <Link to="/threads/$thread" params={{ thread: thread.id }}>
          <bdi>{thread.title}</bdi>
        </Link>
      }
      tag={
        <>
          {conclusion && <Tag hue="green">{t`Concluded`}</Tag>}
          <Marks thread={thread} />
        </>
      }
      sub={
        <>
          {!inSpace && (
            <>
              <SpaceDot space={thread.space} />
              {' · '}
            </>
          )}
          <bdi>{thread.opened_by.name}</bdi>
          {' · '}
          <Plural value={thread.posts} one="# post" other="# posts" />
          {thread.open_asks > 0 && (
            <>
              {' · '}
              <Plural value={thread.open_asks} one="# open ask" other="# open asks" />
            </>
          )}
          {!conclusion && thread.purpose && (
            <>
              {' · '}
              <span dir="auto">{excerptOf(thread.purpose)}</span>
            </>
          )}
        </>
      }
      end={
        <span className="thread-when">
          <span className="thread-at">
            <When at={thread.last_post_at} as="ago" />
          </span>
          <span className="due-note">
            {unread > 0 ? <Plural value={unread} one="# new" other="# new" /> : t`all read`}
          </span>
        </span>
      }
      below={
        conclusion && (
          <p className="thread-end">
            <bdi>{excerptOf(conclusion.markdown, 220)}</bdi>
          </p>
        )
      }
    />
  );
}

function Marks({ thread }: { thread: Thread }) {
  return (
    <span className="thread-marks">
      {thread.pinned && <IconPinFilled size={14} aria-label={t`Pinned`} role="img" />}
      {thread.saved && <IconBookmarkFilled size={14} aria-label={t`Saved`} role="img" />}
      {thread.muted && <IconBellOff size={14} aria-label={t`Muted`} role="img" />}
    </span>
  );
}
