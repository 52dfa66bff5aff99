import type { DecisionFilter } from '~/api/decisions';
import { instantOf } from '~/kit/time';

/** What the address of the register asks for. */
export const asked = ['q', 'space', 'kind', 'state', 'decider', 'from', 'to', 'due'] as const;
export type Asked = { [name in (typeof asked)[number]]?: string };

export const isPlain = (a: Asked) => asked.every((name) => !a[name]);

const dated = /^\d{4}-\d{2}-\d{2}$/;
const day = 86_400_000;

/** The filter of the API: dates are whole days on the reader's clock. */
export function filterOf(a: Asked, zone: string): DecisionFilter {
  const start = (date: string) => new Date(instantOf(date, '00:00', zone)).toISOString();
  const after = (date: string) => new Date(Date.parse(date) + day).toISOString().slice(0, 10);
  return {
    q: a.q,
    space: a.space,
    kind: a.kind,
    state: a.state,
    decider: a.decider,
    from: a.from && dated.test(a.from) ? start(a.from) : undefined,
    to: a.to && dated.test(a.to) ? start(after(a.to)) : undefined,
    review_due: a.due ? true : undefined,
  };
}
