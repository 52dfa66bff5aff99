import './compose.css';
import { t } from '@lingui/core/macro';
import { ActionIcon, CloseButton, Progress } from '@mantine/core';
import { IconPlayerPause, IconPlayerPlay, IconRefresh } from '@tabler/icons-react';
import { sizeOf, type Upload } from './uploads';

/** Files beside a text being written, each with how far it has come. */
export function FileChips({ list, onRemove }: { list: Upload[]; onRemove: (key: string) => void }) {
  if (list.length === 0) return null;
  return (
    <ul className="files" aria-label={t`Files to send`}>
      {list.map((u) => (
        <li key={u.key} className="file" data-bad={u.problem ? true : undefined}>
          <bdi>{u.name}</bdi>{' '}
          <span className="due-note">{u.problem ?? (u.paused ? t`paused` : sizeOf(u.size))}</span>
          {!u.id && !u.problem && (
            <Progress
              value={u.size ? (100 * u.sent) / u.size : 0}
              size="xs"
              w={60}
              aria-label={t`Sending ${u.name}`}
            />
          )}
          {!u.id && u.flip && <Flip upload={u} flip={u.flip} />}
          <CloseButton size="xs" aria-label={t`Remove ${u.name}`} onClick={() => onRemove(u.key)} />
        </li>
      ))}
    </ul>
  );
}

/** Pauses a file on its way, lets it go on, or tries again. */
function Flip({ upload, flip }: { upload: Upload; flip: () => void }) {
  const words = upload.problem
    ? t`Try ${upload.name} again`
    : upload.paused
      ? t`Go on sending ${upload.name}`
      : t`Pause ${upload.name}`;
  const Icon = upload.problem ? IconRefresh : upload.paused ? IconPlayerPlay : IconPlayerPause;
  return (
    <ActionIcon variant="subtle" color="gray" size="sm" aria-label={words} title={words} onClick={flip}>
      <Icon size={14} />
    </ActionIcon>
  );
}
