import { describe, expect, test } from 'vitest';
import { link, mention, mentionAt, nextLine, prefix, wrap } from './marks';

const typed = (marked: string) => {
  const start = marked.indexOf('|');
  const end = marked.lastIndexOf('|');
  const text = marked.replaceAll('|', '');
  return { text, start, end: start === end ? start : end - 1 };
};
const shown = (t: { text: string; start: number; end: number } | null) => {
  if (!t) return null;
  if (t.start === t.end) return `${t.text.slice(0, t.start)}|${t.text.slice(t.start)}`;
  return `${t.text.slice(0, t.start)}|${t.text.slice(t.start, t.end)}|${t.text.slice(t.end)}`;
};

test('bold goes on and off', () => {
  const bold = wrap(typed('a |word| here'), '**');
  expect(shown(bold)).toBe('a **|word|** here');
  expect(shown(wrap(bold, '**'))).toBe('a |word| here');
});
test('a list goes on and off for each line', () => {
  const list = prefix(typed('one\n|two\nthree|'), '- ');
  expect(list.text).toBe('one\n- two\n- three');
  expect(prefix(list, '- ').text).toBe('one\ntwo\nthree');
});
test('a link selects its address', () => {
  expect(shown(link(typed('see |this|')))).toBe('see [this](|https://|)');
});

describe('mentions', () => {
  test.each([
    ['@', ''],
    ['hello @to', 'to'],
    ['(@mei', 'mei'],
    ['mail a@b', null],
    ['@ana said', null],
  ])('%s', (text, want) => expect(mentionAt(text, text.length)?.typed ?? null).toBe(want));
  test('a picked name replaces what was typed', () => {
    expect(shown(mention('ask @to today', 4, 7, 'tomas'))).toBe('ask @tomas |today');
  });
});

describe('Enter in a list', () => {
  test.each([
    ['- one|', '- one\n- |'],
    ['3. three|', '3. three\n4. |'],
    ['- [x] done|', '- [x] done\n- [ ] |'],
    ['- one\n- |', '- one\n|'],
    ['plain|', null],
  ])('%j', (before, after) => expect(shown(nextLine(typed(before)))).toBe(after));
});
