import { expect, test } from '@playwright/test';
import { looksRight, phone, pickPeople, signIn, watch } from './helpers';

test.beforeEach(async ({ page }) => signIn(page, 'ana'));

test('the map shows who works when, and says when they meet', async ({ page }) => {
  const fine = watch(page);
  await page.goto('/people');
  await expect(page.getByRole('img', { name: /^Kofi Mensah: / })).toBeVisible();
  await pickPeople(page, 'Whose hours', ['Kofi', 'Liam']);
  await page.keyboard.press('Escape');
  await expect(page.getByText(/^Both (work now|next work at the same time)/)).toBeVisible();
  await expect(page.getByRole('img', { name: /^Ana Lima: / })).toHaveCount(0);
  await looksRight(page);
  await page.getByText('Week', { exact: true }).click();
  await expect(page.getByRole('img', { name: /^Kofi Mensah: \d+ stretches of work/ })).toBeVisible();
  await page.getByRole('button', { name: 'Later' }).click();
  await expect(page.getByRole('button', { name: 'Today' })).toBeEnabled();
  fine();
});

test('a team is made, looked at, changed and removed', async ({ page }) => {
  await page.goto('/people?tab=teams');
  await page.getByRole('button', { name: 'New team' }).click();
  await page.getByRole('dialog').getByLabel('Name').fill('Night watch');
  await pickPeople(page, 'Members', ['Mei', 'João']);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Make the team' }).click();
  await expect(page.getByRole('link', { name: 'Night watch', exact: true })).toBeVisible();
  await page.getByRole('button', { name: /Change\s*Night watch/ }).click();
  await page.getByRole('dialog').getByLabel('Handle').fill('ana');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('dialog').getByText(/has this handle already/)).toBeVisible();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('link', { name: 'Night watch', exact: true }).click();
  await expect(page.getByRole('img', { name: /^Mei Tanaka: / })).toBeVisible();
  await expect(page.getByRole('img', { name: /^Kofi Mensah: / })).toHaveCount(0);
  await page.goto('/people?tab=teams');
  await page.getByRole('button', { name: /Remove\s*Night watch/ }).click();
  await page.getByRole('button', { name: 'Remove the team' }).click();
  await expect(page.getByRole('link', { name: 'Night watch', exact: true })).toHaveCount(0);
});

test('somebody is found, and their page says when they can be reached', async ({ page }) => {
  await page.goto('/people?tab=all');
  await page.getByRole('searchbox').fill('tanaka');
  await expect(page.getByRole('listitem').filter({ hasText: 'Mei Tanaka' })).toContainText('reachable');
  await page.getByRole('link', { name: 'Mei Tanaka' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Mei Tanaka' })).toBeVisible();
  await expect(page.getByText('Their clock', { exact: true })).toBeVisible();
  await expect(page.getByText(/online|presence|last seen/i)).toHaveCount(0);
  await looksRight(page);
  await page.goto('/people/per_00000000000000000000000000');
  await expect(page.getByText('There is no such person for you.')).toBeVisible();
});

for (const scheme of ['light', 'dark'] as const) {
  test(`people and teams look right on a phone, ${scheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: scheme });
    await page.setViewportSize(phone);
    for (const path of ['/people', '/people?tab=all', '/people?tab=teams']) {
      await page.goto(path);
      await expect(page.getByText('Mei Tanaka').first()).toBeVisible();
      expect(
        await page.evaluate(() => document.documentElement.scrollWidth - innerWidth),
      ).toBeLessThanOrEqual(0);
      await looksRight(page);
    }
  });
}
