import { useEffect, useMemo, useRef } from 'react';
import type { Id } from '~/api/types';
import { makeWatched, type Watched } from './marks';

/** So far beyond the screen cards have all that can be done with them, in CSS pixels. */
const margin = '900px';

/** Calls when there is time; a browser that cannot tell is given some between. */
const idle = (work: (left: IdleDeadline) => void) =>
  typeof requestIdleCallback === 'function'
    ? requestIdleCallback(work)
    : setTimeout(() => work({ didTimeout: false, timeRemaining: () => 8 }), 60);

export type Near = { cards: Watched; look: (list: Element | null) => void };

/**
 * The cards that are complete. Those far from the screen are their words alone at first: they
 * can be searched, read aloud, dragged and stepped to. They get the rest as one comes to them,
 * or a few at a time while the browser has nothing else to do.
 */
export function useNear(): Near {
  const seen = useRef<IntersectionObserver | null>(null);
  const near = useMemo(() => {
    const cards = makeWatched();
    const observer = () => {
      // scrollMargin reaches beyond what a column of the board shows; not all browsers have it.
      const options = { rootMargin: `${margin} 0px`, scrollMargin: `${margin} 0px` };
      seen.current ??= new IntersectionObserver((entries) => {
        const come = entries.filter((e) => e.isIntersecting);
        for (const e of come) seen.current?.unobserve(e.target);
        cards.put(
          come.flatMap((e) => (e.target as HTMLElement).dataset.idea ?? []),
          true,
        );
      }, options);
      return seen.current;
    };
    const rest = new Set<Id>();
    const some = (left: IdleDeadline) => {
      const few: Id[] = [];
      do {
        const [next] = rest;
        if (next === undefined) break;
        rest.delete(next);
        if (!cards.has(next)) few.push(next);
      } while (few.length < 6 && left.timeRemaining() > 4);
      cards.put(few, true);
      if (rest.size > 0) idle(some);
    };
    const look = (list: Element | null) => {
      const waiting = rest.size > 0;
      for (const el of list?.querySelectorAll<HTMLElement>('[data-idea]') ?? []) {
        const id = el.dataset.idea as Id;
        if (cards.has(id)) continue;
        observer().observe(el);
        rest.add(id);
      }
      if (!waiting && rest.size > 0) idle(some);
    };
    return { cards, look };
  }, []);
  useEffect(
    () => () => {
      seen.current?.disconnect();
      seen.current = null;
    },
    [],
  );
  return near;
}
