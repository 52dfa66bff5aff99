import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { asks, away } from '~/api';
import { keys } from '~/api/queries';
import type { Id } from '~/api/types';

/** What happened while the reader was away: the last time, or during one absence. */
export const catchUpQuery = (absence?: Id) =>
  queryOptions({ queryKey: [...keys.away, 'catch-up', absence ?? ''], queryFn: () => away.catchUp(absence) });

/** Who of those asked is away before the due; for the asker. */
export const absentQuery = (ask: Id) =>
  queryOptions({
    queryKey: [...keys.away, 'of', ask],
    queryFn: async () => {
      const [one, list] = await Promise.all([asks.one(ask), away.of(ask)]);
      return { ask: one, absent: list.items };
    },
  });

/** Asks somebody in the place of another. */
export function useReassign(ask: Id) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ from, to }: { from: Id; to: Id }) => away.reassign(ask, from, to),
    onSuccess: (fresh) => {
      cache.setQueryData([...keys.asks, ask], fresh);
      for (const queryKey of [keys.away, keys.inbox, keys.digests, keys.posts(fresh.thread)])
        void cache.invalidateQueries({ queryKey });
    },
  });
}
