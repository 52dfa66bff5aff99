import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { ops } from '~/api';
import { keys } from '~/api/queries';
import type { Digest, Id, Page } from '~/api/types';

/** The reader's own digests, newest first, page by page. */
export const digestsQuery = infiniteQueryOptions({
  queryKey: [...keys.digests, 'list'],
  queryFn: ({ pageParam }) => ops.digests(pageParam),
  initialPageParam: '',
  getNextPageParam: (last: Page<Digest>) => last.next || undefined,
});

/** One digest with its lines. */
export const digestQuery = (id: Id) =>
  queryOptions({ queryKey: [...keys.digests, id], queryFn: () => ops.digest(id) });
