import { expect, test } from '@playwright/test';
import { looksRight, phone, watch } from './helpers';

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`sign in, ${colorScheme}`, () => {
    test.use({ colorScheme });
    test('a stranger is shown the door, and brought where they were going', async ({ page }) => {
      const fine = watch(page);
      await page.goto('/people');
      await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
      await looksRight(page);
      await page.getByLabel('E-mail').fill('ana@northwind.example');
      await page.getByLabel('Password', { exact: true }).fill('not this');
      await page.keyboard.press('Enter');
      await expect(page.getByRole('alert')).toBeVisible();
      await page.getByLabel('Password', { exact: true }).fill('meantime');
      await page.keyboard.press('Enter');
      await expect(page.getByRole('heading', { name: 'People', level: 1 })).toBeVisible();
      fine();
    });
  });
}

test('signing out leads to the door', async ({ page }) => {
  await page.goto('/sign-in');
  await page.getByLabel('E-mail').fill('kofi@northwind.example');
  await page.getByLabel('Password', { exact: true }).fill('meantime');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: /Kofi Mensah/ }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  await page.goto('/inbox');
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
});

test.describe('on a phone', () => {
  test.use({ viewport: phone });
  test('links that are not complete say so', async ({ page }) => {
    await page.goto('/setup');
    await expect(page.getByRole('heading', { name: 'This link is not complete' })).toBeVisible();
    await looksRight(page);
    await page.goto('/invite/nonsense');
    await expect(page.getByRole('heading', { name: 'This invitation cannot be used' })).toBeVisible();
    await looksRight(page);
  });
  test('the setup form is complete', async ({ page }) => {
    await page.goto('/setup?token=nonsense');
    await page.getByLabel('Name of the workspace').fill('Somewhere');
    await page.getByLabel('Your name').fill('Somebody');
    await page.getByLabel('E-mail').fill('somebody@example.org');
    await page.getByLabel('Password', { exact: true }).fill('a long sentence of mine');
    await looksRight(page);
    await page.getByRole('button', { name: 'Begin' }).click();
    await expect(page.getByRole('alert')).toBeVisible();
  });
});
