import { beforeEach, expect, test, vi } from 'vitest';
import { Drafts, type Shelf } from './drafts';

let kept: Map<string, unknown>;
let shelf: Shelf;
beforeEach(() => {
  vi.useFakeTimers();
  kept = new Map();
  shelf = {
    get: async (k) => kept.get(k),
    put: async (k, v) => kept.set(k, v),
    remove: async (k) => kept.delete(k),
  };
});

test('a draft survives a reload', async () => {
  const first = new Drafts(shelf);
  first.save('reply', 'Half a thought');
  await first.flush();
  expect(await new Drafts(shelf).load('reply')).toBe('Half a thought');
});

test('many keystrokes are one write', async () => {
  const put = vi.spyOn(shelf, 'put');
  const d = new Drafts(shelf, 100);
  for (const text of ['a', 'ab', 'abc']) d.save('reply', text);
  await vi.advanceTimersByTimeAsync(150);
  expect(put).toHaveBeenCalledTimes(1);
  expect(kept.get('reply')).toBe('abc');
});

test('what is typed while the shelf is read wins', async () => {
  kept.set('reply', 'old');
  const d = new Drafts(shelf);
  const loading = d.load('reply');
  d.save('reply', 'new');
  expect(await loading).toBe('new');
  expect(d.shelved('reply'), 'it lies in memory alone').toBe(false);
  await d.flush();
  expect(d.shelved('reply')).toBe(true);
});

test('a sent draft is gone, also when a write was waiting', async () => {
  const d = new Drafts(shelf, 100);
  d.save('reply', 'sent');
  await d.remove('reply');
  await vi.advanceTimersByTimeAsync(200);
  expect(kept.has('reply')).toBe(false);
  expect(await d.load('reply')).toBeUndefined();
});

test('a broken shelf loses nothing while the page lives', async () => {
  const broken: Shelf = {
    get: () => Promise.reject(new Error('no')),
    put: () => Promise.reject(new Error('no')),
    remove: () => Promise.reject(new Error('no')),
  };
  const d = new Drafts(broken);
  d.save('reply', 'still here');
  await d.flush();
  expect(await d.load('reply')).toBe('still here');
});
