import { t } from '@lingui/core/macro';
import type { KeyboardEvent } from 'react';
import { clockText, dayLength, moved, type Span, step } from './ranges';
import { useDrag } from './useDrag';

const percent = (minute: number) => `${(100 * Math.min(minute, dayLength)) / dayLength}%`;

/** One day of the week grid: its bars, and the end of the night before. */
export function DayTrack({
  day,
  help,
  spans,
  spill,
  under,
  onChange,
}: {
  day: string;
  help: string;
  spans: Span[];
  spill: Span[];
  under: Span[];
  onChange: (spans: Span[]) => void;
}) {
  const drag = useDrag(spans, onChange);
  const key = (event: KeyboardEvent, index: number) => {
    const span = spans[index];
    if (!span) return;
    if (event.key === 'Delete' || event.key === 'Backspace') {
      event.preventDefault();
      const track = event.currentTarget.parentElement;
      onChange(spans.filter((_, i) => i !== index));
      // Focus stays on this day: on another bar, or in its field.
      requestAnimationFrame(() =>
        (
          track?.querySelector<HTMLElement>('[data-bar]') ?? track?.parentElement?.querySelector('input')
        )?.focus(),
      );
      return;
    }
    const next = byKey(span, event);
    if (!next) return;
    event.preventDefault();
    onChange(spans.map((s, i) => (i === index ? next : s)));
  };
  return (
    <div className="wg-track" {...drag.on}>
      {under.map((s) => (
        <span key={`u${s.from}`} className="wg-under" style={place(s)} />
      ))}
      {spill
        .filter((s) => s.to > dayLength)
        .map((s) => (
          <span
            key={`s${s.from}`}
            className="wg-spill"
            style={{ insetInlineStart: 0, inlineSize: percent(s.to - dayLength) }}
            title={t`from the day before`}
          />
        ))}
      {drag.spans.map((s, i) => (
        <button
          key={i}
          type="button"
          data-bar={i}
          className="wg-bar"
          data-over={s.to > dayLength || undefined}
          style={place(s)}
          aria-label={t`${day} ${clockText(s.from)}–${clockText(s.to)}`}
          aria-describedby={help}
          onKeyDown={(event) => key(event, i)}
        >
          <span className="wg-edge" data-edge="from" />
          <span className="wg-text">{barText(s)}</span>
          <span className="wg-edge" data-edge="to" />
        </button>
      ))}
    </div>
  );
}

/** As much of a range as its bar has room for. */
function barText(s: Span): string {
  const room = Math.min(s.to, dayLength) - s.from;
  if (room >= 170) return `${clockText(s.from)}–${clockText(s.to)}`;
  return room >= 90 ? clockText(s.from) : '';
}

const place = (s: Span) => ({
  insetInlineStart: percent(s.from),
  inlineSize: percent(Math.min(s.to, dayLength) - s.from),
});

/** What an arrow key does to a range. */
function byKey(span: Span, event: KeyboardEvent): Span | null {
  const part = event.shiftKey ? 'from' : 'to';
  switch (event.key) {
    case 'ArrowLeft':
      return moved(span, 'all', -step);
    case 'ArrowRight':
      return moved(span, 'all', step);
    case 'ArrowUp':
      return moved(span, part, step);
    case 'ArrowDown':
      return moved(span, part, -step);
    default:
      return null;
  }
}
