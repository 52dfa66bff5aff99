import { del, get, post, put } from './client';
import type { components } from './schema';
import type { Id, Page } from './types';

type Server = components['schemas'];
/** The server's list that is never missing, and the thing that may be. */
type Full<T, K extends keyof T> = Omit<T, K> & { [key in K]: NonNullable<T[key]> };
type Maybe<T, K extends keyof T> = Omit<T, K> & { [key in K]: T[key] | null };

export type DecisionKind = Server['DecisionsDecisionLine']['kind'];
export type DecisionState = Server['DecisionsDecisionLine']['state'];
/** A decision in the register. */
export type DecisionLine = Server['DecisionsDecisionLine'];
export type DecisionRef = Server['DecisionsDecisionRef'];
export type DecisionOption = Server['DecisionsOptionView'];
export type DecisionOptionIn = Server['DecisionsOptionIn'];
export type DecisionRules = Server['DecisionsRulesView'];
export type DecisionRulesIn = Server['DecisionsRulesIn'];
/** What is said on a ballot; which part counts depends on the kind. */
export type Marks = Server['DecisionsMarksView'];
export type Ballot = Maybe<Server['DecisionsBallotView'], 'first' | 'moved_by'>;
export type Voter = Server['DecisionsVoterView'];
/** Somebody who was invited from outside and is not here yet. */
export type Awaited = Server['DecisionsAwaitedView'];
/** Who is here already, or the invitation with its link, which is told this once. */
export type GuestInvited = Maybe<Server['DecisionsGuestInvitedView'], 'here' | 'invited'>;
export type Mine = Omit<Server['DecisionsMineView'], 'ballot'> & { ballot: Ballot | null };
export type Objection = Maybe<Server['DecisionsObjectionView'], 'settled_by'>;
export type Outcome = Server['DecisionsOutcomeView'];
export type Round = Server['TallyRound'];
export type Duels = Server['TallyDuels'];
export type Spread = Server['TallySpread'];
export type Count = Full<Server['TallyResult'], 'figures' | 'places' | 'winners' | 'order'>;
export type Result = Omit<Server['DecisionsResultView'], 'count'> & { count: Count };
/** A decision as far as it is open to its reader. */
export type Decision = Omit<
  Server['DecisionsDecisionView'],
  'decided' | 'mine' | 'objections' | 'result' | 'replaced_by'
> & {
  decided: Outcome | null;
  mine: Mine | null;
  objections: Objection[];
  result: Result | null;
  replaced_by: DecisionRef | null;
};
export type Method = Server['TallyAbout'];
export type KindAbout = Server['DecisionsKindView'];
export type DecisionPreview = Maybe<Server['DecisionsPreviewView'], 'without'>;
export type Outlook = Server['DecisionsOutlookView'];
export type Secrecy = Server['DecisionsSecrecyView'];
export type DecisionFeed = Server['DecisionsDecisionFeed'];

/** A decision as it is written. */
export type NewDecision = {
  space: Id;
  title: string;
  context?: string;
  kind: DecisionKind;
  rules?: DecisionRulesIn;
  options?: DecisionOptionIn[];
  people?: Id[];
  teams?: Id[];
  decider?: Id;
};
/** Which decisions of the register are wanted. */
export type DecisionFilter = {
  space?: Id;
  kind?: string;
  state?: string;
  decider?: Id;
  q?: string;
  from?: string;
  to?: string;
  review_due?: boolean;
  mine?: boolean;
};
export type NewOutcome = {
  markdown: string;
  chosen?: string[];
  reason?: string;
  dissent?: string;
  review_at?: string;
  supersedes?: Id[];
};

const at = (id: Id) => `/decisions/${id}`;

export const decisions = {
  list: (query: DecisionFilter & { after?: string; limit?: number } = {}) =>
    get<Page<DecisionLine>>('/decisions', query),
  kinds: async () => (await get<Page<KindAbout>>('/decisions/kinds')).items,
  one: (id: Id) => get<Decision>(at(id)),
  make: (body: NewDecision & { open?: boolean; opens_at?: string }, key?: string) =>
    post<Decision>('/decisions', body, key),
  change: (id: Id, body: NewDecision & { version: number }) => put<Decision>(at(id), body),
  discard: (id: Id) => del(at(id)),
  open: (id: Id, when?: string) => post<Decision>(`${at(id)}/opening`, { at: when }),
  unschedule: (id: Id) => del<Decision>(`${at(id)}/opening`),
  copy: (id: Id) => post<Decision>(`${at(id)}/copies`),
  preview: (body: { space: Id; rules?: DecisionRulesIn; people?: Id[]; teams?: Id[]; opens_at?: string }) =>
    post<DecisionPreview>('/decisions/preview', body),
  vote: (id: Id, marks: Marks, moved?: { by?: Id; why?: string }) =>
    put<Decision>(`${at(id)}/ballot`, { ...marks, moved }),
  unvote: (id: Id) => del<Decision>(`${at(id)}/ballot`),
  voteSealed: (id: Id, marks: Marks, receipt: string) =>
    put<{ code: string }>(`${at(id)}/sealed-ballot`, { ...marks, receipt }),
  secrecy: (id: Id) => get<Secrecy>(`${at(id)}/secrecy`),
  ballots: (id: Id, after?: string) => get<Page<Ballot>>(`${at(id)}/ballots`, { after, limit: 200 }),
  opened: (id: Id, after?: string) => get<Page<{ marks: Marks }>>(`${at(id)}/opened-ballots`, { after }),
  receipts: (id: Id, after?: string) => get<Page<{ code: string }>>(`${at(id)}/receipts`, { after }),
  voters: (id: Id, after?: string) => get<Page<Voter>>(`${at(id)}/voters`, { after, limit: 200 }),
  invite: (id: Id, who: { people: Id[]; teams: Id[] }) => post<Decision>(`${at(id)}/voters`, who),
  uninvite: (id: Id, person: Id) => del<Decision>(`${at(id)}/voters/${person}`),
  inviteGuest: (id: Id, guest: { email: string; name?: string; until?: string }) =>
    post<GuestInvited>(`${at(id)}/guests`, guest),
  uninviteGuest: (id: Id, invitation: Id) => del<Decision>(`${at(id)}/guests/${invitation}`),
  objectLate: (id: Id, words: string) => post<Decision>(`${at(id)}/objections`, { words }),
  settle: (id: Id, person: Id, state: Objection['state'], words: string) =>
    put<Decision>(`${at(id)}/objections/${person}`, { state, words }),
  extend: (id: Id, more: { fair?: number; end?: string }) => post<Decision>(`${at(id)}/extension`, more),
  close: (id: Id) => post<Decision>(`${at(id)}/closing`),
  withdraw: (id: Id, reason: string) => post<Decision>(`${at(id)}/withdrawal`, { reason }),
  nameDecider: (id: Id, decider: Id) => put<Decision>(`${at(id)}/decider`, { decider }),
  decide: (id: Id, outcome: NewOutcome) => post<Decision>(`${at(id)}/outcome`, outcome),
  undecide: (id: Id, reason: string) => post<Decision>(`${at(id)}/reopening`, { reason }),
  review: (id: Id, next?: string) => post<Decision>(`${at(id)}/reviews`, { next }),
  feed: () => get<DecisionFeed>('/me/decision-feed'),
  makeFeed: () => post<DecisionFeed>('/me/decision-feed'),
  endFeed: () => del('/me/decision-feed'),
};
