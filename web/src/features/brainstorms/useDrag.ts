import { type DragEvent, useMemo, useRef } from 'react';
import type { Id } from '~/api/types';
import type { Watched } from './marks';

export type Dropped = { ideas: Id[]; group: Id | null; before?: Id };

/**
 * Dragging of cards for the whole board at once. While something is dragged nothing is
 * drawn by React: where it would land is marked on the elements themselves. Whoever does
 * not drag has the same in each card's menu.
 */
export function useDrag(marked: Watched, onDrop: (drop: Dropped) => void) {
  const dragged = useRef<Id[]>([]);
  const lit = useRef<Element | null>(null);
  const latest = useRef(onDrop);
  latest.current = onDrop;
  return useMemo(() => {
    const light = (el: Element | null) => {
      if (lit.current === el) return;
      lit.current?.removeAttribute('data-over');
      el?.setAttribute('data-over', '');
      lit.current = el;
    };
    const targetOf = (event: DragEvent) => {
      const el = event.target as Element;
      const card = el.closest('[data-idea]');
      const own = card && dragged.current.includes(card.getAttribute('data-idea') ?? '');
      return { pile: el.closest('[data-pile]'), card: own ? null : card };
    };
    const end = () => {
      light(null);
      for (const el of document.querySelectorAll('[data-dragged]')) el.removeAttribute('data-dragged');
      dragged.current = [];
    };
    return {
      onDragStart: (event: DragEvent) => {
        const card = (event.target as Element).closest?.('[data-idea]');
        const id = card?.getAttribute('data-idea');
        if (!card || !id || (event.target as Element).closest('a, img, textarea, input')) return;
        dragged.current = marked.has(id) ? [...marked.all()] : [id];
        event.dataTransfer.effectAllowed = 'move';
        event.dataTransfer.setData('text/plain', card.querySelector('.bs-text')?.textContent ?? '');
        card.setAttribute('data-dragged', '');
      },
      onDragOver: (event: DragEvent) => {
        if (dragged.current.length === 0) return;
        const { pile, card } = targetOf(event);
        if (pile) {
          event.preventDefault();
          event.dataTransfer.dropEffect = 'move';
        }
        light(card ?? pile);
      },
      onDrop: (event: DragEvent) => {
        if (dragged.current.length === 0) return;
        const { pile, card } = targetOf(event);
        if (pile) {
          event.preventDefault();
          latest.current({
            ideas: dragged.current,
            group: pile.getAttribute('data-pile') || null,
            before: card?.getAttribute('data-idea') ?? undefined,
          });
        }
        end();
      },
      onDragEnd: end,
    };
  }, [marked]);
}
