import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/** Signs in as one of the demo's people, without the form. */
export async function signIn(page: Page, handle: string) {
  const answer = await page.request.post('/api/v1/sessions', {
    data: { email: `${handle}@northwind.example`, password: 'meantime' },
  });
  expect(answer.ok()).toBe(true);
}

/** Nothing that a checker finds wrong for people who do not see, or not well. */
export async function looksRight(page: Page) {
  const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
  const found = await new AxeBuilder({ page }).withTags(tags).analyze();
  const told = found.violations.map(
    (v) =>
      `${v.id}: ${v.nodes.map((n) => `${n.html.slice(0, 120)} ${n.any[0]?.message ?? ''}`).join('\n   ')}`,
  );
  expect(told).toEqual([]);
}

/**
 * Fails the test when the page asks anybody but its own server for anything, asks that for what it
 * never gives, or breaks.
 */
export function watch(page: Page): () => void {
  const wrong: string[] = [];
  page.on('response', (r) => {
    if (r.request().method() === 'GET' && [400, 405, 422, 500].includes(r.status()))
      wrong.push(`${r.status()} of ${r.url()}`);
  });
  page.on('request', (r) => {
    const url = new URL(r.url());
    if (['http:', 'https:'].includes(url.protocol) && url.hostname !== '127.0.0.1')
      wrong.push(`asked ${r.url()}`);
  });
  page.on('pageerror', (e) => wrong.push(e.message));
  page.on('console', (m) => {
    if (m.type() === 'error' && m.text().includes('Content Security Policy')) wrong.push(m.text());
  });
  return () => expect(wrong).toEqual([]);
}

/** Picks people in a field by their names, by the keyboard. */
export async function pickPeople(page: Page, label: string, names: string[]) {
  const field = page.getByRole('combobox', { name: label });
  for (const name of names) {
    await field.fill(name);
    await page.getByRole('option', { name }).click();
  }
}

export const phone = { width: 390, height: 780 };

/** The pages of check-ins and batons: the lists, the forms, and one of each with all its parts. */
export async function together(page: Page): Promise<string[]> {
  const first = async (list: string) =>
    (await (await page.request.get(`/api/v1${list}`)).json()).items[0]?.id as string;
  const checkin = `/checkins/${await first('/checkins')}`;
  return [
    '/checkins',
    '/checkins/new',
    checkin,
    ...['answers', 'trends', 'about'].map((tab) => `${checkin}?tab=${tab}`),
    '/batons?tab=open',
    '/batons?tab=chains',
    `/batons/${await first('/batons?box=all')}`,
    '/brainstorms',
    '/brainstorms/new',
  ];
}
