import { expect, type Page, test } from '@playwright/test';
import { looksRight, signIn, together, watch } from './helpers';

test('what the first page shows is asked for once, and before the program is there', async ({ page }) => {
  await signIn(page, 'ana');
  const asked: string[] = [];
  page.on('request', (r) => {
    const url = new URL(r.url());
    if (url.pathname.startsWith('/api/') && !url.pathname.endsWith('/stream'))
      asked.push(url.pathname + url.search);
  });
  await page.goto('/inbox');
  await expect(page.locator('.row').first()).toBeVisible();
  for (const path of ['/api/v1/me', '/api/v1/spaces', '/api/v1/inbox?tab=owe'])
    expect(asked.filter((a) => a === path)).toEqual([path]);
  expect(asked.filter((a) => a.startsWith('/api/v1/inbox'))).toHaveLength(1);

  const { items } = await (await page.request.get('/api/v1/threads')).json();
  asked.length = 0;
  await page.goto(`/threads/${items[0].id}`);
  await expect(page.getByRole('article').first()).toBeVisible();
  expect(asked.filter((a) => a.includes(items[0].id))).toHaveLength(2);
});

test('the files of the program come squeezed, and stay', async ({ page, request }) => {
  const shell = await request.get('/inbox');
  const files = [...(await shell.text()).matchAll(/(?:src|href)="(\/assets\/[^"]+\.(?:js|css))"/g)].map(
    (m) => m[1] ?? '',
  );
  expect(files.length).toBeGreaterThan(8);
  for (const file of files) {
    const got = await request.get(file, { headers: { 'Accept-Encoding': 'gzip, br' } });
    expect(got.headers()['cache-control']).toContain('immutable');
    const long = (await got.body()).length > 1400;
    expect(got.headers()['content-encoding'], file).toBe(long ? 'br' : undefined);
    const plain = await request.get(file, { headers: { 'Accept-Encoding': 'identity' } });
    expect((await plain.body()).equals(await got.body())).toBe(true);
  }
  await page.goto('/sign-in');
});

const overflow = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);

/** A picture to look at, where a folder for them is named. */
async function photograph(page: Page, name: string) {
  const shots = process.env.MEANTIME_SHOTS;
  const path = `${shots}/${name.replace(/[^a-z0-9]+/gi, '-')}.png`;
  if (shots) await page.screenshot({ path, fullPage: true });
}

/** The screens on which people say how and when they are reached, those about others' hours, and decisions. */
async function reaching(page: Page): Promise<string[]> {
  const [spaces, teams] = await Promise.all(
    ['spaces', 'teams'].map(async (x) => (await (await page.request.get(`/api/v1/${x}`)).json()).items),
  );
  const space = spaces.find((s: { name: string }) => s.name === 'Platform').id;
  const team = teams.find((x: { name: string }) => x.name === 'Operations').id;
  const { items } = await (await page.request.get('/api/v1/decisions?state=decided')).json();
  const decided = items[0].id;
  return [
    ...['reach', 'calendars'].map((tab) => `/settings?tab=${tab}`),
    ...['away', 'focus', 'boundaries'].map((tab) => `/hours?tab=${tab}`),
    ...[`/teams/${team}/duty`, `/teams/${team}/agreement`, `/spaces/${space}?tab=urgent`],
    ...['/while-away', '/digests', '/outbox'],
    ...['/decisions', '/decisions/new', `/decisions/${decided}`],
  ];
}

test('asking urgently fits a small phone, from either side and in longer words', async ({
  page,
  browser,
}) => {
  test.setTimeout(120_000);
  await signIn(page, 'ana');
  const { items } = await (await page.request.get('/api/v1/spaces')).json();
  const space = items.find((s: { name: string }) => s.name === 'Platform').id;
  for (const [locale, scheme] of [
    ['en', 'dark'],
    ['ar-XB', 'light'],
    ['en-XA', 'light'],
  ] as const) {
    const context = await browser.newContext({
      baseURL: test.info().project.use.baseURL,
      viewport: { width: 320, height: 700 },
      colorScheme: scheme,
    });
    const small = await context.newPage();
    await small.addInitScript((x) => localStorage.setItem('meantime locale', x), locale);
    await signIn(small, 'ana');
    await small.goto(`/new?space=${space}`);
    await small.locator('.composer-foot button').first().click(); // Ask somebody
    const ask = small.locator('.ask-box');
    await expect(ask.getByRole('combobox').first()).toBeInViewport({ ratio: 1 });
    await ask.getByRole('combobox').first().fill('Kofi');
    await small.getByRole('option', { name: 'Kofi Mensah' }).click();
    await small.keyboard.press('Escape');
    await ask.locator('button[aria-expanded=false]').click();
    await ask.locator('select', { has: small.locator('option[value=urgent]') }).selectOption('urgent');
    await expect(ask.locator('textarea').first()).toBeVisible();
    await ask.locator('textarea').first().fill('Customers cannot pay.');
    await expect(ask.locator('.forecast')).toBeVisible();
    expect(await overflow(small), locale).toBeLessThanOrEqual(0);
    await looksRight(small);
    await photograph(small, `urgent-${locale}`);
    await context.close();
  }
});

test('from right to left nothing breaks, and the hours still run from left to right', async ({ page }) => {
  test.setTimeout(240_000);
  const fine = watch(page);
  await page.addInitScript(() => localStorage.setItem('meantime locale', 'ar-XB'));
  await signIn(page, 'ana');
  const common = ['/inbox', '/threads', '/people', '/people?tab=all', '/hours', '/new', '/settings'];
  for (const path of [...common, ...(await reaching(page)), ...(await together(page))]) {
    await page.goto(path);
    await expect(page.locator('#content h1')).toBeVisible();
    await expect(page.locator('#content [role=status][aria-label]')).toHaveCount(0);
    await expect(page.locator('html')).toHaveAttribute('dir', 'rtl');
    for (const width of [1280, 320]) {
      await page.setViewportSize({ width, height: 800 });
      expect(await overflow(page), `${path} at ${width}`).toBeLessThanOrEqual(0);
      await photograph(page, `rtl-${width}-${path}`);
    }
    await page.setViewportSize({ width: 1280, height: 800 });
    await looksRight(page);
  }
  await page.goto('/inbox');
  await expect(page.locator('.row').first()).toBeVisible();
  const [rail, band] = await page.evaluate(() => [
    document.querySelector('.rail')?.getBoundingClientRect().left ?? 0,
    getComputedStyle(document.querySelector('.strip-band') as Element).direction,
  ]);
  expect(Number(rail)).toBeGreaterThan(600);
  expect(band).toBe('ltr');
  await page.keyboard.press('j');
  await page.keyboard.press('s');
  const menu = page.getByRole('menu');
  await expect(menu).toBeVisible();
  const box = await menu.boundingBox();
  expect(box && box.x >= 0 && box.x + box.width <= 1280).toBe(true);
  await page.keyboard.press('Escape');
  await expect(menu).toHaveCount(0);
  fine();
});

test('words that are a third longer still fit', async ({ page }) => {
  test.setTimeout(240_000);
  await page.addInitScript(() => localStorage.setItem('meantime locale', 'en-XA'));
  await signIn(page, 'ana');
  const common = ['/inbox', '/threads', '/people?tab=all', '/hours', '/settings'];
  for (const path of [...common, ...(await reaching(page)), ...(await together(page))]) {
    await page.setViewportSize({ width: 1280, height: 800 });
    await page.goto(path);
    await expect(page.locator('#content')).toContainText('~');
    await expect(page.locator('#content [role=status][aria-label]')).toHaveCount(0);
    for (const width of [1280, 390, 320]) {
      await page.setViewportSize({ width, height: 800 });
      expect(await overflow(page), `${path} at ${width}`).toBeLessThanOrEqual(0);
      await photograph(page, `longer-${width}-${path}`);
    }
  }
});

test('of six hundred people only those near the screen are drawn; keys, searching and screen readers miss none', async ({
  page,
}) => {
  await signIn(page, 'ana');
  const real = await (await page.request.get('/api/v1/people')).json();
  const items = Array.from({ length: 600 }, (_, i) => ({
    ...real.items[1],
    id: `per_${String(i).padStart(26, '0')}`,
    name: `Person ${String(i + 1).padStart(3, '0')}`,
  }));
  await page.route('**/api/v1/people?**', (r) => r.fulfill({ json: { items, next: '' } }));
  await page.route('**/api/v1/people', (r) => r.fulfill({ json: { items, next: '' } }));
  await page.goto('/people?tab=all');
  const rows = page.getByRole('list', { name: 'People' }).getByRole('listitem');
  await expect(rows.first()).toHaveAttribute('aria-setsize', '600');
  expect(await rows.count()).toBeLessThan(150);
  await looksRight(page);
  for (let i = 0; i < 120; i++) await page.keyboard.press('j');
  await expect(page.getByRole('link', { name: 'Person 120', exact: true })).toBeFocused();
  expect(await rows.count()).toBeLessThan(250);
  await page.keyboard.press('Control+f');
  await expect(rows).toHaveCount(600);
  await expect(page.getByRole('link', { name: 'Person 120', exact: true })).toBeFocused();
});

test('an answer by one press is there before the server has answered, and goes when it refuses', async ({
  page,
  browser,
}) => {
  await signIn(page, 'ana');
  const { id: ana } = (await (await page.request.get('/api/v1/me')).json()).person;
  const other = await browser.newPage();
  await signIn(other, 'jonas');
  const spaces = await (await other.request.get('/api/v1/spaces')).json();
  const made = await other.request.post('/api/v1/threads', {
    data: {
      space: spaces.items.find((s: { handle: string }) => s.handle === 'product').id,
      title: 'Which of the two pictures goes first',
      markdown: 'The harbour, I think.',
      asks: [{ kind: 'approve', text: 'The harbour first', to: { people: [ana] }, window: '2d' }],
    },
  });
  expect(made.ok(), await made.text()).toBe(true);
  const { thread } = await made.json();
  await other.close();
  await page.goto(`/threads/${thread.id}`);
  const answer = page.locator('.ask-card').getByRole('group', { name: 'Your answer' });
  await expect(answer).toBeVisible();
  let refuse = () => {};
  const refused = new Promise<void>((done) => {
    refuse = done;
  });
  const sent = page.waitForRequest('**/answers');
  await page.route('**/answers', (r) => refused.then(() => r.abort()));
  await answer.getByRole('button', { name: 'Approve' }).click();
  await sent;
  await expect(answer).toBeHidden();
  refuse();
  await expect(page.getByText('The server cannot be reached')).toBeVisible();
  await expect(answer).toBeVisible();
});
