import { del, get, post, put } from './client';
import type { components } from './schema';
import type { Id, Page } from './types';

type Server = components['schemas'];

/** A team's duty rota, with the shifts and gaps that come of it. */
export type Rota = Server['DutyRotaView'];
export type DutyLayer = Server['DutyLayerView'];
export type DutyLayerIn = Server['DutyLayerIn'];
export type Shift = Server['DutyShiftView'];
export type Swap = Server['DutySwapView'];
export type Handover = Server['DutyHandoverView'];
export type OnDuty = Server['DutyNowView'];
export type MyDuty = Server['DutyMineView'];
/** How a space is paged. */
export type UrgentPath = Server['PagesPathView'];
export type UrgentStepIn = Server['PagesStepIn'];
/** One urgent ask on its way along the path. */
export type UrgentPage = Server['PagesView'];
export type MyPages = Server['PagesMineView'];

export type NewRota = { keeper?: Id; always?: boolean; layers: DutyLayerIn[]; version?: number };
export type NewCover = { layer: Id; person: Id; from: string; to: string; reason?: string };
export type NewSwap = {
  layer: Id;
  with: Id;
  from: string;
  to: string;
  /** Time of theirs in return. */
  back_from?: string;
  back_to?: string;
  note?: string;
};

export const duty = {
  all: () => get<Page<OnDuty>>('/duty'),
  mine: () => get<MyDuty>('/me/duty'),
  rota: (team: Id, query: { from?: string; days?: number } = {}) => get<Rota>(`/teams/${team}/duty`, query),
  set: (team: Id, body: NewRota) => put<Rota>(`/teams/${team}/duty`, body),
  end: (team: Id) => del(`/teams/${team}/duty`),
  cover: (team: Id, body: NewCover) => post<Rota>(`/teams/${team}/duty/covers`, body),
  uncover: (cover: Id) => del(`/duty/covers/${cover}`),
  offer: (team: Id, body: NewSwap) => post<Swap>(`/teams/${team}/duty/swaps`, body),
  accept: (swap: Id) => post<Swap>(`/duty/swaps/${swap}/acceptance`),
  decline: (swap: Id) => post<Swap>(`/duty/swaps/${swap}/decline`),
  withdraw: (swap: Id) => post<Swap>(`/duty/swaps/${swap}/withdrawal`),
  write: (handover: Id, body: { going_on: string; watch?: string }) =>
    put<Handover>(`/duty/handovers/${handover}`, body),
};

export const pages = {
  path: (space: Id) => get<UrgentPath>(`/spaces/${space}/urgent`),
  setPath: (space: Id, body: { steps: UrgentStepIn[]; budget: number; version: number }) =>
    put<UrgentPath>(`/spaces/${space}/urgent`, body),
  setPager: (space: Id, url: string) => put<{ secret: string }>(`/spaces/${space}/urgent/pager`, { url }),
  endPager: (space: Id) => del(`/spaces/${space}/urgent/pager`),
  log: (space: Id, after?: string) => get<Page<UrgentPage>>(`/spaces/${space}/pages`, { after, limit: 20 }),
  ofAsk: (ask: Id) => get<UrgentPage>(`/asks/${ask}/page`),
  mine: () => get<MyPages>('/me/pages'),
  acknowledge: (page: Id) => post<UrgentPage>(`/pages/${page}/acknowledgement`),
  resolve: (page: Id, note: string) => post<UrgentPage>(`/pages/${page}/resolution`, { note }),
  judge: (page: Id, rightly: boolean, note: string) =>
    post<UrgentPage>(`/pages/${page}/verdict`, { rightly, note }),
};
