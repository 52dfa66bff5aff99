import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { people } from '~/api';
import { keys } from '~/api/queries';
import type { Schedule } from '~/api/types';

export const scheduleQuery = queryOptions({ queryKey: [...keys.schedule, 'mine'], queryFn: people.schedule });
export const templatesQuery = queryOptions({
  queryKey: [...keys.schedule, 'templates'],
  queryFn: async () => (await people.templates()).items,
  staleTime: Number.POSITIVE_INFINITY,
});
export const calendarsQuery = queryOptions({
  queryKey: keys.calendars,
  queryFn: async () => (await people.calendars()).items,
});

/** Everything that is counted from somebody's hours is asked for again. */
export function useHoursChanged() {
  const cache = useQueryClient();
  return (fresh?: Schedule) => {
    if (fresh) cache.setQueryData(scheduleQuery.queryKey, fresh);
    for (const queryKey of [keys.schedule, keys.calendars, keys.me, keys.people, keys.overlap, keys.inbox])
      void cache.invalidateQueries({ queryKey });
  };
}

/** A change of what one's hours are made of: absences, calendars. The form shows what went wrong. */
export function useHoursMutation<In, Out>(mutationFn: (input: In) => Promise<Out>) {
  const changed = useHoursChanged();
  return useMutation({ mutationFn, onSuccess: () => changed(), meta: { quiet: true } });
}
