import { expect, test } from '@playwright/test';
import { looksRight, phone, signIn, watch } from './helpers';

const looks = [
  { name: 'light', use: { colorScheme: 'light' as const } },
  { name: 'dark', use: { colorScheme: 'dark' as const } },
  { name: 'phone', use: { viewport: phone } },
];
for (const look of looks) {
  test.describe(look.name, () => {
    test.use(look.use);
    test('the inbox and its lists read well', async ({ page }) => {
      const fine = watch(page);
      await signIn(page, 'ana');
      await page.goto('/inbox');
      await expect(page.getByRole('list', { name: 'Late', exact: true })).toBeVisible();
      await looksRight(page);
      for (const list of ['Owed to me', 'For information', 'Set aside']) {
        await page.getByRole('link', { name: list }).click();
        await expect(page.getByRole('link', { name: list })).toHaveAttribute('aria-current', 'page');
        await expect(page.getByRole('status', { name: 'Loading' })).toHaveCount(0);
        await looksRight(page);
      }
      fine();
    });
  });
}

test('everything by keyboard: move, answer, set aside, take back', async ({ page }) => {
  await signIn(page, 'ana');
  await page.goto('/inbox');
  const rows = page.locator('.row-title a');
  await expect(rows.first()).toBeVisible();
  const before = await rows.count();
  await page.keyboard.press('j');
  await expect(rows.first()).toBeFocused();
  await page.keyboard.press('j');
  await expect(rows.nth(1)).toBeFocused();
  await page.keyboard.press('k');
  await page.keyboard.press('r');
  await expect(page.getByRole('group', { name: 'Your answer' })).toBeVisible();
  await looksRight(page);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('group', { name: 'Your answer' })).toHaveCount(0);
  await page.keyboard.press('s');
  await page.getByRole('menuitem', { name: /My next start/ }).click();
  await expect(rows).toHaveCount(before - 1);
  await page.keyboard.press('u');
  await expect(rows).toHaveCount(before);
});

test('an answer in words is kept while it is written, and leaves the inbox when it is sent', async ({
  page,
}) => {
  await signIn(page, 'ana');
  await page.goto('/inbox');
  const row = page.locator('.row', { hasText: 'Is the downtime in step 4' });
  await row.getByRole('link').focus();
  await page.keyboard.press('r');
  await page.getByRole('textbox', { name: 'Your answer' }).fill('Ten minutes at night are fine.');
  await expect(page.getByText('Kept as a draft')).toBeVisible();
  await page.reload();
  await row.getByRole('link').focus();
  await page.keyboard.press('r');
  await expect(page.getByRole('textbox', { name: 'Your answer' })).toHaveValue(
    'Ten minutes at night are fine.',
  );
  await page.keyboard.press('Control+Enter');
  await expect(row).toHaveCount(0);
  await expect(page.getByText('Your reply is posted.')).toBeVisible();
});

test('one press approves, and can be taken back', async ({ page }) => {
  await signIn(page, 'ana');
  await page.goto('/inbox');
  const row = page.locator('.row', { hasText: 'Adopt logical replication?' });
  await row.hover();
  await row.getByRole('button', { name: 'Approve' }).click();
  await expect(row).toHaveCount(0);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(row).toHaveCount(1);
});

test('the palette jumps, the help lists keys', async ({ page }) => {
  await signIn(page, 'ana');
  await page.goto('/inbox');
  await expect(page.locator('.row').first()).toBeVisible();
  await page.keyboard.press('Control+k');
  await page.getByPlaceholder('Search or jump to…').fill('priya');
  await expect(page.getByRole('button', { name: /Priya Nair/ })).toBeVisible();
  await looksRight(page);
  await page.keyboard.press('Escape');
  await page.keyboard.press('?');
  await expect(page.getByRole('heading', { name: 'Keys', exact: true })).toBeVisible();
  await looksRight(page);
  await page.keyboard.press('Escape');
  await page.keyboard.press('g');
  await page.keyboard.press('t');
  await expect(page).toHaveURL(/\/threads/);
});
