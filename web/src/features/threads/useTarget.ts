import { useEffect, useRef } from 'react';

/** Brings the post that the address names into view, once for each address. */
export function useTarget(target: string | null, ready: boolean) {
  const shown = useRef<string | null>(null);
  useEffect(() => {
    if (!ready || !target || shown.current === target) return;
    const el = document.getElementById(target);
    if (!el) return;
    shown.current = target;
    for (const old of document.querySelectorAll('[data-target]')) old.removeAttribute('data-target');
    el.setAttribute('data-target', '');
    el.scrollIntoView({ block: 'start' });
    el.focus({ preventScroll: true });
  }, [target, ready]);
}
