import { expect, test } from '@playwright/test';
import { looksRight, pickPeople, signIn, watch } from './helpers';

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });
    test('the forecast follows what is typed', async ({ page }) => {
      const fine = watch(page);
      await signIn(page, 'kofi');
      await page.goto('/new');
      await page.getByRole('button', { name: 'Ask somebody' }).click();
      await pickPeople(page, 'Who is asked', ['Mei Tanaka']);
      const forecast = page.getByRole('region', { name: 'Forecast' });
      await expect(forecast).toContainText('In Taipei');
      await pickPeople(page, 'Who is asked', ['Liam Okafor']);
      await expect(forecast).toContainText('In New York');
      await page.getByRole('button', { name: 'Urgency, how many, silence…' }).click();
      await looksRight(page);
      await page.getByRole('button', { name: 'Discard' }).click();
      fine();
    });
  });
}

test('what is typed survives a reload and a failed send', async ({ page }) => {
  await signIn(page, 'tomas');
  await page.goto('/new');
  await page.getByLabel('Title').fill('A thought of mine');
  await page.getByLabel('First post').fill('It is **long**.');
  await page.getByRole('button', { name: 'Preview' }).click();
  await expect(page.locator('.md-preview strong')).toHaveText('long');
  await page.getByRole('button', { name: 'Write' }).click();
  await expect(page.getByText('Kept as a draft')).toBeVisible();
  await page.reload();
  await expect(page.getByLabel('Title')).toHaveValue('A thought of mine');
  await page.route('**/api/v1/threads', (route) => route.abort());
  await page.getByRole('button', { name: 'Post', exact: true }).click();
  await expect(page.getByRole('alert')).toContainText('Your text is kept here.');
  await expect(page.getByLabel('First post')).toHaveValue('It is **long**.');
  await page.unroute('**/api/v1/threads');
  await page.getByRole('button', { name: 'Post', exact: true }).click();
  await expect(page).toHaveURL(/\/threads\/thr_/);
  await page.goto('/new');
  await expect(page.getByLabel('Title')).toHaveValue('');
});

test('a name is offered after @', async ({ page }) => {
  await signIn(page, 'tomas');
  await page.goto('/new');
  await page.getByLabel('First post').pressSequentially('Hello @mei');
  await expect(page.getByRole('option', { name: /Mei Tanaka/ })).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page.getByLabel('First post')).toHaveValue('Hello @mei ');
  await page.getByRole('button', { name: 'Discard' }).click();
});
