import { del, get, post } from './client';
import type { Clock, Digest, DigestFull, Found, Id, Import, Mail, Page } from './types';

export const ops = {
  digests: (after?: string) => get<Page<Digest>>('/digests', { after }),
  digest: (id: Id) => get<DigestFull>(`/digests/${id}`),
  search: (q: string, after?: string, signal?: AbortSignal, order?: 'relevance') =>
    get<Found>('/search', { q, after, order }, signal),
  importSlack: (upload: Id, dry_run: boolean) => post<Import>('/imports/slack', { upload, dry_run }),
  imports: (after?: string) => get<Page<Import>>('/imports', { after }),
  import: (id: Id) => get<Import>(`/imports/${id}`),
  cancelImport: (id: Id) => del(`/imports/${id}`),
  clock: () => get<Clock>('/clock'),
  advance: (body: { by: string } | { to: string }) =>
    post<{ now: string; delivered: number }>('/clock/advance', body),
  outbox: (after?: string) => get<Page<Mail>>('/outbox', { after }),
  mail: (id: Id) => get<Mail>(`/outbox/${id}`),
};
