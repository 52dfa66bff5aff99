import { del, get, post } from './client';
import type { Id, MailOriginal, MyMail, SpaceMail } from './types';

export const mail = {
  mine: () => get<MyMail>('/me/mail'),
  resume: () => post('/me/mail/resumption', {}),
  rotate: () => post('/me/mail/rotation', {}),
  dropAlias: (address: string) => del(`/me/mail/aliases/${encodeURIComponent(address)}`),
  confirm: (held: Id, always: boolean) => post(`/mail/held/${held}/confirmation`, { always }),
  discard: (held: Id) => del(`/mail/held/${held}`),
  ofSpace: (space: Id) => get<SpaceMail>(`/spaces/${space}/mail`),
  original: (post: Id) => get<MailOriginal>(`/posts/${post}/original`),
};
