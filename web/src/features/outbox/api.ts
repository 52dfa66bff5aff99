import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { ops } from '~/api';
import { keys } from '~/api/queries';
import type { Id, Mail, Page } from '~/api/types';

export const outboxQuery = infiniteQueryOptions({
  queryKey: [...keys.outbox, 'all'],
  queryFn: ({ pageParam }) => ops.outbox(pageParam || undefined),
  initialPageParam: '',
  getNextPageParam: (last: Page<Mail>) => last.next || undefined,
});

export const mailQuery = (id: Id) =>
  queryOptions({ queryKey: [...keys.outbox, id], queryFn: () => ops.mail(id) });
