import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { agreements, boundaries, people } from '~/api';
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

export const boundariesQuery = queryOptions({ queryKey: keys.boundaries, queryFn: boundaries.mine });
export const suggestionsQuery = queryOptions({
  queryKey: [...keys.boundaries, 'focus'],
  queryFn: async () => (await boundaries.suggestions()).items,
  staleTime: 300_000,
});
export const agreementsQuery = queryOptions({
  queryKey: [...keys.agreements, 'mine'],
  queryFn: async () => (await agreements.mine()).items,
  staleTime: 60_000,
});

/** Everything that is counted from somebody's hours is asked for again. */
export function useHoursChanged() {
  const cache = useQueryClient();
  return (fresh?: Schedule) => {
    if (fresh) cache.setQueryData(scheduleQuery.queryKey, fresh);
    for (const queryKey of [
      keys.schedule,
      keys.calendars,
      keys.me,
      keys.people,
      keys.overlap,
      keys.inbox,
      keys.away,
    ])
      void cache.invalidateQueries({ queryKey });
  };
}

/** A change of what one's hours are made of: absences, calendars. The form shows what went wrong. */
export function useHoursMutation<In, Out>(mutationFn: (input: In) => Promise<Out>) {
  const changed = useHoursChanged();
  return useMutation({ mutationFn, onSuccess: () => changed(), meta: { quiet: true } });
}
