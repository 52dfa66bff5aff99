import { t } from '@lingui/core/macro';
import { IconPaperclip } from '@tabler/icons-react';
import type { File } from '~/api/types';
import { sizeOf } from '~/core/compose';

/** The files on a post: pictures are shown, the rest are links that download. */
export function Files({ list }: { list: File[] }) {
  if (list.length === 0) return null;
  return (
    <ul className="post-files" aria-label={t`Files`}>
      {list.map((f) => (
        <li key={f.id}>
          {f.image && (
            <a href={f.url} target="_blank" rel="noreferrer" className="post-picture">
              <img src={f.url} alt={f.name} loading="lazy" />
            </a>
          )}
          <a href={f.url} download={f.name} className="post-file">
            <IconPaperclip size={14} aria-hidden />
            <bdi>{f.name}</bdi>
            <span className="due-note">{sizeOf(f.size)}</span>
          </a>
        </li>
      ))}
    </ul>
  );
}
