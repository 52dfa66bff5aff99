/** The filters of a search, as they are written. */
export type FilterName = 'from' | 'in' | 'owed' | 'before';

/** Takes a filter out of a search. */
export function without(q: string, filter: FilterName): string {
  return split(q)
    .filter((part) => !part.toLowerCase().startsWith(`${filter}:`))
    .join(' ');
}

/** Puts a filter's beginning at the end of a search, ready for its value. */
export function withFilter(q: string, filter: FilterName, value = ''): string {
  const rest = without(q, filter).trim();
  return `${rest ? `${rest} ` : ''}${filter}:${value}`;
}

/** Cuts at spaces outside of quotes, and keeps the quotes. */
function split(q: string): string[] {
  return q.match(/(?:[^\s"]|"[^"]*"?)+/g) ?? [];
}
