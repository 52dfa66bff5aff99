import { t } from '@lingui/core/macro';
import { takeEarly } from './early';

/** What the server said went wrong, with a sentence fit for people. */
export class ApiProblem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly sentence: string,
    readonly fields: { field: string; detail: string }[] = [],
  ) {
    super(sentence);
    this.name = 'ApiProblem';
  }
}

/** The sentence to show for any error. */
export function sentenceOf(error: unknown): string {
  if (error instanceof ApiProblem) return error.sentence;
  return t`Something went wrong here. Please try again.`;
}

export type Query = Record<string, string | number | boolean | string[] | undefined | null>;
export const base = '/api/v1';

type Call = { method?: string; query?: Query; body?: unknown; signal?: AbortSignal; key?: string };

/** Calls one operation. A POST carries an idempotency key, so that a lost answer is safely asked for again. */
export async function call<T>(path: string, { method = 'GET', query, body, signal, key }: Call = {}) {
  const headers: Record<string, string> = { Accept: 'application/json' };
  if (body !== undefined) headers['Content-Type'] = 'application/json';
  if (method === 'POST') headers['Idempotency-Key'] = key ?? newKey();
  const init: RequestInit = {
    method,
    headers,
    credentials: 'same-origin',
    body: body === undefined ? undefined : JSON.stringify(body),
    signal,
  };
  const url = base + path + toSearch(query);
  const answer = (method === 'GET' && (await takeEarly(url))) || (await send(url, init));
  if (answer.status === 204) return undefined as T;
  if (!answer.ok) throw await problemOf(answer);
  return (await answer.json()) as T;
}

/** Sends once, and once more when the network (not the server) failed. */
async function send(url: string, init: RequestInit): Promise<Response> {
  for (let left = 1; ; left--) {
    try {
      return await fetch(url, init);
    } catch (error) {
      if (init.signal?.aborted) throw error;
      if (left <= 0)
        throw new ApiProblem(
          0,
          'offline',
          t`The server cannot be reached. Nothing was lost; try again in a moment.`,
        );
    }
  }
}

async function problemOf(answer: Response): Promise<ApiProblem> {
  const body = (await answer.json().catch(() => ({}))) as {
    code?: string;
    detail?: string;
    errors?: { field: string; detail: string }[];
  };
  const sentence = body.detail || t`Something went wrong on our side. Please try again.`;
  return new ApiProblem(answer.status, body.code ?? 'internal', sentence, body.errors ?? []);
}

/** Writes a query string; empty values are left out, lists repeat their name by commas. */
export function toSearch(query: Query = {}): string {
  const pairs = Object.entries(query).filter(([, v]) => v !== undefined && v !== null && v !== '');
  if (pairs.length === 0) return '';
  return `?${new URLSearchParams(pairs.map(([k, v]) => [k, String(v)]))}`;
}

/** A fresh idempotency key; also where the page is not a secure context. */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (b) => b.toString(16).padStart(2, '0')).join('');
}

export const get = <T>(path: string, query?: Query, signal?: AbortSignal) => call<T>(path, { query, signal });
export const post = <T>(path: string, body: unknown = {}, key?: string) =>
  call<T>(path, { method: 'POST', body, key });
export const put = <T = void>(path: string, body: unknown = {}) => call<T>(path, { method: 'PUT', body });
export const patch = <T>(path: string, body: unknown) => call<T>(path, { method: 'PATCH', body });
export const del = <T = void>(path: string) => call<T>(path, { method: 'DELETE' });
