import { infiniteQueryOptions } from '@tanstack/react-query';
import { threads } from '~/api';
import { keys } from '~/api/queries';
import type { ThreadFilter } from '~/api/spaces';
import type { Page, Thread } from '~/api/types';

export type ThreadsAsked = { space?: string; state?: string; filter?: ThreadFilter };

/** Threads of a filter, newest activity first, page by page. */
export const threadsQuery = (asked: ThreadsAsked) =>
  infiniteQueryOptions({
    queryKey: [...keys.threads, 'list', asked],
    queryFn: ({ pageParam }) => threads.list({ ...asked, after: pageParam }),
    initialPageParam: '',
    getNextPageParam: (last: Page<Thread>) => last.next || undefined,
  });
