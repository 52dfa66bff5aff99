import { expect, test } from '@playwright/test';
import { decision, fits, options } from './decision-kit';
import { looksRight, phone, signIn, watch } from './helpers';

test('somebody from outside is invited to one decision, comes by the link, and votes', async ({
  page,
  browser,
}) => {
  test.setTimeout(90_000);
  const fine = watch(page);
  await signIn(page, 'ana');
  const id = await decision(
    page,
    { title: 'Which paper for the map?', kind: 'approval', options: options('Linen', 'Rice') },
    ['ana', 'kofi'],
  );
  await page.goto(`/decisions/${id}`);
  await page.getByRole('button', { name: 'Invite somebody from outside…' }).click();
  await page.getByLabel('E-mail').fill('nobody');
  await page.keyboard.press('Enter');
  await expect(page.getByText('This does not look like an e-mail address.')).toBeVisible();
  await looksRight(page);
  await page.getByLabel('E-mail').fill('Rosa@Printers.example');
  await page.getByLabel('Name (optional)').fill('Rosa Prado');
  await page.keyboard.press('Enter');
  await expect(page.getByText(/on its way to rosa@printers.example/)).toBeVisible();
  const link = new URL(await page.getByRole('textbox', { name: 'Link' }).inputValue());
  await looksRight(page);

  // Who is here already is entitled at once, and there is no link.
  await page.getByRole('button', { name: 'Invite another' }).click();
  await page.getByLabel('E-mail').fill('mei@northwind.example');
  await page.keyboard.press('Enter');
  await expect(page.getByText(/is in the workspace already, and is entitled now/)).toBeVisible();
  await page.getByRole('button', { name: 'Done' }).click();
  const voters = page.locator('section', { has: page.getByRole('heading', { name: 'Who is entitled' }) });
  await expect(voters.getByText('3 people')).toBeVisible();
  await expect(voters.getByText('rosa@printers.example')).toBeVisible();
  await looksRight(page);

  const rosa = await (await browser.newContext({ viewport: phone })).newPage();
  await rosa.goto(link.pathname);
  await expect(rosa.getByRole('heading', { name: 'Which paper for the map?' })).toBeVisible();
  await expect(rosa.getByText('Ana Lima of Northwind asks you to take part in this.')).toBeVisible();
  await expect(rosa.getByLabel('Your name')).toHaveValue('Rosa Prado');
  await fits(rosa);
  await looksRight(rosa);
  await rosa.getByRole('textbox', { name: 'Password' }).fill('a long sentence to remember');
  await rosa.getByRole('button', { name: 'Take part' }).click();
  await expect(rosa).toHaveURL(new RegExp(`/decisions/${id}$`));
  await rosa.getByRole('checkbox', { name: /Rice/ }).check();
  await rosa.getByRole('button', { name: 'Cast my ballot' }).click();
  await expect(rosa.getByText('1 of 4 had their say')).toBeVisible();
  await expect(rosa.getByRole('button', { name: 'Invite somebody from outside…' })).toHaveCount(0);
  await expect(voters.getByText('rosa@printers.example')).toHaveCount(0);
  await expect(voters.getByRole('link', { name: 'Rosa Prado guest' })).toBeVisible();

  // An invitation that is taken back leads to nothing.
  await page.getByRole('button', { name: 'More', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Invite somebody from outside…' }).click();
  await page.getByLabel('E-mail').fill('theo@printers.example');
  await page.getByRole('dialog').getByRole('button', { name: 'Invite' }).click();
  const other = new URL(await page.getByRole('textbox', { name: 'Link' }).inputValue());
  await page.getByRole('button', { name: 'Done' }).click();
  await page.getByRole('button', { name: 'Take back theo@printers.example' }).click();
  await page.getByRole('button', { name: 'Take it back' }).click();
  await expect(voters.getByText('theo@printers.example')).toHaveCount(0);
  const theo = await (await browser.newContext()).newPage();
  await theo.goto(other.pathname);
  await expect(theo.getByRole('heading', { name: 'This invitation cannot be used' })).toBeVisible();
  fine();
});
