import { expect, type Page, test } from '@playwright/test';
import { looksRight, phone, pickPeople, signIn } from './helpers';

test.describe.configure({ timeout: 120_000 }); // days go by

const shots = process.env.MEANTIME_SHOTS;
const shot = async (page: Page, name: string) => {
  if (shots) await page.screenshot({ path: `${shots}/${name}.png`, fullPage: true });
};

async function api(page: Page, method: 'get' | 'post' | 'put', path: string, data?: unknown) {
  const headers = method === 'post' ? { 'Idempotency-Key': String(Math.random()) } : undefined;
  const answer = await page.request[method](`/api/v1${path}`, { data, headers, timeout: 90_000 });
  expect(answer.ok(), `${method} ${path}: ${await answer.text()}`).toBe(true);
  return answer.json();
}

const idOf = async (page: Page, handle: string): Promise<string> =>
  (await api(page, 'get', `/people?q=${handle}`)).items.find((p: { handle: string }) => p.handle === handle)
    .id;

/** A date so many days after the demo's today. */
async function date(page: Page, days: number): Promise<string> {
  const { now } = await api(page, 'get', '/clock');
  return new Date(Date.parse(now) + days * 86_400_000).toISOString().slice(0, 10);
}

test('what a team agreed on is a page, and the usual window where one asks', async ({ page }) => {
  await signIn(page, 'ana');
  await page.goto('/people?tab=teams');
  await page.getByRole('link', { name: 'Agreement Platform' }).click();
  await expect(page.getByText('This team has agreed on nothing yet.')).toBeVisible();
  await looksRight(page);
  await page.getByRole('button', { name: 'Agree on something' }).click();
  await page.getByLabel('Reply', { exact: true }).selectOption('4h');
  await page.getByLabel('Suggested check times').fill('09:30, 14:00');
  await page.getByLabel('No meetings on Wednesday').fill('09:00–12:00');
  await page.getByLabel('Not before').fill('06:00');
  await page.getByLabel('Not after').fill('21:00');
  await page.getByLabel('When it is urgent').fill('When customers cannot pay.');
  await page.getByLabel('Why it changes').fill('To begin with');
  await looksRight(page);
  await shot(page, 'agreement-edit');
  await page.getByRole('button', { name: 'Save for the team' }).click();
  await expect(page.getByText('between 06:00 and 21:00, set by admins')).toBeVisible();
  await looksRight(page);
  await shot(page, 'agreement');
  await page.getByRole('button', { name: 'Change', exact: true }).click();
  await page.getByLabel('Reply', { exact: true }).selectOption('8h');
  await page.getByLabel('Why it changes').fill('Less hurry');
  await page.getByRole('button', { name: 'Save for the team' }).click();
  await page.getByRole('link', { name: 'History' }).click();
  await expect(page.getByText('Less hurry')).toBeVisible();
  await page.getByText('What changed').first().click();
  await shot(page, 'agreement-history');
  await looksRight(page);
  await page.getByRole('button', { name: 'Bring back version 1' }).click();
  await page.getByLabel('Why it comes back').fill('It was better');
  await page.getByRole('button', { name: 'Bring back version 1' }).last().click();
  await expect(page.getByText('brought back version 1')).toBeVisible();

  await page.goto('/new');
  await page.getByRole('button', { name: 'Ask somebody' }).click();
  await page.getByRole('combobox', { name: 'Who is asked' }).fill('Platform');
  await page.getByRole('listbox').getByRole('option', { name: 'Platform' }).click();
  await expect(page.getByText('Within 4 working hours, as Platform agreed.')).toBeVisible();
});

test('whoever is away says so before, is replaced, and catches up after', async ({ page, browser }) => {
  await signIn(page, 'kofi');
  const [kofi, priya] = [await idOf(page, 'kofi'), await idOf(page, 'priya')];
  const other = await (await browser.newContext()).newPage();
  await signIn(other, 'jonas');
  const space = (await api(other, 'get', '/spaces')).items.find(
    (s: { name: string }) => s.name === 'Product',
  ).id;
  const made = await api(other, 'post', '/threads', {
    space,
    title: 'Which gate do we open?',
    markdown: 'North or south?',
    asks: [{ kind: 'reply', to: { people: [kofi] }, window: '2d' }],
  });
  const away = await api(page, 'post', '/me/absences', {
    from: await date(page, 1),
    to: await date(page, 5),
    stand_in: priya,
  });
  await page.goto('/hours?tab=away');
  await expect(page.getByRole('link', { name: 'Which gate do we open?' })).toBeVisible();
  await looksRight(page);
  await shot(page, 'hours-away');
  await page.getByRole('button', { name: /^Tell Jonas/ }).click();
  await expect(page.getByText('told', { exact: true })).toBeVisible();

  await other.goto('/new');
  await other.getByRole('button', { name: 'Ask somebody' }).click();
  await pickPeople(other, 'Who is asked', ['Kofi']);
  await expect(other.getByText(/Away, and back .* Priya Nair stands in and is reached/)).toBeVisible();
  await shot(other, 'compose-away');
  await other.getByRole('button', { name: 'Ask Priya Nair instead' }).click();
  await expect(other.getByText('Away, and back')).toHaveCount(0);

  await other.goto(`/instead/${made.post.asks[0].id}/${kofi}`);
  await expect(other.getByText('stands in.')).toBeVisible();
  await looksRight(other);
  await shot(other, 'instead');
  await other.getByRole('button', { name: 'Ask Priya Nair instead' }).click();
  await expect(other.getByText('There is nothing to decide here any more.')).toBeVisible();

  await other.close();
  await page.goto('about:blank'); // nobody looks while days go by
  for (let days = 0; days < 7; days++) await api(page, 'post', '/clock/advance', { by: '24h' });
  await page.goto(`/while-away?absence=${away.id}`);
  await expect(page.getByRole('heading', { name: 'What still matters' })).toBeVisible();
  await looksRight(page);
  await shot(page, 'while-away');
  await page.setViewportSize(phone);
  await page.emulateMedia({ colorScheme: 'dark' });
  await shot(page, 'while-away-phone-dark');
});

test('the pages close outside the hours of whoever wishes it', async ({ page }) => {
  await signIn(page, 'liam');
  await page.goto('/hours?tab=boundaries');
  await expect(page.getByText(/nobody else can see it/)).toBeVisible();
  await looksRight(page);
  await shot(page, 'boundaries');
  await page.getByLabel('Close Meantime to me outside my hours').click();
  await expect(page.getByText('until you open it')).toBeVisible();
  await api(page, 'post', '/clock/advance', { to: `${await date(page, 1)}T07:00:00Z` }); // three in the morning in New York
  await page.goto('/inbox');
  await expect(page.getByRole('heading', { name: 'You are not working now.' })).toBeVisible();
  await looksRight(page);
  await shot(page, 'closed');
  await page.getByRole('button', { name: 'Open anyway for 30 minutes' }).click();
  await expect(page.getByRole('heading', { name: 'Inbox' })).toBeVisible();
  await page.reload();
  await expect(page.getByRole('heading', { name: 'Inbox' })).toBeVisible();
  await api(page, 'put', '/me/boundaries', { closes: false });
});
