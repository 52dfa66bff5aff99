import { useState } from 'react';
import { useNow } from '~/api/clock';
import type { Me } from '~/api/types';

/** For how long a closed page opens. */
export const openFor = 30 * 60_000;

/** Whether the reader works at an instant, by what is known of their day. */
export function working({ day }: Pick<Me, 'day'>, now: number): boolean {
  const within = day.working.some((r) => Date.parse(r.from) <= now && now < Date.parse(r.to));
  // What is known may be of yesterday: then their next start has come.
  return within || (day.next_start !== null && Date.parse(day.next_start) <= now);
}

/** Whether the pages are closed: by the reader's own wish, outside their hours, and not opened of late. */
export function closedNow(me: Pick<Me, 'closes' | 'day'>, now: number, opened: number): boolean {
  return me.closes && !working(me, now) && !(opened <= now && now < opened + openFor);
}

const keyOf = (me: Me) => `meantime opened ${me.person.id}`;

/** The same for this browser, which remembers that the reader opened the pages. */
export function useClosed(me: Me): { closed: boolean; open: () => void } {
  const now = useNow(me.closes ? 10_000 : 3_600_000);
  const [opened, setOpened] = useState(() => Number(kept(keyOf(me))) || 0);
  return {
    closed: closedNow(me, now, opened),
    open: () => {
      setOpened(now);
      try {
        localStorage.setItem(keyOf(me), String(now));
      } catch {
        // Without a store it is open until the page is loaded anew.
      }
    },
  };
}

function kept(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}
