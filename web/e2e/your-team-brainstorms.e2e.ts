import { expect, test } from '@playwright/test';
import { looksRight, phone, signIn, watch } from './helpers';
import { as, begun, on, write } from './storms';

test('a brainstorm is begun with a plan, and ideas are written one after another', async ({ page }) => {
  test.setTimeout(90_000);
  const fine = watch(page);
  await signIn(page, 'ana');
  await page.goto('/brainstorms');
  await page.getByRole('link', { name: 'New brainstorm' }).click();
  await page.getByRole('radio', { name: /Retrospective/ }).check();
  await expect(page.getByRole('textbox', { name: 'Question' })).toHaveValue('Looking back on the last weeks');
  await page.getByRole('textbox', { name: 'Question' }).fill('How was the lighthouse release?');
  await page.getByLabel('Space', { exact: true }).selectOption({ label: 'Platform' });
  const ahead = page.getByRole('region', { name: 'When each phase would end' });
  await expect(ahead.getByText('Vote')).toBeVisible();
  await expect(ahead.getByText(/until/).first()).toBeVisible();
  await looksRight(page);
  await page.reload();
  await expect(page.getByRole('textbox', { name: 'Question' })).toHaveValue(
    'How was the lighthouse release?',
  );
  await page.getByRole('button', { name: 'Begin', exact: true }).click();
  const field = page.getByLabel('Your next idea');
  await expect(field).toBeFocused();
  await page.keyboard.type('The release notes were late');
  await page.keyboard.press('Enter');
  await page.keyboard.type('Nobody was paged at night');
  await page.keyboard.press('Enter');
  const cards = page.getByRole('main').getByRole('listitem').filter({ hasText: 'Only you see it' });
  await expect(cards).toHaveCount(2);
  await expect(field).toHaveValue('');
  await looksRight(page);
  const kofi = await as(page, 'kofi');
  await kofi.goto(page.url());
  await kofi.getByRole('button', { name: 'Take part' }).click();
  await expect(kofi.getByLabel('Your next idea')).toBeVisible();
  await expect(kofi.getByText('Nobody was paged at night')).toHaveCount(0);
  await kofi.goto('/brainstorms');
  const row = kofi.getByRole('listitem').filter({ hasText: 'How was the lighthouse release?' });
  await expect(row.getByText('Yours to do')).toBeVisible();
  await page.getByRole('button', { name: 'I am done with this phase' }).click();
  await expect(page.getByRole('button', { name: 'I am not done yet' })).toBeVisible();
  await page.setViewportSize(phone);
  await looksRight(page);
  fine();
});

test('cards are grouped, merged and noted by keyboard, and everything can be taken back', async ({
  page,
}) => {
  test.setTimeout(90_000);
  const fine = watch(page);
  await signIn(page, 'ana');
  const id = await begun(page, { title: 'Names for the beacon' });
  await write(page, id, [
    'Call it Pharos',
    'Call it Lantern',
    'Pharos, the old one',
    'A beacon needs no name',
  ]);
  await on(page, id, 'collect');
  await page.goto(`/brainstorms/${id}`);
  await expect(page.getByRole('article')).toHaveCount(4);
  await looksRight(page);

  // By keyboard alone: to the first card, mark it and the next, into a group of their own.
  await page.keyboard.press('j');
  await page.keyboard.press('x');
  await page.keyboard.press('j');
  await page.keyboard.press('x');
  await page.getByRole('button', { name: 'New group with 2 marked' }).press('Enter');
  const name = page.getByRole('button', { name: 'Group without a name', exact: true });
  await name.press('Enter');
  await page.keyboard.type('Old words');
  await page.keyboard.press('Enter');
  const group = page.getByRole('region', { name: 'Old words' });
  await expect(group.getByRole('article')).toHaveCount(2);
  await looksRight(page);

  // One more through its menu; the focus goes with it, and the move is said and undone.
  const free = page.getByRole('region', { name: 'In no group' });
  await free.getByRole('article').first().focus();
  await page.keyboard.press('m');
  await page.getByRole('menuitem', { name: 'Old words' }).press('Enter');
  await expect(group.getByRole('article')).toHaveCount(3);
  await expect(page.getByRole('status').filter({ hasText: 'is in Old words now' })).toBeVisible();
  await expect(group.locator('[data-idea]:focus')).toHaveCount(1);
  await page.keyboard.press('u');
  await expect(group.getByRole('article')).toHaveCount(2);

  // Merging keeps both texts; taking apart brings both back.
  const [first, second] = [group.getByRole('article').first(), group.getByRole('article').nth(1)];
  const words = await second.locator('.bs-text').innerText();
  await second.getByRole('checkbox').check();
  await first.getByRole('button', { name: /^Move or change/ }).click();
  await page.getByRole('menuitem', { name: 'Merge the marked idea into this' }).click();
  await expect(group.getByRole('article')).toHaveCount(1);
  await expect(group.getByText(words)).toBeVisible();
  await group.getByRole('button', { name: /^Move or change/ }).click();
  await page.getByRole('menuitem', { name: 'Take merged ideas apart' }).click();
  await expect(group.getByRole('article')).toHaveCount(2);

  // By pointer: from the group to those in none.
  await group.getByRole('article').first().dragTo(free);
  await expect(group.getByRole('article')).toHaveCount(1);
  await page.getByText('List', { exact: true }).click();
  await expect(page.getByRole('article')).toHaveCount(4);
  await looksRight(page);
  await page.reload();
  await expect(group.getByRole('article')).toHaveCount(1);

  await on(page, id, 'cluster');
  const card = page.getByRole('article').filter({ hasText: 'A beacon needs no name' });
  await card.getByRole('button', { name: /^For it/ }).click();
  await page.keyboard.type('Short');
  await page.keyboard.press('Enter');
  await expect(card.getByText('Short')).toBeVisible();
  await looksRight(page);
  fine();
});

test('suggested groups are accepted one by one', async ({ page }) => {
  await signIn(page, 'ana');
  const id = await begun(page, { title: 'Suggest' });
  await write(page, id, [
    'The invoice page loads slowly',
    'Invoice export loads slowly too',
    'More plants in the office',
    'Plants for the office kitchen',
  ]);
  await on(page, id, 'collect');
  await page.goto(`/brainstorms/${id}`);
  await page.getByRole('button', { name: 'Suggested groups' }).click();
  const panel = page.getByRole('region', { name: 'Suggested groups' });
  await expect(panel.getByRole('button', { name: /^Accept all/ })).toBeVisible();
  await looksRight(page);
  await panel
    .getByRole('button', { name: /^Accept(?! all)/ })
    .first()
    .click();
  await expect(page.getByRole('region', { name: 'In no group' }).getByRole('article')).toHaveCount(2);
  await page.getByRole('button', { name: /^Undo/ }).click();
  await expect(page.getByRole('region', { name: 'Ideas', exact: true }).getByRole('article')).toHaveCount(4);
});

test('two people vote, the results are shown, and the best becomes work', async ({ page }) => {
  test.setTimeout(90_000);
  const fine = watch(page);
  await signIn(page, 'ana');
  const kofi = await as(page, 'kofi');
  const id = await begun(
    page,
    {
      title: 'What next for the beacon?',
      plan: [{ phase: 'collect' }, { phase: 'vote' }],
      vote: { method: 'dots', dots: 3, most: 2 },
    },
    [kofi],
  );
  await write(page, id, ['A brighter lamp']);
  await write(kofi, id, ['A longer mast', 'A fog horn']);
  await on(page, id, 'collect');

  await page.goto(`/brainstorms/${id}`);
  await expect(page.getByText('3 of 3 dots left')).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Your own' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Give a dot to A brighter lamp' })).toHaveCount(0);
  const horn = page.getByRole('button', { name: 'Give a dot to A fog horn' });
  await horn.click();
  await horn.click();
  await expect(horn).toBeDisabled();
  await expect(page.getByText('1 of 3 dots left')).toBeVisible();
  await expect(page.getByText('Saved. Nobody sees it but you.')).toBeVisible();
  await page.reload();
  await expect(page.getByText('1 of 3 dots left')).toBeVisible();
  await looksRight(page);
  await kofi.goto(`/brainstorms/${id}`);
  await kofi.getByRole('button', { name: 'Give a dot to A brighter lamp' }).click();
  await expect(kofi.getByText('Saved. Nobody sees it but you.')).toBeVisible();

  await page.getByRole('button', { name: 'On to Results…' }).click();
  await page.getByRole('button', { name: 'Go on', exact: true }).click();
  await expect(page.getByRole('article').first()).toContainText('A fog horn');
  await expect(page.getByRole('article').first()).toContainText('2 dots');
  await looksRight(page);
  await page.getByRole('checkbox', { name: 'Mark: A fog horn' }).check();
  await page.getByRole('button', { name: 'Make of it…' }).click();
  await page.getByRole('menuitem', { name: 'Something to do…' }).click();
  await looksRight(page);
  await page.getByRole('button', { name: 'Ask for it' }).click();
  const work = page.getByRole('list', { name: 'What becomes of the ideas' });
  await expect(work.getByText(/To do, by Ana/)).toBeVisible();
  await work.getByRole('button', { name: /It is done/ }).click();
  await expect(work.getByText('Done', { exact: true })).toBeVisible();

  await page.getByRole('button', { name: 'End it…' }).click();
  await page.getByLabel('What came of it (optional)').fill('We buy a **horn**.');
  await page.getByRole('button', { name: 'End it for good' }).click();
  await expect(page.getByRole('heading', { name: 'What came of it' })).toBeVisible();
  await expect(page.getByText('We buy a horn.')).toBeVisible();
  await looksRight(page);
  await page.goto('/brainstorms?tab=ended');
  await expect(page.getByRole('link', { name: 'What next for the beacon?' })).toBeVisible();
  fine();
});

test('impact and effort are set on the plane by the arrow keys', async ({ page }) => {
  await signIn(page, 'ana');
  const kofi = await as(page, 'kofi');
  const id = await begun(
    page,
    {
      title: 'Impact',
      plan: [{ phase: 'collect' }, { phase: 'vote' }],
      vote: { method: 'impact_effort' },
    },
    [kofi],
  );
  await write(kofi, id, ['A quay']);
  await on(page, id, 'collect');
  await page.goto(`/brainstorms/${id}`);
  await page.getByLabel('Impact of A quay').selectOption('4');
  const spot = page.getByRole('button', { name: /A quay: impact 4, effort 3/ });
  await spot.focus();
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowLeft');
  await expect(page.getByRole('button', { name: /A quay: impact 5, effort 2/ })).toBeFocused();
  await expect(page.getByLabel('Effort of A quay')).toHaveValue('2');
  await expect(page.getByText('Saved. Nobody sees it but you.')).toBeVisible();
  await looksRight(page);
  await page.goto('/brainstorms/brain_00000000000000000000000000');
  await expect(page.getByText('There is no such brainstorm for you.')).toBeVisible();
});
