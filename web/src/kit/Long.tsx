import { type ReactNode, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { Rows } from './Row';

/** So many rows come and go together. */
const block = 30;
/** So far beyond the screen rows are there already, in CSS pixels: more than a page of them. */
const near = 1600;
/** A row's height before any was seen, in CSS pixels. */
const guess = 66;

type Props<T> = {
  items: T[];
  label?: string;
  keyOf: (item: T) => string;
  /** When the focus comes into a row. */
  onFocus?: (item: T) => void;
  children: (item: T) => ReactNode;
};

/**
 * Rows of which only those near the screen are on the page when there are many. Screen
 * readers hear the true place and number of each; the keys meet no gap, since rows are there
 * before one comes to them; what has the focus stays; and searching in the page or printing
 * it brings all of them.
 */
export function LongRows<T>({ items, label, keyOf, onFocus, children }: Props<T>) {
  const all = useAll();
  if (items.length <= 2 * block)
    return (
      <Rows label={label}>
        {items.map((item) => (
          <li key={keyOf(item)} onFocus={onFocus && (() => onFocus(item))}>
            {children(item)}
          </li>
        ))}
      </Rows>
    );
  const starts = Array.from({ length: Math.ceil(items.length / block) }, (_, i) => i * block);
  return (
    <div role="list" className="rows" aria-label={label}>
      {starts.map((from) => (
        <Block key={from} all={all} first={from === 0} count={Math.min(block, items.length - from)}>
          {() =>
            items.slice(from, from + block).map((item, i) => (
              <div
                key={keyOf(item)}
                role="listitem"
                aria-setsize={items.length}
                aria-posinset={from + i + 1}
                onFocus={onFocus && (() => onFocus(item))}
              >
                {children(item)}
              </div>
            ))
          }
        </Block>
      ))}
    </div>
  );
}

type BlockProps = { all: boolean; first: boolean; count: number; children: () => ReactNode };

/** Some rows, or as much empty room as they take. */
function Block({ all, first, count, children }: BlockProps) {
  const box = useRef<HTMLDivElement>(null);
  const height = useRef(0);
  const [close, setClose] = useState(first);
  const shown = all || close;
  useEffect(() => {
    const el = box.current;
    if (!el) return;
    const seen = new IntersectionObserver(
      ([entry]) => entry && setClose(entry.isIntersecting || el.contains(document.activeElement)),
      { rootMargin: `${near}px 0px` },
    );
    seen.observe(el);
    return () => seen.disconnect();
  }, []);
  useLayoutEffect(() => {
    if (shown && box.current) height.current = box.current.offsetHeight;
  });
  return (
    <div
      ref={box}
      role="presentation"
      style={shown ? undefined : { blockSize: height.current || count * guess }}
    >
      {shown && children()}
    </div>
  );
}

/** True from when somebody searches in the page or prints it. */
function useAll(): boolean {
  const [all, setAll] = useState(false);
  useEffect(() => {
    // At once, since the browser looks as soon as this returns.
    const bring = () => flushSync(() => setAll(true));
    const press = (event: KeyboardEvent) => {
      const find = (event.ctrlKey || event.metaKey) && ['f', 'g', 'p'].includes(event.key.toLowerCase());
      if (find || event.key === 'F3') bring();
    };
    document.addEventListener('keydown', press, true);
    window.addEventListener('beforeprint', bring);
    return () => {
      document.removeEventListener('keydown', press, true);
      window.removeEventListener('beforeprint', bring);
    };
  }, []);
  return all;
}
