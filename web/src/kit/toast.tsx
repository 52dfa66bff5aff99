import { t } from '@lingui/core/macro';
import { useSyncExternalStore } from 'react';
import { sentenceOf } from '~/api';
import { Key } from './keys';

type Toast = { id: number; text: string; undo?: () => void; bad?: boolean };

let shown: Toast[] = [];
let last = 0;
const watchers = new Set<() => void>();
const timers = new Map<number, ReturnType<typeof setTimeout>>();

function show(next: Toast[]) {
  shown = next;
  for (const tell of watchers) tell();
}

/** Says what was done, for eight seconds, with a way to take it back. */
export function toast(text: string, undo?: () => void) {
  add({ id: ++last, text, undo });
}

/** Says what went wrong; stays a little longer. */
export function toastError(error: unknown) {
  add({ id: ++last, text: sentenceOf(error), bad: true });
}

function add(one: Toast) {
  show([...shown.slice(-2), one]);
  timers.set(
    one.id,
    setTimeout(() => dismiss(one.id), one.bad ? 12_000 : 8_000),
  );
}

export function dismiss(id: number) {
  clearTimeout(timers.get(id));
  timers.delete(id);
  show(shown.filter((x) => x.id !== id));
}

/** Takes back the newest thing that can be taken back; false when there is none. */
export function undoLast(): boolean {
  const one = shown.findLast((x) => x.undo);
  if (!one) return false;
  dismiss(one.id);
  one.undo?.();
  return true;
}

/** Where toasts appear; once, in the shell. */
export function Toasts() {
  const list = useSyncExternalStore(
    (tell) => {
      watchers.add(tell);
      return () => watchers.delete(tell);
    },
    () => shown,
  );
  return (
    <div className="toasts" role="status" aria-live="polite">
      {list.map((one) => (
        <div key={one.id} className="toast" data-bad={one.bad || undefined}>
          <span>{one.text}</span>
          {one.undo && (
            <button
              type="button"
              onClick={() => {
                dismiss(one.id);
                one.undo?.();
              }}
            >
              {t`Undo`} <Key>u</Key>
            </button>
          )}
          <button type="button" className="toast-x" aria-label={t`Dismiss`} onClick={() => dismiss(one.id)}>
            ×
          </button>
        </div>
      ))}
    </div>
  );
}
