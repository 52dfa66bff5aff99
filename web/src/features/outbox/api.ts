import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { ops } from '~/api';
import { keys } from '~/api/queries';
import type { Id, Mail, Page } from '~/api/types';

/** The mail that was written, newest first, page by page. */
export const outboxQuery = infiniteQueryOptions({
  queryKey: [...keys.outbox, 'list'],
  queryFn: ({ pageParam }) => ops.outbox(pageParam),
  initialPageParam: '',
  getNextPageParam: (last: Page<Mail>) => last.next || undefined,
});

/** One mail. */
export const mailQuery = (id: Id) =>
  queryOptions({ queryKey: [...keys.outbox, id], queryFn: () => ops.mail(id) });
