import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { ops } from '~/api';
import { keys } from '~/api/queries';
import type { Digest, Id, Page } from '~/api/types';

export const digestsQuery = infiniteQueryOptions({
  queryKey: [...keys.digests, 'all'],
  queryFn: ({ pageParam }) => ops.digests(pageParam || undefined),
  initialPageParam: '',
  getNextPageParam: (last: Page<Digest>) => last.next || undefined,
});

export const digestQuery = (id: Id) =>
  queryOptions({ queryKey: [...keys.digests, id], queryFn: () => ops.digest(id) });
