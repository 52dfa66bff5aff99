import { t } from '@lingui/core/macro';
import type {
  Decision,
  DecisionKind,
  DecisionOptionIn,
  DecisionRulesIn,
  KindAbout,
  NewDecision,
} from '~/api/decisions';
import type { Recipients } from '~/api/types';
import { clockOf, dateOf, instantOf } from '~/kit/time';

/** An option while it is written; n tells options apart that have no name yet. */
export type Opt = { n: number; name: string; meaning: string; prompt: string; start?: string; end?: string };

/** A decision while it is written. */
export type Writing = {
  space: string;
  title: string;
  context: string;
  kind: DecisionKind;
  options: Opt[];
  who: Recipients;
  decider: string | null;
  rules: Required<Pick<DecisionRulesIn, 'reasons' | 'blind' | 'silence' | 'seats' | 'quorum'>> & {
    method: NonNullable<DecisionRulesIn['method']>;
    share: NonNullable<DecisionRulesIn['share']>;
    score: number;
    dots: number;
    anonymous: boolean;
    sealed: boolean;
    early: boolean;
    objections: number;
  };
  /** Hours of everybody's own working time; 0 with a fixed end. */
  hours: number;
  /** A fixed end, "2026-11-24T17:00" on the writer's clock. */
  end: string;
  key: string;
};

export const empty = (key: string): Writing => ({
  space: '',
  title: '',
  context: '',
  kind: 'consent',
  options: [],
  who: { people: [], teams: [] },
  decider: null,
  rules: {
    method: 'ranked_pairs',
    share: 'more_than_half',
    score: 5,
    dots: 3,
    seats: 1,
    quorum: 0,
    reasons: 'optional',
    blind: 'shown',
    silence: 'nothing',
    anonymous: false,
    sealed: false,
    early: false,
    objections: 0,
  },
  hours: 16,
  end: '',
  key,
});

export const newOption = (list: Opt[]): Opt => ({
  n: 1 + Math.max(0, ...list.map((o) => o.n)),
  name: '',
  meaning: '',
  prompt: '',
});

/** The rules that the kind takes, and nothing that it would refuse. */
export function rulesOf(w: Writing, zone: string): DecisionRulesIn {
  const { kind, rules: r } = w;
  const names = kind === 'consent' || kind === 'advice';
  const anonymous = r.anonymous && !names;
  const sealed = r.sealed && !anonymous && r.reasons !== 'off';
  const several =
    ['approval', 'score', 'dots', 'time'].includes(kind) ||
    (kind === 'ranked' && r.method !== 'instant_runoff');
  return {
    method: kind === 'ranked' ? r.method : undefined,
    share: kind === 'majority' ? r.share : undefined,
    most: kind === 'score' ? r.score : kind === 'dots' ? r.dots : undefined,
    seats: several ? r.seats : 1,
    quorum: r.quorum,
    reasons: kind === 'advice' && r.reasons === 'off' ? 'optional' : r.reasons,
    blind: anonymous ? 'until_closed' : r.blind,
    anonymous,
    sealed,
    silence: silencesOf(w).includes(r.silence) ? r.silence : 'nothing',
    early: r.early && !sealed,
    objections: anonymous ? 0 : Math.round(r.objections * 60),
    ...endOf(w, zone),
  };
}

/** When it ends: so many minutes for everybody, or an instant. */
export function endOf(w: Writing, zone: string): Pick<DecisionRulesIn, 'fair' | 'end'> {
  if (w.hours > 0) return { fair: Math.round(w.hours * 60) };
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/.test(w.end)) return {};
  return { end: new Date(instantOf(w.end.slice(0, 10), w.end.slice(11, 16), zone)).toISOString() };
}

/** What silence may mean for a kind, and with an end of that sort. */
export function silencesOf(w: Pick<Writing, 'kind' | 'hours'>): Writing['rules']['silence'][] {
  return [
    'nothing',
    ...(w.kind === 'consent' ? (['consent'] as const) : []),
    'abstain',
    ...(w.hours > 0 ? (['extend'] as const) : []),
    'decider',
  ];
}

/** What is sent. */
export function bodyOf(w: Writing, space: string, zone: string): NewDecision {
  const time = w.kind === 'time';
  const options: DecisionOptionIn[] = w.options
    .filter((o) => (time ? o.start : o.name.trim()))
    .map((o) => ({
      name: o.name.trim() || undefined,
      meaning: o.meaning.trim() || undefined,
      prompt: o.prompt.trim() || undefined,
      start: time ? o.start : undefined,
      end: time ? o.end : undefined,
    }));
  return {
    space,
    title: w.title.trim(),
    context: w.context.trim(),
    kind: w.kind,
    rules: rulesOf(w, zone),
    options: w.kind === 'consent' ? [] : options,
    people: w.who.people,
    teams: w.who.teams,
    decider: w.decider ?? undefined,
  };
}

/** A draft of the server's, to be written on. */
export function writingOf(d: Decision, zone: string, key: string): Writing {
  const r = d.rules;
  const base = empty(key);
  return {
    ...base,
    space: d.space.id,
    title: d.title,
    context: d.context,
    kind: d.kind,
    options: d.options.map((o, i) => ({
      n: i + 1,
      name: o.name,
      meaning: o.meaning,
      prompt: o.prompt,
      start: o.start ?? undefined,
      end: o.end ?? undefined,
    })),
    who: { people: d.people, teams: d.teams },
    decider: d.decider.id,
    rules: {
      ...base.rules,
      method: (r.method || base.rules.method) as Writing['rules']['method'],
      share: (r.share || base.rules.share) as Writing['rules']['share'],
      score: d.kind === 'score' ? r.most : base.rules.score,
      dots: d.kind === 'dots' ? r.most : base.rules.dots,
      seats: r.seats,
      quorum: r.quorum,
      reasons: r.reasons,
      blind: r.blind,
      silence: r.silence,
      anonymous: r.anonymous,
      sealed: r.sealed,
      early: r.early,
      objections: r.objections / 60,
    },
    hours: r.fair / 60,
    end: r.end ? `${dateOf(r.end, zone)}T${clockOf(r.end, zone)}` : '',
  };
}

/** What lacks before it can open, as a sentence at its place; nothing when all is there. */
export function lacks(w: Writing, about: KindAbout | undefined): { at: string; says: string } | null {
  if (!w.title.trim()) return { at: 'title', says: t`Ask the question in a line.` };
  if (w.kind === 'consent' && !w.context.trim())
    return { at: 'context', says: t`Write the proposal that people consent to.` };
  const named = w.options.filter((o) => (w.kind === 'time' ? o.start : o.name.trim())).length;
  const own = w.kind === 'sense_check' || w.kind === 'majority';
  const least = about?.least ?? 0;
  if (named < least && !(own && named === 0))
    return {
      at: 'options',
      says: w.kind === 'time' ? t`Offer at least one time.` : t`Name at least ${least} options.`,
    };
  if (w.who.people.length + w.who.teams.length === 0) return { at: 'who', says: t`Say who is entitled.` };
  if (w.hours <= 0 && !w.end) return { at: 'end', says: t`Say when it ends.` };
  return null;
}
