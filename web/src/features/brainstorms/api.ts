import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { brainstorms } from '~/api';
import type { Board, Brainstorm, BrainstormLine, NewBrainstorm, PlanStep } from '~/api/brainstorms';
import { keys } from '~/api/queries';
import type { Id, Page } from '~/api/types';
import { over } from './board';

export const listQuery = (state: 'open' | 'ended') =>
  infiniteQueryOptions({
    queryKey: [...keys.brainstorms, 'list', state],
    queryFn: ({ pageParam }) => brainstorms.list({ after: pageParam, state }),
    initialPageParam: '',
    getNextPageParam: (last: Page<BrainstormLine>) => last.next || undefined,
  });

export const templatesQuery = queryOptions({
  queryKey: ['brainstorm-templates'],
  queryFn: async () => (await brainstorms.templates()).items,
  staleTime: Number.POSITIVE_INFINITY,
});

/** When each phase would end; asked anew whenever the plan changes. */
export const aheadQuery = (body: NewBrainstorm) =>
  queryOptions({
    queryKey: [...keys.forecast, 'brainstorm', body],
    queryFn: async () => (await brainstorms.forecast(body)).items,
    enabled: body.space !== '',
    retry: false,
    staleTime: 30_000,
    placeholderData: (old) => old,
  });

/** The same for a change of one that is under way. */
export const changeAheadQuery = (id: Id, body: { by_hand: boolean; plan: PlanStep[] }) =>
  queryOptions({
    queryKey: [...keys.forecast, 'brainstorm', id, body],
    queryFn: async () => (await brainstorms.ahead(id, body)).items,
    retry: false,
    staleTime: 30_000,
    placeholderData: (old) => old,
  });

export const oneQuery = (id: Id) =>
  queryOptions({ queryKey: [...keys.brainstorms, id], queryFn: () => brainstorms.get(id) });

export const boardKey = (id: Id) => [...keys.brainstorms, id, 'board'] as const;

/** The board; after the first time only what changed on it is fetched. */
export const boardQuery = (id: Id) =>
  queryOptions({
    queryKey: boardKey(id),
    queryFn: async ({ client }) => {
      const had = client.getQueryData<Board>(boardKey(id));
      return over(had, await brainstorms.board(id, had?.version));
    },
    structuralSharing: false,
  });

/** A change of the brainstorm itself; what it answers is the brainstorm as it is now. */
export function useChange<In>(id: Id, fn: (input: In) => Promise<Brainstorm>) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: fn,
    onSuccess: (fresh) => {
      cache.setQueryData(oneQuery(id).queryKey, fresh);
      void cache.invalidateQueries({ queryKey: keys.brainstorms });
      void cache.invalidateQueries({ queryKey: keys.inbox });
    },
    meta: { quiet: true },
  });
}

/** A change of something on the board; what it answers is put over what the page has. */
export function useBoardChange<In>(id: Id, fn: (input: In, version: number) => Promise<Board>) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (input: In) => fn(input, cache.getQueryData<Board>(boardKey(id))?.version ?? 0),
    onSuccess: (fresh) => cache.setQueryData<Board>(boardKey(id), (had) => over(had, fresh)),
    onError: () => void cache.resetQueries({ queryKey: boardKey(id) }),
  });
}
