import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { auth } from '~/api';

/** Signs out and forgets everything that was fetched. Drafts stay, under their writer's name. */
export function useSignOut() {
  const cache = useQueryClient();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: auth.signOut,
    onSuccess: async () => {
      await navigate({ to: '/sign-in' });
      cache.clear();
    },
  });
}

/** Goes over to another workspace of the same person. */
export function useSwitch() {
  const cache = useQueryClient();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: auth.toWorkspace,
    onSuccess: async () => {
      await cache.resetQueries();
      await navigate({ to: '/inbox' });
    },
  });
}
