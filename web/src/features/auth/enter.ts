import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import type { Me } from '~/api';
import { setNow } from '~/api/clock';
import { keys } from '~/api/queries';

/** Only paths of this site; anything else could lead a person away after signing in. */
export function safePath(to: string | undefined): string {
  if (!to?.startsWith('/') || /^\/[/\\]/.test(to) || to.startsWith('/sign-in')) return '/inbox';
  return to;
}

/** Lets a person in: what was fetched before is forgotten, and they go where they were going. */
export function useEnter() {
  const cache = useQueryClient();
  const router = useRouter();
  return (me: Me, to?: string) => {
    cache.clear();
    setNow(me.now);
    cache.setQueryData(keys.me, me);
    router.history.push(safePath(to));
  };
}
