import { expect, test } from '@playwright/test';
import { looksRight, phone, pickPeople, signIn, watch } from './helpers';

test.setTimeout(90_000);

// Work goes from Priya to a colleague, who takes it; the way it came stays readable.
test('work is handed over, taken, and ended', async ({ page, browser }) => {
  const sound = watch(page);
  await signIn(page, 'priya');
  await page.goto('/batons');
  await expect(page.getByRole('heading', { name: 'Batons' })).toBeVisible();
  await page.getByRole('button', { name: 'Hand over work' }).click();
  const form = page.getByRole('dialog');
  await form.getByLabel('What is it about').fill('Move the gateway');
  await form.getByLabel('Where it stands').fill('Half of the **hosts** are moved.');
  await form.getByLabel('Next step').fill('Move the other half.');
  await form.getByLabel('Traps (optional)').fill('Host 7 hangs.');
  await form.getByLabel('Links (optional)').fill('The plan https://plan.example/gateway');
  await form.getByLabel('Hand it to').selectOption({ label: 'a person…' });
  await form.getByRole('combobox', { name: 'Who' }).fill('Jonas');
  await page.getByRole('option', { name: 'Jonas' }).click();
  await expect(form.getByRole('status')).toContainText('It waits for them until');
  await looksRight(page);
  await form.getByRole('button', { name: 'Hand it over' }).click();
  await expect(page.getByRole('heading', { name: 'Move the gateway' })).toBeVisible();
  await expect(page.getByText('With Priya', { exact: false }).first()).toBeVisible();
  await expect(page.getByText('Offered to Jonas', { exact: false }).first()).toBeVisible();
  await expect(page.getByRole('link', { name: 'The plan' })).toHaveAttribute(
    'href',
    'https://plan.example/gateway',
  );
  await looksRight(page);
  const address = page.url();

  const other = await browser.newPage();
  await signIn(other, 'jonas');
  await other.goto(address);
  await other.getByRole('button', { name: 'Decline…' }).click();
  await expect(other.getByRole('dialog').getByRole('button', { name: 'Decline' })).toBeDisabled();
  await other.keyboard.press('Escape');
  await other.getByRole('button', { name: 'Take it' }).click();
  await expect(other.getByText('With Jonas', { exact: false }).first()).toBeVisible();
  await expect(page.getByText('With Jonas', { exact: false }).first()).toBeVisible(); // by itself

  await other.getByRole('button', { name: 'It is done…' }).click();
  await other.getByLabel('What came of it').fill('All hosts are moved.');
  await other.getByRole('button', { name: 'End the baton' }).click();
  await expect(other.getByText('All hosts are moved.')).toBeVisible();
  await other.getByRole('link', { name: 'Its thread' }).click();
  await expect(other.getByText('All hosts are moved.').first()).toBeVisible();
  await other.close();
  sound();
});

test('a chain is drawn on the clock, and says who is next', async ({ page }) => {
  await signIn(page, 'priya');
  await page.goto('/batons?tab=chains');
  await page.getByRole('button', { name: 'Make a chain' }).click();
  await page.getByLabel('Name').fill('Around the clock');
  await pickPeople(page, 'People and teams', ['Jonas', 'Mei', 'Priya']);
  await page.getByRole('button', { name: 'Save' }).click();
  const drawn = page.getByRole('img', { name: /When the people of Around the clock work/ });
  const chain = page.locator('*', { has: drawn }).last();
  await expect(chain.getByText('next', { exact: true })).toBeVisible();
  await expect(page.getByRole('img', { name: /When the people of Around the clock work/ })).toBeVisible();
  await looksRight(page);
  await page.setViewportSize(phone);
  await looksRight(page);
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.goto('/batons');
  await expect(page.getByText('Could move on while you are off')).toBeVisible();
  await looksRight(page);
});
