import { del, get, patch, post } from './client';
import type { CalendarEvent, Feed, FreshFeed, Id, NewSubscription, Page, Subscription } from './types';

export const calendars = {
  subscriptions: () => get<Page<Subscription>>('/me/subscriptions'),
  subscribe: (body: NewSubscription) => post<Subscription>('/me/subscriptions', body),
  change: (id: Id, body: { name?: string; counts_as_focus?: boolean }) =>
    patch<Subscription>(`/me/subscriptions/${id}`, body),
  unsubscribe: (id: Id) => del(`/me/subscriptions/${id}`),
  /** Reads it again at once; how it went stands in its problem. */
  refresh: (id: Id) => post<Subscription>(`/me/subscriptions/${id}/refreshes`),
  events: (id: Id) => get<Page<CalendarEvent>>(`/me/subscriptions/${id}/events`),
  feeds: () => get<Page<Feed>>('/me/feeds'),
  /** Makes a feed, or gives it a new secret; the secret is told this once. */
  makeFeed: (body: { kind: Feed['kind']; team?: Id }) => post<FreshFeed>('/me/feeds', body),
  endFeed: (id: Id) => del(`/me/feeds/${id}`),
};
