import { expect, test } from 'vitest';
import type { Board, Idea, VoteRule } from '~/api/brainstorms';
import { ballotOf, mostOf, votesOf, withVote } from './ballot';
import { afterOf, mergedOf, moved, over, pilesOf } from './board';
import { bodyOf, hoursOf, stepsOf } from './plan';

const idea = (id: string, part: Partial<Idea> = {}): Idea => ({
  id,
  n: 1,
  text: id,
  link: '',
  picture: '',
  author: null as unknown as Idea['author'],
  mine: false,
  claimed: false,
  hidden: false,
  late: false,
  edited: false,
  room: '',
  group: null,
  merged: null,
  place: 0,
  own: false,
  notes: [],
  result: null as unknown as Idea['result'],
  may: { edit: false, claim: false },
  ...part,
});
const board = (part: Partial<Board>): Board => ({
  version: 1,
  whole: true,
  phase: 'cluster',
  ideas: [],
  groups: [],
  gone: [],
  ballot: [],
  uncounted: '',
  outcomes: [],
  ...part,
});
const names = (b: Board) => pilesOf(b).map((p) => [p.group?.name ?? '', p.ideas.map((i) => i.id).join('')]);

test('what changed is put over what the page has, and what did not stays the same object', () => {
  const had = board({ version: 3, ideas: [idea('a'), idea('b'), idea('c')] });
  const fresh = board({
    version: 5,
    whole: false,
    ideas: [idea('b', { text: 'new' }), idea('d')],
    gone: ['c'],
  });
  const now = over(had, fresh);
  expect(now.ideas.map((i) => i.text)).toEqual(['a', 'new', 'd']);
  expect(now.ideas[0]).toBe(had.ideas[0]);
  expect(over(now, board({ version: 4, whole: false, ideas: [idea('a', { text: 'old' })] }))).toBe(now);
  expect(over(now, board({ version: 9 })).ideas).toEqual([]);
});

test('a moved card stands where it will: before another, or last in its group', () => {
  const b = board({
    groups: [{ id: 'g', name: 'G', place: 1 }],
    ideas: [
      idea('a', { place: 1 }),
      idea('b', { place: 2 }),
      idea('c', { place: 3 }),
      idea('x', { group: 'g', place: 9 }),
    ],
  });
  expect(names(moved(b, 'c', null, 'b'))).toEqual([
    ['G', 'x'],
    ['', 'acb'],
  ]);
  expect(names(moved(b, 'c', null, 'a'))[1]).toEqual(['', 'cab']);
  expect(names(moved(b, 'a', 'g'))).toEqual([
    ['G', 'xa'],
    ['', 'bc'],
  ]);
  expect(afterOf(b, b.ideas[0]!)).toBe('b');
  expect(afterOf(b, b.ideas[2]!)).toBeUndefined();
});

test('an idea merged into a merged one is shown by the card that stands', () => {
  const b = board({ ideas: [idea('a'), idea('b', { merged: 'a' }), idea('c', { merged: 'b', place: 1 })] });
  expect(
    mergedOf(b)
      .get('a')
      ?.map((i) => i.id),
  ).toEqual(['b', 'c']);
  expect(names(b)).toEqual([['', 'a']]);
});

test('a group that is gone gives its cards back', () => {
  expect(names(board({ ideas: [idea('a', { group: 'lost' })] }))).toEqual([['', 'a']]);
});

test('dots end with the stock and with the most for one idea', () => {
  const rule: VoteRule = { method: 'dots', dots: 5, most: 3 };
  let votes = votesOf([{ idea: 'a', value: 3 }]);
  expect(mostOf(rule, votes, 'a')).toBe(3);
  expect(mostOf(rule, votes, 'b')).toBe(2);
  votes = withVote(votes, 'b', { value: 2 });
  expect(mostOf(rule, votes, 'c')).toBe(0);
  votes = withVote(votes, 'a', null);
  expect(ballotOf(rule, votes)).toEqual([{ idea: 'b', value: 2 }]);
});

test('a zero counts on the scale, and effort goes with impact', () => {
  const zero = withVote(votesOf([]), 'a', { value: 0 });
  expect(ballotOf({ method: 'scale' }, zero)).toEqual([{ idea: 'a', value: 0 }]);
  expect(ballotOf({ method: 'points' }, zero)).toEqual([]);
  const both = withVote(votesOf([]), 'a', { value: 4, effort: 2 });
  expect(ballotOf({ method: 'impact_effort' }, both)).toEqual([{ idea: 'a', value: 4, effort: 2 }]);
});

test('a plan is sent with shares, fixed ends on the own clock, and ends by hand', () => {
  const steps = stepsOf({ plan: [] });
  expect(steps.filter((s) => s.on).map((s) => s.phase)).toEqual(['collect']);
  const body = bodyOf(
    {
      space: 'sp_1',
      template: 'open',
      title: ' Why? ',
      prompt: '',
      who: { people: [], teams: [] },
      anonymous: false,
      hideCount: false,
      byHand: false,
      vote: { method: 'dots', dots: 2, most: 3 },
      key: 'k',
      steps: steps.map((s, i) => ({
        ...s,
        on: i < 3,
        end: (['share', 'fixed', 'hand'] as const)[i] ?? 'share',
        until: '2026-10-25T12:00',
      })),
    },
    'Europe/Berlin',
  );
  expect(body.plan).toEqual([
    { phase: 'collect', window: '4h' },
    { phase: 'reveal', until: '2026-10-25T11:00:00.000Z' },
    { phase: 'cluster' },
  ]);
  expect(body.vote).toEqual({ method: 'dots', dots: 2, most: 2 });
  expect(body.title).toBe('Why?');
  expect([hoursOf('8h'), hoursOf('12h30m'), hoursOf('')]).toEqual([8, 13, 4]);
});
