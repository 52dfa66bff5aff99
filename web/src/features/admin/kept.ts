import { useState } from 'react';
import { useMe } from '~/api/queries';
import type { Id } from '~/api/types';

/** The import being looked at, and the upload it is of, for as long as this browser tab is open. */
export type Kept = { import?: Id; upload?: Id };

/** Remembers the import across a reload, so that a dry run's file need not be sent again. */
export function useKept() {
  const key = `meantime.import.${useMe().workspace.id}`;
  const [kept, setKept] = useState<Kept>(() => read(key));
  const keep = (next: Kept) => {
    setKept(next);
    try {
      sessionStorage.setItem(key, JSON.stringify(next));
    } catch {
      // Without storage it is forgotten on a reload, which is all it is for.
    }
  };
  return [kept, keep] as const;
}

function read(key: string): Kept {
  try {
    return (JSON.parse(sessionStorage.getItem(key) ?? '{}') ?? {}) as Kept;
  } catch {
    return {};
  }
}
