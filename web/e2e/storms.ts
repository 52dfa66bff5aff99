import { expect, type Page } from '@playwright/test';
import { signIn } from './helpers';

type Made = { id: string; phase: string };

/** Somebody signed in, in a window of their own. */
export async function as(page: Page, handle: string): Promise<Page> {
  const browser = page.context().browser();
  const other = await (await browser!.newContext({ reducedMotion: 'reduce' })).newPage();
  await signIn(other, handle);
  return other;
}

async function spaceOf(page: Page, handle: string): Promise<string> {
  const spaces = await (await page.request.get('/api/v1/spaces')).json();
  return spaces.items.find((s: { handle: string }) => s.handle === handle).id;
}

export async function personOf(page: Page): Promise<string> {
  return (await (await page.request.get('/api/v1/me')).json()).person.id;
}

/** Begins a brainstorm through the API; everything in it goes by hand. */
export async function begun(page: Page, body: object, others: Page[] = []): Promise<string> {
  const people = await Promise.all([page, ...others].map(personOf));
  const answer = await page.request.post('/api/v1/brainstorms', {
    data: { space: await spaceOf(page, 'platform'), by_hand: true, people, ...body },
  });
  expect(answer.ok(), await answer.text()).toBe(true);
  return ((await answer.json()) as Made).id;
}

export const write = async (page: Page, id: string, texts: string[]) => {
  for (const [i, text] of texts.entries()) {
    const answer = await page.request.put(`/api/v1/brainstorms/${id}/own-ideas/${i} ${text.slice(0, 20)}`, {
      data: { text },
    });
    expect(answer.ok(), await answer.text()).toBe(true);
  }
};

export async function on(page: Page, id: string, from: string) {
  const answer = await page.request.post(`/api/v1/brainstorms/${id}/steps`, { data: { from } });
  expect(answer.ok(), await answer.text()).toBe(true);
}

const cast = [
  'ana',
  'grace',
  'hana',
  'joao',
  'jonas',
  'kofi',
  'liam',
  'mei',
  'omar',
  'priya',
  'sara',
  'tomas',
];

/** So many people who work in the space, whoever is signed in first. */
export async function peopleOf(page: Page, n: number): Promise<{ id: string; handle: string }[]> {
  const me = await personOf(page);
  const { items } = await (await page.request.get('/api/v1/people?limit=100')).json();
  const all = items.filter((p: { handle: string }) => cast.includes(p.handle)); // others come and go in other stories
  return [
    ...all.filter((p: { id: string }) => p.id === me),
    ...all.filter((p: { id: string }) => p.id !== me),
  ].slice(0, n);
}
