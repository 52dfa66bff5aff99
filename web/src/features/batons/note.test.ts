import { expect, test } from 'vitest';
import { draftOf, emptyNote, linksOf, noteOf } from './note';

test('a line is a link: its last word the address, what stands before it the name', () => {
  expect(linksOf('The plan https://a.example/plan\n\n  https://b.example  ')).toEqual([
    { title: 'The plan', url: 'https://a.example/plan' },
    { url: 'https://b.example' },
  ]);
});

test('a time is written on the own clock, and stays to the second when it was not touched', () => {
  const note = {
    stands: 's',
    next_step: '',
    traps: '',
    links: [{ title: 'A', url: 'https://a.example' }],
    by: '2026-11-02T16:30:12Z',
  };
  const draft = draftOf(note, 'Europe/Berlin');
  expect(draft.by).toBe('2026-11-02T17:30');
  expect(noteOf(draft, 'Europe/Berlin', note.by).by).toBe(note.by);
  expect(noteOf({ ...draft, by: '2026-11-02T18:00' }, 'Europe/Berlin', note.by).by).toBe(
    '2026-11-02T17:00:00.000Z',
  );
  expect(noteOf(emptyNote, 'Europe/Berlin').by).toBeUndefined();
});
