/** Just enough Markdown to show somebody what they are writing. */
export type Block =
  | { kind: 'heading'; level: number; text: string }
  | { kind: 'code'; text: string }
  | { kind: 'quote'; blocks: Block[] }
  | { kind: 'list'; ordered: boolean; start: number; items: { text: string; checked: boolean | null }[] }
  | { kind: 'table'; head: string[]; rows: string[][] }
  | { kind: 'rule' }
  | { kind: 'text'; text: string };
export type Span =
  | { kind: 'text' | 'strong' | 'em' | 'del' | 'code' | 'mention'; text: string }
  | { kind: 'link'; text: string; href: string }
  | { kind: 'break' };

const item = /^\s*(?:([-*+])|(\d{1,9})[.)])\s+(?:\[([ xX])\]\s+)?(.*)$/;

/** Splits a text into its blocks. */
export function blocksOf(text: string, depth = 0): Block[] {
  const lines = text.replaceAll('\r\n', '\n').split('\n');
  const out: Block[] = [];
  for (let i = 0; i < lines.length; ) {
    const [block, next] = blockAt(lines, i, depth);
    if (block) out.push(block);
    i = next;
  }
  return out;
}

function blockAt(lines: string[], i: number, depth: number): [Block | null, number] {
  const line = lines[i] ?? '';
  if (line.trim() === '') return [null, i + 1];
  const fence = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1];
  if (fence) return code(lines, i, fence);
  const heading = /^ {0,3}(#{1,6})\s+(.*?)\s*#*$/.exec(line);
  if (heading) return [{ kind: 'heading', level: heading[1]?.length ?? 1, text: heading[2] ?? '' }, i + 1];
  if (/^ {0,3}([-*_])\s*(\1\s*){2,}$/.test(line)) return [{ kind: 'rule' }, i + 1];
  if (/^ {0,3}>/.test(line) && depth < 8) return quote(lines, i, depth);
  if (item.test(line)) return list(lines, i);
  if (line.includes('|') && /^\s*\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?\s*$/.test(lines[i + 1] ?? ''))
    return table(lines, i);
  return paragraph(lines, i);
}

function code(lines: string[], i: number, fence: string): [Block, number] {
  let end = i + 1;
  while (end < lines.length && !lines[end]?.trim().startsWith(fence)) end++;
  return [{ kind: 'code', text: lines.slice(i + 1, end).join('\n') }, end + 1];
}

function quote(lines: string[], i: number, depth: number): [Block, number] {
  let end = i;
  while (end < lines.length && /^ {0,3}>/.test(lines[end] ?? '')) end++;
  const inner = lines.slice(i, end).map((l) => l.replace(/^ {0,3}> ?/, ''));
  return [{ kind: 'quote', blocks: blocksOf(inner.join('\n'), depth + 1) }, end];
}

function list(lines: string[], i: number): [Block, number] {
  const first = item.exec(lines[i] ?? '');
  const ordered = first?.[2] !== undefined;
  const items: { text: string; checked: boolean | null }[] = [];
  let end = i;
  for (; end < lines.length; end++) {
    const found = item.exec(lines[end] ?? '');
    if (!found || (found[2] !== undefined) !== ordered) break;
    items.push({ text: found[4] ?? '', checked: found[3] === undefined ? null : found[3] !== ' ' });
  }
  return [{ kind: 'list', ordered, start: Number(first?.[2] ?? 1), items }, end];
}

const row = (line: string) =>
  line
    .trim()
    .replace(/^\||\|$/g, '')
    .split('|')
    .map((c) => c.trim());

function table(lines: string[], i: number): [Block, number] {
  let end = i + 2;
  while (end < lines.length && lines[end]?.includes('|')) end++;
  return [{ kind: 'table', head: row(lines[i] ?? ''), rows: lines.slice(i + 2, end).map(row) }, end];
}

function paragraph(lines: string[], i: number): [Block, number] {
  let end = i + 1;
  const begins = (l: string) => /^ {0,3}(#{1,6}\s|>|`{3}|~{3})/.test(l) || item.test(l);
  while (end < lines.length && lines[end]?.trim() && !begins(lines[end] ?? '')) end++;
  return [{ kind: 'text', text: lines.slice(i, end).join('\n') }, end];
}

const inline =
  /(`+)(.+?)\1(?!`)|\*\*(.+?)\*\*|~~(.+?)~~|\[([^\]]+)\]\(([^)\s]+)\)|(https?:\/\/[^\s<>)]+[^\s<>).,;:!?])|(?<![\p{L}\p{N}])[*_](\S(?:.*?\S)?)[*_](?![\p{L}\p{N}])|(?<![\p{L}\p{N}@.])(@[\p{L}\p{N}][\p{L}\p{N}._-]*)|(\n)/su;

/** Splits a line of text into what is marked and what is not. */
export function spansOf(text: string): Span[] {
  const out: Span[] = [];
  let rest = text;
  while (rest) {
    const found = inline.exec(rest);
    if (!found) break;
    if (found.index > 0) out.push({ kind: 'text', text: rest.slice(0, found.index) });
    out.push(spanOf(found));
    rest = rest.slice(found.index + found[0].length);
  }
  if (rest) out.push({ kind: 'text', text: rest });
  return out;
}

function spanOf(found: RegExpExecArray): Span {
  const [all, , code, strong, del, words, href, bare, em, name] = found;
  if (code) return { kind: 'code', text: code };
  if (strong) return { kind: 'strong', text: strong };
  if (del) return { kind: 'del', text: del };
  if (words && href)
    return /^(https?:|mailto:|\/|#)/i.test(href)
      ? { kind: 'link', text: words, href }
      : { kind: 'text', text: all };
  if (bare) return { kind: 'link', text: bare, href: bare };
  if (em) return { kind: 'em', text: em };
  if (name) return { kind: 'mention', text: name };
  return { kind: 'break' };
}
