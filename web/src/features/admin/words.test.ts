import { i18n } from '@lingui/core';
import { beforeAll, expect, test } from 'vitest';
import type { Import, ImportReport, Me, PersonCard, Role } from '~/api/types';
import { newWords } from './report';
import { percentOf, rolesFor, whyFixed } from './words';

beforeAll(() => i18n.loadAndActivate({ locale: 'en', messages: {} }));

const me = (role: Role) => ({ person: { role } }) as Me;
const person = (role: Role) => ({ role }) as PersonCard;

test('nobody gives more than they have', () => {
  expect(rolesFor('owner')).toEqual(['owner', 'admin', 'member', 'guest']);
  expect(rolesFor('admin')).toEqual(['admin', 'member', 'guest']);
});

test('owners are changed by owners, and the last one stays', () => {
  expect(whyFixed(me('admin'), person('owner'), 2)).not.toBe('');
  expect(whyFixed(me('owner'), person('owner'), 1)).not.toBe('');
  expect(whyFixed(me('owner'), person('owner'), 2)).toBe('');
  expect(whyFixed(me('admin'), person('member'), 1)).toBe('');
});

test('progress stays within its bar, and is unknown at first', () => {
  expect(percentOf({ done: 0, total: 0 } as Import)).toBeNull();
  expect(percentOf({ done: 1, total: 3 } as Import)).toBe(33);
  expect(percentOf({ done: 5, total: 3 } as Import)).toBe(100);
});

test('counts are said as people say them', () => {
  const report = { spaces: 1, threads: 2, posts: 147, people: 0, dry_run: true } as ImportReport;
  expect(newWords(report)).toBe('would be new here: 1 space, 2 threads, 147 posts, 0 people');
});
