import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { calendars } from '~/api';
import { keys } from '~/api/queries';
import type { Id } from '~/api/types';

const key = ['subscriptions'];

/** The calendars that the reader reads in. */
export const subscriptionsQuery = queryOptions({
  queryKey: key,
  queryFn: async () => (await calendars.subscriptions()).items,
});

/** What a change to one of them touches: the reader's hours too. */
function useTouched() {
  const cache = useQueryClient();
  return () => {
    void cache.invalidateQueries({ queryKey: key });
    void cache.invalidateQueries({ queryKey: keys.schedule });
    void cache.invalidateQueries({ queryKey: keys.forecast });
  };
}

/** Reads in one more; what is wrong with it stands at the form. */
export function useSubscribe() {
  const touched = useTouched();
  return useMutation({
    mutationFn: calendars.subscribe,
    onSuccess: touched,
    gcTime: 0,
    meta: { quiet: true },
  });
}

/** Lets one count as focus or not, or renames it. */
export function useChangeSubscription() {
  const touched = useTouched();
  return useMutation({
    mutationFn: ({ id, ...body }: { id: Id; name?: string; counts_as_focus?: boolean }) =>
      calendars.change(id, body),
    onSettled: touched,
  });
}

/** Reads one again now. */
export function useRefresh() {
  const touched = useTouched();
  return useMutation({ mutationFn: calendars.refresh, onSettled: touched });
}

/** Removes one and all that was read from it. */
export function useUnsubscribe() {
  const touched = useTouched();
  return useMutation({ mutationFn: calendars.unsubscribe, onSettled: touched });
}
