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
    test('every component of the kit, and the form for a new thread', async ({ page }) => {
      const fine = watch(page);
      await signIn(page, 'sara');
      await page.goto('/dev/kit');
      await expect(page.getByRole('heading', { name: 'Faces of a list' })).toBeVisible();
      await looksRight(page);
      await page.goto('/new');
      await expect(page.getByLabel('Title')).toBeVisible();
      await looksRight(page);
      expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
      fine();
    });
  });
}

test('the rail opens on a phone, and closes when one goes somewhere', async ({ page }) => {
  await page.setViewportSize(phone);
  await signIn(page, 'sara');
  await page.goto('/inbox');
  await page.getByRole('button', { name: 'Open the menu' }).click();
  await page.getByRole('link', { name: 'People', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'People', level: 1 })).toBeVisible();
  await expect(page.getByRole('link', { name: 'My hours' })).toBeHidden();
});
