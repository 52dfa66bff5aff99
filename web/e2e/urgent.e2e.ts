import { expect, test } from '@playwright/test';
import { looksRight, phone, pickPeople, signIn, watch } from './helpers';

test('a rota is made; something urgent pages whoever is on duty, who ends it', async ({ page, browser }) => {
  test.setTimeout(120_000);
  const fine = watch(page);
  await signIn(page, 'ana');
  const made = await page.request.post('/api/v1/teams', { data: { name: 'Lighthouse', members: [] } });
  const team = (await made.json()).id as string;
  await page.goto(`/teams/${team}/duty`);
  await page.getByRole('button', { name: 'Make a rota' }).click();
  await pickPeople(page, 'Who takes turns, in this order', ['Kofi Mensah']);
  await page.getByLabel('Handover at').fill('00:00');
  await looksRight(page);
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('img', { name: /^Duty on .*Kofi Mensah/ })).toBeVisible();
  await expect(
    page.getByText(/On duty outside their hours without having agreed.*Kofi Mensah/),
  ).toBeVisible();
  await looksRight(page);
  await page.setViewportSize(phone);
  await expect(page.getByRole('list', { name: 'Shifts' })).toBeVisible();
  await page.setViewportSize({ width: 1280, height: 800 });

  const spaces = await (await page.request.get('/api/v1/spaces')).json();
  const space = spaces.items.find((s: { handle: string }) => s.handle === 'platform').id as string;
  await page.goto(`/spaces/${space}?tab=urgent`);
  await page.getByRole('button', { name: 'Change the path' }).click();
  await page.getByRole('button', { name: 'Another step' }).click();
  await page.getByLabel('Step 1 pages').selectOption({ label: 'whoever is on duty for Lighthouse' });
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('link', { name: 'On duty for Lighthouse' })).toBeVisible();
  await looksRight(page);

  // Whatever the hour is by now, Kofi lets himself be woken.
  const kofi = await (await browser.newContext()).newPage();
  await signIn(kofi, 'kofi');
  const wakes = (yes: boolean) =>
    kofi.request.put('/api/v1/me/attention', { data: { mail: true, page_outside_hours: yes } });
  expect((await wakes(true)).ok()).toBe(true);

  await page.goto(`/new?space=${space}`);
  await page.getByLabel('Title').fill('The lamp is out');
  await page.getByLabel('First post').fill('@duty, ships are near.');
  await page.getByRole('button', { name: 'Ask somebody' }).click();
  await pickPeople(page, 'Who is asked', ['Whoever is on duty']);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: /^Urgency/ }).click();
  await page.getByLabel('Urgency').selectOption('urgent');
  await page.getByLabel('Why it is urgent').fill('Nobody sees the rocks.');
  await page.getByLabel('What happens if nobody acts').fill('A ship runs aground.');
  await expect(page.getByText(/Urgent page \d+ of 4 this month/)).toBeVisible();
  await page.getByRole('button', { name: 'Post and ask' }).click();
  const panel = page.getByRole('region', { name: 'Urgent page' });
  await expect(panel.getByText('Paging')).toBeVisible();
  await looksRight(page);

  await kofi.goto('/inbox');
  const banner = kofi.getByRole('alert', { name: 'Urgent' });
  await expect(banner.getByText('Nobody sees the rocks.')).toBeVisible();
  await looksRight(kofi);
  await banner.getByRole('button', { name: 'Acknowledge' }).click();
  await expect(banner.getByText('Acknowledged', { exact: true })).toBeVisible();
  await expect(panel.getByText(/Kofi Mensah sees to it/)).toBeVisible();
  await banner.getByRole('button', { name: 'Resolve…' }).click();
  await banner.getByLabel('What was done').fill('A new bulb.');
  await banner.getByRole('button', { name: 'Resolve', exact: true }).click();
  await kofi.getByRole('button', { name: 'Yes, it was urgent' }).click();
  await expect(kofi.getByRole('button', { name: 'Yes, it was urgent' })).toHaveCount(0);
  await page.goto(`/spaces/${space}?tab=urgent`);
  await expect(page.getByText('Rightly urgent: 1 of 1 say yes')).toBeVisible();
  await wakes(false);
  fine();
});
