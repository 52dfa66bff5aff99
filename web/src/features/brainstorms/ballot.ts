import type { IdeaVote, VoteRule } from '~/api/brainstorms';
import type { Id } from '~/api/types';

export type Votes = ReadonlyMap<Id, { value: number; effort: number }>;

/** How much there is to give in all; null where each idea is rated by itself. */
export const stockOf = (rule: VoteRule): number | null =>
  rule.method === 'dots' ? (rule.dots ?? 5) : rule.method === 'points' ? 100 : null;

export const givenOf = (votes: Votes): number => [...votes.values()].reduce((sum, v) => sum + v.value, 0);

/** The most that one idea can still be given, with what it has. */
export function mostOf(rule: VoteRule, votes: Votes, idea: Id): number {
  const stock = stockOf(rule);
  if (stock === null) return 0;
  const rest = stock - givenOf(votes) + (votes.get(idea)?.value ?? 0);
  return Math.max(0, rule.method === 'dots' ? Math.min(rest, rule.most ?? 3) : rest);
}

/** The votes with one idea's changed; null takes it away. */
export function withVote(votes: Votes, idea: Id, vote: { value: number; effort?: number } | null): Votes {
  const next = new Map(votes);
  if (vote === null) next.delete(idea);
  else next.set(idea, { value: vote.value, effort: vote.effort ?? 0 });
  return next;
}

export const votesOf = (ballot: IdeaVote[]): Votes =>
  new Map(ballot.map((v) => [v.idea, { value: v.value, effort: v.effort ?? 0 }]));

/** What is sent: where dots or points are given, nothing given is left out. */
export function ballotOf(rule: VoteRule, votes: Votes): IdeaVote[] {
  return [...votes]
    .filter(([, v]) => v.value !== 0 || rule.method === 'scale')
    .map(([idea, v]) => ({
      idea,
      value: v.value,
      ...(rule.method === 'impact_effort' ? { effort: v.effort } : {}),
    }));
}
