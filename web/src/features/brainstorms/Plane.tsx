import { t } from '@lingui/core/macro';
import { type KeyboardEvent, type PointerEvent, useRef } from 'react';
import type { Id } from '~/api/types';

export type Spot = { id: Id; n: number; name: string; impact: number; effort: number };
type Props = {
  spots: Spot[];
  /** With it spots can be moved, by dragging and by the arrow keys, in whole steps. */
  onMove?: (id: Id, impact: number, effort: number) => void;
  onPick?: (id: Id) => void;
};

const most = 5;
const part = (v: number) => ((v - 1) / (most - 1)) * 100;

/** A plane of what ideas would bring (upwards) and what they would take (along the line). */
export function Plane({ spots, onMove, onPick }: Props) {
  const plane = useRef<HTMLDivElement>(null);
  const held = useRef<Id | null>(null);
  const at = (event: PointerEvent) => {
    const box = plane.current?.getBoundingClientRect();
    if (!box) return null;
    const along = (event.clientX - box.left) / box.width;
    const rtl = document.documentElement.dir === 'rtl';
    const clamp = (v: number) => Math.min(most, Math.max(1, Math.round(1 + v * (most - 1))));
    return {
      impact: clamp(1 - (event.clientY - box.top) / box.height),
      effort: clamp(rtl ? 1 - along : along),
    };
  };
  const drag = (event: PointerEvent) => {
    const to = held.current && at(event);
    const spot = spots.find((s) => s.id === held.current);
    if (to && spot && (to.impact !== spot.impact || to.effort !== spot.effort))
      onMove?.(spot.id, to.impact, to.effort);
  };
  const press = (event: KeyboardEvent, s: Spot) => {
    const rtl = document.documentElement.dir === 'rtl' ? -1 : 1;
    const step = { ArrowUp: [1, 0], ArrowDown: [-1, 0], ArrowRight: [0, rtl], ArrowLeft: [0, -rtl] }[
      event.key
    ];
    if (!step || !onMove) return;
    event.preventDefault();
    const clamp = (v: number) => Math.min(most, Math.max(1, v));
    onMove(s.id, clamp(s.impact + (step[0] ?? 0)), clamp(s.effort + (step[1] ?? 0)));
  };
  const seen = new Map<string, number>();
  return (
    <figure className="bs-plane">
      <div ref={plane} className="bs-plane-box" role="group" aria-label={t`Impact and effort`}>
        <span className="bs-corner" data-at="win">{t`quick wins`}</span>
        <span className="bs-corner" data-at="bet">{t`big bets`}</span>
        <span className="bs-corner" data-at="fill">{t`fill-ins`}</span>
        <span className="bs-corner" data-at="sink">{t`time sinks`}</span>
        {spots.map((s) => {
          const cell = `${s.impact.toFixed(1)} ${s.effort.toFixed(1)}`;
          const nth = seen.get(cell) ?? 0;
          seen.set(cell, nth + 1);
          const words = t`Idea ${s.n}, ${s.name}: impact ${round(s.impact)}, effort ${round(s.effort)}`;
          return (
            <button
              key={s.id}
              type="button"
              className="bs-spot"
              title={words}
              aria-label={words}
              // Spots of one place lie beside each other, in a small spiral of rows.
              style={{
                insetBlockEnd: `${part(s.impact)}%`,
                insetInlineStart: `${part(s.effort)}%`,
                translate: nth === 0 ? undefined : `${(nth % 3) * 13}px ${Math.floor(nth / 3) * 13}px`,
              }}
              onKeyDown={(e) => press(e, s)}
              onClick={() => onPick?.(s.id)}
              onPointerDown={(e) => {
                if (!onMove) return;
                held.current = s.id;
                e.currentTarget.setPointerCapture(e.pointerId);
              }}
              onPointerMove={drag}
              onPointerUp={() => (held.current = null)}
              onPointerCancel={() => (held.current = null)}
            >
              {s.n}
            </button>
          );
        })}
      </div>
      <span className="bs-axis" data-of="impact" aria-hidden>
        <span>{t`impact`}</span>
      </span>
      <span className="bs-axis" data-of="effort" aria-hidden>{t`effort`}</span>
      {onMove && (
        <figcaption className="due-note">
          {spots.length > 0
            ? t`Drag the numbers, or move them with the arrow keys.`
            : t`Ideas stand here once you give them impact and effort below.`}
        </figcaption>
      )}
    </figure>
  );
}

const round = (v: number) => Math.round(v * 10) / 10;
