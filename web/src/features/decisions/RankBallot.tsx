import { t } from '@lingui/core/macro';
import { ActionIcon, Button } from '@mantine/core';
import { IconEqual, IconGripVertical } from '@tabler/icons-react';
import { type KeyboardEvent, type PointerEvent, useEffect, useRef, useState } from 'react';
import { useMe } from '~/api/queries';
import { InOrder } from '~/kit';
import type { FieldProps } from './Choices';
import { OptionLine } from './Options';
import { added, moved, numbersOf, placesOf, type Ranked, rankedOf, tied, without } from './order';
import { optionName } from './words';

/** Puts options in order: by dragging, by the arrow keys on a handle, or by buttons. */
export function RankBallot({ decision, marks, set }: FieldProps) {
  const zone = useMe().person.zone;
  const list = rankedOf(marks.abstain ? [] : (marks.ranking ?? []).map((g) => g ?? []));
  const [said, setSaid] = useState('');
  const box = useRef<HTMLOListElement>(null);
  const rest = decision.options.filter((o) => !list.some((x) => x.key === o.key));
  const option = (key: string) => decision.options.find((o) => o.key === key);
  const name = (key: string) => {
    const o = option(key);
    return o ? optionName(o, zone) : key;
  };
  const numbers = numbersOf(list);
  const [whole, hold] = useFocusHeld();
  const put = (next: Ranked, key?: string) => {
    hold(key);
    set({ abstain: false, ranking: placesOf(next) });
    const at = next.findIndex((x) => x.key === key);
    if (key && at >= 0) setSaid(t`${name(key)}: place ${numbersOf(next)[at] ?? 0} of ${next.length}`);
  };
  const keys = list.map((x) => x.key);
  const reorder = (at: number, next: string[]) => {
    const key = keys[at] ?? '';
    const to = next.indexOf(key);
    put(to < 0 ? without(list, at) : moved(list, at, to), key);
  };
  const shift = (at: number, by: number) => put(moved(list, at, at + by), list[at]?.key);
  const drag = useDragOrder(box, list, (next, key) => put(next, key));
  const press = (event: KeyboardEvent, at: number) => {
    const by = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : 0;
    if (!by) return;
    event.preventDefault();
    event.stopPropagation();
    shift(at, by);
  };
  return (
    <div className="dec-rank" ref={whole}>
      <h3>{t`Your order, best first`}</h3>
      {list.length === 0 && <p className="due-note">{t`Nothing yet. Add what you like best first.`}</p>}
      <ol ref={box} aria-label={t`Your order, best first`}>
        {list.map((x, at) => {
          const o = option(x.key);
          const called = name(x.key);
          if (!o) return null;
          return (
            <li
              key={x.key}
              data-key={x.key}
              data-equal={x.equal || undefined}
              data-held={drag.held === x.key || undefined}
            >
              <button
                type="button"
                className="dec-grip"
                aria-label={t`Move ${called}: arrow keys`}
                onKeyDown={(e) => press(e, at)}
                {...drag.on(x.key)}
              >
                <IconGripVertical size={16} aria-hidden />
              </button>
              <span className="dec-place">{numbers[at]}</span>
              <OptionLine option={o} />
              <span className="dec-moves">
                {at > 0 && (
                  <ActionIcon
                    variant={x.equal ? 'light' : 'subtle'}
                    color="gray"
                    aria-pressed={x.equal}
                    aria-label={t`${called} is as good as the one before`}
                    title={t`as good as the one before`}
                    onClick={() => put(tied(list, at), x.key)}
                  >
                    <IconEqual size={16} />
                  </ActionIcon>
                )}
                <InOrder list={keys} at={at} name={called} onChange={(next) => reorder(at, next)} />
              </span>
            </li>
          );
        })}
      </ol>
      {rest.length > 0 && (
        <>
          <h3>{t`Not in your order: below all the others`}</h3>
          <ul className="dec-rest" aria-label={t`Not in your order`}>
            {rest.map((o) => (
              <li key={o.key}>
                <OptionLine option={o} />
                <Button variant="default" size="compact-sm" onClick={() => put(added(list, o.key), o.key)}>
                  {list.length ? t`Next` : t`First`}
                  <span className="hidden-words"> {optionName(o, zone)}</span>
                </Button>
              </li>
            ))}
          </ul>
        </>
      )}
      <p className="hidden-words" role="status">
        {said}
      </p>
    </div>
  );
}

/** A press may move its button, or take it away: the focus goes along, or to what comes next. */
function useFocusHeld() {
  const box = useRef<HTMLDivElement>(null);
  const held = useRef<{ el: HTMLElement; key?: string } | null>(null);
  useEffect(() => {
    const was = held.current;
    held.current = null;
    if (!was) return;
    const find = (what: string) => box.current?.querySelector<HTMLElement>(what);
    const grip = was.key && find(`[data-key="${CSS.escape(was.key)}"] .dec-grip`);
    const gone = !was.el.isConnected;
    if (!gone && !was.el.matches(':disabled')) was.el.focus();
    else ((gone && find('.dec-rest button')) || grip || find('.dec-grip, .dec-rest button'))?.focus();
  });
  const hold = (key?: string) => {
    const el = document.activeElement;
    held.current = el instanceof HTMLElement && box.current?.contains(el) ? { el, key } : null;
  };
  return [box, hold] as const;
}

/** Dragging a line by its handle; the list follows while it is held. */
function useDragOrder(
  box: { current: HTMLElement | null },
  list: Ranked,
  put: (next: Ranked, key: string) => void,
) {
  const [held, setHeld] = useState('');
  const on = (key: string) => ({
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      if (event.button !== 0) return;
      setHeld(key);
      event.currentTarget.setPointerCapture(event.pointerId);
    },
    onPointerMove: (event: PointerEvent<HTMLElement>) => {
      if (held !== key) return;
      const from = list.findIndex((x) => x.key === key);
      const to = lineAt(box.current, event.clientY, from);
      if (to !== from) put(moved(list, from, to), key);
    },
    onPointerUp: () => setHeld(''),
    onPointerCancel: () => setHeld(''),
  });
  return { held, on };
}

/** The line whose middle the pointer has passed. */
function lineAt(box: HTMLElement | null, y: number, from: number): number {
  const lines = [...(box?.children ?? [])].map((el) => el.getBoundingClientRect());
  let to = from;
  for (let i = from + 1; i < lines.length; i++) {
    const at = lines[i];
    if (at && y > at.top + at.height / 2) to = i;
  }
  for (let i = from - 1; i >= 0; i--) {
    const at = lines[i];
    if (at && y < at.top + at.height / 2) to = i;
  }
  return to;
}
