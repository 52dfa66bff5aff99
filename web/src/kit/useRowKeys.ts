import { type KeyMap, useKeys } from './keys';

/** j and k move along the page's rows, whatever list they are in; more keys may join. */
export function useRowKeys(more: KeyMap = {}) {
  useKeys({
    j: () => move(1),
    k: () => move(-1),
    ArrowDown: onRow() ? () => move(1) : undefined,
    ArrowUp: onRow() ? () => move(-1) : undefined,
    ...more,
  });
}

const titles = () =>
  [...document.querySelectorAll<HTMLElement>('#content .row-title :is(a, button)')].filter(
    (el) => el.offsetParent,
  );
const onRow = () => !!document.activeElement?.closest?.('.row');

function move(by: number) {
  const all = titles();
  const row = document.activeElement?.closest('.row');
  const at = all.findIndex((el) => row?.contains(el));
  const next = at < 0 ? (by > 0 ? 0 : all.length - 1) : Math.min(all.length - 1, Math.max(0, at + by));
  all[next]?.focus();
  all[next]?.closest('.row')?.scrollIntoView({ block: 'nearest' });
}
