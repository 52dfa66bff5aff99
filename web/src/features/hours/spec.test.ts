import { expect, test } from 'vitest';
import type { Calendar, ScheduleSpec } from '~/api/types';
import { clean, same, sketchDays, zoneOn } from './spec';

const spec: ScheduleSpec = {
  zone: 'Europe/Lisbon',
  zones: [{ from: '2026-03-18', zone: 'Asia/Tokyo' }],
  weekly: { mon: ['09:00-17:00'], tue: ['09:00-17:00'], wed: [] },
  overrides: { '2026-03-17': [], '2026-03-18': ['10:00-12:00'] },
  focus: { mon: ['10:00-11:00'], '2026-03-16': ['15:00-16:00'] },
};
const calendar = (date: string): Calendar => ({
  id: 'cal_1',
  name: 'Portugal',
  url: '',
  days: [{ date, name: 'A day off' }],
  updated_at: '2026-01-01T00:00:00Z',
  problem: '',
  mine: true,
});

test('what is sent leaves out empty days, but keeps a day without work', () => {
  const sent = clean(spec);
  expect(sent.weekly).toEqual({ mon: ['09:00-17:00'], tue: ['09:00-17:00'] });
  expect(sent.overrides).toEqual({ '2026-03-17': [], '2026-03-18': ['10:00-12:00'] });
});

test('the order in which days were filled in is no change', () => {
  expect(
    same(
      { zone: 'UTC', weekly: { tue: ['9:00-10:00'], mon: [] } },
      { zone: 'UTC', weekly: { tue: ['09:00-10:00'] } },
    ),
  ).toBe(true);
});

test('a single day goes before the week, a holiday before both', () => {
  const days = sketchDays(spec, [], [], '2026-03-16', 3);
  expect(days.map((d) => d.ranges)).toEqual([['09:00-17:00'], [], ['10:00-12:00']]);
  expect(days[0]?.focus).toEqual(['10:00-11:00', '15:00-16:00']);
  expect(sketchDays(spec, [calendar('2026-03-16')], [], '2026-03-16', 1)[0]).toMatchObject({
    ranges: [],
    holiday: 'A day off',
  });
  // Half a day off leaves the other half, which the server counts.
  expect(sketchDays(spec, [calendar('2026-03-16 12:00-24:00')], [], '2026-03-16', 1)[0]?.ranges).toHaveLength(
    1,
  );
});

test('the last day away is away, by dates and by instants', () => {
  const away = (from: string, to: string) =>
    sketchDays(spec, [], [{ id: 'abs_1', from, to, reason: '', stand_in: null }], '2026-03-16', 2).map(
      (d) => d.absent,
    );
  expect(away('2026-03-10', '2026-03-16')).toEqual([true, false]);
  expect(away('2026-03-16T08:00:00Z', '2026-03-17T08:00:00Z')).toEqual([true, false]);
});

test('travel is a zone from a date on', () => {
  expect(zoneOn(spec, '2026-03-17')).toBe('Europe/Lisbon');
  expect(zoneOn(spec, '2026-03-18')).toBe('Asia/Tokyo');
});
