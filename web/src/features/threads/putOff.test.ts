import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { flush, putOff, takeBack } from './putOff';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('what nobody takes back happens once', () => {
  const act = vi.fn();
  putOff('a', act, 1000);
  vi.advanceTimersByTime(999);
  expect(act).not.toHaveBeenCalled();
  vi.advanceTimersByTime(5000);
  flush();
  expect(act.mock.calls).toEqual([[false]]);
});
test('what is taken back never happens', () => {
  const act = vi.fn();
  putOff('a', act, 1000);
  takeBack('a');
  vi.advanceTimersByTime(5000);
  flush();
  expect(act).not.toHaveBeenCalled();
});
test('leaving the page does what waits', () => {
  const act = vi.fn();
  putOff('a', act, 1000);
  flush();
  expect(act.mock.calls).toEqual([[true]]);
});
