import {
  type InfiniteData,
  infiniteQueryOptions,
  queryOptions,
  useMutation,
  useQueryClient,
} from '@tanstack/react-query';
import { auth, ops, people } from '~/api';
import { keys } from '~/api/queries';
import type { Id, Import, Page, Role } from '~/api/types';

const invitationsKey = ['invitations'] as const;

export const invitationsQuery = queryOptions({
  queryKey: invitationsKey,
  queryFn: async () => (await auth.invitations()).items,
});

export const workspaceQuery = queryOptions({
  queryKey: [...keys.people, 'workspace'],
  queryFn: people.workspace,
});

export const importsQuery = infiniteQueryOptions({
  queryKey: [...keys.imports, 'all'],
  queryFn: ({ pageParam }) => ops.imports(pageParam),
  initialPageParam: '',
  getNextPageParam: (last: Page<Import>) => last.next || undefined,
});

/** An import that has not ended yet. */
export const isOpen = (one: Import) => one.state === 'checking' || one.state === 'running';

/** One import; asked for again and again until it has ended. */
export const importQuery = (id: Id) =>
  queryOptions({
    queryKey: [...keys.imports, id],
    queryFn: () => ops.import(id),
    refetchInterval: ({ state }) => (state.data && !isOpen(state.data) ? false : 600),
  });

export type Standing = { id: Id; role?: Role; guest_until?: string };

/** Gives somebody another role, or a guest another end ("" for none). */
export function useStanding() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ id, ...body }: Standing) => people.change(id, body),
    onSettled: () => {
      void cache.invalidateQueries({ queryKey: keys.people });
      void cache.invalidateQueries({ queryKey: keys.me });
    },
  });
}

/** Removes somebody from the workspace; what they wrote stays. */
export function useRemovePerson() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: people.remove,
    onSuccess: () => {
      void cache.invalidateQueries({ queryKey: keys.people });
      void cache.invalidateQueries({ queryKey: keys.teams });
    },
  });
}

export function useInvite() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: auth.invite,
    onSuccess: () => void cache.invalidateQueries({ queryKey: invitationsKey }),
    meta: { quiet: true },
    // The answer holds the link; it is not kept once the dialog is closed.
    gcTime: 0,
  });
}

export function useUninvite() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: auth.endInvitation,
    onSettled: () => void cache.invalidateQueries({ queryKey: invitationsKey }),
  });
}

export function useRename() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (name: string) => people.changeWorkspace({ name }),
    onSuccess: (workspace) => {
      cache.setQueryData(workspaceQuery.queryKey, workspace);
      void cache.invalidateQueries({ queryKey: keys.me });
    },
    meta: { quiet: true },
  });
}

/** Begins a dry run or an import of an upload. */
export function useStartImport() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ upload, dry }: { upload: Id; dry: boolean }) => ops.importSlack(upload, dry),
    onSuccess: (one) => cache.setQueryData([...keys.imports, one.id], one),
    onSettled: () => void cache.invalidateQueries({ queryKey: importsQuery.queryKey }),
    meta: { quiet: true },
  });
}

export function useCancelImport() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ops.cancelImport,
    onSettled: () => void cache.invalidateQueries({ queryKey: keys.imports }),
  });
}

/** All imports that were fetched so far, newest first. */
export const flat = (data: InfiniteData<Page<Import>> | undefined): Import[] =>
  data?.pages.flatMap((page) => page.items) ?? [];
