import { expect, test } from '@playwright/test';
import { looksRight, phone, signIn, watch } from './helpers';

test('somebody settles in: a title, a token for a program, and a word on paging', async ({
  page,
  request,
}) => {
  const done = watch(page);
  await signIn(page, 'kofi');
  await page.goto('/settings');
  await page.getByLabel('Title').fill('Keeper of the lights');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Saved.')).toBeVisible();
  await page.reload();
  await expect(page.getByLabel('Title')).toHaveValue('Keeper of the lights');
  await looksRight(page);

  await page.getByLabel('Handle').fill('ana');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('Somebody, or a team, has this handle already.')).toBeVisible();

  await page.getByRole('link', { name: 'Tokens' }).click();
  await page.getByLabel('What it is for').fill('nightly report');
  await page.keyboard.press('Enter');
  const field = page.getByLabel('Your new token');
  await expect(field).toBeFocused();
  // Apart from the browser's cookies, as a program would come.
  const program = { headers: { Authorization: `Bearer ${await field.inputValue()}` } };
  expect((await request.get('/api/v1/me', program)).status()).toBe(200);
  await looksRight(page);
  await page.getByRole('button', { name: 'I have it' }).click();
  await expect(field).toBeHidden();
  await page.getByRole('button', { name: 'Take back nightly report' }).click();
  await page.getByRole('button', { name: 'Take it back' }).click();
  await expect(page.getByText('Taken back.')).toBeVisible();
  expect((await request.get('/api/v1/me', program)).status()).toBe(401);
  await expect(page.getByText('You have no tokens.')).toBeVisible();

  await page.getByRole('link', { name: 'Being reached' }).click();
  const paging = page.getByRole('switch', { name: 'Page me outside my hours' });
  await expect(paging).not.toBeChecked();
  await paging.focus();
  await page.keyboard.press('Space');
  await expect(paging).toBeChecked();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(paging).not.toBeChecked();
  await looksRight(page);
  done();
});

test('a digest that fell due lies in the outbox, and its reader finds it', async ({ page }) => {
  test.setTimeout(120_000);
  const done = watch(page);
  await signIn(page, 'mei');
  // Something new for Mei, asked while she is away from work; then it is Monday for her.
  const { id: mei } = (await (await page.request.get('/api/v1/me')).json()).person;
  await signIn(page, 'ana');
  // By name: earlier stories opened spaces of their own, which Mei may not read.
  const { items: spaces } = await (await page.request.get('/api/v1/spaces')).json();
  const space = spaces.find((s: { name: string }) => s.name === 'Platform').id;
  const title = `Keys of the archive ${Math.random().toString(36).slice(2, 8)}`;
  const asked = await page.request.post('/api/v1/threads', {
    data: {
      space,
      title,
      markdown: 'Who keeps them?',
      asks: [{ kind: 'reply', to: { people: [mei], teams: [] } }],
    },
  });
  expect(asked.status(), await asked.text()).toBe(201);
  /** Which of a list tells of it; several digests may fall due on the way to Monday. */
  const telling = async (list: string): Promise<string | undefined> => {
    const { items } = await (await page.request.get(list)).json();
    for (const { id } of items) {
      if ((await (await page.request.get(`${list}/${id}`)).text()).includes(title)) return id;
    }
  };
  await page.goto('/outbox');
  await page.getByRole('button', { name: 'Move to…' }).click();
  await page.getByRole('menuitem', { name: 'next Monday 09:00 in Taipei' }).click();
  // A week of a company's work passes on the way.
  await expect(page.getByText(/^It is Monday/)).toBeVisible({ timeout: 40_000 });

  await expect.poll(() => telling('/api/v1/outbox')).toBeTruthy();
  const mail = page.locator(`a[href*="${await telling('/api/v1/outbox')}"]`);
  const hers = page.getByRole('listitem').filter({ has: mail });
  await expect(hers).toContainText('mei@northwind.example');
  await expect(hers).toContainText('Lies here');
  await mail.click();
  await expect(page.getByText('No mail server is set, so it stays here.')).toBeVisible();
  await expect(page.locator('.mail-text')).toContainText(title);
  await looksRight(page);
  await page.getByRole('tab', { name: 'HTML' }).click();
  const frame = page.getByTitle('The mail as its reader sees it');
  await expect(frame).toHaveAttribute('sandbox', '');
  await expect(frame.contentFrame().getByText(title)).toBeVisible();

  await signIn(page, 'mei');
  await page.goto('/digests');
  await page.locator(`a[href*="${await telling('/api/v1/digests')}"]`).click();
  await expect(page.getByRole('link', { name: title })).toBeVisible();
  await looksRight(page);
  await page.setViewportSize(phone);
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
  await page.getByRole('link', { name: title }).click();
  await expect(page.getByRole('heading', { name: title })).toBeVisible();
  done();
});
