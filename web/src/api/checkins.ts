import { del, get, post, put } from './client';
import type { components } from './schema';
import type { Id, Page, PersonRef } from './types';

type Server = components['schemas'];

export type CheckinQuestion = Server['CheckinsCheckinQuestion'];
export type QuestionKind = CheckinQuestion['kind'];
export type CheckinRhythm = Server['CheckinsCheckinRhythm'];
export type CheckinTemplate = Server['CheckinsCheckinTemplate'];
/** A check-in: questions, when they are asked, and of whom. */
export type Checkin = Omit<Server['CheckinsCheckinView'], 'team'> & {
  team: { id: Id; name: string } | null;
};
export type CheckinAnswer = Server['CheckinsCheckinAnswer'];
export type CheckinSaid = Server['CheckinsCheckinSaid'];
export type CheckinBlocker = Omit<Server['CheckinsCheckinBlocker'], 'for'> & { for: PersonRef | null };
/** A published answer. */
export type CheckinEntry = Omit<Server['CheckinsCheckinEntry'], 'blockers'> & { blockers: CheckinBlocker[] };
export type CheckinNewBlocker = Server['CheckinsCheckinNewBlocker'];
/** What one person is asked for a date of theirs, or the published answer of another. */
export type CheckinTurn = Omit<Server['CheckinsCheckinTurn'], 'answer' | 'last' | 'waiting'> & {
  answer: CheckinEntry | null;
  last: CheckinEntry | null;
  waiting: CheckinBlocker[];
};
export type CheckinVoice = { person: PersonRef; latest: CheckinEntry; earlier: CheckinEntry[] };
export type CheckinReport = Omit<Server['CheckinsCheckinReport'], 'people' | 'waiting'> & {
  people: CheckinVoice[];
  waiting: CheckinBlocker[];
};
export type CheckinReportRef = Server['CheckinsCheckinReportRef'];
export type CheckinMyReport = Server['CheckinsCheckinMyReport'];
export type CheckinDue = Server['CheckinsCheckinDue'];
export type CheckinFigures = Server['CheckinsCheckinFigures'];
export type CheckinPreview = Server['CheckinsCheckinPreview'];
export type CheckinFields = Omit<Server['CheckinMakeInBody'], 'space' | 'template'>;

type Paged = { after?: string; limit?: number };

export const checkins = {
  list: (query: Paged & { space?: Id; ended?: boolean } = {}) => get<Page<Checkin>>('/checkins', query),
  one: (id: Id) => get<Checkin>(`/checkins/${id}`),
  make: (body: CheckinFields & { space: Id; template?: string }, key?: string) =>
    post<Checkin>('/checkins', body, key),
  change: (id: Id, body: CheckinFields & { version: number }) => put<Checkin>(`/checkins/${id}`, body),
  pause: (id: Id, until = '') => put<Checkin>(`/checkins/${id}/pause`, until ? { until } : {}),
  resume: (id: Id) => del<Checkin>(`/checkins/${id}/pause`),
  end: (id: Id, outcome: string) => post<Checkin>(`/checkins/${id}/end`, { outcome }),
  takeOver: (id: Id) => put<Checkin>(`/checkins/${id}/owner`),
  follow: (id: Id, on: boolean) => (on ? put(`/checkins/${id}/follow`) : del(`/checkins/${id}/follow`)),
  templates: () => get<Page<CheckinTemplate>>('/checkin-templates'),
  bank: () => get<Page<string>>('/checkin-bank'),
  preview: (body: { space: Id; team?: Id; people?: Id[]; rhythm: CheckinRhythm }) =>
    post<CheckinPreview>('/checkin-previews', body),
  mine: () => get<Page<CheckinDue>>('/me/checkins'),
  myReports: (query: Paged = {}) => get<Page<CheckinMyReport>>('/me/checkin-reports', query),
  turn: (id: Id) => get<CheckinTurn>(`/checkin-turns/${id}`),
  draft: (id: Id, answers: CheckinAnswer[]) => put<CheckinTurn>(`/checkin-turns/${id}/draft`, { answers }),
  answer: (id: Id, body: { answers?: CheckinAnswer[]; nothing?: boolean; blockers?: CheckinNewBlocker[] }) =>
    put<CheckinTurn>(`/checkin-turns/${id}/answer`, body),
  withdraw: (id: Id) => del<CheckinTurn>(`/checkin-turns/${id}/answer`),
  skip: (id: Id) => post<CheckinTurn>(`/checkin-turns/${id}/skip`),
  settle: (blocker: Id) => post<CheckinBlocker>(`/checkin-blockers/${blocker}/settlement`),
  latest: (id: Id) => get<CheckinReport>(`/checkins/${id}/report`),
  report: (id: Id) => get<CheckinReport>(`/checkin-reports/${id}`),
  reports: (id: Id, query: Paged = {}) => get<Page<CheckinReportRef>>(`/checkins/${id}/reports`, query),
  answers: (id: Id, query: Paged & { person?: Id } = {}) =>
    get<Page<CheckinEntry>>(`/checkins/${id}/answers`, query),
  figures: (id: Id) => get<CheckinFigures>(`/checkins/${id}/figures`),
  export: (id: Id) => get<{ name: string; csv: string }>(`/checkins/${id}/export`),
};
