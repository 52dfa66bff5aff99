import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { mail, spaces } from '~/api';
import { keys } from '~/api/queries';
import type { Id, Page, PersonRef, Space } from '~/api/types';

export const spaceQuery = (id: Id) =>
  queryOptions({ queryKey: [...keys.spaces, id], queryFn: () => spaces.one(id) });

/** The addresses by which a thread here is started by mail. */
export const spaceMailQuery = (id: Id) =>
  queryOptions({ queryKey: [...keys.spaces, id, 'mail'], queryFn: () => mail.ofSpace(id) });

export const membersQuery = (id: Id) =>
  infiniteQueryOptions({
    queryKey: [...keys.spaces, id, 'members'],
    queryFn: ({ pageParam }) => spaces.members(id, pageParam),
    initialPageParam: '',
    getNextPageParam: (last: Page<PersonRef>) => last.next || undefined,
  });

type Change = Parameters<typeof spaces.change>[1];

/** Changes a space, and puts the fresh one wherever it is shown. */
export function useChangeSpace(id: Id) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (body: Change) => spaces.change(id, body),
    onSuccess: (fresh: Space) => {
      cache.setQueryData([...keys.spaces, id], fresh);
      void cache.invalidateQueries({ queryKey: keys.spaces });
      void cache.invalidateQueries({ queryKey: keys.threads });
    },
  });
}

/** Adds people to a space or ends a membership, one's own too. */
export function useMembership(id: Id) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: async ({ people, on }: { people: Id[]; on: boolean }) => {
      for (const person of people) {
        if (on) await spaces.addMember(id, person);
        else await spaces.removeMember(id, person);
      }
    },
    onSettled: () => void cache.invalidateQueries({ queryKey: keys.spaces }),
  });
}
