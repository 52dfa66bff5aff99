import { t } from '@lingui/core/macro';
import { IconPinFilled } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { Post } from '~/api/types';
import { excerptOf } from '~/core/threads';

/** The posts that somebody pinned, to be found at once. */
export function PinnedPosts({ posts }: { posts: Post[] }) {
  const pinned = posts.filter((p) => p.pinned && !p.deleted);
  if (pinned.length === 0) return null;
  return (
    <section className="pinned" aria-labelledby="pinned-title">
      <h2 id="pinned-title">
        <IconPinFilled size={12} aria-hidden /> {t`Pinned`}
      </h2>
      <ul>
        {pinned.map((p) => (
          <li key={p.id}>
            <Link to="/threads/$thread" params={{ thread: p.thread }} hash={p.id} replace dir="auto">
              {t`${p.author.name}: ${excerptOf(p.markdown, 120)}`}
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
