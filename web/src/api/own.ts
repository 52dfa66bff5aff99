import { get, post, put } from './client';
import type {
  Agreement,
  AgreementFields,
  AgreementVersion,
  Ask,
  AskAway,
  Boundaries,
  CatchUp,
  DueWhileAway,
  FocusSuggestion,
  Id,
  Page,
} from './types';

/** What goes with an absence, and with whoever is away. */
export const away = {
  catchUp: (absence?: Id) => get<CatchUp>('/me/catch-up', { absence }),
  due: (absence: Id) => get<Page<DueWhileAway>>(`/me/absences/${absence}/asks`),
  tell: (ask: Id, absence: Id, note?: string) => post<Ask>(`/asks/${ask}/absence-notice`, { absence, note }),
  of: (ask: Id) => get<Page<AskAway>>(`/asks/${ask}/absences`),
  reassign: (ask: Id, from: Id, to: Id) => post<Ask>(`/asks/${ask}/reassignment`, { from, to }),
};

/** What the reader alone is told about themselves. */
export const boundaries = {
  mine: () => get<Boundaries>('/me/boundaries'),
  set: (closes: boolean) => put<Boundaries>('/me/boundaries', { closes }),
  suggestions: () => get<Page<FocusSuggestion>>('/me/focus-suggestions'),
};

export type AgreementChange = { version: number; fields: AgreementFields; prose: string; reason: string };

/** What teams agreed on. */
export const agreements = {
  of: (team: Id) => get<Agreement>(`/teams/${team}/agreement`),
  mine: () => get<Page<Agreement>>('/me/agreements'),
  set: (team: Id, body: AgreementChange) => put<Agreement>(`/teams/${team}/agreement`, body),
  history: (team: Id, after?: string) =>
    get<Page<AgreementVersion>>(`/teams/${team}/agreement/versions`, { after }),
  restore: (team: Id, version: number, from: number, reason: string) =>
    post<Agreement>(`/teams/${team}/agreement/versions/${version}/restoration`, { from, reason }),
};
