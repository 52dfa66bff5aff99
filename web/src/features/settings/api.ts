import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { auth } from '~/api';
import { keys } from '~/api/queries';

export const sessionsQuery = queryOptions({
  queryKey: ['sessions'],
  queryFn: async () => (await auth.sessions()).items,
});
export const tokensQuery = queryOptions({
  queryKey: ['tokens'],
  queryFn: async () => (await auth.tokens()).items,
});
export const attentionQuery = queryOptions({ queryKey: ['attention'], queryFn: auth.attention });

/** Changes something of one's own, and reads again what it touches. */
export function useMine<In, Out>(
  mutationFn: (input: In) => Promise<Out>,
  touches: readonly (readonly string[])[],
  quiet = false,
) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn,
    onSuccess: () => {
      for (const queryKey of touches) void cache.invalidateQueries({ queryKey });
    },
    meta: { quiet },
  });
}

export const mine = [keys.me, keys.people] as const;
