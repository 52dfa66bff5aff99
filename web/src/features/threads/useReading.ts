import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { threads } from '~/api';
import { keys } from '~/api/queries';
import type { Post, Thread } from '~/api/types';

/**
 * Remembers how far the reader has come: the furthest post whose end was on the screen while
 * the page was in front. Nobody else is told.
 */
export function useReading(thread: Thread, posts: Post[]) {
  const cache = useQueryClient();
  const told = useRef(0);
  const last = posts.at(-1)?.id;
  // Without anything unread there is nothing to remember, unless more arrives.
  const unread = thread.unread;
  useEffect(() => {
    if (!last || unread === 0) return;
    let furthest: { n: number; id: string } | null = null;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const tell = () => {
      clearTimeout(timer);
      if (!furthest || furthest.n <= told.current) return;
      told.current = furthest.n;
      threads.readTo(thread.id, furthest.id).then(
        () => {
          void cache.invalidateQueries({ queryKey: keys.threads });
          void cache.invalidateQueries({ queryKey: keys.thread(thread.id) });
        },
        () => {
          told.current = 0;
        },
      );
    };
    const seen = new IntersectionObserver(
      (entries) => {
        if (document.visibilityState === 'hidden') return;
        for (const { target, isIntersecting, boundingClientRect: box } of entries) {
          if (!isIntersecting || box.bottom > window.innerHeight + 2) continue;
          const post = (target as HTMLElement).dataset;
          const n = Number(post.n);
          if (post.post && n > (furthest?.n ?? 0)) furthest = { n, id: post.post };
        }
        clearTimeout(timer);
        timer = setTimeout(tell, 900);
      },
      { threshold: [0, 0.25, 0.5, 0.75, 1] },
    );
    for (const el of document.querySelectorAll('.thread [data-post]')) seen.observe(el);
    return () => {
      seen.disconnect();
      tell();
    };
  }, [cache, thread.id, last, unread]);
}
