import { t } from '@lingui/core/macro';
import type { Decision, DecisionKind, DecisionOption, DecisionRules, DecisionState } from '~/api/decisions';
import type { Hue } from '~/kit';
import { worded } from '~/kit/time';

export const kinds: DecisionKind[] = [
  'consent',
  'approval',
  'ranked',
  'majority',
  'score',
  'dots',
  'time',
  'advice',
  'sense_check',
];
export const states: DecisionState[] = [
  'open',
  'closed',
  'decided',
  'superseded',
  'withdrawn',
  'scheduled',
  'draft',
];

export const kindWord = (kind: DecisionKind): string =>
  ({
    consent: t`Consent`,
    approval: t`Approval`,
    ranked: t`Ranking`,
    majority: t`Majority`,
    score: t`Scores`,
    dots: t`Dots`,
    time: t`Choose a time`,
    advice: t`Advice`,
    sense_check: t`Sense check`,
  })[kind];

export const stateWord = (state: DecisionState): string =>
  ({
    draft: t`Draft`,
    scheduled: t`Opens later`,
    open: t`Open`,
    closed: t`Outcome to be written`,
    decided: t`Decided`,
    withdrawn: t`Called off`,
    superseded: t`Replaced`,
  })[state];

export const stateHue = (state: DecisionState): Hue =>
  (
    ({
      draft: 'gray',
      scheduled: 'gray',
      open: 'blue',
      closed: 'yellow',
      decided: 'green',
      withdrawn: 'gray',
      superseded: 'gray',
    }) as const
  )[state];

export const methodWord = (method: string): string =>
  ({
    ranked_pairs: t`Condorcet, ranked pairs`,
    schulze: t`Condorcet, Schulze`,
    instant_runoff: t`Instant runoff`,
    borda: t`Borda`,
    stv: t`Single transferable vote`,
  })[method] ?? method;

export const shareWord = (share: string): string =>
  ({
    most: t`the most votes`,
    more_than_half: t`more than half`,
    two_thirds: t`two thirds`,
    three_quarters: t`three quarters`,
    all: t`all votes`,
  })[share] ?? share;

export const silenceWord = (silence: DecisionRules['silence']): string =>
  ({
    nothing: t`Who is silent is not counted`,
    consent: t`Silence counts as consent`,
    abstain: t`Silence counts as abstaining`,
    extend: t`While anybody is silent, everybody gets their share of hours once more`,
    decider: t`The decider decides for who is silent`,
  })[silence];

export const blindWord = (blind: DecisionRules['blind']): string =>
  ({
    shown: t`Everybody sees how it stands, all the time`,
    until_voted: t`How it stands is shown once one has had one’s say`,
    until_closed: t`How it stands is shown in the end`,
  })[blind];

/** "2 h 30 min" of minutes of working time. */
export function hoursWords(minutes: number): string {
  const [h, m] = [Math.floor(minutes / 60), minutes % 60];
  if (h === 0) return t`${m} min`;
  return m === 0 ? t`${h} h` : t`${h} h ${m} min`;
}

/** The rules of a decision as sentences, those that are not as usual anyway. */
export function ruleWords(d: Pick<Decision, 'kind' | 'rules' | 'decider'>): string[] {
  const r = d.rules;
  const say: string[] = [];
  if (r.method) say.push(t`Counted by: ${methodWord(r.method)}.`);
  if (r.seats > 1) say.push(t`${r.seats} options are chosen.`);
  if (r.share) say.push(t`It takes ${shareWord(r.share)}.`);
  if (r.quorum) say.push(t`At least ${r.quorum} % of those entitled must take part.`);
  if (d.kind === 'score') say.push(t`From 0 to ${r.most} points for each option.`);
  if (d.kind === 'dots') say.push(t`${r.most} dots to give out.`);
  if (r.anonymous) say.push(t`Ballots carry no names.`);
  if (r.reasons === 'required') say.push(t`Everybody gives a reason.`);
  if (r.sealed)
    say.push(t`The reasons of others open with one’s own ballot, which may then be changed once.`);
  if (d.kind !== 'advice') say.push(`${blindWord(r.blind)}.`);
  say.push(`${silenceWord(r.silence)}.`);
  if (r.early) say.push(t`It ends as soon as all have had their say.`);
  if (r.objections)
    say.push(
      t`Who was away may object for ${hoursWords(r.objections)} of their own working time afterwards.`,
    );
  return say;
}

/** The name of an option; of a time its moment, on the reader's clock. */
export function optionName(o: DecisionOption, zone: string): string {
  if (!o.start) return o.name;
  return worded(o.start, zone, {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
  });
}
