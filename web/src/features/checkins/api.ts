import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { checkins } from '~/api';
import { keys } from '~/api/queries';
import type { Id, Page } from '~/api/types';

const next = { initialPageParam: '', getNextPageParam: (last: Page<unknown>) => last.next || undefined };

export const checkinsQuery = (ended: boolean) =>
  infiniteQueryOptions({
    queryKey: [...keys.checkins, 'all', ended],
    queryFn: ({ pageParam }) => checkins.list({ ended, after: pageParam, limit: 30 }),
    ...next,
  });
export const checkinQuery = (id: Id) =>
  queryOptions({ queryKey: [...keys.checkins, 'one', id], queryFn: () => checkins.one(id), retry: false });
export const mineQuery = queryOptions({
  queryKey: [...keys.checkins, 'mine'],
  queryFn: async () => (await checkins.mine()).items,
});
export const myReportsQuery = queryOptions({
  queryKey: [...keys.checkins, 'my reports'],
  queryFn: async () => (await checkins.myReports({ limit: 6 })).items,
});
export const turnQuery = (id: Id) =>
  queryOptions({ queryKey: [...keys.checkins, 'turn', id], queryFn: () => checkins.turn(id), retry: false });
export const latestQuery = (id: Id) =>
  queryOptions({ queryKey: [...keys.checkins, 'latest', id], queryFn: () => checkins.latest(id) });
export const reportQuery = (id: Id) =>
  queryOptions({
    queryKey: [...keys.checkins, 'report', id],
    queryFn: () => checkins.report(id),
    retry: false,
  });
export const reportsQuery = (id: Id) =>
  infiniteQueryOptions({
    queryKey: [...keys.checkins, 'reports', id],
    queryFn: ({ pageParam }) => checkins.reports(id, { after: pageParam, limit: 15 }),
    ...next,
  });
export const answersQuery = (id: Id) =>
  infiniteQueryOptions({
    queryKey: [...keys.checkins, 'answers', id],
    queryFn: ({ pageParam }) => checkins.answers(id, { after: pageParam, limit: 30 }),
    ...next,
  });
export const figuresQuery = (id: Id) =>
  queryOptions({ queryKey: [...keys.checkins, 'figures', id], queryFn: () => checkins.figures(id) });
export const templatesQuery = queryOptions({
  queryKey: ['checkin templates'],
  queryFn: async () => (await checkins.templates()).items,
  staleTime: 3_600_000,
});
export const bankQuery = queryOptions({
  queryKey: ['checkin bank'],
  queryFn: async () => (await checkins.bank()).items,
  staleTime: 3_600_000,
});

/** Something done about check-ins; whoever calls it shows what went wrong when it is quiet. */
export function useCheckinAct<In, Out>(mutationFn: (input: In) => Promise<Out>, quiet = false) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn,
    onSuccess: () => {
      for (const key of [keys.checkins, keys.inbox, keys.asks])
        void cache.invalidateQueries({ queryKey: key });
    },
    meta: { quiet },
  });
}
