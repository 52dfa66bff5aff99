import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { calendars } from '~/api';

const feedsKey = ['feeds'];

/** The reader's own feeds, without their secrets. */
export const feedsQuery = queryOptions({
  queryKey: feedsKey,
  queryFn: async () => (await calendars.feeds()).items,
});

/** Makes a feed or gives it a new secret, which stays in the answer alone and is forgotten with it. */
export function useMakeFeed() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: calendars.makeFeed,
    onSuccess: () => cache.invalidateQueries({ queryKey: feedsKey }),
    gcTime: 0,
  });
}

/** Switches a feed off. */
export function useEndFeed() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: calendars.endFeed,
    onSettled: () => cache.invalidateQueries({ queryKey: feedsKey }),
  });
}
