import { expect, type Locator, type Page } from '@playwright/test';

/** Makes an open decision by the API, as whoever is signed in, and tells its id. */
export async function decision(page: Page, body: Record<string, unknown>, people: string[]): Promise<string> {
  const get = async (path: string) => (await (await page.request.get(`/api/v1${path}`)).json()).items;
  const space = (await get('/spaces')).find((s: { name: string }) => s.name === 'Product');
  const everybody: { id: string; handle: string }[] = await get('/people');
  const ids = people.map((h) => everybody.find((p) => p.handle === h)?.id ?? h);
  const made = await page.request.post('/api/v1/decisions', {
    data: { space: space.id, people: ids, open: true, ...body },
  });
  expect(made.ok(), await made.text()).toBe(true);
  return (await made.json()).id;
}

export const options = (...names: string[]) => names.map((name) => ({ name }));

/** Goes to something by the Tab key alone, from where the focus is. */
export async function tabTo(page: Page, to: Locator, most = 90) {
  await to.first().waitFor({ state: 'attached' });
  for (let i = 0; i < most; i++) {
    if (await to.evaluateAll((all) => all.some((el) => el === document.activeElement))) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`not reached by Tab: ${to}; the focus is on ${await focused(page)}`);
}

/** What has the focus, in words. */
export const focused = (page: Page) =>
  page.evaluate(() => {
    const el = document.activeElement;
    return el === document.body ? 'nothing' : (el?.getAttribute('aria-label') ?? el?.textContent ?? '');
  });

/** Presses a button that the Tab key leads to. */
export async function pressAt(page: Page, name: string | RegExp, key = 'Enter') {
  await tabTo(page, page.locator('#content').getByRole('button', { name }));
  await page.keyboard.press(key);
}

/** Nothing is wider than the window. */
export async function fits(page: Page) {
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(wide, page.url()).toBeLessThanOrEqual(0);
}
