import { del, get, patch, post, put } from './client';
import type { Id, NewAsk, Page, PersonRef, Post, Posts, Revision, Space, Thread } from './types';

export type NewThread = {
  space: Id;
  title: string;
  purpose?: string;
  markdown: string;
  files?: Id[];
  asks?: NewAsk[];
};
export type NewPost = { markdown: string; files?: Id[]; asks?: NewAsk[]; answers?: Id[]; info?: boolean };
export type ThreadMark = 'follow' | 'mute' | 'saved';
export type ThreadFilter = 'all' | 'following' | 'saved' | 'unread';

export const spaces = {
  list: () => get<Page<Space>>('/spaces'),
  one: (id: Id) => get<Space>(`/spaces/${id}`),
  make: (body: { name: string; purpose?: string; private?: boolean; color?: string; members?: Id[] }) =>
    post<Space>('/spaces', body),
  change: (
    id: Id,
    body: Partial<Pick<Space, 'name' | 'purpose' | 'private' | 'archived' | 'color' | 'windows'>>,
  ) => patch<Space>(`/spaces/${id}`, body),
  members: (id: Id, after?: string) => get<Page<PersonRef>>(`/spaces/${id}/members`, { after }),
  addMember: (id: Id, person: Id) => put(`/spaces/${id}/members/${person}`),
  removeMember: (id: Id, person: Id) => del(`/spaces/${id}/members/${person}`),
};

export const threads = {
  list: (query: { space?: Id; state?: string; filter?: ThreadFilter; after?: string } = {}) =>
    get<Page<Thread>>('/threads', query),
  one: (id: Id) => get<Thread>(`/threads/${id}`),
  open: (body: NewThread, key?: string) => post<{ thread: Thread; post: Post }>('/threads', body, key),
  change: (id: Id, body: { title?: string; purpose?: string; space?: Id; pinned?: boolean }) =>
    patch<Thread>(`/threads/${id}`, body),
  conclude: (id: Id, markdown: string) => post<Thread>(`/threads/${id}/conclusion`, { markdown }),
  reopen: (id: Id, reason: string) => post<Thread>(`/threads/${id}/reopening`, { reason }),
  mark: (id: Id, mark: ThreadMark, on: boolean) =>
    on ? put(`/threads/${id}/${mark}`) : del(`/threads/${id}/${mark}`),
  readTo: (id: Id, upTo: Id) => put(`/threads/${id}/position`, { post: upTo }),
  posts: (id: Id, query: { after?: string; before?: string; limit?: number } = {}) =>
    get<Posts>(`/threads/${id}/posts`, query),
  reply: (id: Id, body: NewPost, key?: string) => post<Post>(`/threads/${id}/posts`, body, key),
};

export const posts = {
  one: (id: Id) => get<Post>(`/posts/${id}`),
  edit: (id: Id, markdown: string) => patch<Post>(`/posts/${id}`, { markdown }),
  remove: (id: Id) => del(`/posts/${id}`),
  revisions: (id: Id) => get<Page<Revision>>(`/posts/${id}/revisions`),
  react: (id: Id, emoji: string, on: boolean) => {
    const path = `/posts/${id}/reactions/${encodeURIComponent(emoji)}`;
    return on ? put(path) : del(path);
  },
  pin: (id: Id, on: boolean) => (on ? put(`/posts/${id}/pin`) : del(`/posts/${id}/pin`)),
};
