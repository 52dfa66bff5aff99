import { i18n } from '@lingui/core';
import { describe, expect, test } from 'vitest';
import { clockText, lengthOf, merged, moved, rangeText, readRanges, readTimes, spanOf } from './ranges';

i18n.loadAndActivate({ locale: 'en', messages: {} });

describe('what people type', () => {
  test.each([
    ['9-12, 13-17', ['09:00-12:00', '13:00-17:00']],
    ['09:00–17:30', ['09:00-17:30']],
    ['22:00-06:00', ['22:00-06:00']],
    ['0-24', ['00:00-24:00']],
    ['14-18; 9-13', ['09:00-13:00', '14:00-18:00']],
    ['9-13, 12-17', ['09:00-17:00']],
    ['9 to 17', ['09:00-17:00']],
    ['0930-1700', ['09:30-17:00']],
    ['', []],
  ])('%s', (text, list) => expect(readRanges(text)).toEqual({ list }));

  test.each(['9', '9-25', '24:00-08:00', '9:70-12', 'morning', '9-12-15'])('%s is no range', (text) =>
    expect(readRanges(text)).toHaveProperty('bad'),
  );

  test('times are sorted, and each is there once', () => {
    expect(readTimes('14, 9:30, 14:00')).toEqual({ list: ['09:30', '14:00'] });
    expect(readTimes('24:00')).toHaveProperty('bad');
  });
});

test('a range past midnight keeps its length', () => {
  const night = spanOf('22:00-06:00');
  expect(night).toEqual({ from: 1320, to: 1800 });
  expect(night && rangeText(night)).toBe('22:00-06:00');
  expect(lengthOf({ fri: ['22:00-06:00'], mon: ['09:00-17:00'] })).toBe(16 * 60);
});

test('the end of a day is 24:00', () => expect(clockText(1440)).toBe('24:00'));

test('ranges that touch become one', () => {
  expect(
    merged([
      { from: 600, to: 720 },
      { from: 720, to: 780 },
      { from: 540, to: 610 },
    ]),
  ).toEqual([{ from: 540, to: 780 }]);
});

describe('moving a range', () => {
  const day = { from: 540, to: 1020 };
  test('as a whole', () => expect(moved(day, 'all', 15)).toEqual({ from: 555, to: 1035 }));
  test('its beginning never passes its end', () =>
    expect(moved(day, 'from', 900)).toEqual({ from: 1005, to: 1020 }));
  test('its end may pass midnight', () => expect(moved(day, 'to', 600)).toEqual({ from: 540, to: 1620 }));
  test('never longer than a day', () => expect(moved(day, 'to', 9999)).toEqual({ from: 540, to: 1980 }));
  test('never before its own day', () => expect(moved(day, 'all', -999).from).toBe(0));
});
