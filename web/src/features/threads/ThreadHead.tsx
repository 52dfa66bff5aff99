import { t } from '@lingui/core/macro';
import { Plural } from '@lingui/react/macro';
import { ActionIcon, Button } from '@mantine/core';
import {
  IconBell,
  IconBellOff,
  IconBookmark,
  IconBookmarkFilled,
  IconDots,
  IconEye,
  IconEyeFilled,
  IconLock,
  IconPinFilled,
} from '@tabler/icons-react';
import { Link, useNavigate } from '@tanstack/react-router';
import { lazy, type ReactNode, Suspense, useState } from 'react';
import type { Thread } from '~/api/types';
import { Menu, MenuItem, Name, SpaceDot, When } from '~/kit';
import { useMark } from './api';
import { copyLink } from './copyLink';
import { usePinThread } from './usePinThread';

const ConcludeDialog = lazy(() => import('./ConcludeDialog').then((m) => ({ default: m.ConcludeDialog })));
const EditThread = lazy(() => import('./EditThread').then((m) => ({ default: m.EditThread })));

/** A thread's title and purpose, how the reader stands to it, and what can be done with it. */
export function ThreadHead({ thread }: { thread: Thread }) {
  const [dialog, setDialog] = useState<'conclude' | 'edit' | null>(null);
  return (
    <header className="thread-head">
      <p className="thread-where">
        <Link to="/spaces/$space" params={{ space: thread.space.id }}>
          <SpaceDot space={thread.space} />
        </Link>
        {thread.space.private && <IconLock size={13} role="img" aria-label={t`Private space`} />}
        {thread.pinned && <IconPinFilled size={13} role="img" aria-label={t`Pinned in its space`} />}
      </p>
      <div className="thread-title">
        <h1 id="page-title">
          <bdi>{thread.title}</bdi>
        </h1>
        <div className="page-actions">
          <Marks thread={thread} />
          {thread.may.conclude && (
            <Button variant="default" size="xs" onClick={() => setDialog('conclude')}>
              {t`Conclude…`}
            </Button>
          )}
          <MoreMenu thread={thread} onEdit={() => setDialog('edit')} />
        </div>
      </div>
      {thread.purpose && (
        <p className="thread-purpose">
          <bdi>{thread.purpose}</bdi>
        </p>
      )}
      <p className="due-note">
        <Name person={thread.opened_by} /> · <When at={thread.opened_at} /> ·{' '}
        <Plural value={thread.posts} one="# post" other="# posts" />
        {thread.open_asks > 0 && (
          <>
            {' · '}
            <Plural value={thread.open_asks} one="# open ask" other="# open asks" />
          </>
        )}
      </p>
      <Suspense>
        {dialog === 'conclude' && <ConcludeDialog thread={thread} onClose={() => setDialog(null)} />}
        {dialog === 'edit' && <EditThread thread={thread} onClose={() => setDialog(null)} />}
      </Suspense>
    </header>
  );
}

function Marks({ thread }: { thread: Thread }) {
  const mark = useMark(thread);
  return (
    <>
      <Switch
        on={thread.following}
        words={t`Follow`}
        hint={
          thread.following ? t`New posts here come with your digests` : t`New posts here do not come to you`
        }
        icon={thread.following ? <IconEyeFilled size={17} /> : <IconEye size={17} />}
        onFlip={(on) => mark.mutate({ mark: 'follow', on })}
      />
      <Switch
        on={thread.muted}
        words={t`Mute`}
        hint={thread.muted ? t`Only asks reach you from here` : t`Let only asks reach you from here`}
        icon={thread.muted ? <IconBellOff size={17} /> : <IconBell size={17} />}
        onFlip={(on) => mark.mutate({ mark: 'mute', on })}
      />
      <Switch
        on={thread.saved}
        words={t`Save`}
        hint={thread.saved ? t`Saved for later` : t`Save for later`}
        icon={thread.saved ? <IconBookmarkFilled size={17} /> : <IconBookmark size={17} />}
        onFlip={(on) => mark.mutate({ mark: 'saved', on })}
      />
    </>
  );
}

type SwitchProps = {
  on: boolean;
  words: string;
  hint: string;
  icon: ReactNode;
  onFlip: (on: boolean) => void;
};

function Switch({ on, words, hint, icon, onFlip }: SwitchProps) {
  return (
    <ActionIcon
      variant={on ? 'light' : 'subtle'}
      color={on ? undefined : 'gray'}
      size="lg"
      aria-label={words}
      title={hint}
      aria-pressed={on}
      onClick={() => onFlip(!on)}
    >
      {icon}
    </ActionIcon>
  );
}

function MoreMenu({ thread, onEdit }: { thread: Thread; onEdit: () => void }) {
  const pin = usePinThread(thread);
  const navigate = useNavigate();
  return (
    <Menu
      target={
        <ActionIcon variant="subtle" color="gray" size="lg" aria-label={t`More to do with this thread`}>
          <IconDots size={17} />
        </ActionIcon>
      }
    >
      <MenuItem onClick={() => copyLink(`/threads/${thread.id}`)}>{t`Copy link`}</MenuItem>
      {thread.may.post && (
        <MenuItem onClick={() => void navigate({ to: '/batons', search: { about: thread.id } })}>
          {t`Hand this work over…`}
        </MenuItem>
      )}
      {thread.may.edit && (
        <>
          <MenuItem onClick={() => pin.mutate(!thread.pinned)}>
            {thread.pinned ? t`Unpin from its space` : t`Pin in its space`}
          </MenuItem>
          <MenuItem onClick={onEdit}>{t`Title, purpose, space…`}</MenuItem>
        </>
      )}
    </Menu>
  );
}
