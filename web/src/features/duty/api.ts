import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { duty } from '~/api';
import { keys } from '~/api/queries';
import type { Id } from '~/api/types';

export const rotaQuery = (team: Id) =>
  queryOptions({
    queryKey: [...keys.duty, team],
    queryFn: () => duty.rota(team, { days: 14 }),
    retry: false,
  });
export const myDuty = queryOptions({
  queryKey: [...keys.duty, 'mine'],
  queryFn: duty.mine,
  staleTime: 60_000,
});

/** A change of a rota; the form shows what went wrong. */
export function useDuty<In, Out>(mutationFn: (input: In) => Promise<Out>) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn,
    onSuccess: () => {
      void cache.invalidateQueries({ queryKey: keys.duty });
      void cache.invalidateQueries({ queryKey: keys.forecast });
    },
    meta: { quiet: true },
  });
}
