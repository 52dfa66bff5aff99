import { del, get, patch, post, put } from './client';
import type { Attention, Id, Invitation, InvitationFace, Me, Page, Role, Session, Token } from './types';

export const auth = {
  me: () => get<Me>('/me'),
  changeMe: (body: { name?: string; title?: string; handle?: string }) => patch<Me>('/me', body),
  setupNeeded: () => get<{ needed: boolean }>('/setup'),
  setup: (body: {
    token: string;
    workspace: string;
    name: string;
    email: string;
    password: string;
    zone: string;
  }) => post<Me>('/setup', body),
  signIn: (email: string, password: string) => post<Me>('/sessions', { email, password }),
  signOut: () => del('/sessions/current'),
  sessions: () => get<Page<Session>>('/sessions'),
  endSession: (id: Id) => del(`/sessions/${id}`),
  tokens: () => get<Page<Token>>('/tokens'),
  makeToken: (name: string) => post<{ id: Id; token: string }>('/tokens', { name }),
  endToken: (id: Id) => del(`/tokens/${id}`),
  /** All other sessions end; so do the tokens, unless they are kept. */
  changePassword: (current: string, next: string, keepTokens = false) =>
    put('/me/password', { current, new: next, keep_tokens: keepTokens }),
  toWorkspace: (workspace: Id) => post<Me>('/me/workspace', { workspace }),
  invitations: () => get<Page<Invitation>>('/invitations'),
  invite: (body: { email?: string; role: Role; spaces?: Id[]; guest_until?: string; name?: string }) =>
    post<{ id: Id; link: string; expires_at: string }>('/invitations', body),
  endInvitation: (id: Id) => del(`/invitations/${id}`),
  invitation: (token: string) => get<InvitationFace>(`/invitations/by-token/${encodeURIComponent(token)}`),
  accept: (token: string, body: { name: string; email: string; password: string; zone: string }) =>
    post<Me>(`/invitations/by-token/${encodeURIComponent(token)}/acceptance`, body),
  attention: () => get<Attention>('/me/attention'),
  changeAttention: (body: Attention) => put<Attention>('/me/attention', body),
};
