import { infiniteQueryOptions, keepPreviousData } from '@tanstack/react-query';
import { ops } from '~/api';
import { keys } from '~/api/queries';
import type { Found } from '~/api/types';

/** What a search finds, best first, page by page; the list before stays until the next is there. */
export const searchQuery = (q: string, best = false) =>
  infiniteQueryOptions({
    queryKey: [...keys.search, q, best],
    queryFn: ({ pageParam, signal }) => ops.search(q, pageParam, signal, best ? 'relevance' : undefined),
    initialPageParam: '',
    getNextPageParam: (last: Found) => last.next || undefined,
    enabled: q.trim() !== '',
    placeholderData: keepPreviousData,
    staleTime: 30_000,
  });
