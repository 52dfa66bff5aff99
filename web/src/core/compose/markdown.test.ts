import { expect, test } from 'vitest';
import { blocksOf, spansOf } from './markdown';

test('blocks', () => {
  const text =
    '# Title\n\nSome text\nmore\n\n- [x] done\n- [ ] open\n\n> quoted\n> - inside\n\n```go\nx := 1\n```\n\n| a | b |\n|---|---|\n| 1 | 2 |';
  expect(blocksOf(text).map((b) => b.kind)).toEqual(['heading', 'text', 'list', 'quote', 'code', 'table']);
});
test('spans', () => {
  expect(spansOf('**bold** and `code` for @ana, see [this](https://x.example)')).toEqual([
    { kind: 'strong', text: 'bold' },
    { kind: 'text', text: ' and ' },
    { kind: 'code', text: 'code' },
    { kind: 'text', text: ' for ' },
    { kind: 'mention', text: '@ana' },
    { kind: 'text', text: ', see ' },
    { kind: 'link', text: 'this', href: 'https://x.example' },
  ]);
});
test('a link that runs a script stays text', () => {
  expect(spansOf('[x](javascript:alert(1))')[0]?.kind).toBe('text');
});
test('snake_case is not emphasis', () => {
  expect(spansOf('a snake_case_name here')).toEqual([{ kind: 'text', text: 'a snake_case_name here' }]);
});
test('an unclosed fence takes the rest', () => {
  expect(blocksOf('```\na\nb')).toEqual([{ kind: 'code', text: 'a\nb' }]);
});
