import { expect, test } from 'vitest';
import { arcOf, piecesOf } from './ring';

const shift = (from: string, to: string, name: string) => ({
  from,
  to,
  layer: '',
  cover: '',
  person: { id: name, name, handle: '', zone: 'UTC', bot: false, removed: false },
});

test('a day is cut out of shifts and gaps, on the clock of a zone', () => {
  const rota = {
    shifts: [shift('2026-10-05T07:00:00Z', '2026-10-06T07:00:00Z', 'Mei')],
    gaps: [{ from: '2026-10-05T00:00:00Z', to: '2026-10-05T07:00:00Z' }],
  };
  expect(piecesOf(rota, '2026-10-05', 'Europe/Berlin')).toEqual([
    { from: 120, to: 540, name: null },
    { from: 540, to: 1440, name: 'Mei' },
  ]);
});

test('a day of 25 hours fills the ring', () => {
  const rota = { shifts: [shift('2026-10-20T00:00:00Z', '2026-10-30T00:00:00Z', 'Ana')], gaps: [] };
  const [one] = piecesOf(rota, '2026-10-25', 'Europe/Berlin');
  expect([one?.from, one?.to]).toEqual([0, 1440]);
});

test('a whole day is drawn though its ends meet', () => {
  expect(arcOf(0, 1440, 100, 70)).toContain('A 100 100 0 1 1 -0.00 -100.00');
});
