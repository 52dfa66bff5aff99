import { t } from '@lingui/core/macro';
import { useQueryClient } from '@tanstack/react-query';
import { brainstorms } from '~/api';
import type { Idea } from '~/api/brainstorms';
import type { Id } from '~/api/types';
import { toast, toastError } from '~/kit';
import { boardKey, oneQuery } from './api';
import { ideaName } from './words';

/** What one may do with ideas of one's own; each with a way back. */
export function useOwn(id: Id) {
  const cache = useQueryClient();
  const fresh = () => {
    void cache.invalidateQueries({ queryKey: oneQuery(id).queryKey, exact: true });
    return cache.invalidateQueries({ queryKey: boardKey(id) });
  };
  const tell = (promise: Promise<unknown>) => promise.then(fresh).catch(toastError);
  return {
    remove: (idea: Idea) =>
      tell(
        brainstorms
          .remove(id, idea.id)
          .then(() =>
            toast(t`Deleted: ${ideaName(idea)}`, () => void tell(brainstorms.restore(id, idea.id))),
          ),
      ),
    claim: (idea: Idea) =>
      tell(
        brainstorms
          .claim(id, idea.id)
          .then(() =>
            toast(t`Your name stands on it now.`, () => void tell(brainstorms.unclaim(id, idea.id))),
          ),
      ),
    unclaim: (idea: Idea) =>
      tell(
        brainstorms
          .unclaim(id, idea.id)
          .then(() => toast(t`Your name is off it.`, () => void tell(brainstorms.claim(id, idea.id)))),
      ),
  };
}
