import { del, get, newKey, patch, post, put } from './client';
import type { components } from './schema';
import type { Id, Page } from './types';

type Server = components['schemas'];

export type Brainstorm = Server['BrainstormsBrainstormView'];
export type BrainstormLine = Server['BrainstormsBrainstormLine'];
export type BrainstormTemplate = Server['BrainstormsBrainstormTemplate'];
export type BrainstormAhead = Server['BrainstormsBrainstormAhead'];
export type BrainstormPerson = Server['BrainstormsBrainstormPerson'];
export type BrainstormRoom = Server['BrainstormsBrainstormRoom'];
export type BrainstormPhase = Brainstorm['phase'];
export type VoteRule = Server['BrainstormsVoteRule'];
export type Board = Server['BrainstormsBrainstormBoard'];
export type Idea = Server['BrainstormsIdeaView'];
export type IdeaGroup = Server['BrainstormsIdeaGroup'];
export type IdeaNote = Server['BrainstormsIdeaNote'];
export type IdeaResult = Server['BrainstormsIdeaResult'];
export type IdeaOutcome = Server['BrainstormsIdeaOutcome'];
export type IdeaVote = Server['BrainstormsIdeaVote'];
export type IdeaSuggestion = Server['BrainstormsIdeaSuggestion'];
export type PlanStep = Server['BrainstormsBrainstormStepIn'];

export type NewBrainstorm = {
  space: Id;
  title?: string;
  prompt?: string;
  template?: string;
  people?: Id[];
  teams?: Id[];
  anonymous?: boolean;
  hide_count?: boolean;
  by_hand?: boolean;
  plan?: PlanStep[];
  vote?: VoteRule;
};
export type BrainstormEdit = Partial<{
  title: string;
  prompt: string;
  facilitator: Id;
  by_hand: boolean;
  hide_count: boolean;
  vote: VoteRule;
  plan: PlanStep[];
}>;
export type IdeaIn = { text?: string; link?: string; picture?: Id };
export type NewOutcome = {
  kind: IdeaOutcome['kind'];
  ideas: Id[];
  title?: string;
  owner?: Id;
  window?: string;
};

const at = (x: Id) => `/brainstorms/${x}`;
const idea = (x: Id, i: Id) => `${at(x)}/ideas/${i}`;
/** What changed on the board since the version that the page has. */
const since = (path: string, version = 0) => `${path}?since=${version}`;

export const brainstorms = {
  list: (query: { after?: string; state?: string; space?: Id }) =>
    get<Page<BrainstormLine>>('/brainstorms', { ...query, limit: 50 }),
  templates: () => get<Page<BrainstormTemplate>>('/brainstorm-templates'),
  begin: (body: NewBrainstorm, key: string) => post<Brainstorm>('/brainstorms', body, key),
  forecast: (body: NewBrainstorm) => post<Page<BrainstormAhead>>('/brainstorm-forecasts', body),
  get: (x: Id) => get<Brainstorm>(at(x)),
  change: (x: Id, body: BrainstormEdit) => patch<Brainstorm>(at(x), body),
  step: (x: Id, body: { from: string; back?: boolean; sure?: boolean }) =>
    post<Brainstorm>(`${at(x)}/steps`, body),
  done: (x: Id, phase: string) => put<Brainstorm>(`${at(x)}/done?phase=${phase}`),
  notDone: (x: Id, phase: string) => del<Brainstorm>(`${at(x)}/done?phase=${phase}`),
  invite: (x: Id, body: { people?: Id[]; teams?: Id[] }) => post<Brainstorm>(`${at(x)}/participants`, body),
  leave: (x: Id, person: Id) => del<Brainstorm>(`${at(x)}/participants/${person}`),
  divide: (x: Id, body: { by: 'overlap' | 'mixture'; through?: string[] }) =>
    post<Brainstorm>(`${at(x)}/rooms`, body),
  undivide: (x: Id) => del<Brainstorm>(`${at(x)}/rooms`),
  ahead: (x: Id, body: { by_hand: boolean; plan: PlanStep[] }) =>
    post<Page<BrainstormAhead>>(`${at(x)}/forecast`, body),
  gather: (x: Id) => post<Brainstorm>(`${at(x)}/gathering`),
  end: (x: Id, markdown: string) => post<Brainstorm>(`${at(x)}/conclusion`, { markdown, sure: true }),
  exported: (x: Id, format: 'md' | 'csv') => `/api/v1${at(x)}/export${format === 'csv' ? '?format=csv' : ''}`,

  board: (x: Id, version = 0) => get<Board>(`${at(x)}/board`, { since: version || undefined }),
  write: (x: Id, body: IdeaIn, key = newKey()) => put<Idea>(`${at(x)}/own-ideas/${key}`, body),
  rewrite: (x: Id, i: Id, body: IdeaIn) => patch<Idea>(idea(x, i), body),
  remove: (x: Id, i: Id) => del<Idea>(idea(x, i)),
  restore: (x: Id, i: Id) => put<Idea>(`${idea(x, i)}/restoration`),
  claim: (x: Id, i: Id) => put<Idea>(`${idea(x, i)}/claim`),
  unclaim: (x: Id, i: Id) => del<Idea>(`${idea(x, i)}/claim`),
  move: (x: Id, i: Id, body: { group?: Id; before?: Id }, v: number) =>
    put<Board>(since(`${idea(x, i)}/place`, v), body),
  merge: (x: Id, i: Id, into: Id, v: number) => put<Board>(since(`${idea(x, i)}/merge`, v), { into }),
  part: (x: Id, i: Id, v: number) => del<Board>(since(`${idea(x, i)}/merge`, v)),
  note: (x: Id, i: Id, key: string, body: { kind: IdeaNote['kind']; text: string }, v: number) =>
    put<Board>(since(`${idea(x, i)}/own-notes/${key}`, v), body),
  removeNote: (x: Id, note: Id, v: number) => del<Board>(since(`${at(x)}/notes/${note}`, v)),
  group: (x: Id, body: { name?: string; ideas?: Id[] }, v: number) =>
    post<Board>(since(`${at(x)}/groups`, v), body),
  changeGroup: (x: Id, g: Id, body: { name?: string; before?: Id | '' }, v: number) =>
    patch<Board>(since(`${at(x)}/groups/${g}`, v), body),
  dropGroup: (x: Id, g: Id, v: number) => del<Board>(since(`${at(x)}/groups/${g}`, v)),
  restoreGroup: (x: Id, g: Id, ideas: Id[], v: number) =>
    put<Board>(since(`${at(x)}/groups/${g}/restoration`, v), { ideas }),
  suggestions: (x: Id) => get<Page<IdeaSuggestion>>(`${at(x)}/suggestions`),
  vote: (x: Id, votes: IdeaVote[]) => put<Board>(`${at(x)}/ballot`, { votes }),
  become: (x: Id, body: NewOutcome, key: string) => post<Board>(`${at(x)}/outcomes`, body, key),
  finish: (x: Id, o: Id) => put<Board>(`${at(x)}/outcomes/${o}/done`),
  reopen: (x: Id, o: Id) => del<Board>(`${at(x)}/outcomes/${o}/done`),
};
