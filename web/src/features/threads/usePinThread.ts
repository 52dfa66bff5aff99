import { t } from '@lingui/core/macro';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { threads } from '~/api';
import { keys } from '~/api/queries';
import type { Thread } from '~/api/types';
import { toast } from '~/kit';

/** Pins a thread in its space, so that it stays on top of its lists. */
export function usePinThread(thread: Thread) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (pinned: boolean) => threads.change(thread.id, { pinned }),
    onSuccess: (fresh) => {
      cache.setQueryData(keys.thread(thread.id), fresh);
      void cache.invalidateQueries({ queryKey: keys.threads });
      toast(fresh.pinned ? t`Pinned. It stays on top of its space.` : t`Unpinned.`);
    },
  });
}
