import { expect, test } from '@playwright/test';
import { looksRight, signIn, watch } from './helpers';
import { as, begun, on, peopleOf, write } from './storms';

const plan = [{ phase: 'collect' }, { phase: 'cluster' }, { phase: 'vote' }];
/** A picture of four dots. */
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAFElEQVR4nGP4z8DAwMDAxAADCBYAG10BBdmIUo0AAAAASUVORK5CYII=',
  'base64',
);

test('people are divided into rooms, write in one, and the rooms are brought together', async ({ page }) => {
  test.setTimeout(120_000);
  const fine = watch(page);
  await signIn(page, 'ana');
  const people = (await peopleOf(page, 8)).map((p) => p.id);
  const id = await begun(page, { title: 'Rooms for the harbour', people, plan });
  await page.goto(`/brainstorms/${id}`);
  const facilitate = page.getByRole('button', { name: 'Facilitate…' });
  await facilitate.click();
  await page.getByRole('menuitem', { name: 'Divide people into rooms…' }).click();
  await page.getByRole('checkbox', { name: 'Group' }).check();
  await page.getByRole('button', { name: 'Divide', exact: true }).click();
  const rooms = page.getByRole('list', { name: 'Rooms' });
  await expect(rooms.getByRole('listitem').filter({ hasText: /Room \d/ })).toHaveCount(2);
  await looksRight(page);

  // Nobody has written yet: the rooms can be taken away, and people divided in another way.
  await facilitate.click();
  await page.getByRole('menuitem', { name: 'Take the rooms away' }).click();
  await expect(rooms).toHaveCount(0);
  await facilitate.click();
  await page.getByRole('menuitem', { name: 'Divide people into rooms…' }).click();
  await page.getByRole('radio', { name: /as many hours/ }).check();
  await page.getByRole('checkbox', { name: 'Group' }).check();
  await page.getByRole('button', { name: 'Divide', exact: true }).click();
  await expect(page.getByText('Your room')).toBeVisible();
  await rooms
    .getByRole('listitem')
    .filter({ hasText: 'Your room' })
    .getByRole('link', { name: /^Room/ })
    .click();
  await page.getByLabel('Your next idea').fill('From our own room');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Only you see it')).toBeVisible();
  await looksRight(page);

  // In the room they go on to groups, while the others still write.
  await page.getByRole('button', { name: 'On to Group…' }).click();
  await page.getByRole('button', { name: 'Go on', exact: true }).click();
  await page.getByRole('article').first().focus();
  await page.keyboard.press('m');
  await page.getByRole('menuitem', { name: 'A new group' }).press('Enter');
  await page.getByRole('button', { name: 'Group without a name', exact: true }).press('Enter');
  await page.keyboard.type('Ours');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Ours', exact: true })).toBeFocused();
  await page.getByRole('link', { name: 'The whole brainstorm' }).click();
  await facilitate.click();
  await expect(page.getByRole('menuitem', { name: 'Take the rooms away' })).toHaveCount(0);
  await page.getByRole('menuitem', { name: 'Bring the rooms together…' }).click();
  await page.getByRole('button', { name: 'Bring them together' }).click();
  const group = page.getByRole('region', { name: 'Ours' });
  await expect(group.getByText('From our own room')).toBeVisible();
  await expect(group.getByText(/^Room \d$/)).toBeVisible();
  await looksRight(page);
  fine();
});

test('a picture of paper is seen by its author alone until the reveal', async ({ page }) => {
  test.setTimeout(90_000);
  const fine = watch(page);
  await signIn(page, 'ana');
  const kofi = await as(page, 'kofi');
  const id = await begun(page, { title: 'Drawn on paper', plan }, [kofi]);
  await page.goto(`/brainstorms/${id}`);
  await page
    .getByLabel('Picture', { exact: true })
    .setInputFiles({ name: 'paper.png', mimeType: 'image/png', buffer: png });
  await page.getByRole('button', { name: 'Write it down' }).click();
  const picture = page.getByRole('img', { name: 'A picture without words' });
  await expect(picture).toBeVisible();
  const src = (await picture.getAttribute('src')) ?? '';
  expect((await page.request.get(src)).status()).toBe(200);
  expect((await kofi.request.get(src)).status()).toBe(404);
  await kofi.goto(`/brainstorms/${id}`);
  await expect(kofi.getByLabel('Your next idea')).toBeVisible();
  await expect(kofi.locator('.bs-picture')).toHaveCount(0);
  await looksRight(page);
  await on(page, id, 'collect');
  await expect(kofi.getByRole('img', { name: 'A picture without words' })).toBeVisible();
  expect((await kofi.request.get(src)).status()).toBe(200);
  fine();
});

test('the question and the plan are changed while that is fair, and the rest says why not', async ({
  page,
}) => {
  test.setTimeout(90_000);
  const fine = watch(page);
  await signIn(page, 'ana');
  const people = (await peopleOf(page, 6)).map((p) => p.id);
  const id = await begun(page, {
    title: 'How is teh harbour?',
    people,
    by_hand: false,
    plan: plan.map((p) => ({ ...p, window: '8h' })),
  });
  await write(page, id, ['One']);
  await page.goto(`/brainstorms/${id}`);
  const open = async () => {
    await page.getByRole('button', { name: 'Facilitate…' }).click();
    await page.getByRole('menuitem', { name: 'Change question and phases…' }).click();
  };
  await open();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByText(/fixed at the start/)).toBeVisible();
  await dialog.getByLabel('Question').fill('How is the harbour?');
  await dialog.getByLabel('How Collect ends').selectOption('until');
  await expect(dialog.getByText('How much of their own time each has')).toBeVisible();
  await dialog.getByRole('radio', { name: /100 points/ }).check();
  await looksRight(page);
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('heading', { name: 'How is the harbour?' })).toBeVisible();
  const read = async () => (await page.request.get(`/api/v1/brainstorms/${id}`)).json();
  expect(await read()).toMatchObject({ vote: { method: 'points' } });
  expect((await read()).plan[0].until).toBeTruthy();
  await page.keyboard.press('u');
  await expect(page.getByRole('heading', { name: 'How is teh harbour?' })).toBeVisible();
  expect((await read()).plan[0].until).toBeNull();
  await on(page, id, 'collect');
  await on(page, id, 'cluster');
  await open();
  await expect(dialog.getByText(/everybody votes by the same/)).toBeVisible();
  await expect(dialog.getByLabel('Question')).toHaveCount(0);
  await looksRight(page);
  fine();
});

test('groups are moved, taken away and brought back by the keyboard', async ({ page }) => {
  test.setTimeout(90_000);
  await signIn(page, 'ana');
  const id = await begun(page, { title: 'Undo', plan });
  await write(page, id, ['First thought', 'Second thought', 'Third thought']);
  await on(page, id, 'collect');
  const { ideas } = await (await page.request.get(`/api/v1/brainstorms/${id}/board`)).json();
  const group = async (name: string, some: number[]) =>
    page.request.post(`/api/v1/brainstorms/${id}/groups`, {
      data: { name, ideas: some.map((n) => ideas[n].id) },
    });
  await group('Left', [0, 1]);
  await group('Right', [2]);
  await page.goto(`/brainstorms/${id}`);
  const names = page.getByRole('button', { name: /^(Left|Right|Better)$/ });
  const left = page.getByRole('region', { name: 'Left' });
  await expect(names).toHaveText(['Left', 'Right']);

  const menu = page.getByRole('button', { name: 'Change the group Left' });
  await menu.press('Enter');
  await page.getByRole('menuitem', { name: 'Move it later' }).press('Enter');
  await expect(names).toHaveText(['Right', 'Left']);
  await page.keyboard.press('u');
  await expect(names).toHaveText(['Left', 'Right']);

  await menu.press('Enter');
  await page.getByRole('menuitem', { name: /Take the group away/ }).press('Enter');
  await expect(names).toHaveText(['Right']);
  await page.keyboard.press('u');
  await expect(names).toHaveText(['Left', 'Right']);
  await expect(left.getByRole('article')).toHaveCount(2);

  await page.getByRole('button', { name: 'Left', exact: true }).press('Enter');
  await page.keyboard.press('Control+a');
  await page.keyboard.type('Better');
  await page.keyboard.press('Enter');
  await expect(names).toHaveText(['Better', 'Right']);
  await page.keyboard.press('u');
  await expect(names).toHaveText(['Left', 'Right']);

  // Two of one group are merged into one of another; the way back leads to where they were.
  await left.getByRole('article').first().focus();
  await page.keyboard.press('x');
  await page.keyboard.press('j');
  await page.keyboard.press('x');
  const right = page.getByRole('region', { name: 'Right' });
  await right.getByRole('article').focus();
  await page.keyboard.press('m');
  await page.getByRole('menuitem', { name: 'Merge the 2 marked ideas into this' }).press('Enter');
  await expect(left.getByRole('article')).toHaveCount(0);
  await expect(right.getByRole('article').getByText('First thought')).toBeVisible();
  await page.keyboard.press('u');
  await expect(left.getByRole('article')).toHaveCount(2);
  await expect(right.getByRole('article')).toHaveCount(1);
  const after = await (await page.request.get(`/api/v1/brainstorms/${id}/board`)).json();
  const standing = (list: { id: string; group: string | null; merged: string | null }[]) =>
    list.map((i) => [i.id, i.merged, i.group !== null]).sort();
  expect(standing(after.ideas)).toEqual(
    standing(ideas.map((i: { id: string }) => ({ ...i, group: '', merged: null }))),
  );

  // A marked card's menu means all that are marked, as dragging it does.
  await left.getByRole('article').first().focus();
  await page.keyboard.press('x');
  await page.keyboard.press('j');
  await page.keyboard.press('x');
  await page.keyboard.press('m');
  await expect(page.getByText('Move the 2 marked ideas to')).toBeVisible();
  await page.getByRole('menuitem', { name: 'Right' }).press('Enter');
  await expect(right.getByRole('article')).toHaveCount(3);
});

test('each way to vote works by the keyboard, and the results say whether people agree', async ({ page }) => {
  test.setTimeout(150_000);
  const fine = watch(page);
  await signIn(page, 'ana');
  const [kofi, mei, liam] = [await as(page, 'kofi'), await as(page, 'mei'), await as(page, 'liam')];
  const begin = async (method: string) => {
    const id = await begun(
      page,
      { title: `By ${method}`, plan: [{ phase: 'collect' }, { phase: 'vote' }], vote: { method } },
      [kofi, mei, liam],
    );
    await write(mei, id, ['A horn', 'A bell']);
    await on(page, id, 'collect');
    await page.goto(`/brainstorms/${id}`);
    await expect(page.getByRole('article')).toHaveCount(2);
    return id;
  };
  const saved = () => expect(page.getByText('Saved. Nobody sees it but you.')).toBeVisible();
  const ballot = async (id: string, values: Record<string, number>) => {
    const { ideas } = await (await kofi.request.get(`/api/v1/brainstorms/${id}/board`)).json();
    const votes = ideas.map((i: { id: string; text: string }) => ({ idea: i.id, value: values[i.text] }));
    for (const voter of [kofi, liam])
      expect((await voter.request.put(`/api/v1/brainstorms/${id}/ballot`, { data: { votes } })).ok()).toBe(
        true,
      );
  };
  const finish = async (id: string) => {
    await on(page, id, 'vote');
    await expect(page.getByRole('heading', { name: 'Results' }).last()).toBeVisible();
    await looksRight(page);
  };

  let id = await begin('likes');
  const likes = page.getByRole('group', { name: 'Your vote on: A horn' });
  await likes.getByRole('button', { name: 'Like', exact: true }).press('Enter');
  await page
    .getByRole('group', { name: 'Your vote on: A bell' })
    .getByRole('button', { name: 'Rather not' })
    .press('Enter');
  await saved();
  await looksRight(page);
  await ballot(id, { 'A horn': 1, 'A bell': 1 });
  await finish(id);
  await expect(page.getByRole('article').first()).toContainText('A horn');
  await expect(page.getByRole('article').first()).toContainText('Agreement');
  await expect(page.getByRole('article').nth(1)).toContainText('Split');

  id = await begin('points');
  await page.getByRole('spinbutton', { name: 'Points for A horn' }).fill('70');
  await page.getByRole('spinbutton', { name: 'Points for A bell' }).fill('50');
  await expect(page.getByText('0 of 100 points left')).toBeVisible();
  await expect(page.getByRole('spinbutton', { name: 'Points for A bell' })).toHaveValue('30');
  await saved();
  await looksRight(page);
  await ballot(id, { 'A horn': 10, 'A bell': 90 });
  await finish(id);
  await expect(page.getByRole('article').first()).toContainText('210 points');

  id = await begin('scale');
  await page
    .getByRole('group', { name: /From against to for: A horn/ })
    .getByRole('radio', { name: '0' })
    .focus();
  await page.keyboard.press('Space');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await expect(
    page.getByRole('group', { name: /From against to for: A horn/ }).getByRole('radio', { name: '+2' }),
  ).toBeChecked();
  await saved();
  await looksRight(page);
  await ballot(id, { 'A horn': 3, 'A bell': -3 });
  await finish(id);
  await expect(page.getByRole('article').first()).toContainText('+8 in all');

  id = await begin('impact_effort');
  await page.getByLabel('Impact of A horn').selectOption('5');
  await page.getByLabel('Effort of A horn').selectOption('1');
  await saved();
  await finish(id);
  await expect(page.getByRole('article').first()).toContainText('quick win');
  fine();
});

test('authors claim what was theirs, and ideas become a decision and a thread', async ({ page }) => {
  test.setTimeout(120_000);
  const fine = watch(page);
  await signIn(page, 'ana');
  const people = (await peopleOf(page, 6)).map((p) => p.id);
  const id = await begun(page, {
    title: 'What could sink us?',
    people,
    anonymous: true,
    plan: [{ phase: 'collect' }, { phase: 'vote' }],
    vote: { method: 'dots' },
  });
  await write(page, id, ['A storm', 'A leak']);
  await on(page, id, 'collect');
  await on(page, id, 'vote');
  await page.goto(`/brainstorms/${id}`);
  const storm = page.getByRole('article').filter({ hasText: 'A storm' });
  await storm.getByRole('button', { name: /It was mine/ }).press('Enter');
  await expect(storm.getByText('Ana Lima')).toBeVisible();
  await page.keyboard.press('u');
  await expect(storm.getByText('Ana Lima')).toHaveCount(0);
  await looksRight(page);

  await page.getByRole('article').first().focus();
  await page.keyboard.press('x');
  await page.keyboard.press('j');
  await page.keyboard.press('x');
  await expect(page.getByText('2 marked')).toBeVisible();
  await page.keyboard.press('m');
  await page.getByRole('menuitem', { name: 'A decision…' }).press('Enter');
  await page.getByLabel('Title').fill('Which to mend first?');
  await page.keyboard.press('Enter');
  const work = page.getByRole('list', { name: 'What becomes of the ideas' });
  await expect(work.getByRole('link', { name: 'Which to mend first?' })).toBeVisible();
  await page.getByRole('checkbox', { name: 'Mark: A leak' }).check();
  await page.getByRole('button', { name: 'Make of it…' }).click();
  await page.getByRole('menuitem', { name: 'A thread…' }).click();
  await page.getByRole('button', { name: 'Open the thread' }).click();
  await expect(work.getByText(/A thread, opened by Ana/)).toBeVisible();
  await looksRight(page);
  await work.getByRole('link', { name: 'Which to mend first?' }).click();
  await expect(page).toHaveURL(/\/decisions\//);
  await expect(page.getByText('A leak').first()).toBeVisible();
  fine();
});

test('in every phase it fits narrow screens, longer words and writing from right to left', async ({
  page,
}) => {
  test.setTimeout(180_000);
  const fine = watch(page);
  await signIn(page, 'ana');
  const kofi = await as(page, 'kofi');
  const id = await begun(
    page,
    {
      title: 'Fits everywhere',
      prompt: 'Think of *everything*.',
      plan: [{ phase: 'collect' }, { phase: 'refine' }, { phase: 'vote' }],
      vote: { method: 'scale' },
    },
    [kofi],
  );
  await write(page, id, [
    'An idea with averyveryverylongwordthatdoesnotbreakbyitselfatallanywhere',
    'A short one',
  ]);
  await write(kofi, id, ['Another one, of somebody else, that has a few more words to it than the others']);
  const look = async (phase: string) => {
    for (const locale of ['ar-XB', 'en-XA']) {
      await page.evaluate((l) => localStorage.setItem('meantime locale', l), locale);
      for (const width of [1280, 390, 320]) {
        await page.setViewportSize({ width, height: 800 });
        for (const view of phase === 'refine' ? ['board', 'list'] : ['']) {
          await page.goto(`/brainstorms/${id}${view && `?view=${view}`}`);
          await expect(page.locator('[data-idea], .bs-wall li').first()).toBeVisible();
          const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
          expect(over, `${phase} ${view} at ${width} in ${locale}`).toBeLessThanOrEqual(0);
        }
      }
      await looksRight(page);
    }
  };
  await page.goto('/brainstorms');
  await look('collect');
  await on(page, id, 'collect');
  const { ideas } = await (await page.request.get(`/api/v1/brainstorms/${id}/board`)).json();
  await page.request.post(`/api/v1/brainstorms/${id}/groups`, {
    data: { name: 'A group with a name that is rather long', ideas: [ideas[0].id, ideas[1].id] },
  });
  await page.request.put(`/api/v1/brainstorms/${id}/ideas/${ideas[1].id}/own-notes/n`, {
    data: { kind: 'con', text: 'Somebody has to pay for it' },
  });
  await look('refine');
  await on(page, id, 'refine');
  await look('vote');
  const votes = ideas
    .filter((i: { mine: boolean }) => !i.mine)
    .map((i: { id: string }) => ({ idea: i.id, value: -2 }));
  await page.request.put(`/api/v1/brainstorms/${id}/ballot`, { data: { votes } });
  await on(page, id, 'vote');
  await page.request.post(`/api/v1/brainstorms/${id}/outcomes`, {
    data: { kind: 'task', ideas: [ideas[0].id], title: 'See to it' },
  });
  await look('act');
  fine();
});
