import { useSyncExternalStore } from 'react';
import type { Id } from '~/api/types';

/** Ids in a set that tells those who watch it; a card watches itself alone. */
export type Watched = {
  has: (id: Id) => boolean;
  all: () => ReadonlySet<Id>;
  put: (ids: Iterable<Id>, on: boolean) => void;
  watch: (tell: () => void, id?: Id) => () => void;
};

/** The marked cards, or those that came near the screen: known outside of React, so that a
 * change of one card draws that card and not the five hundred beside it. */
export function makeWatched(): Watched {
  let now: ReadonlySet<Id> = new Set();
  const every = new Set<() => void>();
  const of = new Map<Id, () => void>();
  return {
    has: (id) => now.has(id),
    all: () => now,
    put: (ids, on) => {
      const changed = [...ids].filter((id) => now.has(id) !== on);
      if (changed.length === 0) return;
      const next = new Set(now);
      for (const id of changed) on ? next.add(id) : next.delete(id);
      now = next;
      for (const id of changed) of.get(id)?.();
      for (const tell of every) tell();
    },
    watch: (tell, id) => {
      if (id === undefined) every.add(tell);
      else of.set(id, tell);
      return () => {
        if (id === undefined) every.delete(tell);
        else if (of.get(id) === tell) of.delete(id);
      };
    },
  };
}

/** Whether one id is among them. */
export function useIs(them: Watched, id: Id): boolean {
  return useSyncExternalStore(
    (tell) => them.watch(tell, id),
    () => them.has(id),
  );
}

/** All of them. */
export const useAllOf = (them: Watched): ReadonlySet<Id> =>
  useSyncExternalStore((tell) => them.watch(tell), them.all);
