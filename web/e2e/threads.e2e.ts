import { expect, type Page, test } from '@playwright/test';
import { looksRight, phone, signIn, watch } from './helpers';

const looks = [
  { name: 'light', use: { colorScheme: 'light' as const } },
  { name: 'dark', use: { colorScheme: 'dark' as const } },
  { name: 'phone', use: { viewport: phone } },
];
for (const look of looks) {
  test.describe(look.name, () => {
    test.use(look.use);
    test('threads, a thread, spaces and search read well', async ({ page }) => {
      const fine = watch(page);
      await signIn(page, 'mei');
      await page.goto('/threads');
      await expect(page.getByRole('list', { name: 'Threads' })).toBeVisible();
      await looksRight(page);
      await page.getByRole('link', { name: 'Names for the new onboarding flow' }).click();
      await expect(page.getByRole('region', { name: 'Conclusion' })).toContainText('Day one');
      await expect(page.getByText('concluded the thread.').last()).toBeVisible();
      await looksRight(page);
      await page.goto('/spaces');
      await page.locator('#content').getByRole('link', { name: 'Product' }).click();
      await expect(page.getByRole('heading', { name: 'Product', level: 1 })).toBeVisible();
      await expect(page.getByRole('list', { name: 'Threads' })).toBeVisible();
      await looksRight(page);
      await page.getByText('Members', { exact: true }).click();
      await expect(page.getByRole('list', { name: 'Members' })).toBeVisible();
      await looksRight(page);
      await page.goto('/search?q=replication in:platform');
      await expect(page.locator('mark').first()).toBeVisible();
      await expect(page.getByRole('group', { name: 'How this was understood' })).toContainText('in platform');
      await looksRight(page);
      fine();
    });
  });
}

async function openThread(page: Page, title: string) {
  await page.goto('/new');
  const spaces = await (await page.request.get('/api/v1/spaces')).json();
  const space = spaces.items.find((s: { handle: string }) => s.handle === 'product').id;
  const made = await page.request.post('/api/v1/threads', {
    data: { space, title, purpose: 'To see how it goes.', markdown: 'The **first** word.' },
  });
  const { thread } = await made.json();
  await page.goto(`/threads/${thread.id}`);
  await expect(page.getByRole('heading', { name: title, level: 1 })).toBeVisible();
}

test('write, react, edit with history, delete and take back, conclude and reopen', async ({ page }) => {
  await signIn(page, 'jonas');
  await openThread(page, 'How a thread lives');
  const first = page.getByRole('article').first();
  await expect(first.locator('strong', { hasText: 'first' })).toBeVisible();

  await page.keyboard.press('r');
  await page.keyboard.type('A second word.');
  await page.keyboard.press('Control+Enter');
  const second = page.getByRole('article').nth(1);
  await expect(second).toContainText('A second word.');

  await second.getByRole('button', { name: 'Add a reaction' }).click();
  await page.getByRole('button', { name: 'party' }).click();
  const party = second.getByRole('button', { name: /🎉 by Jonas/ });
  await expect(party).toHaveAttribute('aria-pressed', 'true');
  await party.click();
  await expect(party).toHaveCount(0);

  await second.focus();
  await page.keyboard.press('e');
  await page.getByLabel('Your post').fill('A better word.');
  await page.keyboard.press('Control+Enter');
  await expect(second).toContainText('A better word.');
  await second.getByRole('button', { name: 'edited' }).click();
  await expect(page.getByRole('dialog')).toContainText('A second word.');
  await looksRight(page);
  await page.keyboard.press('Escape');

  await second.getByRole('button', { name: 'What to do with this post' }).click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  await expect(page.getByText('it was deleted')).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).last().click();
  await expect(second).toContainText('A better word.');

  await page.getByRole('button', { name: 'Conclude…' }).click();
  await page.getByLabel('Conclusion').fill('We keep **both** words.');
  await looksRight(page);
  await page.getByRole('button', { name: 'Conclude', exact: true }).click();
  const end = page.getByRole('region', { name: 'Conclusion' });
  await expect(end).toContainText('We keep both words.');
  await end.getByRole('button', { name: 'Reopen…' }).click();
  await page.getByLabel('Why it opens again').fill('A third word came up.');
  await page.getByRole('button', { name: 'Reopen', exact: true }).click();
  await expect(page.getByRole('form', { name: 'Reply' })).toBeVisible();
  await expect(end).toHaveCount(0);
});

test('a file is sent with a post and comes back whole', async ({ page }) => {
  await signIn(page, 'jonas');
  await openThread(page, 'A thread with a file');
  const text = 'kept whole '.repeat(20_000);
  await page
    .getByLabel('Files to attach')
    .setInputFiles({ name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from(text) });
  await page.getByLabel('Reply', { exact: true }).last().fill('See the notes.');
  await page.getByRole('button', { name: 'Post', exact: true }).click();
  const file = page.getByRole('link', { name: /notes\.txt/ });
  await expect(file).toBeVisible();
  const back = await page.request.get((await file.getAttribute('href')) ?? '');
  expect(await back.text()).toBe(text);
});

test('whoever was away sees what is new, and the house remembers how far they read', async ({ browser }) => {
  const [jonas, sara] = await Promise.all([browser.newPage(), browser.newPage()]);
  await signIn(jonas, 'jonas');
  await signIn(sara, 'sara');
  await openThread(jonas, 'A thread to come back to');
  await sara.goto(new URL(jonas.url()).pathname);
  const read = sara.waitForResponse((r) => r.url().endsWith('/position') && r.ok());
  await expect(sara.getByText('New to you')).toBeVisible();
  await read;
  await sara.goto('/threads?filter=unread');
  await expect(sara.getByRole('heading', { name: 'Threads' })).toBeVisible();
  await expect(sara.getByRole('link', { name: 'A thread to come back to' })).toHaveCount(0);

  await jonas.keyboard.press('r');
  await jonas.keyboard.type('While you were away.');
  await jonas.keyboard.press('Control+Enter');
  await expect(jonas.getByRole('article')).toHaveCount(2);
  await sara.goto(new URL(jonas.url()).pathname);
  await expect(sara.getByRole('separator', { name: 'New since you left' })).toBeVisible();
  await sara.keyboard.press('n');
  await expect(sara.getByRole('article').nth(1)).toBeFocused();
  await sara.keyboard.press('k');
  await expect(sara.getByRole('article').first()).toBeFocused();
});

test('a space is opened, filled, changed and archived', async ({ page }) => {
  await signIn(page, 'ana');
  await page.goto('/spaces');
  await page.getByRole('button', { name: 'New space' }).click();
  await page.getByRole('dialog').getByLabel('Name').fill('Harbour');
  await page.getByRole('button', { name: 'Open the space' }).click();
  await expect(page.getByRole('heading', { name: 'Harbour', level: 1 })).toBeVisible();
  await expect(page.getByText('Nothing is in this space yet.')).toBeVisible();
  await page.getByText('Members', { exact: true }).click();
  await page.getByRole('combobox', { name: 'Add people' }).fill('mei');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await expect(page.getByRole('button', { name: 'Remove Mei Tanaka' })).toBeVisible();
  await page.getByText('Settings', { exact: true }).last().click();
  await page.getByRole('radio', { name: 'Violet' }).check();
  await page.getByLabel('Purpose').fill('Ships and where they lie.');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.locator('.space-purpose')).toHaveText('Ships and where they lie.');
  await looksRight(page);
  await page.getByRole('button', { name: 'Archive this space' }).click();
  await expect(page.getByRole('button', { name: 'Bring it back' })).toBeVisible();
});

test('a search is narrowed by a press and by the keyboard', async ({ page }) => {
  await signIn(page, 'ana');
  await page.goto('/search');
  await expect(page.getByRole('heading', { name: 'What you can write' })).toBeVisible();
  await looksRight(page);
  const box = page.getByRole('textbox', { name: 'Search' });
  await box.fill('release');
  await expect(page.getByRole('list', { name: 'Results' })).toBeVisible();
  const best = page.getByRole('button', { name: 'Best match first' });
  await best.click();
  await expect(page).toHaveURL(/order=relevance/);
  await expect(best).toHaveAttribute('aria-pressed', 'true');
  await expect(page.getByRole('list', { name: 'Results' })).toBeVisible();
  await looksRight(page);
  await page.getByRole('button', { name: 'Newest first' }).click();
  await expect(page).not.toHaveURL(/order/);
  await page.getByRole('button', { name: 'from:' }).click();
  await expect(box).toBeFocused();
  await page.keyboard.type('liam');
  const read = page.getByRole('group', { name: 'How this was understood' });
  await expect(read).toContainText('written by liam');
  await page.getByRole('button', { name: 'Without: written by liam' }).click();
  await expect(box).toHaveValue('release');
  await expect(page).toHaveURL(/q=release$/);
  await expect(page.getByRole('list', { name: 'Results' })).toBeVisible();
  await box.press('Enter');
  await expect(page.locator('.row-title a').first()).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/(threads|people)\//);
});
