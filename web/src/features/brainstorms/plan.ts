import type { Brainstorm, BrainstormTemplate, NewBrainstorm, PlanStep, VoteRule } from '~/api/brainstorms';
import type { Id, Recipients } from '~/api/types';
import { clockOf, dateOf, instantOf } from '~/kit/time';

export const phases: PlanStep['phase'][] = ['collect', 'reveal', 'cluster', 'refine', 'vote'];

/** How a phase ends: after a share of everybody's hours, at a fixed time, or by hand. */
export type End = 'share' | 'fixed' | 'hand';
export type StepDraft = { phase: PlanStep['phase']; on: boolean; end: End; hours: number; until: string };

/** A brainstorm while it is being written; what a form holds. */
export type Draft = {
  space: Id;
  template: string;
  title: string;
  prompt: string;
  who: Recipients;
  anonymous: boolean;
  hideCount: boolean;
  byHand: boolean;
  steps: StepDraft[];
  vote: Required<VoteRule>;
  key: string;
};

/** The hours of a window such as "8h"; a part of an hour counts as one. */
export const hoursOf = (window: string): number => {
  const [, h = '0', m = '0'] = /^(?:(\d+)h)?(?:(\d+)m)?$/.exec(window) ?? [];
  return Number(h) + (Number(m) > 0 ? 1 : 0) || 4;
};

/** The steps of a template: all phases in their order, those that it has are on. */
export const stepsOf = (template: Pick<BrainstormTemplate, 'plan'> | undefined): StepDraft[] =>
  phases.map((phase) => {
    const given = template?.plan.find((s) => s.phase === phase);
    return {
      phase,
      on: !!given || phase === 'collect',
      end: 'share',
      hours: hoursOf(given?.window ?? ''),
      until: '',
    };
  });

/** The present phase of a brainstorm and those to come, as a form holds them. */
export const stepsToCome = (b: Pick<Brainstorm, 'phase' | 'plan'>, zone: string): StepDraft[] => {
  const now = phases.indexOf(b.phase as PlanStep['phase']);
  if (now < 0) return [];
  return phases.slice(now).map((phase) => {
    const given = b.plan.find((s) => s.phase === phase);
    const until = given?.until ? `${dateOf(given.until, zone)}T${clockOf(given.until, zone)}` : '';
    return {
      phase,
      on: !!given,
      end: given?.until ? 'fixed' : given && !given.window ? 'hand' : 'share',
      hours: hoursOf(given?.window ?? ''),
      until,
    };
  });
};

/** The steps that are on, as they are sent. What was not touched stays to the minute. */
export const planOf = (steps: StepDraft[], zone: string, had: Brainstorm['plan'] = []): PlanStep[] =>
  steps
    .filter((s) => s.on)
    .map((s): PlanStep => {
      const was = had.find((p) => p.phase === s.phase);
      if (s.end === 'fixed' && s.until) return { phase: s.phase, until: instantIn(s.until, zone) };
      if (s.end === 'hand') return { phase: s.phase };
      const same = was?.window && hoursOf(was.window) === s.hours;
      return { phase: s.phase, window: same ? was.window : `${s.hours}h` };
    });

/** A way to vote as it is sent. */
export const ruleOf = ({ method, dots, most }: Required<VoteRule>): VoteRule =>
  method === 'dots' ? { method, dots, most: Math.min(most, dots) } : { method };

/** What is sent of a draft; a fixed end is a date and time of the writer's own clock. */
export function bodyOf(d: Draft, zone: string): NewBrainstorm {
  return {
    space: d.space,
    title: d.title.trim(),
    prompt: d.prompt.trim(),
    template: d.template,
    people: d.who.people,
    teams: d.who.teams,
    anonymous: d.anonymous,
    hide_count: d.hideCount,
    by_hand: d.byHand,
    plan: planOf(d.steps, zone),
    vote: ruleOf(d.vote),
  };
}

/** The instant of the text of a field for a date and a time, on the clock of a zone. */
export const instantIn = (local: string, zone: string): string =>
  new Date(instantOf(local.slice(0, 10), local.slice(11, 16), zone)).toISOString();

/** The next day at 17:00, as a field for a date and a time writes it. */
export function usualUntil(now: number, zone: string, days: number): string {
  return `${dateOf(now + days * 86_400_000, zone)}T17:00`;
}
