import type { Id } from '~/api/types';

export const focusedCard = () => document.activeElement?.closest<HTMLElement>('[data-idea]') ?? null;

/** Moves the focus along the cards, in the order in which they stand; what is folded away is passed by. */
export function stepCards(by: number) {
  const all = document.querySelectorAll<HTMLElement>('#content [data-idea]');
  const from = Array.prototype.indexOf.call(all, focusedCard());
  let at = from < 0 ? (by > 0 ? 0 : all.length - 1) : from + by;
  while (all[at]?.offsetParent === null) at += by;
  all[at]?.focus({ preventScroll: true });
  all[at]?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
}

const patience = 2000; // ms in which a slow machine has drawn what was moved

/**
 * Brings the focus to a card once it stands where it was moved to, and again when it is drawn
 * anew there; until somebody presses, types or puts the focus elsewhere.
 */
export function focusIdea(id: Id) {
  const end = new AbortController();
  const over = () => end.abort();
  const focus = () => {
    const at = document.activeElement;
    const card = document.querySelector<HTMLElement>(`[data-idea="${CSS.escape(id)}"]`);
    if (card && !card.contains(at)) card.focus();
  };
  requestAnimationFrame(() =>
    requestAnimationFrame(() => {
      if (end.signal.aborted) return;
      focus();
      const drawn = new MutationObserver(() => document.activeElement === document.body && focus());
      drawn.observe(document.body, { childList: true, subtree: true });
      end.signal.addEventListener('abort', () => drawn.disconnect());
    }),
  );
  for (const kind of ['pointerdown', 'keydown'])
    addEventListener(kind, over, { capture: true, signal: end.signal });
  setTimeout(over, patience);
}
