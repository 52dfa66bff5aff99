import { useEffect, useState } from 'react';

/**
 * The server's clock. In a demo time is moved by hand, so nothing on screen may ask
 * the browser's clock what time it is.
 */
let offset = 0;
const watchers = new Set<() => void>();

/** Learns the server's time from an answer that carries it. */
export function setNow(instant: string) {
  const next = Date.parse(instant) - Date.now();
  if (Number.isNaN(next)) return;
  // A second of network is no news; a moved clock is.
  if (Math.abs(next - offset) < 2000) return;
  offset = next;
  for (const tell of watchers) tell();
}

/** The server's now, in milliseconds since 1970. */
export const now = () => Date.now() + offset;

/** The server's now, drawn again each `every` milliseconds and whenever the clock is moved. */
export function useNow(every = 30_000): number {
  const [at, setAt] = useState(now);
  useEffect(() => {
    const tick = () => setAt(now());
    const timer = setInterval(tick, every);
    watchers.add(tick);
    tick();
    return () => {
      clearInterval(timer);
      watchers.delete(tick);
    };
  }, [every]);
  return at;
}
