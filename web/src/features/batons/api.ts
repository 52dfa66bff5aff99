import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { batons } from '~/api';
import type { BatonBox } from '~/api/batons';
import { keys } from '~/api/queries';
import type { Id } from '~/api/types';

export const batonsQuery = (box: BatonBox) =>
  infiniteQueryOptions({
    queryKey: [...keys.batons, 'list', box],
    queryFn: ({ pageParam }) => batons.list({ box, after: pageParam || undefined }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next || undefined,
  });
export const batonQuery = (id: Id) =>
  queryOptions({ queryKey: [...keys.batons, id], queryFn: () => batons.one(id), retry: false });
export const chainsQuery = infiniteQueryOptions({
  queryKey: [...keys.batons, 'chains'],
  queryFn: ({ pageParam }) => batons.chains({ after: pageParam || undefined }),
  initialPageParam: '',
  getNextPageParam: (last) => last.next || undefined,
  staleTime: 60_000,
});
export const waysQuery = (space: Id, person: Id | null, window: string) =>
  queryOptions({
    queryKey: [...keys.batons, 'ways', space, person, window],
    queryFn: () => batons.ways(space, { person: person ?? undefined, window: window || undefined }),
    enabled: !!space,
    staleTime: 60_000,
    placeholderData: (before) => before,
  });
export const eveningQuery = queryOptions({
  queryKey: [...keys.batons, 'evening'],
  queryFn: batons.evening,
  staleTime: 60_000,
});

/** Something done about batons; the form shows what went wrong. */
export function useBatons<In, Out>(mutationFn: (input: In) => Promise<Out>) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn,
    onSuccess: () => {
      void cache.invalidateQueries({ queryKey: keys.batons });
      void cache.invalidateQueries({ queryKey: keys.inbox });
    },
    meta: { quiet: true },
  });
}
