import { infiniteQueryOptions, keepPreviousData } from '@tanstack/react-query';
import { ops } from '~/api';
import { keys } from '~/api/queries';
import type { Found } from '~/api/types';

/** What a search finds, best first, page by page; the list before stays until the next is there. */
export const searchQuery = (q: string) =>
  infiniteQueryOptions({
    queryKey: [...keys.search, q],
    queryFn: ({ pageParam, signal }) => ops.search(q, pageParam, signal),
    initialPageParam: '',
    getNextPageParam: (last: Found) => last.next || undefined,
    enabled: q.trim() !== '',
    placeholderData: keepPreviousData,
    staleTime: 30_000,
  });
