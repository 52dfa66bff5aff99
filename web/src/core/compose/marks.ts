/** A text and where its selection is. */
export type Typed = { text: string; start: number; end: number };

/** Puts a mark around the selection, or takes it off when it is there already. */
export function wrap({ text, start, end }: Typed, mark: string): Typed {
  const n = mark.length;
  const inside = text.slice(start, end);
  if (text.slice(start - n, start) === mark && text.slice(end, end + n) === mark) {
    return { text: text.slice(0, start - n) + inside + text.slice(end + n), start: start - n, end: end - n };
  }
  return {
    text: text.slice(0, start) + mark + inside + mark + text.slice(end),
    start: start + n,
    end: end + n,
  };
}

/** Begins each line of the selection with a mark, or takes it off when all have it. */
export function prefix({ text, start, end }: Typed, mark: string): Typed {
  const from = text.lastIndexOf('\n', start - 1) + 1;
  const to = text.indexOf('\n', end) === -1 ? text.length : text.indexOf('\n', end);
  const lines = text.slice(from, to).split('\n');
  const all = lines.every((l) => l.startsWith(mark));
  const changed = lines.map((l) => (all ? l.slice(mark.length) : mark + l)).join('\n');
  return { text: text.slice(0, from) + changed + text.slice(to), start: from, end: from + changed.length };
}

/** Makes the selection a link, and selects where its address goes. */
export function link({ text, start, end }: Typed): Typed {
  const words = text.slice(start, end) || 'link';
  const made = `[${words}](https://)`;
  const at = start + words.length + 3;
  return { text: text.slice(0, start) + made + text.slice(end), start: at, end: at + 'https://'.length };
}

/** What stands between the last @ and the caret, when a name may be meant. */
export function mentionAt(text: string, caret: number): { from: number; typed: string } | null {
  const found = /(^|[\s(])@([\p{L}\p{N}._-]{0,30})$/u.exec(text.slice(0, caret));
  if (!found) return null;
  const typed = found[2] ?? '';
  return { from: caret - typed.length - 1, typed };
}

/** Puts a handle where a name was being typed. */
export function mention(text: string, from: number, caret: number, handle: string): Typed {
  const put = `@${handle} `;
  const at = from + put.length;
  return { text: text.slice(0, from) + put + text.slice(caret).replace(/^ /, ''), start: at, end: at };
}

/** On a new line inside a list: the next item's mark; an empty item ends the list. */
export function nextLine({ text, start, end }: Typed): Typed | null {
  if (start !== end) return null;
  const from = text.lastIndexOf('\n', start - 1) + 1;
  const line = text.slice(from, start);
  const found = /^(\s*)([-*] \[[ x]\] |[-*] |(\d+)\. |> )(.*)$/.exec(line);
  if (!found) return null;
  const [, indent = '', bullet = '', number, rest] = found;
  if (!rest) return { text: text.slice(0, from) + text.slice(start), start: from, end: from };
  const next = number ? `${Number(number) + 1}. ` : bullet.replace('[x]', '[ ]');
  const put = `\n${indent}${next}`;
  return {
    text: text.slice(0, start) + put + text.slice(end),
    start: start + put.length,
    end: start + put.length,
  };
}
