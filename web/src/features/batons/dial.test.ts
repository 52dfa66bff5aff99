import { expect, test } from 'vitest';
import { arcsOf } from './dial';

test('an arc begins on the own clock and runs past midnight', () => {
  expect(arcsOf([{ from: '2026-11-02T21:00:00Z', to: '2026-11-03T05:00:00Z' }], 'Europe/Berlin')).toEqual([
    { from: 22 * 60, to: 30 * 60 },
  ]);
});

test('nobody is drawn for more than a day', () => {
  const [arc] = arcsOf([{ from: '2026-11-02T00:00:00Z', to: '2026-11-04T00:00:00Z' }], 'UTC');
  expect(arc).toEqual({ from: 0, to: 1440 });
});
