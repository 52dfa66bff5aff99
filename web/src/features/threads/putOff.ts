import { useSyncExternalStore } from 'react';

/**
 * Things that happen a little later, so that they can be taken back: the page shows them as done
 * at once, and the server hears of them when nobody took them back. Leaving the page does them.
 */
type Waiting = { timer: ReturnType<typeof setTimeout>; now: (leaving: boolean) => void };
const waiting = new Map<string, Waiting>();
const watchers = new Set<() => void>();
let shown: ReadonlySet<string> = new Set();

function tell() {
  shown = new Set(waiting.keys());
  for (const watch of watchers) watch();
}

/** Puts something off for as long as a toast offers to undo it. */
export function putOff(id: string, act: (leaving: boolean) => void, wait = 8_500) {
  const now = (leaving: boolean) => {
    takeBack(id);
    act(leaving);
  };
  waiting.set(id, { timer: setTimeout(() => now(false), wait), now });
  tell();
}

/** Takes it back; it never happens. */
export function takeBack(id: string) {
  clearTimeout(waiting.get(id)?.timer);
  waiting.delete(id);
  tell();
}

/** The ids of what is put off. */
export const usePutOff = () =>
  useSyncExternalStore(
    (watch) => {
      watchers.add(watch);
      return () => watchers.delete(watch);
    },
    () => shown,
  );

/** Does at once whatever still waits. */
export function flush() {
  for (const one of [...waiting.values()]) one.now(true);
}
if (typeof window !== 'undefined') window.addEventListener('pagehide', flush);
