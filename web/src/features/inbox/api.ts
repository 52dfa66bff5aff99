import { t } from '@lingui/core/macro';
import { infiniteQueryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { inbox } from '~/api';
import { inboxCounts, keys } from '~/api/queries';
import type { Inbox, InboxRow, InboxTab } from '~/api/types';
import { dropRow } from '~/core/asks/actions';
import { toast, toastError } from '~/kit';

/** One tab of the inbox, page by page. */
export const inboxQuery = (tab: InboxTab) =>
  infiniteQueryOptions({
    queryKey: [...keys.inbox, 'list', tab],
    queryFn: async ({ pageParam, client }) => {
      const page = await inbox.list({ tab, after: pageParam });
      client.setQueryData(inboxCounts.queryKey, page.counts);
      return page;
    },
    initialPageParam: '',
    getNextPageParam: (last: Inbox) => last.next || undefined,
  });

export type Put =
  | { do: 'done' }
  | { do: 'wake' }
  | { do: 'snooze'; until?: string; next_start?: boolean; on_reply_by?: string };

/** Puts a row away: it leaves the list at once, and comes back when that fails or is taken back. */
export function usePut() {
  const cache = useQueryClient();
  const refresh = () => cache.invalidateQueries({ queryKey: keys.inbox });
  const back = async (key: string, put: Put) => {
    try {
      if (put.do === 'done') await inbox.undone(key);
      if (put.do === 'snooze') await inbox.wake(key);
    } catch (error) {
      toastError(error);
    }
    void refresh();
  };
  return useMutation({
    mutationFn: async ({ row, put }: { row: InboxRow; put: Put }) => {
      if (put.do === 'done') await inbox.done(row.key);
      else if (put.do === 'wake') await inbox.wake(row.key);
      else
        await inbox.snooze(row.key, {
          until: put.until,
          next_start: put.next_start,
          on_reply_by: put.on_reply_by,
        });
    },
    onMutate: async ({ row }) => {
      await cache.cancelQueries({ queryKey: keys.inbox });
      const before = cache.getQueriesData({ queryKey: keys.inbox });
      dropRow(cache, row.key);
      return before;
    },
    onError: (_error, _asked, before) => {
      for (const [key, data] of before ?? []) cache.setQueryData(key, data);
    },
    onSuccess: (_nothing, { row, put }) => {
      const words = { done: t`Done.`, snooze: t`Set aside.`, wake: t`Back in your inbox.` }[put.do];
      toast(words, put.do === 'wake' ? undefined : () => void back(row.key, put));
    },
    onSettled: () => void refresh(),
  });
}
