import { expect, type Page, test } from '@playwright/test';
import { looksRight, phone, signIn, watch } from './helpers';

test.describe.configure({ timeout: 120_000 }); // hours go by

const shots = process.env.MEANTIME_SHOTS;
const shot = async (page: Page, name: string) => {
  if (shots) await page.screenshot({ path: `${shots}/${name}.png`, fullPage: true });
};

async function api(page: Page, method: 'get' | 'post' | 'put', path: string, data?: unknown) {
  const headers = method === 'post' ? { 'Idempotency-Key': String(Math.random()) } : undefined;
  const answer = await page.request[method](`/api/v1${path}`, { data, headers, timeout: 90_000 });
  expect(answer.ok(), `${method} ${path}: ${await answer.text()}`).toBe(true);
  return answer.json();
}

const idOf = async (page: Page, list: string, name: string): Promise<string> =>
  (await api(page, 'get', list)).items.find((x: { name: string }) => x.name.startsWith(name)).id;

/** The next twenty to four in Accra on a Thursday or Friday, when New York is at work. */
async function lastHour(page: Page): Promise<string> {
  const { now } = await api(page, 'get', '/clock');
  const at = new Date(now);
  at.setUTCHours(15, 40, 0, 0);
  while (at.getTime() <= Date.parse(now) || ![1, 2, 4, 5].includes(at.getUTCDay()))
    at.setUTCDate(at.getUTCDate() + 1);
  return at.toISOString();
}

// In the last hour of Kofi's day what he has can move on: one press hands it to Liam.
test('the evening offers what could move on, by one press', async ({ page, browser }) => {
  const sound = watch(page);
  await signIn(page, 'kofi');
  const space = await idOf(page, '/spaces', 'Platform');
  const people = [await idOf(page, '/people?q=kofi', 'Kofi'), await idOf(page, '/people?q=liam', 'Liam')];
  await api(page, 'post', `/spaces/${space}/chains`, {
    name: 'Over the ocean',
    steps: people.map((person) => ({ person })),
  });
  for (const title of [
    'Answer the bank about the certificate',
    'Sort the crash reports',
    'Tidy the status page',
    'Write to the printers',
  ])
    await api(page, 'post', '/batons', { space, title, stands: 'Begun.', next_step: 'The rest.' });
  await api(page, 'post', '/clock/advance', { to: await lastHour(page) });

  await page.goto('/inbox');
  const banner = page.getByRole('complementary', { name: 'What could move on while you are off' });
  await expect(banner.getByRole('button', { name: 'Hand to Liam Okafor' }).first()).toBeVisible();
  await expect(banner.getByRole('listitem')).toHaveCount(3);
  await looksRight(page);
  await shot(page, 'evening-light');
  await page.emulateMedia({ colorScheme: 'dark' });
  await looksRight(page);
  await shot(page, 'evening-dark');
  await page.setViewportSize(phone);
  await looksRight(page);
  await shot(page, 'evening-phone');
  await page.setViewportSize({ width: 320, height: 700 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize({ width: 1280, height: 800 });

  const row = banner.locator('.row', { hasText: 'Sort the crash reports' });
  await row.getByRole('button', { name: 'Hand to Liam Okafor' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByText('Offered to Liam Okafor. It is yours until they take it.')).toBeVisible();
  await expect(row).toHaveCount(0);
  await shot(page, 'evening-handed');
  const other = await (await browser.newContext()).newPage();
  await signIn(other, 'liam');
  await other.goto('/batons');
  await expect(other.getByRole('link', { name: 'Sort the crash reports' })).toBeVisible();

  await page.getByRole('button', { name: 'Undo' }).click(); // it is Kofi's alone again
  await expect(row).toHaveCount(1);
  await expect(other.getByRole('link', { name: 'Sort the crash reports' })).toHaveCount(0);
  await row.getByRole('button', { name: 'Hand to Liam Okafor' }).click();
  await expect(row).toHaveCount(0);

  await other.getByRole('link', { name: 'Sort the crash reports' }).click();
  await other.getByRole('button', { name: 'Decline…' }).click();
  await other.getByRole('textbox', { name: 'Why' }).fill('I am at the dentist.');
  await other.getByRole('dialog').getByRole('button', { name: 'Decline' }).click();
  await expect(other.getByText('With Kofi Mensah')).toBeVisible();
  await other.getByRole('button', { name: 'Undo' }).click();
  await expect(other.getByRole('button', { name: 'Take it' })).toBeVisible();
  await shot(other, 'offered');
  await other.getByRole('button', { name: 'Take it' }).click();
  await other.getByRole('button', { name: 'It is done…' }).click();
  await other.getByLabel('What came of it').fill('They are sorted.');
  await other.getByRole('button', { name: 'End the baton' }).click();
  await expect(other.getByRole('button', { name: /take that back/ })).toBeVisible();
  await looksRight(other);
  await shot(other, 'ended');
  await other.getByRole('link', { name: 'Its thread' }).click();
  await expect(other.getByText('They are sorted.').first()).toBeVisible();
  await shot(other, 'thread');
  await other.goBack();
  await other.getByRole('button', { name: /take that back/ }).click();
  await expect(other.getByText('With Liam Okafor')).toBeVisible();
  await other.close();

  await banner.getByRole('button', { name: 'Not today' }).click();
  await expect(banner).toHaveCount(0);
  await page.goto('/batons');
  await expect(page.getByRole('heading', { name: 'Could move on while you are off' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Hand to Liam Okafor' }).first()).toBeVisible();
  await looksRight(page);
  await shot(page, 'batons-light');
  await page.setViewportSize(phone);
  await looksRight(page);
  await shot(page, 'batons-phone');
  sound();
});

test('the demo hands work around', async ({ page }) => {
  await signIn(page, 'ana');
  await page.goto('/batons?tab=chains');
  await expect(page.getByRole('heading', { name: 'Follow the sun' })).toBeVisible();
  await shot(page, 'chains');
  await page.goto('/batons?tab=open');
  await page.getByRole('link', { name: 'Invoice export: the words for customers' }).click();
  await expect(page.getByText('no tax line')).toBeVisible();
  await looksRight(page);
  await shot(page, 'demo-baton');
});
