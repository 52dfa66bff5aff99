import { t } from '@lingui/core/macro';
import { useQueryClient } from '@tanstack/react-query';
import { posts } from '~/api';
import { base } from '~/api/client';
import { keys } from '~/api/queries';
import type { Post } from '~/api/types';
import { toast, toastError } from '~/kit';
import { putPost } from './api';
import { copyLink } from './copyLink';
import { putOff, takeBack } from './putOff';

/** What can be done with a post from its menu. */
export function usePostActions(post: Post) {
  const cache = useQueryClient();
  const again = () => void cache.invalidateQueries({ queryKey: keys.posts(post.thread) });
  const pin = async (on = !post.pinned) => {
    try {
      putPost(cache, post.thread, post.id, (p) => ({ ...p, pinned: on }));
      await posts.pin(post.id, on);
      if (on !== post.pinned) toast(on ? t`Pinned.` : t`Unpinned.`, () => void pin(!on));
    } catch (error) {
      toastError(error);
    }
    again();
  };
  const remove = () => {
    putOff(post.id, (leaving) => {
      if (leaving) {
        void fetch(`${base}/posts/${post.id}`, {
          method: 'DELETE',
          keepalive: true,
          credentials: 'same-origin',
        });
        return;
      }
      putPost(cache, post.thread, post.id, (p) => ({ ...p, deleted: true }));
      posts.remove(post.id).catch(toastError).finally(again);
    });
    toast(t`Deleted.`, () => takeBack(post.id));
  };
  return { pin: () => void pin(), remove, copyLink: () => copyLink(`/threads/${post.thread}#${post.id}`) };
}
