import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { pages } from '~/api';
import { keys } from '~/api/queries';
import type { Id } from '~/api/types';

export const pageOfAsk = (ask: Id) =>
  queryOptions({ queryKey: [...keys.pages, 'ask', ask], queryFn: () => pages.ofAsk(ask), retry: false });
export const myPages = queryOptions({
  queryKey: [...keys.pages, 'mine'],
  queryFn: pages.mine,
  staleTime: 30_000,
});

export type PageAct =
  | { do: 'acknowledge' }
  | { do: 'resolve'; note: string }
  | { do: 'judge'; rightly: boolean; note: string };

/** Acts on a page; whatever shows it or its ask is read anew. */
export function usePageAct(page: Id) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (act: PageAct) => {
      if (act.do === 'acknowledge') return pages.acknowledge(page);
      if (act.do === 'resolve') return pages.resolve(page, act.note);
      return pages.judge(page, act.rightly, act.note);
    },
    onSettled: () => {
      for (const queryKey of [keys.pages, keys.inbox, keys.asks, keys.threads, ['thread'], ['posts']])
        void cache.invalidateQueries({ queryKey });
    },
    meta: { quiet: true },
  });
}
