import { queryOptions, useSuspenseQuery } from '@tanstack/react-query';
import { inbox } from './asks';
import { auth } from './auth';
import { setNow } from './clock';
import { people } from './people';
import { spaces } from './spaces';
import type { Me } from './types';

/** Keys of the cache. A key begins with the noun, so that live changes refetch by noun. */
export const keys = {
  me: ['me'] as const,
  people: ['people'] as const,
  teams: ['teams'] as const,
  spaces: ['spaces'] as const,
  threads: ['threads'] as const,
  thread: (id: string) => ['thread', id] as const,
  posts: (thread: string) => ['posts', thread] as const,
  asks: ['asks'] as const,
  inbox: ['inbox'] as const,
  digests: ['digests'] as const,
  outbox: ['outbox'] as const,
  schedule: ['schedule'] as const,
  overlap: ['overlap'] as const,
  calendars: ['calendars'] as const,
  forecast: ['forecast'] as const,
  imports: ['imports'] as const,
  search: ['search'] as const,
};

export const meQuery = queryOptions({
  queryKey: keys.me,
  queryFn: async () => {
    const me = await auth.me();
    setNow(me.now);
    return me;
  },
  staleTime: 60_000,
});
export const peopleQuery = queryOptions({
  queryKey: [...keys.people, 'all'],
  queryFn: async () => (await people.list()).items,
  staleTime: 60_000,
});
export const teamsQuery = queryOptions({
  queryKey: keys.teams,
  queryFn: async () => (await people.teams()).items,
  staleTime: 60_000,
});
export const spacesQuery = queryOptions({
  queryKey: keys.spaces,
  queryFn: async () => (await spaces.list()).items,
  staleTime: 60_000,
});

/** Whoever is signed in. Inside the shell it is always there: the router fetches it first. */
export function useMe(): Me {
  return useSuspenseQuery(meQuery).data;
}

/** The numbers on the inbox's tabs; also the one in the rail. */
export const inboxCounts = queryOptions({
  queryKey: [...keys.inbox, 'counts'],
  queryFn: async () => (await inbox.list({ tab: 'owe', limit: 1 })).counts,
  staleTime: 15_000,
});
