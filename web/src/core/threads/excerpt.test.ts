import { expect, test } from 'vitest';
import { excerptOf, minutesFor, wordsIn } from './excerpt';

test.each([
  ['marks go, words stay', '**Yes**, we `ship` on _Friday_.', 'Yes, we ship on Friday.'],
  ['a link is its words', 'See [the plan](https://example.org/a) now', 'See the plan now'],
  [
    'headings, lists and quotes lose their signs',
    '# Plan\n\n- one\n- [x] two\n> three',
    'Plan one two three',
  ],
  ['a name with an underscore keeps it', 'set max_wal_size to 4', 'set max_wal_size to 4'],
  ['code blocks are left out', 'before\n```\nselect 1\n```\nafter', 'before after'],
])('%s', (_name, markdown, want) => expect(excerptOf(markdown)).toBe(want));

test('a long text is cut between words', () => {
  expect(excerptOf('one two three four', 11)).toBe('one two…');
});

test('words are counted in any script', () => {
  expect(wordsIn('Yes, we do.')).toBe(3);
  expect(wordsIn('資料庫複製')).toBe(3);
});

test('nothing takes less than a minute', () => {
  expect([minutesFor(3), minutesFor(700)]).toEqual([1, 3]);
});
