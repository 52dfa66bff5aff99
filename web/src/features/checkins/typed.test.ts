import { expect, test } from 'vitest';
import type { CheckinEntry, CheckinQuestion, CheckinTurn } from '~/api/checkins';
import { emptyForm, fieldsOf, fromTemplate, lacks, rhythmOf } from './form';
import { answersOf, blockerReady, lacking, listOf, withLine } from './typed';

const questions: CheckinQuestion[] = [
  { key: 'done', kind: 'text', text: 'Done?', required: true },
  { key: 'mood', kind: 'mood', text: 'How?' },
];
const turn = (part: Partial<CheckinTurn>) => ({ draft: [], answer: null, ...part });

test('a form begins with the draft, else with what was answered', () => {
  const said = [{ question: 'done', text: 'Painted.', kind: 'text', asked: '', html: '', unit: '' }];
  const answer = { said } as unknown as CheckinEntry;
  expect(answersOf(turn({ answer }))).toEqual({ done: { text: 'Painted.' } });
  expect(answersOf(turn({ answer, draft: [{ question: 'mood', number: 4 }] }))).toEqual({
    mood: { number: 4 },
  });
  expect(answersOf(turn({}))).toEqual({});
});

test('answers go in the order of the questions, and empty ones stay', () => {
  expect(listOf(questions, { mood: { number: 3 }, done: { text: ' ' } })).toEqual([
    { question: 'mood', number: 3 },
  ]);
  expect(lacking(questions, { done: { text: ' ' } }).map((q) => q.key)).toEqual(['done']);
  expect(lacking(questions, { done: { text: 'x' } })).toEqual([]);
});

test('a suggestion is a line of its own', () => {
  expect(withLine('', 'Answered: Keep it?')).toBe('- Answered: Keep it?');
  expect(withLine('Much.\n', 'Began: A plan')).toBe('Much.\n- Began: A plan');
});

test('a blocker says what, and for whom or what', () => {
  expect(blockerReady({ words: 'Paint', what: ' ' })).toBe(false);
  expect(blockerReady({ words: 'Paint', person: 'per_1' })).toBe(true);
});

test('a rhythm keeps what belongs to its kind', () => {
  expect(
    rhythmOf({ every: 'month', weekdays: ['fri', 'mon'], nth: -1, minutes: 30, at: 'clock', clock: '10:00' }),
  ).toEqual({ every: 'month', n: 1, weekdays: ['mon'], nth: -1, at: 'clock', clock: '10:00' });
  expect(rhythmOf({ every: 'once', from: '2026-03-02', until: '2026-04-01', weekdays: ['mon'] })).toEqual({
    every: 'once',
    from: '2026-03-02',
    at: 'start',
  });
});

test('what lacks is said in order, and choices are told from blanks', () => {
  const form = { ...emptyForm(), name: 'Watch', people: ['per_1'] };
  expect(lacks({ ...form, name: ' ' })).toBe('name');
  expect(lacks({ ...form, people: [] })).toBe('people');
  expect(lacks(form)).toBe('questions');
  const pick = { kind: 'choice' as const, text: 'Tea?', choices: ['yes', ' '] };
  expect(lacks({ ...form, questions: [pick] })).toBe('questions');
  const whole = { ...form, questions: [{ ...pick, choices: ['yes', 'no', ''] }] };
  expect(lacks(whole)).toBeNull();
  expect(fieldsOf(whole).questions).toEqual([{ kind: 'choice', text: 'Tea?', choices: ['yes', 'no'] }]);
  expect(lacks({ ...whole, rhythm: { every: 'week', weekdays: [] } })).toBe('days');
});

test('a template fills in what is empty or another template’s', () => {
  const template = {
    key: 'retro',
    name: 'Retro',
    purpose: 'Look back.',
    questions,
    rhythm: { every: 'day' as const },
    rhythm_words: '',
  };
  expect(fromTemplate(emptyForm(), template).name).toBe('Retro');
  expect(fromTemplate({ ...emptyForm(), name: 'Mine' }, template).name).toBe('Mine');
  expect(fromTemplate({ ...emptyForm(), name: 'Retro' }, null, template).name).toBe('');
});
