import { expect, test } from '@playwright/test';
import { pickPeople, signIn } from './helpers';

/** The whole idea in one story: ask, wait for their hours, answer, settled. */
test('Kofi asks Mei, her Monday comes, she answers, he sees it settled', async ({ browser, page }) => {
  await signIn(page, 'kofi');
  await page.goto('/new');
  await page.getByLabel('Space', { exact: true }).selectOption({ label: 'Platform' });
  await page.getByLabel('Title').fill('Can the freeze begin a day early?');
  await page.getByLabel('First post').fill('The release is ready. May I freeze tomorrow?');
  await page.getByRole('button', { name: 'Ask somebody' }).click();
  await pickPeople(page, 'Who is asked', ['Mei Tanaka']);
  await page.getByLabel('For what').selectOption('approve');
  await page.getByLabel('Answer within').selectOption('4h');
  await page.getByLabel('What exactly (optional)').fill('Freeze a day early?');
  await expect(page.getByRole('region', { name: 'Forecast' })).toContainText('In Taipei: reached Mon 09:00');
  await page.getByRole('button', { name: 'Post and ask' }).click();
  await expect(page).toHaveURL(/\/threads\/thr_/);
  await page.goto('/inbox?tab=owed');
  const mine = page.locator('.row', { hasText: 'Freeze a day early?' });
  await expect(mine).toContainText('waiting');

  const hers = await browser.newContext();
  const other = await hers.newPage();
  await signIn(other, 'mei');
  await other.goto('/inbox');
  await other.getByRole('button', { name: 'Move to…' }).click();
  await other.getByRole('menuitem', { name: 'next Monday 09:00 in Taipei' }).click();
  await expect(other.getByText(/deliver(y|ies) reached/)).toBeVisible({ timeout: 20_000 });
  const asked = other.locator('.row', { hasText: 'Freeze a day early?' });
  await expect(asked).toBeVisible();
  await asked.hover();
  await asked.getByRole('button', { name: 'Approve' }).click();
  await expect(asked).toHaveCount(0);
  await hers.close();

  // His page hears of it by itself.
  await expect(mine).toContainText(/approved|settled/, { timeout: 15_000 });
});
