import { type PointerEvent, useRef, useState } from 'react';
import { clamp, dayLength, merged, moved, type Span, snap, step } from './ranges';

type Held = { index: number; part: 'all' | 'from' | 'to'; start: number; before: Span; spans: Span[] };

/** Dragging on one day's track: empty ground draws a range, its ends stretch it, its middle moves it. */
export function useDrag(spans: Span[], commit: (spans: Span[]) => void) {
  const held = useRef<Held | null>(null);
  const [live, setLive] = useState<Span[] | null>(null);
  const minuteAt = (event: PointerEvent<HTMLElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    return clamp(((event.clientX - box.left) / box.width) * dayLength, 0, dayLength);
  };
  const onPointerDown = (event: PointerEvent<HTMLElement>) => {
    if (event.button !== 0) return;
    const target = event.target as HTMLElement;
    const at = minuteAt(event);
    const bar = target.closest<HTMLElement>('[data-bar]');
    if (bar) {
      const index = Number(bar.dataset.bar);
      const before = spans[index];
      if (!before) return;
      const part = (target.dataset.edge as 'from' | 'to' | undefined) ?? 'all';
      held.current = { index, part, start: at, before, spans };
    } else {
      const from = Math.min(snap(at), dayLength - step);
      const before = { from, to: from + step };
      held.current = {
        index: spans.length,
        part: 'to',
        start: from + step,
        before,
        spans: [...spans, before],
      };
      setLive(held.current.spans);
    }
    event.currentTarget.setPointerCapture(event.pointerId);
  };
  const onPointerMove = (event: PointerEvent<HTMLElement>) => {
    const h = held.current;
    if (!h) return;
    const by = snap(minuteAt(event) - h.start);
    const next = moved(h.before, h.part, by);
    // By hand an end stops at midnight; typed or by keys it may go on.
    if (h.part === 'to' && h.before.to <= dayLength) next.to = Math.min(next.to, dayLength);
    setLive(h.spans.map((s, i) => (i === h.index ? next : s)));
  };
  const onPointerUp = () => {
    const h = held.current;
    held.current = null;
    if (h && live) commit(merged(live));
    setLive(null);
  };
  const onPointerCancel = () => {
    held.current = null;
    setLive(null);
  };
  return { spans: live ?? spans, on: { onPointerDown, onPointerMove, onPointerUp, onPointerCancel } };
}
