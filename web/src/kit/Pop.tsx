import {
  cloneElement,
  type KeyboardEvent,
  type ReactElement,
  type ReactNode,
  useEffect,
  useId,
  useLayoutEffect,
  useRef,
} from 'react';

type Target = ReactElement<Record<string, unknown>>;
export type PopProps = {
  /** The button that opens it; it is told so in words for screen readers. */
  target: Target;
  opened: boolean;
  onOpened: (open: boolean) => void;
  role: 'menu' | 'dialog';
  label?: string;
  /** Stands above its button, and not below, where there is room. */
  above?: boolean;
  /** Begins where its button begins, and does not end where that ends. */
  start?: boolean;
  className?: string;
  onKeyDown?: (event: KeyboardEvent<HTMLDivElement>) => void;
  children: ReactNode;
};

/**
 * A box beside a button, above everything else on the page. Nothing of it exists while it is
 * shut, so a hundred of them in a list cost nothing. It shuts by Escape, by a press elsewhere
 * and when the focus leaves it; the focus goes back to the button.
 */
export function Pop({ target, opened, onOpened, ...rest }: PopProps) {
  const anchor = useRef<HTMLElement>(null);
  const id = useId();
  const button = cloneElement(target, {
    ref: anchor,
    'aria-haspopup': rest.role,
    'aria-expanded': opened,
    'aria-controls': opened ? id : undefined,
    onClick: () => onOpened(!opened),
  });
  return (
    <>
      {button}
      {opened && <Box id={id} anchor={anchor} onShut={() => onOpened(false)} {...rest} />}
    </>
  );
}

type BoxProps = Omit<PopProps, 'target' | 'opened' | 'onOpened'> & {
  id: string;
  anchor: { current: HTMLElement | null };
  onShut: () => void;
};

function Box({
  id,
  anchor,
  onShut,
  role,
  label,
  above,
  start,
  className = '',
  onKeyDown,
  children,
}: BoxProps) {
  const box = useRef<HTMLDivElement>(null);
  const shut = useRef(onShut);
  shut.current = onShut;
  useLayoutEffect(() => {
    const el = box.current;
    const from = anchor.current;
    if (!el || !from) return;
    const set = () => place(el, from, !!above, !!start);
    el.showPopover?.();
    set();
    (el.querySelector<HTMLElement>('[data-autofocus]') ?? el.querySelector<HTMLElement>(inside))?.focus({
      preventScroll: true,
    });
    window.addEventListener('scroll', set, { capture: true, passive: true });
    window.addEventListener('resize', set);
    return () => {
      window.removeEventListener('scroll', set, { capture: true });
      window.removeEventListener('resize', set);
      if (
        !document.activeElement ||
        document.activeElement === document.body ||
        el.contains(document.activeElement)
      )
        from.focus({ preventScroll: true });
    };
  }, [anchor, above, start]);
  useEffect(() => {
    const elsewhere = (event: PointerEvent) => {
      const at = event.target as Node;
      if (!box.current?.contains(at) && !anchor.current?.contains(at)) shut.current();
    };
    document.addEventListener('pointerdown', elsewhere, true);
    return () => document.removeEventListener('pointerdown', elsewhere, true);
  }, [anchor]);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it has one of two roles, a menu or a dialog
    // biome-ignore lint/a11y/useAriaPropsSupportedByRole: both take a label
    <div
      ref={box}
      id={id}
      popover="manual"
      role={role}
      aria-label={label}
      className={`pop ${className}`}
      onKeyDown={(event) => {
        if (event.key === 'Escape') {
          event.stopPropagation();
          event.preventDefault();
          onShut();
        } else onKeyDown?.(event);
      }}
      onBlur={(event) => {
        const to = event.relatedTarget as Node | null;
        if (to && !event.currentTarget.contains(to) && !anchor.current?.contains(to)) onShut();
      }}
    >
      {children}
    </div>
  );
}

const inside = 'button:not([disabled]), input, select, textarea, a[href]';
const gap = 4;
const edge = 8;

/** Puts the box beside its button, on the side where there is room, and never over the edge. */
function place(box: HTMLElement, button: HTMLElement, above: boolean, start: boolean) {
  const at = button.getBoundingClientRect();
  box.style.maxBlockSize = `${window.innerHeight - 2 * edge}px`;
  const [wide, high] = [box.offsetWidth, box.offsetHeight];
  const fitsBelow = at.bottom + gap + high <= window.innerHeight - edge;
  const fitsAbove = at.top - gap - high >= edge;
  const up = above ? fitsAbove || !fitsBelow : !fitsBelow && fitsAbove;
  const rtl = getComputedStyle(button).direction === 'rtl';
  const x = rtl === start ? at.right - wide : at.left;
  const y = up ? at.top - gap - high : at.bottom + gap;
  box.style.left = `${Math.max(edge, Math.min(x, document.documentElement.clientWidth - wide - edge))}px`;
  box.style.top = `${Math.max(edge, Math.min(y, window.innerHeight - high - edge))}px`;
}
