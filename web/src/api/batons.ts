import { del, get, patch, post, put } from './client';
import type { components } from './schema';
import type { Id, Page } from './types';

type Server = components['schemas'];

/** Work on its way from person to person; it is with exactly one of them. */
export type Baton = Omit<Server['BatonsBatonView'], 'offer' | 'chain' | 'ended_by'> & {
  offer: Server['BatonsOfferView'] | null;
  chain: Server['BatonsChainRef'] | null;
  ended_by: Server['PeoplePersonRef'] | null;
};
export type BatonLeg = Server['BatonsLegView'];
export type BatonLink = Server['BatonsLink'];
/** When an offer made now would reach somebody. */
export type Wake = Omit<Server['BatonsWakeView'], 'chain'> & { chain: Server['BatonsChainRef'] | null };
/** People and teams among whom work goes around with the clock. */
export type Chain = Server['BatonsChainView'];
export type ChainMember = Server['BatonsMemberView'];
/** What of the reader's work could move on while they are off. */
export type Could = Omit<Server['BatonsCouldView'], 'to'> & { to: Wake[] };
export type Evening = Omit<Server['BatonsEveningView'], 'items'> & { items: Could[] };

export type BatonNote = {
  stands?: string;
  next_step?: string;
  traps?: string;
  links?: BatonLink[];
  by?: string;
};
export type Whom = { to?: Id; chain?: Id; window?: string };
export type NewBaton = { space?: Id; thread?: Id; ask?: Id; title: string } & BatonNote & Whom;
export type NewChain = {
  name: string;
  steps: { person?: Id; team?: Id }[];
  window?: string;
  version?: number;
};
export type BatonBox = 'mine' | 'carried' | 'open' | 'all';

export const batons = {
  list: (query: { box?: BatonBox; space?: Id; thread?: Id; after?: string }) =>
    get<Page<Baton>>('/batons', { ...query, limit: 30 }),
  one: (baton: Id) => get<Baton>(`/batons/${baton}`),
  open: (body: NewBaton) => post<Baton>('/batons', body),
  change: (baton: Id, body: { title?: string; note?: BatonNote; version?: number }) =>
    patch<Baton>(`/batons/${baton}`, body),
  handOn: (baton: Id, body: Whom & { note?: BatonNote }) => post<Baton>(`/batons/${baton}/handoffs`, body),
  withdraw: (baton: Id) => post<Baton>(`/batons/${baton}/withdrawal`),
  accept: (baton: Id) => post<Baton>(`/batons/${baton}/acceptance`),
  decline: (baton: Id, reason: string) => post<Baton>(`/batons/${baton}/decline`, { reason }),
  pass: (baton: Id, to: Id, note: string) => post<Baton>(`/batons/${baton}/pass`, { to, note }),
  end: (baton: Id, outcome: string) => post<Baton>(`/batons/${baton}/end`, { outcome }),
  undo: (baton: Id) => post<Baton>(`/batons/${baton}/undo`),
  ways: (space: Id, query: { person?: Id; window?: string } = {}) =>
    get<Page<Wake>>(`/spaces/${space}/baton-ways`, query),
  chains: (query: { space?: Id; after?: string } = {}) => get<Page<Chain>>('/chains', query),
  makeChain: (space: Id, body: NewChain) => post<Chain>(`/spaces/${space}/chains`, body),
  changeChain: (chain: Id, body: NewChain) => put<Chain>(`/chains/${chain}`, body),
  endChain: (chain: Id) => del(`/chains/${chain}`),
  evening: () => get<Evening>('/me/evening'),
  wantEvenings: (wanted: boolean) => put<Evening>('/me/evening', { wanted }),
};
