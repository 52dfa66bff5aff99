import { expect, type Page, test } from '@playwright/test';
import { looksRight, phone, pickPeople, signIn, watch } from './helpers';

const idOf = async (page: Page, handle: string): Promise<string> => {
  const { items } = await (await page.request.get(`/api/v1/people?q=${handle}`)).json();
  return items.find((p: { handle: string }) => p.handle === handle).id;
};

type Shift = { from: string; to: string; person: { id: string } };
const rota = async (page: Page, team: string) =>
  (await page.request.get(`/api/v1/teams/${team}/duty?days=10`)).json();

test('somebody gives away a turn and takes one in return, once the other says yes', async ({
  page,
  browser,
}) => {
  test.setTimeout(60_000);
  const fine = watch(page);
  await signIn(page, 'ana');
  const [ana, kofi] = [await idOf(page, 'ana'), await idOf(page, 'kofi')];
  const name = `Windmill ${Math.random().toString(36).slice(2, 6)}`;
  const team = (
    await (await page.request.post('/api/v1/teams', { data: { name, members: [ana, kofi] } })).json()
  ).id as string;
  const { now } = await (await page.request.get('/api/v1/clock')).json();
  const made = await page.request.put(`/api/v1/teams/${team}/duty`, {
    data: {
      layers: [
        { zone: 'Europe/Lisbon', start: now.slice(0, 10), handover: '09:00', days: 1, people: [ana, kofi] },
      ],
    },
  });
  expect(made.ok(), await made.text()).toBe(true);
  const ahead = (await rota(page, team)).shifts.filter(
    (s: Shift) => Date.parse(s.from) > Date.parse(now),
  ) as Shift[];
  const mine = ahead.find((s) => s.person.id === ana) as Shift;
  const theirs = ahead.find((s) => s.person.id === kofi && s.from > mine.from) as Shift;

  await page.goto(`/teams/${team}/duty`);
  const own = page.getByRole('button', { name: /^Give away…/ });
  const first = (await rota(page, team)).shifts.find((s: Shift) => s.person.id === ana).from === mine.from;
  await own.nth(first ? 0 : 1).click();
  const form = page.getByRole('dialog', { name: 'Give away some of your duty' });
  await expect(form.getByText('What you take in return')).toHaveCount(0); // nobody is asked yet
  await pickPeople(page, 'Whom you ask', ['Kofi Mensah']);
  await form.getByRole('combobox', { name: 'What you take in return (optional)' }).click();
  await expect(page.getByRole('option').first()).toBeVisible();
  await page
    .getByRole('option')
    .nth(ahead.filter((s) => s.person.id === kofi).indexOf(theirs))
    .click();
  await form.getByLabel('A word to them (optional)').fill('My daughter sings.');
  await looksRight(page);
  await form.getByRole('button', { name: 'Offer' }).click();
  await expect(page.getByText('Offered. It is in the rota once they accept.')).toBeVisible();
  const offers = page.getByRole('list', { name: 'Swaps offered' });
  await expect(offers.getByText(/^In return Ana Lima takes/)).toBeVisible();
  await expect(offers.getByRole('button', { name: 'Take it' })).toHaveCount(0); // not by whoever offers
  await expect(offers.getByRole('button', { name: 'Take back' })).toBeVisible();
  expect((await rota(page, team)).covers).toEqual([]);

  const context = await browser.newContext({ viewport: phone, colorScheme: 'dark' });
  const other = await context.newPage();
  await signIn(other, 'kofi');
  await other.goto(`/teams/${team}/duty`);
  const offered = other.getByRole('list', { name: 'Swaps offered' });
  await expect(offered.getByText('My daughter sings.')).toBeVisible();
  expect(await other.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
  await looksRight(other);
  await offered.getByRole('button', { name: 'Take it' }).click();
  await expect(other.getByText('It is yours now.')).toBeVisible();
  await context.close();

  await expect(offers).toHaveCount(0); // on the page that stayed open
  const after = await rota(page, team);
  const who = (at: string) =>
    after.shifts.find((s: Shift) => Date.parse(s.from) <= Date.parse(at) && Date.parse(s.to) > Date.parse(at))
      .person.id;
  expect([who(mine.from), who(theirs.from)]).toEqual([kofi, ana]);
  await expect(page.getByRole('list', { name: 'Covers' }).getByRole('listitem')).toHaveCount(2);
  await looksRight(page);
  fine();
});
