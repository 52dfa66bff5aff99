import { expect, test } from 'vitest';
import { matches } from './fold';
import { splitPicked } from './PeoplePicker';

test.each([
  ['Tomás Rey', 'tomas', true],
  ['Tomás Rey', 'rey t', true],
  ['João Alves America/Sao_Paulo', 'paulo', true],
  ['Mei Tanaka', 'aka', false],
])('%s and "%s"', (name, typed, want) => expect(matches(name, typed)).toBe(want));

test('people and teams are told apart', () => {
  expect(splitPicked(['team t1', 'person a', 'person b'])).toEqual({ people: ['a', 'b'], teams: ['t1'] });
});
