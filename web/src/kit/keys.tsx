import { t } from '@lingui/core/macro';
import { type ReactNode, useEffect, useRef } from 'react';

/** Keys as people read them: "g i" is g, then i; "mod+k" is Ctrl or Command with k. */
export type KeyMap = Record<string, ((event: KeyboardEvent) => void) | undefined>;

const typing = (target: EventTarget | null) => {
  const el = target as HTMLElement | null;
  if (!el?.closest) return false;
  return (
    el.isContentEditable || !!el.closest('input:not([type=checkbox]):not([type=radio]), textarea, select')
  );
};
/** Keys are still while a dialog or menu is open; it has keys of its own. */
const covered = (target: EventTarget | null) =>
  !!document.querySelector(
    '[role=dialog][data-keys-off], .mantine-Modal-content, .mantine-Spotlight-content',
  ) || !!(target as HTMLElement | null)?.closest?.('[role=menu], [role=listbox], [role=dialog]');

/** What a key press is called in a KeyMap. */
export function nameOf(event: Pick<KeyboardEvent, 'key' | 'metaKey' | 'ctrlKey' | 'altKey'>): string {
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  if (event.metaKey || event.ctrlKey) return `mod+${key}`;
  return event.altKey ? `alt+${key}` : key;
}

/** Joins a press to the one before: gives the action to run, and what to wait for next. */
export function step(map: KeyMap, waiting: string, pressed: string): { run?: string; wait: string } {
  const joined = waiting ? `${waiting} ${pressed}` : pressed;
  if (map[joined]) return { run: joined, wait: '' };
  if (Object.keys(map).some((k) => map[k] && k.startsWith(`${joined} `))) return { wait: joined };
  return waiting ? step(map, '', pressed) : { wait: '' };
}

/** Listens to keys while the component is on screen, and never while somebody types. */
export function useKeys(map: KeyMap) {
  const latest = useRef(map);
  latest.current = map;
  useEffect(() => {
    let waiting = '';
    let timer = 0;
    const listen = (event: KeyboardEvent) => {
      const pressed = nameOf(event);
      if (event.isComposing || event.defaultPrevented || event.key === 'Shift') return;
      if (!pressed.startsWith('mod+') && typing(event.target)) return;
      if (covered(event.target)) return;
      const { run, wait } = step(latest.current, waiting, pressed);
      waiting = wait;
      clearTimeout(timer);
      if (wait) timer = window.setTimeout(() => (waiting = ''), 1200);
      if (!run) return;
      event.preventDefault();
      latest.current[run]?.(event);
    };
    document.addEventListener('keydown', listen);
    return () => {
      clearTimeout(timer);
      document.removeEventListener('keydown', listen);
    };
  }, []);
}

/** "⌘" on a Mac, "Ctrl" elsewhere. */
export const mod = () => (/Mac|iPhone|iPad/.test(navigator.platform) ? '⌘' : 'Ctrl');

/** A key as it is drawn on the keyboard. */
export const Key = ({ children }: { children: ReactNode }) => <kbd className="key">{children}</kbd>;

/** The keys that help on this page, in one quiet line. */
export function KeyLine({ keys }: { keys: [string[], string][] }) {
  return (
    <p className="key-line">
      <span className="hidden-words">{t`Keys on this page`}</span>
      {keys.map(([names, words]) => (
        <span key={words}>
          {names.map((k) => (
            <Key key={k}>{k}</Key>
          ))}{' '}
          {words}
        </span>
      ))}
    </p>
  );
}
