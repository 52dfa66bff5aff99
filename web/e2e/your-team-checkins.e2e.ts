import { expect, type Page, test } from '@playwright/test';
import { looksRight, phone, pickPeople, signIn, watch } from './helpers';

type Space = { id: string; handle: string };

/** A check-in that asks people at this very minute of Ana's day, on any day of the week. */
async function begin(page: Page, name: string, people: string[], questions: object[], hidden = false) {
  const spaces = (await (await page.request.get('/api/v1/spaces')).json()).items as Space[];
  const space = spaces.find((s) => s.handle === 'product')?.id;
  const all = (await (await page.request.get('/api/v1/people?limit=100')).json()).items as {
    id: string;
    handle: string;
  }[];
  const made = await page.request.post('/api/v1/checkins', {
    data: {
      space,
      name,
      people: people.map((h) => all.find((p) => p.handle === h)?.id),
      questions,
      hidden,
      rhythm: { every: 'day', at: 'start' },
    },
  });
  expect(made.ok(), await made.text()).toBe(true);
  return (await made.json()).id as string;
}

/** Lets the clock run until the person is asked; gives the turn. */
async function asked(page: Page, checkin: string) {
  for (let days = 0; days < 12; days++) {
    const c = await (await page.request.get(`/api/v1/checkins/${checkin}`)).json();
    if (c.my.turn) return c.my.turn as string;
    const to = new Date(Date.parse(c.my.next_at) + 60_000).toISOString();
    const moved = await page.request.post('/api/v1/clock/advance', { data: { to } });
    expect(moved.ok(), await moved.text()).toBe(true);
  }
  throw new Error('never asked');
}

const questions = [
  { key: 'done', kind: 'text', text: 'What got done?' },
  { key: 'mood', kind: 'mood', text: 'How was it for you?' },
  { key: 'hill', kind: 'hill', text: 'Where on the hill?' },
  { key: 'health', kind: 'health', text: 'How does it stand?' },
  { key: 'blocked', kind: 'blocker', text: 'What is in your way?' },
];

test('a check-in is begun from a template, with the times of each person', async ({ page }) => {
  test.setTimeout(90_000);
  const fine = watch(page);
  await signIn(page, 'ana');
  await page.goto('/checkins');
  await page.getByRole('link', { name: 'New check-in' }).click();
  await page.getByRole('radio', { name: /Retrospective/ }).check();
  await page.getByRole('combobox', { name: 'Space', exact: true }).selectOption({ label: 'Product' });
  await page.getByLabel('Name', { exact: true }).fill('How we work');
  await pickPeople(page, 'Who is asked', ['Ana Lima', 'Kofi Mensah']);
  await page.keyboard.press('Escape');
  const times = page.getByRole('listitem').filter({ hasText: 'Accra' });
  await expect(times.getByRole('time')).toHaveCount(5);
  await expect(times).toContainText('08:00');
  await page.getByRole('button', { name: 'Question 2 earlier' }).click();
  await expect(page.getByLabel('Question 1', { exact: true })).toHaveValue(/stop/);
  await page.getByLabel('Name', { exact: true }).press('End');
  await page.reload();
  await expect(page.getByLabel('Name', { exact: true })).toHaveValue('How we work');
  await looksRight(page);
  await page.getByRole('button', { name: 'Begin' }).click();
  await expect(page.getByRole('heading', { name: 'How we work', level: 1 })).toBeVisible();
  await looksRight(page);
  await page.getByRole('link', { name: 'About' }).click();
  await expect(page.getByText(/every 2 weeks on Thursday/).first()).toBeVisible();
  await page.getByRole('button', { name: 'What else' }).click();
  await page.getByRole('menuitem', { name: 'Skip today, for everybody' }).click();
  await expect(page.getByText(/^Paused until/)).toBeVisible();
  await page.getByRole('button', { name: /^Undo/ }).click();
  await expect(page.getByText(/^Paused until/)).toHaveCount(0);
  await page.getByRole('button', { name: 'What else' }).click();
  await page.getByRole('menuitem', { name: 'End it…' }).click();
  await page.getByRole('button', { name: 'End it', exact: true }).click();
  await expect(page.locator('.page-lead').getByText('Ended')).toBeVisible();
  fine();
});

test('an answer is written, kept, published, taken back and read', async ({ page, browser }) => {
  test.setTimeout(120_000);
  const fine = watch(page);
  await signIn(page, 'ana');
  const checkin = await begin(page, 'Harbour watch', ['ana', 'kofi'], questions);
  await asked(page, checkin);
  await page.goto('/checkins');
  await page.getByRole('button', { name: 'Answer Harbour watch' }).click();
  await page.getByLabel('What got done?').fill('The **lamp** is lit.');
  await page.getByRole('radio', { name: 'Good', exact: true }).check();
  const slider = page.getByRole('slider', { name: 'Where on the hill?' });
  await slider.focus();
  for (let n = 0; n < 6; n++) await page.keyboard.press('PageUp');
  await expect(slider).toHaveAttribute('aria-valuetext', /getting it done/);
  await page.getByRole('radio', { name: 'At risk' }).check();
  await page.getByRole('button', { name: 'I wait for something…' }).click();
  await page.getByLabel('What is in the way').fill('The key of the lamp room');
  await pickPeople(page, 'Whom I wait for', ['Kofi Mensah']);
  await page.getByLabel('What is in the way').focus();
  await expect(page.getByText('Draft kept; only you see it.')).toBeVisible();
  await looksRight(page);
  await page.reload();
  await page.getByRole('button', { name: 'Answer Harbour watch' }).click();
  await expect(page.getByLabel('What got done?')).toHaveValue('The **lamp** is lit.');
  await expect(page.getByLabel('What is in the way')).toHaveValue('The key of the lamp room');
  await page.getByRole('button', { name: /^Publish/ }).click();
  await expect(page.getByText('Published.', { exact: false })).toBeVisible();

  const kofi = await (await browser.newContext()).newPage();
  await signIn(kofi, 'kofi');
  await kofi.goto(`/checkins/${checkin}`);
  await expect(kofi.getByText('The lamp is lit.')).toBeVisible();
  await expect(kofi.getByRole('article').getByText('How was it for you?')).toHaveCount(0);
  await expect(kofi.getByRole('list', { name: 'Waited for' })).toContainText(
    'Ana Lima waits for Kofi Mensah',
  );
  await looksRight(kofi);
  await kofi.getByText('By question').click();
  await expect(kofi.getByRole('heading', { name: 'What got done?' })).toBeVisible();
  await looksRight(kofi);
  await kofi.setViewportSize(phone);
  await looksRight(kofi);

  await page.goto(`/checkins/${checkin}`);
  await page.getByRole('link', { name: 'Yours' }).click();
  await expect(page.getByText('Only you see this.')).toBeVisible();
  await page.getByRole('button', { name: 'Change it' }).click();
  await page.getByLabel('What got done?').fill('The lamp is lit, and clean.');
  await page.getByRole('button', { name: /^Save/ }).click();
  await expect(page.getByText('The lamp is lit, and clean.')).toBeVisible();
  await page.getByRole('button', { name: 'Take it back' }).click();
  await expect(page.getByLabel('What got done?')).toHaveValue('The lamp is lit, and clean.');
  await page.getByLabel('What got done?').press('Control+Enter');
  await expect(page.getByRole('button', { name: 'Change it' })).toBeVisible();

  await page.goto('/search?q=lamp%20clean');
  await expect(page.getByText('Check-in answer').first()).toBeVisible();
  fine();
});

test('trends say in words and in a table what they show, and break where there is nothing', async ({
  page,
}) => {
  const fine = watch(page);
  await signIn(page, 'ana');
  const checkin = await begin(
    page,
    'Pulse of the harbour',
    ['ana', 'kofi'],
    [
      { key: 'mood', kind: 'mood', text: 'How was it for you?' },
      { key: 'hours', kind: 'number', text: 'How many quiet hours?', unit: 'hours' },
    ],
  );
  const week = (monday: string, mood: number, hours: number) => ({
    monday,
    answered: 80,
    means: { mood, hours },
  });
  await page.route(`**/checkins/${checkin}/figures`, async (r) => {
    const real = await (await r.fetch()).json();
    const weeks = [
      week('2026-10-05', 3, 9),
      week('2026-10-12', 3.5, 12.25),
      week('2026-11-02', 4, 14.5), // two weeks without a figure before it
    ];
    await r.fulfill({ json: { ...real, weeks } });
  });
  await page.goto(`/checkins/${checkin}?tab=trends`);
  const mood = page.getByRole('figure', { name: /^The team’s mood: 4 · Good/ });
  await expect(mood).toContainText('3.5 · Good the time before; between 3 · All right and 4 · Good so far');
  await expect(mood.locator('polyline')).toHaveCount(2);
  await mood.getByText('All values').click();
  await expect(mood.getByRole('row', { name: '5 Oct 3 · All right' })).toBeVisible();
  await expect(page.getByText('never said to be worse than 1.5')).toBeVisible();
  await looksRight(page);
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.setViewportSize({ width: 320, height: 700 });
  await looksRight(page);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
  fine();
});

test('a check-in goes on without its owner, is taken over, and leaves what is waited for open', async ({
  page,
  browser,
}) => {
  test.setTimeout(120_000);
  const kofi = await (await browser.newContext()).newPage();
  await signIn(kofi, 'kofi');
  const checkin = await begin(kofi, 'Lighthouse round', ['ana', 'kofi'], questions.slice(0, 1));
  await signIn(page, 'ana');
  const turn = await asked(page, checkin);
  const all = (await (await page.request.get('/api/v1/people?limit=100')).json()).items;
  const id = (handle: string) => all.find((p: { handle: string }) => p.handle === handle)?.id;
  await page.request.put(`/api/v1/checkin-turns/${turn}/answer`, {
    data: { blockers: [{ words: 'The spare lamp', person: id('mei') }] },
  });
  const role = async (next: string) => {
    const done = await page.request.patch(`/api/v1/people/${id('kofi')}`, { data: { role: next } });
    expect(done.ok(), await done.text()).toBe(true);
  };
  await page.goto(`/checkins/${checkin}`);
  await expect(page.getByRole('heading', { name: 'Lighthouse round', level: 1 })).toBeVisible();
  await role('guest');
  try {
    await expect(page.getByText('It is asked in the name of Kofi Mensah')).toBeVisible();
    await looksRight(page);
    await page.getByRole('button', { name: 'Take it over' }).click();
    await expect(page.getByText('It is asked in the name of Kofi Mensah')).toHaveCount(0);
  } finally {
    await role('member');
  }
  await page.getByRole('button', { name: 'What else' }).click();
  await page.getByRole('menuitem', { name: 'End it…' }).click();
  await expect(page.getByRole('dialog')).toContainText('1 thing is waited for.');
  await looksRight(page);
  await page.getByRole('button', { name: 'End it', exact: true }).click();
  await expect(page.locator('.page-lead').getByText('Ended')).toBeVisible();
  await expect(page.getByRole('list', { name: 'Waited for' })).toContainText('The spare lamp');
});

test('hidden answers open to whoever has nothing to say', async ({ page, browser }) => {
  test.setTimeout(120_000);
  await signIn(page, 'ana');
  const checkin = await begin(page, 'Quiet round', ['ana', 'kofi'], questions.slice(0, 1), true);
  await asked(page, checkin);
  const kofi = await (await browser.newContext()).newPage();
  await signIn(kofi, 'kofi');
  const turn = await asked(kofi, checkin);
  await kofi.goto(`/checkins/turns/${turn}`);
  await kofi.getByLabel('What got done?').fill('Hidden words.');
  await kofi.getByRole('button', { name: /^Publish/ }).click();
  await expect(kofi.getByText('Hidden words.')).toBeVisible();
  await page.goto(`/checkins/${checkin}`);
  await expect(page.getByText('The answers open once you have written yours.')).toBeVisible();
  await page.goto(`/checkins/turns/${turn}`);
  await expect(page.getByText('There is no such answer for you.')).toBeVisible();
  await page.goto('/inbox');
  await page.goto('/checkins');
  await page.getByRole('button', { name: 'Answer Quiet round' }).click();
  await page.getByRole('button', { name: 'Nothing to say' }).click();
  await expect(page.getByText('Nothing to say, and that is fine.')).toBeVisible();
  await page.goto(`/checkins/${checkin}`);
  await expect(page.getByText('Hidden words.')).toBeVisible();
});
