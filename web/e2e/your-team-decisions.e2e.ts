import { expect, type Route, test } from '@playwright/test';
import { decision, fits, options } from './decision-kit';
import { looksRight, phone, pickPeople, signIn, watch } from './helpers';

test('a ranking is written, ranked by keys and by dragging, counted and concluded', async ({
  page,
  browser,
}) => {
  test.setTimeout(120_000);
  const fine = watch(page);
  await signIn(page, 'ana');
  await page.goto('/decisions');
  await expect(page.getByRole('link', { name: 'What do we call the onboarding flow?' })).toBeVisible();
  await looksRight(page);
  await page.getByRole('link', { name: 'New decision' }).click();
  await page.getByRole('radio', { name: /^Ranking/ }).check();
  await page.getByLabel('Space', { exact: true }).selectOption({ label: 'Product' });
  await page.getByLabel('Question').fill('Which harbour first?');
  await page.getByRole('button', { name: 'Add an option' }).click();
  await page.keyboard.type('Accra');
  await page.keyboard.press('Enter');
  await page.keyboard.type('Lisbon');
  await page.keyboard.press('Enter');
  await page.keyboard.type('Taipei');
  await page.getByRole('button', { name: 'Open it' }).click();
  await expect(page.getByText('Say who is entitled.').first()).toBeVisible();
  await pickPeople(page, 'Who is entitled', ['Ana Lima', 'Kofi Mensah']);
  await page.keyboard.press('Escape');
  const strip = page.getByRole('region', { name: 'When it would end' });
  await expect(strip.getByText(/has their share by/).first()).toBeVisible();
  await page.getByLabel('End as soon as all have had their say').check();
  await page.getByLabel('Counted by').selectOption('schulze');
  await looksRight(page);
  await page.reload(); // what was typed is still there
  await expect(page.getByLabel('Question')).toHaveValue('Which harbour first?');
  await page.getByRole('button', { name: 'Open it' }).click();
  await expect(page.getByRole('heading', { name: 'Which harbour first?' })).toBeVisible();
  const at = page.url();

  // By buttons and keys: Accra, Lisbon, then Lisbon up by an arrow.
  await page.getByRole('button', { name: 'First Accra' }).click();
  await page.getByRole('button', { name: 'Next Lisbon' }).click();
  await page.getByRole('button', { name: 'Next Taipei' }).click();
  await page.getByRole('button', { name: 'Move Lisbon: arrow keys' }).focus();
  await page.keyboard.press('ArrowUp');
  const order = page.getByRole('list', { name: 'Your order, best first' }).getByRole('listitem');
  await expect(order.nth(0)).toContainText('Lisbon');
  await looksRight(page);
  // By dragging: Taipei to the top.
  const grip = await page.getByRole('button', { name: 'Move Taipei: arrow keys' }).boundingBox();
  const top = await order.nth(0).boundingBox();
  if (!grip || !top) throw new Error('there is nothing to drag');
  await page.mouse.move(grip.x + 8, grip.y + 8);
  await page.mouse.down();
  await page.mouse.move(grip.x + 8, top.y + 2, { steps: 6 });
  await page.mouse.up();
  await expect(order.nth(0)).toContainText('Taipei');
  await page.getByRole('button', { name: 'Lisbon is as good as the one before' }).click();
  await page.getByRole('button', { name: 'Cast my ballot' }).click();
  await expect(page.getByText('Taipei = Lisbon › Accra')).toBeVisible();
  await page.getByRole('button', { name: /^Undo/ }).click();
  await expect(order.nth(0)).toContainText('Taipei'); // as it was typed
  await page.getByRole('button', { name: 'Cast my ballot' }).click();
  await expect(page.getByText('1 of 2 had their say')).toBeVisible();

  const kofi = await (await browser.newContext({ viewport: phone })).newPage();
  await signIn(kofi, 'kofi');
  await kofi.goto(at);
  await kofi.getByRole('button', { name: 'First Taipei' }).click();
  await looksRight(kofi);
  await kofi.getByRole('button', { name: 'Cast my ballot' }).click();
  await expect(kofi.getByText(/Counted: Taipei/)).toBeVisible();

  await page.getByLabel('What was decided').fill('Taipei, and **soon**.');
  await page.getByLabel('What spoke against it (optional)').fill('It is far.');
  await looksRight(page);
  await page.getByRole('button', { name: 'Write the outcome' }).click();
  const outcome = page.getByRole('region', { name: 'Outcome' });
  await expect(outcome.getByText('It is far.')).toBeVisible();
  await expect(page.getByRole('region', { name: 'Each against each' })).toBeVisible();
  await looksRight(page);
  await page.getByRole('link', { name: 'Decisions', exact: true }).click();
  await page.getByLabel('Search the register').fill('harbour');
  await expect(page.getByText('Taipei, and soon.')).toBeVisible();
  fine();
});

test('consent: an objection needs words, and is overruled in writing', async ({ page, browser }) => {
  const fine = watch(page);
  await signIn(page, 'ana');
  const id = await decision(
    page,
    { title: 'We paint it blue', context: 'All of it.', kind: 'consent', rules: { early: true } },
    ['kofi'],
  );
  const kofi = await (await browser.newContext()).newPage();
  await signIn(kofi, 'kofi');
  await kofi.goto(`/decisions/${id}`);
  await kofi.getByRole('radio', { name: /^I object/ }).check();
  await kofi.getByRole('button', { name: 'Cast my ballot' }).click();
  await expect(kofi.getByRole('alert')).toContainText('Say what stands against it');
  await kofi.getByLabel('What stands against it').fill('Ships will not see it.');
  await kofi.getByRole('button', { name: 'Cast my ballot' }).click();
  await page.goto(`/decisions/${id}`);
  await expect(page.getByText('An objection stands.')).toBeVisible();
  await page.getByRole('button', { name: 'Overrule… Kofi Mensah' }).click();
  await page.getByLabel('Why it is overruled, in writing').fill('It has a lamp.');
  await page.getByRole('button', { name: 'Overrule it' }).click();
  await expect(page.getByText('It has a lamp.')).toBeVisible();
  await looksRight(page);
  fine();
});

test('without names: what is kept is said, a receipt is shown once, and nothing is shown before the end', async ({
  page,
}) => {
  const fine = watch(page);
  await signIn(page, 'ana');
  const id = await decision(
    page,
    {
      title: 'Who shall we be?',
      kind: 'approval',
      rules: { anonymous: true, blind: 'until_closed' },
      options: options('Gulls', 'Terns'),
    },
    ['ana', 'kofi', 'mei', 'priya', 'sara'],
  );
  await page.goto(`/decisions/${id}`);
  await expect(page.getByText('What is kept of your vote')).toBeVisible();
  await page.getByRole('checkbox', { name: /Terns/ }).check();
  await looksRight(page);
  await page.getByRole('button', { name: 'Seal and cast my ballot' }).click();
  await expect(page.getByRole('textbox', { name: 'Receipt' })).toHaveValue(/^[A-Za-z0-9]{22}$/);
  await looksRight(page);
  await page.getByRole('button', { name: 'I have it' }).click();
  await expect(page.getByText('sealed until the end, for you too')).toBeVisible();
  await expect(page.getByText('Hidden until the end, for everybody.')).toBeVisible();
  // The receipt lies on this device, so that the ballot can be changed.
  await page.reload();
  await page.getByRole('button', { name: 'Change it with my receipt' }).click();
  await page.getByRole('checkbox', { name: /Gulls/ }).check();
  await page.getByRole('button', { name: 'Put this in its place' }).click();
  await expect(page.getByRole('button', { name: 'I have it' })).toBeVisible();
  fine();
});

test('points, dots and times are given on a phone', async ({ page }) => {
  await page.setViewportSize(phone);
  await signIn(page, 'kofi');
  const people = ['kofi', 'mei'];
  const dots = await decision(page, { title: 'Dots', kind: 'dots', options: options('One', 'Two') }, people);
  await page.goto(`/decisions/${dots}`);
  await page.getByRole('button', { name: 'A dot more for Two' }).click();
  await page.getByRole('button', { name: 'A dot more for Two' }).click();
  await page.getByRole('button', { name: 'A dot more for One' }).click();
  await expect(page.getByRole('button', { name: 'A dot more for One' })).toBeDisabled();
  await looksRight(page);
  await page.getByRole('button', { name: 'Cast my ballot' }).click();
  await expect(page.getByText('Ahead now: Two')).toBeVisible();

  const now = Date.parse((await (await page.request.get('/api/v1/clock')).json()).now);
  const start = (h: number) => ({ start: new Date(now + h * 3_600_000).toISOString() });
  const time = await decision(
    page,
    { title: 'When', kind: 'time', options: [start(96), start(120)] },
    people,
  );
  await page.goto(`/decisions/${time}`);
  await expect(page.locator('.dec-clocks').first()).toContainText('Taipei');
  await page.getByRole('radio', { name: 'Yes' }).first().check();
  await page.getByRole('radio', { name: 'If need be' }).last().check();
  await looksRight(page);
  await page.getByRole('button', { name: 'Cast my ballot' }).click();
  await expect(page.getByRole('button', { name: 'Take it back' })).toBeVisible();
  await fits(page);
});

test('a press shows at once; refused, what was typed is still there', async ({ page }) => {
  await signIn(page, 'kofi');
  const id = await decision(page, { title: 'At once?', kind: 'majority' }, ['kofi', 'mei']);
  await page.goto(`/decisions/${id}`);
  const held: Route[] = [];
  await page.route('**/ballot', (r) => void held.push(r));
  const taken = async () => {
    await expect.poll(() => held.length).toBe(1);
    return held.pop();
  };
  const cast = page.getByRole('button', { name: 'Cast my ballot' });
  await page.getByRole('radio', { name: /Yes/ }).check();
  await page.getByLabel(/^Why/).fill('It is late.');
  await cast.click();
  await expect(page.getByText('On its way to the server…')).toBeVisible();
  await expect(page.getByText('1 of 2 had their say')).toBeVisible();
  await (await taken())?.abort();
  await (await taken())?.abort(); // a lost network is tried once more
  await expect(page.getByText('Your ballot is kept here.')).toBeVisible();
  await expect(page.getByLabel(/^Why/)).toHaveValue('It is late.');
  await expect(page.getByText('0 of 2 had their say')).toBeVisible();
  await looksRight(page);
  await cast.click();
  await (await taken())?.continue();
  await expect(page.getByText('Your ballot counts.')).toBeVisible();
  await page.unroute('**/ballot');
  await page.getByRole('button', { name: /^Undo/ }).click();
  await expect(page.getByLabel(/^Why/)).toHaveValue('It is late.');
  await expect(page.getByText('0 of 2 had their say')).toBeVisible();
});

test('a guest is asked in one decision, votes, and reads what came of it', async ({ page, browser }) => {
  test.setTimeout(60_000);
  await signIn(page, 'ana');
  const made = await page.request.post('/api/v1/invitations', { data: { role: 'guest' } });
  const token = (await made.json()).link.split('/').pop();
  const gus = await (await browser.newContext({ viewport: phone })).newPage();
  const name = `Gus ${Date.now()}`;
  const joined = await gus.request.post(`/api/v1/invitations/by-token/${token}/acceptance`, {
    data: {
      name,
      email: `gus${Date.now()}@outside.example`,
      password: 'correct horse battery',
      zone: 'Europe/Lisbon',
    },
  });
  expect(joined.ok(), await joined.text()).toBe(true);
  const id = await decision(
    page,
    { title: 'Which pier?', kind: 'approval', options: options('North', 'South'), rules: { early: true } },
    ['ana', (await joined.json()).person.id],
  );
  await gus.goto('/decisions');
  await gus.getByRole('link', { name: 'Which pier?' }).click();
  await expect(gus.getByRole('link', { name: 'Discuss' })).toHaveCount(0);
  await gus.getByRole('checkbox', { name: /South/ }).check();
  await looksRight(gus);
  await fits(gus);
  await gus.getByRole('button', { name: 'Cast my ballot' }).click();
  await expect(gus.getByText('1 of 2 had their say')).toBeVisible();
  await gus.goto('/threads');
  await expect(gus.locator('#content .row')).toHaveCount(0);
  await gus.goto('/decisions');
  await expect(gus.locator('#content .row')).toHaveCount(1);

  await page.goto(`/decisions/${id}`);
  await page.getByRole('checkbox', { name: /South/ }).check();
  await page.getByRole('button', { name: 'Cast my ballot' }).click();
  await page.getByLabel('What was decided').fill('The south pier.');
  await page.getByLabel('Why (optional)').fill('It is dry.');
  await page.getByRole('button', { name: 'Write the outcome' }).click();
  await expect(page.getByRole('region', { name: 'Outcome' })).toContainText('It is dry.');

  await gus.goto(`/decisions/${id}`);
  await expect(gus.getByRole('region', { name: 'Outcome' })).toContainText('The south pier.');
  await expect(gus.getByText('Counted: South')).toBeVisible();
  await gus.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await gus.getByRole('button', { name: 'Copy as Markdown' }).click();
  await expect(gus.getByText('Copied as Markdown')).toBeVisible();
  const copied = await gus.evaluate(() => navigator.clipboard.readText());
  expect(copied).toContain('# Which pier?');
  expect(copied).toContain('**South**');
  expect(copied).toContain(`/decisions/${id}`);
});

test('the register: what waits, what is found, what is not, and what fails', async ({ page }) => {
  await signIn(page, 'sara');
  const list = page.locator('#content');
  await page.goto('/decisions?q=zebrafish');
  await expect(list.getByText('No decision is like that.')).toBeVisible();
  await list.getByRole('link', { name: 'Show all' }).click();
  await expect(list.locator('.row').first()).toBeVisible();
  await list.getByRole('button', { name: 'Export and feed' }).click();
  const csv = await page.getByRole('link', { name: 'CSV' }).getAttribute('href');
  const file = await page.request.get(csv ?? '');
  expect((await file.text()).split('\n')[0]).toContain('title');
  await page.getByRole('button', { name: 'Make the feed' }).click();
  await expect(page.getByRole('textbox', { name: 'Address of your feed' })).toHaveValue(/\.atom$/);
  await looksRight(page);

  const { items } = await (await page.request.get('/api/v1/decisions')).json();
  const waits = { ...items[0], expected: true, state: 'open' };
  let mine: unknown[] = [waits];
  let failing = false;
  await page.route('**/api/v1/decisions?**', (r) =>
    failing
      ? r.fulfill({ status: 503, json: { code: 'busy', detail: 'The house is busy.' } })
      : r.fulfill({ json: { items: mine, next: '' } }),
  );
  await page.goto('/decisions');
  await expect(list.getByRole('heading', { name: 'Waiting for you' })).toBeVisible();
  await expect(list.getByText('waits for you, and stands above')).toBeVisible();
  await expect(list.getByText('Nothing has been decided here yet.')).toHaveCount(0);
  mine = [];
  await page.goto('/decisions');
  await expect(list.getByText('Nothing has been decided here yet.')).toBeVisible();
  await looksRight(page);
  failing = true;
  await page.goto('/decisions');
  await expect(list.getByText('The house is busy.').last()).toBeVisible({ timeout: 15_000 });
  await page.unroute('**/api/v1/decisions?**');
  await list.getByRole('button', { name: 'Try again' }).last().click();
  await expect(list.locator('.row').first()).toBeVisible();
});

test('a ballot taken back and cast anew is cast, however long taking it back takes', async ({ page }) => {
  await signIn(page, 'ana');
  const asked = { title: 'Which ink for the map?', kind: 'majority', options: options('Black', 'Blue') };
  const id = await decision(page, asked, ['ana', 'kofi']);
  const ballot = `**/api/v1/decisions/${id}/ballot`;
  let go = () => {};
  const held = new Promise<void>((done) => {
    go = done;
  });
  await page.route(ballot, async (route) => {
    if (route.request().method() === 'DELETE') await held;
    await route.continue();
  });
  await page.goto(`/decisions/${id}`);
  await page.getByRole('radio', { name: 'Blue' }).check();
  await page.getByRole('button', { name: 'Cast my ballot' }).click();
  await page.getByRole('button', { name: /^Undo/ }).click();
  await page.getByRole('button', { name: 'Cast my ballot' }).click();
  await expect(page.getByText('1 of 2 had their say')).toBeVisible();
  const back = page.waitForResponse((r) => r.url().endsWith('/ballot') && r.request().method() === 'DELETE');
  const anew = page.waitForResponse((r) => r.url().endsWith('/ballot') && r.request().method() === 'PUT');
  go();
  await back;
  await anew;
  expect((await (await page.request.get(`/api/v1/decisions/${id}`)).json()).voted).toBe(1);
  await expect(page.getByText('1 of 2 had their say')).toBeVisible();
});
