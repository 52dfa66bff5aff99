import { queryOptions, useSuspenseQuery } from '@tanstack/react-query';
import { inbox } from './asks';
import { auth } from './auth';
import { setNow } from './clock';
import { people } from './people';
import { spaces } from './spaces';
import type { Me, Page } from './types';

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
  mail: ['mail'] as const,
  schedule: ['schedule'] as const,
  overlap: ['overlap'] as const,
  calendars: ['calendars'] as const,
  forecast: ['forecast'] as const,
  imports: ['imports'] as const,
  search: ['search'] as const,
  duty: ['duty'] as const,
  pages: ['pages'] as const,
  agreements: ['agreements'] as const,
  boundaries: ['boundaries'] as const,
  decisions: ['decisions'] as const,
  away: ['away'] as const,
  batons: ['batons'] as const,
  checkins: ['checkins'] as const,
  brainstorms: ['brainstorms'] as const,
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
  queryFn: () => all((after) => people.list({ after })),
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

/** Every page of a list, up to a bound that no workspace's people should pass in a browser. */
export async function all<T>(page: (after: string) => Promise<Page<T>>): Promise<T[]> {
  const items: T[] = [];
  let after = '';
  for (let n = 0; n < 50; n++) {
    const one = await page(after);
    items.push(...one.items);
    if (!one.next) break;
    after = one.next;
  }
  return items;
}

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
