import { t } from '@lingui/core/macro';
import { Plural } from '@lingui/react/macro';
import { Button } from '@mantine/core';
import type { Post, Since } from '~/api/types';
import { minutesFor, wordsIn } from '~/core/threads';
import { Key } from '~/kit';

type Props = {
  since: Since;
  posts: Post[];
  /** Missing when all of it is new. */
  onJump?: () => void;
};

/** What happened while the reader was away, how long it takes to read, and a way there. */
export function SinceYouLeft({ since, posts, onJump }: Props) {
  const fresh = newFrom(posts, since.post);
  const minutes = minutesFor(fresh.reduce((sum, p) => sum + wordsIn(p.markdown), 0));
  const whole = fresh.length >= since.new;
  return (
    <section className="since" aria-label={onJump ? t`Since you left` : t`New to you`}>
      <div>
        <p className="since-main">
          {onJump ? t`Since you left` : t`New to you`}:{' '}
          <Plural value={since.new} one="# new post" other="# new posts" />
          {', '}
          {whole ? (
            <Plural value={minutes} one="about # minute to read" other="about # minutes to read" />
          ) : (
            <Plural value={minutes} one="more than # minute to read" other="more than # minutes to read" />
          )}
        </p>
        {since.changes.length > 0 && (
          <ul className="since-changes">
            {since.changes.map((line) => (
              <li key={line} dir="auto">
                {line}
              </li>
            ))}
          </ul>
        )}
      </div>
      {onJump && (
        <Button variant="default" size="xs" onClick={onJump} rightSection={<Key>n</Key>}>
          {t`Read on from there`}
        </Button>
      )}
    </section>
  );
}

/** The posts from the first new one on. */
export function newFrom(posts: Post[], first: string | null): Post[] {
  const at = posts.findIndex((p) => p.id === first);
  return at < 0 ? [] : posts.slice(at).filter((p) => p.kind === 'post' && !p.deleted);
}
