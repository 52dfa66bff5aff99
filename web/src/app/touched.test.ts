import { expect, test } from 'vitest';
import { touched } from './touched';

const change = (kind: string, thread?: string) => ({
  seq: 1,
  kind,
  subject: { kind: 'post', id: 'post_1' },
  thread,
});

test('a post touches its thread, the lists and the inbox', () => {
  expect(touched(change('spaces.posted', 'thr_1'))).toEqual([
    ['threads'],
    ['inbox'],
    ['thread', 'thr_1'],
    ['posts', 'thr_1'],
  ]);
});
test('an answer touches the inbox', () => {
  expect(touched(change('asks.answered', 'thr_1'))).toContainEqual(['inbox']);
});
test('a schedule touches forecasts', () => {
  expect(touched(change('people.schedule_changed'))).toContainEqual(['forecast']);
});
test('what is not known touches everything', () => {
  expect(touched(change('demo.clock_moved'))).toBeNull();
});
