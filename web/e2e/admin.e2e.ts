import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { zipOf } from './fixtures/zip';
import { looksRight, phone, signIn, watch } from './helpers';

/** A small export: two people, one channel, a thread with a reply, a notice that is left out. */
const small = () =>
  zipOf({
    'users.json': [
      { id: 'U1', name: 'ines', profile: { real_name: 'Ines Ferro', email: 'ines@old.example' } },
      { id: 'U2', name: 'otto', profile: { real_name: 'Otto Brandt' } },
    ],
    'channels.json': [{ id: 'C1', name: 'lighthouse', members: ['U1', 'U2'], created: 1577836800 }],
    'lighthouse/2020-02-03.json': [
      { type: 'message', subtype: 'channel_join', user: 'U2', text: 'joined', ts: '1580719000.000100' },
      {
        type: 'message',
        user: 'U1',
        text: 'The lantern needs a new prism before March.',
        ts: '1580720000.000100',
        thread_ts: '1580720000.000100',
      },
      {
        type: 'message',
        user: 'U2',
        text: 'I ordered one in Bremen.',
        ts: '1580721000.000100',
        thread_ts: '1580720000.000100',
      },
    ],
  });

const choose = (name: string, buffer: Buffer) => ({ name, mimeType: 'application/zip', buffer });

test('a Slack export: checked first, then imported, then found', async ({ page }) => {
  const fine = watch(page);
  await signIn(page, 'ana');
  await page.goto('/admin?tab=import');
  await page.locator('input[type=file]').setInputFiles(choose('export.zip', small()));
  const checked = page.getByRole('region', { name: 'Checked: export.zip' });
  await expect(checked).toBeVisible();
  await expect(checked.getByText('Nothing was written yet.')).toBeVisible();
  await expect(checked.getByRole('row', { name: /^Posts 2/ })).toBeVisible();
  await expect(checked.getByText('notices that somebody joined or left')).toBeVisible();
  await expect(checked.getByText('people without an e-mail address')).toBeVisible();
  await looksRight(page);

  // What was checked is still there after a reload: the file need not be sent again.
  await page.reload();
  await page.getByRole('button', { name: 'Import now' }).click();
  await expect(page.getByRole('region', { name: 'Imported: export.zip' })).toBeVisible();
  const list = page.getByRole('list', { name: 'Imports' });
  await expect(list.getByText('imported', { exact: true }).first()).toBeVisible();
  await looksRight(page);

  await page.goto('/search?q=prism');
  await expect(page.getByText('The lantern needs a new prism before March.').first()).toBeVisible();
  fine();
});

test('a file that is no export says why, in the words of the server', async ({ page }) => {
  await signIn(page, 'ana');
  await page.goto('/admin?tab=import');
  await page.locator('input[type=file]').setInputFiles(choose('notes.zip', Buffer.from('not a zip')));
  await expect(page.getByRole('alert')).toContainText('notes.zip: this is not a whole zip file');
  await looksRight(page);
  await page.getByRole('button', { name: 'Choose another file' }).click();
  await expect(page.getByRole('button', { name: 'Choose the .zip file' })).toBeVisible();
});

test('a real export is checked', async ({ page }) => {
  const file = join(process.env.MEANTIME_CORPUS ?? '', 'slack/slack-export-viewer/testarchive.zip');
  test.skip(!existsSync(file), 'Set MEANTIME_CORPUS to the folder with real exports.');
  await signIn(page, 'ana');
  await page.goto('/admin?tab=import');
  await page.locator('input[type=file]').setInputFiles(file);
  const checked = page.getByRole('region', { name: 'Checked: testarchive.zip' });
  await expect(checked.getByRole('row', { name: /^Posts 147 147/ })).toBeVisible();
});

test('roles change at once and can be taken back; the only owner stays', async ({ page }) => {
  await signIn(page, 'ana');
  await page.goto('/admin');
  await expect(page.getByRole('combobox', { name: 'Role of Ana Lima' })).toHaveCount(0);
  await expect(page.getByText('The only owner.')).toBeVisible();
  const role = page.getByRole('combobox', { name: 'Role of Jonas Weber' });
  await role.selectOption('guest');
  await expect(page.getByText('Jonas Weber is now: Guest.')).toBeVisible();
  await page.getByRole('button', { name: 'Set the end Jonas Weber' }).click();
  await page.getByLabel('Last day').fill('2031-05-20');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('guest until 20 May 2031')).toBeVisible();
  await looksRight(page);
  await role.selectOption('member');
  await expect(page.getByText('guest until 20 May 2031')).toHaveCount(0);
});

test('an invitation is made, shown once, accepted by another, and removed again', async ({
  page,
  browser,
}) => {
  await signIn(page, 'ana');
  await page.goto('/admin?tab=invitations');
  await page.getByRole('button', { name: 'New invitation' }).click();
  await page.getByLabel('Role').selectOption('guest');
  await page.getByLabel('Name').fill('Vera Lindt');
  await page.getByRole('button', { name: 'Make the link' }).click();
  await expect(page.getByText('Choose at least one space.')).toBeVisible();
  await page.getByRole('dialog').getByRole('checkbox').first().check();
  await looksRight(page);
  await page.getByRole('button', { name: 'Make the link' }).click();
  const link = await page.getByLabel('Link').inputValue();
  expect(link).toContain('/invite/');
  await looksRight(page);
  await page.getByRole('button', { name: 'Done' }).click();
  const list = page.getByRole('list', { name: 'Open invitations' });
  await expect(list.locator('.row', { hasText: 'Vera Lindt' })).toBeVisible();

  const other = await (await browser.newContext()).newPage();
  const token = link.split('/invite/')[1];
  const joined = await other.request.post(
    new URL(`/api/v1/invitations/by-token/${token}/acceptance`, page.url()).href,
    {
      data: {
        name: 'Vera Lindt',
        email: 'vera@guest.example',
        password: 'a long evening',
        zone: 'Europe/Rome',
      },
    },
  );
  expect(joined.ok()).toBe(true);
  await page.goto('/admin');
  const row = page.locator('.row', { hasText: 'Vera Lindt' });
  await row.getByRole('button', { name: /Remove/ }).click();
  await page.getByRole('button', { name: 'Remove Vera Lindt' }).last().click();
  await expect(row).toHaveCount(0);
});

test('an invitation is taken back', async ({ page }) => {
  await signIn(page, 'ana');
  await page.request.post('/api/v1/invitations', { data: { role: 'member', name: 'Nils Holm' } });
  await page.goto('/admin?tab=invitations');
  await page.getByRole('button', { name: 'Take back Nils Holm' }).click();
  await page.getByRole('button', { name: 'Take it back' }).click();
  await expect(page.getByText('Its link no longer works.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Take back Nils Holm' })).toHaveCount(0);
});

test('the workspace gets another name, and its old one back', async ({ page }) => {
  await signIn(page, 'ana');
  await page.goto('/admin?tab=workspace');
  const name = page.getByLabel('Name of the workspace');
  await name.fill('Northwind and friends');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('Renamed.')).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(name).toHaveValue('Northwind');
});

test('others are told kindly that it is not for them', async ({ page }) => {
  await signIn(page, 'jonas');
  await page.goto('/admin');
  await expect(page.getByText('This page is for owners and admins.')).toBeVisible();
  await expect(page.getByText('Ana Lima').first()).toBeVisible();
  await looksRight(page);
});

const looks = [
  { name: 'light', use: { colorScheme: 'light' as const } },
  { name: 'dark', use: { colorScheme: 'dark' as const } },
  { name: 'phone', use: { viewport: phone } },
];
for (const look of looks) {
  test.describe(look.name, () => {
    test.use(look.use);
    test('every part reads well', async ({ page }) => {
      await signIn(page, 'ana');
      for (const tab of ['people', 'invitations', 'workspace', 'import']) {
        await page.goto(`/admin?tab=${tab}`);
        await expect(page.getByRole('heading', { name: 'Administration' })).toBeVisible();
        await expect(page.getByRole('status', { name: 'Loading' })).toHaveCount(0);
        await looksRight(page);
        const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        expect(over).toBeLessThanOrEqual(0);
        if (process.env.SHOTS)
          await page.screenshot({ path: `${process.env.SHOTS}/${look.name}-${tab}.png` });
      }
    });
  });
}
