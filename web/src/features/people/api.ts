import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { people } from '~/api';
import { keys } from '~/api/queries';
import type { Id } from '~/api/types';

/** Who works when: over some days from an instant on, or from now. */
export const overlapQuery = (ids: Id[], from: string | undefined, days: number) =>
  queryOptions({
    queryKey: [...keys.overlap, ids.join(','), from ?? 'now', days],
    queryFn: () => people.overlap({ people: ids.join(','), from, days }),
    enabled: ids.length > 0,
    // The map of before stays while the next one comes, so that nothing jumps.
    placeholderData: (before) => before,
    staleTime: 60_000,
  });

export const personQuery = (id: Id) =>
  queryOptions({ queryKey: [...keys.people, id], queryFn: () => people.one(id) });

type TeamChange = { id?: Id; name: string; handle?: string; members: Id[] };

/** Makes a team, or changes one. */
export function useSaveTeam() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ id, ...body }: TeamChange) => (id ? people.changeTeam(id, body) : people.makeTeam(body)),
    onSuccess: () => teamsChanged(cache),
    meta: { quiet: true },
  });
}

/** Removes a team; its people and what they wrote stay. */
export function useRemoveTeam() {
  const cache = useQueryClient();
  return useMutation({ mutationFn: people.removeTeam, onSuccess: () => teamsChanged(cache) });
}

function teamsChanged(cache: ReturnType<typeof useQueryClient>) {
  void cache.invalidateQueries({ queryKey: keys.teams });
  void cache.invalidateQueries({ queryKey: keys.people });
}
