import { i18n } from '@lingui/core';
import { beforeAll, expect, test } from 'vitest';
import { bodyOf, empty, lacks, newOption, rulesOf, type Writing } from './writing';

beforeAll(() => {
  i18n.load('en', {});
  i18n.activate('en');
});
const w = (part: Partial<Writing>, rules: Partial<Writing['rules']> = {}): Writing => {
  const base = empty('k');
  return { ...base, ...part, rules: { ...base.rules, ...rules } };
};

test('no rule is sent that the kind refuses', () => {
  const all = {
    anonymous: true,
    sealed: true,
    early: true,
    silence: 'consent',
    seats: 2,
    objections: 8,
  } as const;
  expect(rulesOf(w({ kind: 'consent' }, all), 'UTC')).toMatchObject({
    anonymous: false,
    sealed: true,
    early: false,
    silence: 'consent',
    seats: 1,
    objections: 480,
  });
  expect(rulesOf(w({ kind: 'ranked' }, { ...all, method: 'instant_runoff' }), 'UTC')).toMatchObject({
    anonymous: true,
    sealed: false,
    blind: 'until_closed',
    silence: 'nothing',
    seats: 1,
    objections: 0,
    method: 'instant_runoff',
  });
  expect(rulesOf(w({ kind: 'advice' }, { reasons: 'off' }), 'UTC').reasons).toBe('optional');
});
test('an end is in working hours or an instant of the writer’s clock, never both', () => {
  expect(rulesOf(w({ hours: 4, end: '2026-11-24T17:00' }), 'UTC')).toMatchObject({ fair: 240 });
  const fixed = rulesOf(w({ hours: 0, end: '2026-11-24T17:00' }), 'Europe/Berlin');
  expect([fixed.fair, fixed.end]).toEqual([undefined, '2026-11-24T16:00:00.000Z']);
  expect(rulesOf(w({ hours: 0, end: '2026-11-24T17:00' }, { silence: 'extend' }), 'UTC').silence).toBe(
    'nothing',
  );
});
test('options without a name are left out, and a consent has none', () => {
  const options = [{ ...newOption([]), name: ' Boat ' }, newOption([])];
  expect(bodyOf(w({ kind: 'approval', options }), 'sp_1', 'UTC').options).toEqual([
    { name: 'Boat', meaning: undefined, prompt: undefined, start: undefined, end: undefined },
  ]);
  expect(bodyOf(w({ options }), 'sp_1', 'UTC').options).toEqual([]);
});
test('what lacks is said at its place', () => {
  const about = { kind: 'approval', says: '', least: 2, most: 50, methods: [], names: false } as const;
  const who = { people: ['per_1'], teams: [] };
  const at = (part: Partial<Writing>) =>
    lacks(w({ title: 'T', kind: 'approval', who, ...part }), { ...about, methods: [] })?.at;
  expect(at({ title: ' ' })).toBe('title');
  expect(at({})).toBe('options');
  const options = [
    { ...newOption([]), name: 'A' },
    { ...newOption([]), name: 'B' },
  ];
  expect(at({ options, who: { people: [], teams: [] } })).toBe('who');
  expect(at({ options, hours: 0 })).toBe('end');
  expect(at({ options })).toBeUndefined();
});
