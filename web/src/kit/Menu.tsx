import { createContext, type KeyboardEvent, type ReactNode, use, useState } from 'react';
import { Pop, type PopProps } from './Pop';

const Shut = createContext<() => void>(() => {});

type MenuProps = Pick<PopProps, 'target' | 'label' | 'above' | 'start'> & {
  /** Given when somebody else opens it too, for instance by a key. */
  opened?: boolean;
  onOpened?: (open: boolean) => void;
  /** True while it holds a small form and no items. */
  form?: boolean;
  children: ReactNode;
};

/** A menu of things to do. Arrows, Home, End and first letters move in it. */
export function Menu({ opened: given, onOpened, form, children, ...rest }: MenuProps) {
  const [own, setOwn] = useState(false);
  const set = onOpened ?? setOwn;
  return (
    <Pop
      {...rest}
      opened={given ?? own}
      onOpened={set}
      role={form ? 'dialog' : 'menu'}
      className="menu"
      onKeyDown={form ? undefined : (event) => walk(event, () => set(false))}
    >
      <Shut value={() => set(false)}>{children}</Shut>
    </Pop>
  );
}

type ItemProps = {
  onClick: () => void;
  /** Red: something is taken away. */
  danger?: boolean;
  /** The menu stays open. */
  stay?: boolean;
  children: ReactNode;
};

/** One thing to do. */
export function MenuItem({ onClick, danger, stay, children }: ItemProps) {
  const shut = use(Shut);
  return (
    <button
      type="button"
      role="menuitem"
      tabIndex={-1}
      className="menu-item"
      data-danger={danger || undefined}
      onClick={() => {
        if (!stay) shut();
        onClick();
      }}
    >
      {children}
    </button>
  );
}

function walk(event: KeyboardEvent<HTMLDivElement>, shut: () => void) {
  const all = [...event.currentTarget.querySelectorAll<HTMLElement>('[role=menuitem]')];
  const at = all.indexOf(document.activeElement as HTMLElement);
  const to = next(event.key, at, all);
  if (event.key === 'Tab') shut();
  if (to === undefined) return;
  event.preventDefault();
  all[(to + all.length) % all.length]?.focus();
}

/** Where a key leads to; a letter leads to the next item that begins with it. */
function next(key: string, at: number, all: HTMLElement[]): number | undefined {
  if (key === 'ArrowDown') return at + 1;
  if (key === 'ArrowUp') return at - 1;
  if (key === 'Home') return 0;
  if (key === 'End') return -1;
  if (key.length !== 1 || key === ' ') return undefined;
  const begins = (el: HTMLElement) => el.textContent?.trim().toLowerCase().startsWith(key.toLowerCase());
  const order = [...all.slice(at + 1), ...all.slice(0, at + 1)];
  const found = order.find(begins);
  return found && all.indexOf(found);
}
