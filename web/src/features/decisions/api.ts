import {
  infiniteQueryOptions,
  keepPreviousData,
  queryOptions,
  useMutation,
  useQueryClient,
} from '@tanstack/react-query';
import { decisions } from '~/api';
import type { Decision, DecisionFilter, DecisionLine } from '~/api/decisions';
import { keys } from '~/api/queries';
import type { Id, Page } from '~/api/types';

export const registerQuery = (filter: DecisionFilter) =>
  infiniteQueryOptions({
    queryKey: [...keys.decisions, 'register', filter],
    queryFn: ({ pageParam }) => decisions.list({ ...filter, after: pageParam, limit: 30 }),
    initialPageParam: '',
    getNextPageParam: (last: Page<DecisionLine>) => last.next || undefined,
    placeholderData: keepPreviousData,
  });
export const waitingQuery = queryOptions({
  queryKey: [...keys.decisions, 'waiting'],
  queryFn: async () => (await decisions.list({ mine: true, limit: 20 })).items,
});
/** What can be replaced by a later outcome. */
export const decidedQuery = (q: string) =>
  queryOptions({
    queryKey: [...keys.decisions, 'decided', q],
    queryFn: async () => (await decisions.list({ state: 'decided', q, limit: 20 })).items,
    placeholderData: keepPreviousData,
  });
export const kindsQuery = queryOptions({
  queryKey: ['decision-kinds'],
  queryFn: decisions.kinds,
  staleTime: Number.POSITIVE_INFINITY,
});
export const decisionQuery = (id: Id) =>
  queryOptions({ queryKey: [...keys.decisions, id], queryFn: () => decisions.one(id), retry: false });
export const secrecyQuery = (id: Id) =>
  queryOptions({ queryKey: [...keys.decisions, id, 'secrecy'], queryFn: () => decisions.secrecy(id) });
export const votersQuery = (id: Id) =>
  infiniteQueryOptions({
    queryKey: [...keys.decisions, id, 'voters'],
    queryFn: async ({ pageParam }) => {
      const { items, next } = await decisions.voters(id, pageParam);
      return { items: items.map((v) => ({ ...v, id: v.person.id })), next };
    },
    initialPageParam: '',
    getNextPageParam: (last) => last.next || undefined,
  });
export const ballotsQuery = (id: Id) =>
  infiniteQueryOptions({
    queryKey: [...keys.decisions, id, 'ballots'],
    queryFn: async ({ pageParam }) => {
      const { items, next } = await decisions.ballots(id, pageParam);
      return { items: items.map((b) => ({ ...b, id: b.person.id })), next };
    },
    initialPageParam: '',
    getNextPageParam: (last) => last.next || undefined,
  });
export const openedQuery = (id: Id) =>
  infiniteQueryOptions({
    queryKey: [...keys.decisions, id, 'opened'],
    queryFn: ({ pageParam }) => decisions.opened(id, pageParam),
    initialPageParam: '',
    getNextPageParam: (last) => last.next || undefined,
  });
export const codesQuery = (id: Id) =>
  queryOptions({
    queryKey: [...keys.decisions, id, 'codes'],
    queryFn: async () => {
      const codes: string[] = [];
      for (let after = ''; ; ) {
        const page = await decisions.receipts(id, after);
        codes.push(...page.items.map((x) => x.code));
        if (!page.next) return codes;
        after = page.next;
      }
    },
  });
export const feedQuery = queryOptions({
  queryKey: [...keys.decisions, 'feed'],
  queryFn: decisions.feed,
});

/** A change of a decision; the form shows what went wrong, and the page the decision as it is then. */
export function useChange<In>(mutationFn: (input: In) => Promise<Decision>) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn,
    onSuccess: (fresh) => {
      cache.setQueryData(decisionQuery(fresh.id).queryKey, fresh);
      void cache.invalidateQueries({ queryKey: keys.decisions });
      for (const key of [keys.inbox, keys.threads]) void cache.invalidateQueries({ queryKey: key });
    },
    meta: { quiet: true },
  });
}
