import { del, get, post } from './client';
import type { Ask, Forecast, Id, Inbox, InboxTab, Need, NewAsk, Recipients, Urgency } from './types';

export type ForecastQuestion = {
  to: Recipients;
  space?: Id;
  kind?: string;
  window?: string;
  deadline?: string;
  urgency?: Urgency;
  need?: Need;
};

export const asks = {
  one: (id: Id) => get<Ask>(`/asks/${id}`),
  ask: (thread: Id, body: NewAsk & { post?: Id }) => post<Ask>(`/threads/${thread}/asks`, body),
  acknowledge: (id: Id, promised_at?: string) => post<Ask>(`/asks/${id}/acknowledgement`, { promised_at }),
  answer: (id: Id, body: { value?: string; note?: string }) => post<Ask>(`/asks/${id}/answers`, body),
  decline: (id: Id, reason: string) => post<Ask>(`/asks/${id}/decline`, { reason }),
  pass: (id: Id, to: Id, note?: string) => post<Ask>(`/asks/${id}/passing`, { to, note }),
  release: (id: Id, people?: Id[]) => post<Ask>(`/asks/${id}/release`, { people }),
  extend: (id: Id, body: { window?: string; deadline?: string }) => post<Ask>(`/asks/${id}/extension`, body),
  remind: (id: Id) => post<Ask>(`/asks/${id}/reminder`),
  takeBack: (id: Id) => del<Ask>(`/asks/${id}/answers/mine`),
  forecast: (body: ForecastQuestion) => post<Forecast>('/forecasts', body),
};

export const inbox = {
  list: (query: { tab: InboxTab; after?: string; limit?: number }) => get<Inbox>('/inbox', query),
  done: (key: Id) => post<void>(`/inbox/${key}/done`),
  undone: (key: Id) => del(`/inbox/${key}/done`),
  snooze: (key: Id, body: { until?: string; next_start?: boolean; on_reply_by?: Id }) =>
    post<{ until: string | null }>(`/inbox/${key}/snooze`, body),
  wake: (key: Id) => del(`/inbox/${key}/snooze`),
};
