import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { auth, mail } from '~/api';
import { keys } from '~/api/queries';
import type { Attention, Id } from '~/api/types';

const attentionKey = ['attention'];

/** How the reader wants to be reached. */
export const attentionQuery = queryOptions({ queryKey: attentionKey, queryFn: auth.attention });
/** How mail stands for the reader: what is held, other addresses, whether it is paused. */
export const myMailQuery = queryOptions({ queryKey: keys.mail, queryFn: mail.mine });
/** The browsers in which the reader is signed in. */
export const sessionsQuery = queryOptions({
  queryKey: ['sessions'],
  queryFn: async () => (await auth.sessions()).items,
});
/** The tokens of the reader's programs, without what is secret. */
export const tokensQuery = queryOptions({
  queryKey: ['tokens'],
  queryFn: async () => (await auth.tokens()).items,
});

/** Changes name, title or handle. */
export function useChangeMe() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: auth.changeMe,
    onSuccess: (me) => {
      cache.setQueryData(keys.me, me);
      void cache.invalidateQueries({ queryKey: keys.people });
    },
    meta: { quiet: true },
  });
}

/** Changes the password; other sessions end, and tokens unless they are kept. */
export function useChangePassword() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (p: { current: string; next: string; keepTokens: boolean }) =>
      auth.changePassword(p.current, p.next, p.keepTokens),
    onSuccess: () => {
      void cache.invalidateQueries({ queryKey: ['sessions'] });
      void cache.invalidateQueries({ queryKey: ['tokens'] });
    },
    gcTime: 0,
    meta: { quiet: true },
  });
}

/** Changes how the reader wants to be reached. */
export function useChangeAttention() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (body: Attention) => auth.changeAttention(body),
    onSuccess: (fresh, asked) => {
      cache.setQueryData(attentionKey, fresh ?? asked);
      void cache.invalidateQueries({ queryKey: keys.forecast });
    },
  });
}

/** Ends some sessions of the reader's, one after the other. */
export function useEndSessions() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: async (ids: Id[]) => {
      for (const id of ids) await auth.endSession(id);
    },
    onSettled: () => cache.invalidateQueries({ queryKey: ['sessions'] }),
  });
}

/** Ends every session, this one last, and goes to the door. */
export function useSignOutEverywhere() {
  const cache = useQueryClient();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: async () => {
      const { items } = await auth.sessions();
      for (const one of items.filter((x) => !x.current)) await auth.endSession(one.id);
      await auth.signOut();
    },
    onSuccess: async () => {
      await navigate({ to: '/sign-in' });
      cache.clear();
    },
  });
}

/** Makes a token. What is secret stays in the answer alone and is forgotten with it. */
export function useMakeToken() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: auth.makeToken,
    onSuccess: () => cache.invalidateQueries({ queryKey: ['tokens'] }),
    gcTime: 0,
    meta: { quiet: true },
  });
}

/** Takes a token back. */
export function useEndToken() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: auth.endToken,
    onSettled: () => cache.invalidateQueries({ queryKey: ['tokens'] }),
  });
}

/** Does something about the reader's own mail, and looks at it anew. */
export function useMailAct() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (act: () => Promise<unknown>) => act(),
    onSettled: () => cache.invalidateQueries({ queryKey: keys.mail }),
  });
}
