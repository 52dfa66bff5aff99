import { i18n } from '@lingui/core';
import { describe, expect, test } from 'vitest';
import * as time from './time';

i18n.loadAndActivate({ locale: 'en', messages: {} });
const now = Date.parse('2026-03-16T09:42:00Z'); // a Monday
const lisbon = 'Europe/Lisbon';

describe('dues in words', () => {
  test.each([
    ['2026-03-16T14:00:00Z', 'by 14:00', 'in 4 h 18 m', 'today'],
    ['2026-03-16T17:30:00Z', 'by 17:30', 'end of your day', 'today'],
    ['2026-03-15T18:00:00Z', 'overdue', 'since yesterday 18:00', 'late'],
    ['2026-03-19T10:00:00Z', 'Thu 10:00', '', 'later'],
    ['2026-03-17T10:00:00Z', 'tomorrow 10:00', 'in 1 d', 'later'],
    ['2026-04-02T10:00:00Z', '2 Apr 11:00', '', 'later'],
  ])('%s is %s', (at, main, note, tone) => {
    expect(time.dueWords(at, now, lisbon, '2026-03-16T17:30:00Z')).toEqual({ main, note, tone });
  });
});

test('the same instant is another day elsewhere', () => {
  const at = '2026-03-16T23:30:00Z';
  expect(time.whenOf(at, now, lisbon)).toBe('today 23:30');
  expect(time.whenOf(at, now, 'Asia/Taipei')).toBe('tomorrow 07:30');
});

describe('wall clock to instant', () => {
  test('an ordinary time', () => {
    expect(new Date(time.instantOf('2026-03-23', '09:00', 'Asia/Taipei')).toISOString()).toBe(
      '2026-03-23T01:00:00.000Z',
    );
  });
  test('a skipped time lands after the gap', () => {
    expect(new Date(time.instantOf('2026-03-29', '02:30', 'Europe/Berlin')).toISOString()).toBe(
      '2026-03-29T01:30:00.000Z',
    );
  });
  test('a time that occurs twice is its first occurrence', () => {
    expect(new Date(time.instantOf('2026-10-25', '02:30', 'Europe/Berlin')).toISOString()).toBe(
      '2026-10-25T00:30:00.000Z',
    );
  });
});

test('the next Monday is never today', () => {
  expect(time.nextWeekday(now, lisbon, 1)).toBe('2026-03-23');
  expect(time.nextWeekday(now, lisbon, 5)).toBe('2026-03-20');
});

test('windows are said in working time', () => {
  expect(time.windowWords('4h')).toBe('4 working hours');
  expect(time.windowWords('1d')).toBe('1 working day');
});
