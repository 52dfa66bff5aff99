import { useRouter } from '@tanstack/react-router';
import { useEffect } from 'react';
import type { Id } from '~/api/types';

/** Not before the page is there and the browser has nothing else to do. */
const idle = (run: () => void) =>
  'requestIdleCallback' in window ? requestIdleCallback(run, { timeout: 10_000 }) : setTimeout(run, 3000);

/** Keeps what runs while no page is open, and goes where a notification that was pressed leads. */
export function useDevice(person: Id) {
  const router = useRouter();
  useEffect(() => {
    if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return;
    idle(() => {
      // A browser that will not is as it was: the page needs none of this.
      void import('~/core/device').then((m) => m.keep(person, 'This browser')).catch(() => {});
    });
    const open = (e: MessageEvent) => {
      const path: unknown = e.data?.open;
      if (typeof path !== 'string') return;
      e.ports[0]?.postMessage(true);
      router.history.push(path);
    };
    navigator.serviceWorker.addEventListener('message', open);
    return () => navigator.serviceWorker.removeEventListener('message', open);
  }, [person, router]);
}
