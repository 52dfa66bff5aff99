import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { agreements } from '~/api';
import { keys } from '~/api/queries';
import type { Agreement, AgreementVersion, Id, Page } from '~/api/types';

export const agreementQuery = (team: Id) =>
  queryOptions({ queryKey: [...keys.agreements, team], queryFn: () => agreements.of(team) });

export const historyQuery = (team: Id) =>
  infiniteQueryOptions({
    queryKey: [...keys.agreements, team, 'history'],
    queryFn: async ({ pageParam }) => {
      const { items, next } = await agreements.history(team, pageParam);
      return { items: items.map((v) => ({ ...v, id: String(v.version) })), next };
    },
    initialPageParam: '',
    getNextPageParam: (last: Page<AgreementVersion & { id: Id }>) => last.next || undefined,
  });

/** A change of what a team agreed on; the form shows what went wrong. */
export function useAgreementMutation<In>(team: Id, mutationFn: (input: In) => Promise<Agreement>) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn,
    onSuccess: (fresh) => {
      cache.setQueryData(agreementQuery(team).queryKey, fresh);
      void cache.invalidateQueries({ queryKey: keys.agreements });
      void cache.invalidateQueries({ queryKey: keys.forecast });
    },
    meta: { quiet: true },
  });
}
