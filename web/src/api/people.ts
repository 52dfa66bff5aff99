import { del, get, patch, post, put } from './client';
import type {
  Absence,
  Calendar,
  Id,
  Overlap,
  Page,
  PersonCard,
  Role,
  Schedule,
  ScheduleSpec,
  Team,
  Template,
  Workspace,
} from './types';

export type NewAbsence = { from: string; to: string; reason?: string; stand_in?: Id };

export const people = {
  list: (query: { q?: string; team?: Id; after?: string } = {}) => get<Page<PersonCard>>('/people', query),
  one: (id: Id) => get<PersonCard>(`/people/${id}`),
  change: (id: Id, body: { role?: Role; guest_until?: string | null }) =>
    patch<PersonCard>(`/people/${id}`, body),
  remove: (id: Id) => del(`/people/${id}`),
  workspace: () => get<Workspace>('/workspace'),
  changeWorkspace: (body: { name: string }) => patch<Workspace>('/workspace', body),
  teams: () => get<Page<Team>>('/teams'),
  team: (id: Id) => get<Team>(`/teams/${id}`),
  makeTeam: (body: { name: string; handle?: string; members: Id[] }) => post<Team>('/teams', body),
  changeTeam: (id: Id, body: { name?: string; handle?: string; members?: Id[] }) =>
    patch<Team>(`/teams/${id}`, body),
  removeTeam: (id: Id) => del(`/teams/${id}`),
  schedule: () => get<Schedule>('/me/schedule'),
  /** Replaces the schedule; the version read before guards against a second window. */
  saveSchedule: (spec: ScheduleSpec, version: number) => put<Schedule>('/me/schedule', { spec, version }),
  templates: () => get<{ items: Template[] }>('/schedule-templates'),
  absences: () => get<Page<Absence>>('/me/absences'),
  makeAbsence: (body: NewAbsence) => post<Absence>('/me/absences', body),
  changeAbsence: (id: Id, body: Partial<NewAbsence>) => patch<Absence>(`/me/absences/${id}`, body),
  removeAbsence: (id: Id) => del(`/me/absences/${id}`),
  calendars: () => get<Page<Calendar>>('/calendars'),
  makeCalendar: (body: { name: string; url?: string; ics?: string }) => post<Calendar>('/calendars', body),
  removeCalendar: (id: Id) => del(`/calendars/${id}`),
  followCalendars: (calendars: Id[]) => put<Calendar[]>('/me/calendars', { calendars }),
  overlap: (query: { people?: string; team?: Id; from?: string; days?: number }) =>
    get<Overlap>('/overlap', query),
};
