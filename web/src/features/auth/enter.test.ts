import { expect, test } from 'vitest';
import { safePath } from './enter';

test.each([
  [undefined, '/inbox'],
  ['/threads/thr_1#post_2', '/threads/thr_1#post_2'],
  ['//evil.example', '/inbox'],
  ['/\\evil.example', '/inbox'],
  ['https://evil.example', '/inbox'],
  ['/sign-in?to=/x', '/inbox'],
])('%s leads to %s', (to, want) => expect(safePath(to)).toBe(want));
