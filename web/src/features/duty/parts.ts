export type Part = { text: string; path?: string };

const address = /(https?:\/\/[^\s/]+)?(\/(?:batons\/bat|threads\/thr)_[0-9a-z]+)/g;

/** Cuts a text at the addresses of batons and threads of this house. */
export function partsOf(text: string, origin: string): Part[] {
  const parts: Part[] = [];
  let from = 0;
  for (const found of text.matchAll(address)) {
    const [whole, house, path] = found;
    if (house && house !== origin) continue;
    if (found.index > from) parts.push({ text: text.slice(from, found.index) });
    parts.push({ text: whole, path });
    from = found.index + whole.length;
  }
  if (from < text.length) parts.push({ text: text.slice(from) });
  return parts;
}
