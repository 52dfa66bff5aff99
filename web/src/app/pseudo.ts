import type { Messages } from '@lingui/core';

type Part = Messages[string] | Record<string, unknown> | null | undefined;
type Change = (text: string) => string;

const plain = 'ABCDEFGHIJKLMNOPRSTUWYZabcdefghijklmnoprstuwyz';
const strange = 'ÅƁĈĐÉƑĜĤÎĴĶĹṀŃÖÞŔŠŢÛŴÝŽåƀçđéƒĝĥîĵķĺɱñöþŕšţûŵýž';

/** Strange letters and a third more of them: shows what is not translated, and what is too narrow. */
const long: Change = (text) =>
  [...text].map((c) => strange[plain.indexOf(c)] ?? c).join('') +
  '~'.repeat(Math.ceil(text.replace(/\W/g, '').length / 3));

/** Each word as a browser shows one that is written from right to left. */
const mirrored: Change = (text) =>
  text.replace(/[\p{L}\p{N}'’-]+/gu, (word) => `\u200f\u202e${word}\u202c\u200f`);

const changes: Record<string, Change> = { 'en-XA': long, 'ar-XB': mirrored };

/** A catalogue in a pretended language, made from the English one; other languages stay as they are. */
export function pretend(locale: string, messages: Messages): Messages {
  const change = changes[locale];
  if (!change) return messages;
  return Object.fromEntries(Object.entries(messages).map(([id, m]) => [id, turn(m, change) as typeof m]));
}

/** Changes the words of a compiled message; what stands in for values and tags stays. */
function turn(part: Part, change: Change): Part {
  if (typeof part === 'string')
    return part
      .split(/(<[^>]*>)/)
      .map((bit) => (bit.startsWith('<') || !/\p{L}/u.test(bit) ? bit : change(bit)))
      .join('');
  if (!Array.isArray(part)) return part;
  return part.map((bit) => (Array.isArray(bit) ? placeholder(bit, change) : turn(bit, change))) as Part;
}

/** [name, "plural", {one: […], other: […]}]: only the forms hold words. */
function placeholder(bit: unknown[], change: Change): unknown[] {
  return bit.map((x) => {
    if (typeof x !== 'object' || x === null || Array.isArray(x)) return x;
    return Object.fromEntries(
      Object.entries(x).map(([k, v]) => [k, k === 'offset' ? v : turn(v as Part, change)]),
    );
  });
}
