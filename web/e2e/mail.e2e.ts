import { expect, test } from '@playwright/test';
import { looksRight, phone, signIn, watch } from './helpers';

test('a link of a mail says what it will do, and does it when the button is pressed', async ({
  page,
  browser,
}) => {
  await signIn(page, 'ana');
  const { items } = await (await page.request.get('/api/v1/outbox')).json();
  const links = items
    .filter((m: { kind: string }) => m.kind === 'digest')
    .flatMap((m: { text: string }) => [...m.text.matchAll(/Say by when: \S+(\/api\/v1\/mail\/do\/\S+)/g)])
    .map((m: string[]) => m[1]);
  expect(links.length).toBeGreaterThan(0);
  // Somebody with a mail program and no session, on a phone in the dark.
  const apart = await browser.newContext({
    viewport: phone,
    colorScheme: 'dark',
    baseURL: test.info().project.use.baseURL,
  });
  const reader = await apart.newPage();
  let pressed = false;
  for (const link of links) {
    await reader.goto(link);
    const say = reader.getByRole('button', { name: 'Say by when' });
    if (!(await say.isVisible())) continue; // answered meanwhile
    await looksRight(reader);
    await reader.getByLabel('By when will you answer?').fill('the blue moon');
    await say.click();
    await expect(reader.getByText('could not be read')).toBeVisible();
    await reader.goto(link);
    await reader.getByLabel('By when will you answer?').fill('in 5 days');
    await say.click();
    await expect(reader.getByRole('heading', { name: 'Done.' })).toBeVisible();
    await looksRight(reader);
    pressed = true;
    break;
  }
  expect(pressed).toBe(true);
  await apart.close();
});

test('a question is answered in words on the page of its link', async ({ page, browser }) => {
  await signIn(page, 'ana');
  const { items } = await (await page.request.get('/api/v1/outbox')).json();
  const links: string[] = items.flatMap((m: { text: string }) =>
    [...m.text.matchAll(/Answer: \S+?(\/api\/v1\/mail\/do\/\S+)/g)].map((found) => found[1] ?? ''),
  );
  const apart = await browser.newContext({
    viewport: phone,
    colorScheme: 'dark',
    baseURL: test.info().project.use.baseURL,
  });
  const reader = await apart.newPage();
  let seen = false;
  for (const link of links) {
    await reader.goto(link);
    const words = reader.getByLabel('Your answer');
    if (!(await words.isVisible())) continue; // answered meanwhile
    await looksRight(reader);
    expect(await reader.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
    await reader.getByRole('button', { name: 'Answer' }).click(); // the browser asks for words first
    await expect(words).toBeFocused();
    await reader.screenshot({ path: test.info().outputPath('answer.png') });
    seen = true;
    break;
  }
  expect(seen).toBe(true);
  await apart.close();
});

test('somebody chooses what comes by mail', async ({ page }) => {
  const done = watch(page);
  await signIn(page, 'kofi');
  await page.goto('/settings?tab=reach');
  const asks = page.getByLabel('What you are asked');
  await asks.selectOption('each');
  await expect(page.getByText('Saved.')).toBeVisible();
  await page.reload();
  await expect(asks).toHaveValue('each');
  await looksRight(page);
  await page.setViewportSize(phone);
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
  await page.getByRole('switch', { name: 'Send me my digests by mail too' }).click();
  await expect(asks).toBeHidden();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(asks).toBeVisible();
  done();
});
