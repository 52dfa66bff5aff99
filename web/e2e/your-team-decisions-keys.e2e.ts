import { expect, type Page, test } from '@playwright/test';
import { decision, focused, options, pressAt, tabTo } from './decision-kit';
import { looksRight, signIn, watch } from './helpers';

/** Each kind of ballot is cast by two people who touch no mouse. */
async function two(page: Page, other: Page) {
  await signIn(page, 'ana');
  await signIn(other, 'kofi');
}

const at = (id: string) => `/decisions/${id}`;
const counted = (page: Page) => page.locator('.dec-verdict');

test('several seats are filled by a transferable vote', async ({ page, browser }) => {
  const fine = watch(page);
  const kofi = await (await browser.newContext()).newPage();
  await two(page, kofi);
  const id = await decision(
    page,
    {
      title: 'Who speaks in spring?',
      kind: 'ranked',
      rules: { method: 'stv', seats: 2, early: true },
      options: options('Ada', 'Bree', 'Cleo'),
    },
    ['ana', 'kofi'],
  );
  await page.goto(at(id));
  await pressAt(page, 'First Ada');
  expect(await focused(page)).toContain('Next Bree');
  await page.keyboard.press('Enter');
  expect(await focused(page)).toContain('Next Cleo');
  await page.keyboard.press('Enter');
  const order = page.getByRole('list', { name: 'Your order, best first' }).getByRole('listitem');
  await expect(order).toHaveCount(3);
  await tabTo(page, page.getByRole('button', { name: 'Move Cleo: arrow keys' }));
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowUp'); // the focus went along
  await expect(order.nth(0)).toContainText('Cleo');
  await tabTo(page, page.getByRole('button', { name: 'Cleo later' }));
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await expect(order.nth(2)).toContainText('Cleo');
  await tabTo(page, page.getByRole('button', { name: 'Cleo earlier' }), 200);
  await page.keyboard.press('Enter');
  await expect(order.nth(1)).toContainText('Cleo');
  await tabTo(page, page.getByRole('button', { name: 'Take Bree out' }), 200);
  await page.keyboard.press('Enter');
  expect(await focused(page)).not.toBe('nothing');
  await pressAt(page, 'Cast my ballot');
  await expect(page.getByText('Ada › Cleo', { exact: true }).first()).toBeVisible();
  await kofi.goto(at(id));
  for (const name of ['First Bree', 'Next Cleo', 'Next Ada']) await pressAt(kofi, name);
  await pressAt(kofi, 'Cast my ballot');
  await expect(counted(kofi)).toHaveText(/^Counted: \w+, \w+$/);
  await expect(kofi.getByRole('region', { name: 'Rounds drawn as transfers' })).toBeVisible();
  await looksRight(kofi);
  fine();
});

type Kind = {
  kind: string;
  body?: Record<string, unknown>;
  ana: (page: Page) => Promise<void>;
  kofi?: (page: Page) => Promise<void>;
  says: string | RegExp;
};
const radio = async (page: Page, name: string | RegExp) => {
  await tabTo(page, page.getByRole('radio', { name }));
  await page.keyboard.press('Space');
};
const down = async (page: Page, first: string | RegExp, n: number) => {
  await radio(page, first);
  for (let i = 0; i < n; i++) await page.keyboard.press('ArrowDown');
};
const write = async (page: Page, label: string | RegExp, words: string) => {
  await tabTo(page, page.getByLabel(label));
  await page.keyboard.type(words);
};

const kinds: Kind[] = [
  { kind: 'majority', ana: (p) => radio(p, /Yes/), says: 'Counted: Yes' },
  {
    kind: 'approval',
    body: { options: options('Gulls', 'Terns') },
    ana: async (p) => {
      for (const name of [/Gulls/, /Terns/]) {
        await tabTo(p, p.getByRole('checkbox', { name }));
        await p.keyboard.press('Space');
      }
    },
    kofi: async (p) => {
      await tabTo(p, p.getByRole('checkbox', { name: /Terns/ }));
      await p.keyboard.press('Space');
    },
    says: 'Counted: Terns',
  },
  {
    kind: 'score',
    body: { options: options('Gulls', 'Terns') },
    ana: async (p) => {
      await tabTo(p, p.getByRole('group', { name: 'Points for Gulls' }).getByRole('radio'));
      await p.keyboard.press('Space');
      await tabTo(p, p.getByRole('group', { name: 'Points for Terns' }).getByRole('radio'));
      await p.keyboard.press('Space');
      for (let i = 0; i < 4; i++) await p.keyboard.press('ArrowRight');
    },
    says: 'Counted: Terns',
  },
  {
    kind: 'dots',
    body: { options: options('Gulls', 'Terns') },
    ana: async (p) => {
      await tabTo(p, p.getByRole('button', { name: 'A dot more for Terns' }));
      await p.keyboard.press('Enter');
      await p.keyboard.press('Enter');
    },
    says: 'Counted: Terns',
  },
  {
    kind: 'ranked',
    body: { options: options('Gulls', 'Terns') },
    ana: (p) => pressAt(p, 'First Terns'),
    says: 'Counted: Terns',
  },
  {
    kind: 'sense_check',
    ana: (p) => down(p, /Looks good/, 2),
    kofi: (p) => radio(p, /Looks good/),
    says: 'Too few to say whether people agree.',
  },
  { kind: 'consent', ana: (p) => radio(p, /^I consent Good/), says: 'No objection.' },
];

for (const k of kinds)
  test(`${k.kind}: two people have their say by keys alone`, async ({ page, browser }) => {
    const kofi = await (await browser.newContext()).newPage();
    await two(page, kofi);
    const id = await decision(
      page,
      { title: `By keys: ${k.kind}`, kind: k.kind, rules: { early: true }, ...k.body },
      ['ana', 'kofi'],
    );
    await page.goto(at(id));
    await k.ana(page);
    await pressAt(page, 'Cast my ballot');
    await expect(page.getByText('1 of 2 had their say')).toBeVisible();
    await expect(page.getByRole('button', { name: 'Change it' })).toBeVisible();
    await kofi.goto(at(id));
    await (k.kofi ?? k.ana)(kofi);
    await write(kofi, /^Why/, 'It is near.');
    await kofi.keyboard.press('Control+Enter');
    await expect(counted(kofi)).toHaveText(k.says);
    await looksRight(kofi);
    await page.reload();
    await expect(page.getByText('It is near.')).toBeVisible();
  });

test('advice is given in words, and taken back', async ({ page, browser }) => {
  const kofi = await (await browser.newContext()).newPage();
  await two(page, kofi);
  const id = await decision(page, { title: 'Which paint?', context: 'For the boat.', kind: 'advice' }, [
    'kofi',
    'mei',
  ]);
  await kofi.goto(at(id));
  await write(kofi, 'Your advice', 'Take the blue one.');
  await pressAt(kofi, 'Cast my ballot');
  await expect(kofi.getByText('Your advice is kept with the decision.')).toBeVisible();
  await page.goto(at(id));
  await expect(page.getByText('Take the blue one.')).toBeVisible();
  await pressAt(kofi, 'Take it back');
  await expect(kofi.getByLabel('Your advice')).toHaveValue('Take the blue one.');
  await looksRight(kofi);
});

test('a time: each says what suits on their own clock, and sees the clocks of all', async ({
  page,
  browser,
}) => {
  const kofi = await (await browser.newContext()).newPage();
  await two(page, kofi);
  const now = Date.parse((await (await page.request.get('/api/v1/clock')).json()).now);
  const times = [96, 120].map((h) => ({ start: new Date(now + h * 3_600_000).toISOString() }));
  const id = await decision(
    page,
    { title: 'When do we sail?', kind: 'time', options: times, rules: { early: true } },
    ['ana', 'kofi', 'mei'],
  );
  for (const [who, first, second] of [
    [page, 0, 0],
    [kofi, 1, 0],
  ] as const) {
    await who.goto(at(id));
    await expect(who.locator('.dec-clocks').first()).toContainText('Taipei');
    for (const [i, n] of [first, second].entries()) {
      await tabTo(who, who.locator('.dec-scale').nth(i).getByRole('radio'));
      await who.keyboard.press('Space');
      for (let k = 0; k < n; k++) await who.keyboard.press('ArrowRight');
    }
    await pressAt(who, 'Cast my ballot');
    await expect(who.getByRole('button', { name: 'Take it back' })).toBeVisible();
  }
  await expect(counted(kofi)).toContainText('Ahead now');
  await looksRight(kofi);
});

test('an objection is resolved in writing', async ({ page, browser }) => {
  const kofi = await (await browser.newContext()).newPage();
  await two(page, kofi);
  const id = await decision(page, { title: 'We paint it red', context: 'All of it.', kind: 'consent' }, [
    'kofi',
    'mei',
  ]);
  await kofi.goto(at(id));
  await down(kofi, /^I consent Good/, 2);
  await write(kofi, 'What stands against it', 'Ships will think it is a lamp.');
  await pressAt(kofi, 'Cast my ballot');
  await expect(kofi.getByText('You object.')).toBeVisible();
  await page.goto(at(id));
  await pressAt(page, 'Resolved… Kofi Mensah');
  await page.keyboard.type('Only the roof is red.'); // the field has the focus
  await pressAt(page, 'It is resolved');
  await expect(page.getByText('Only the roof is red.')).toBeVisible();
  await expect(counted(page)).toHaveText('No objection stands: they were settled in writing.');
  await looksRight(page);
});

test('without names: each finds their receipt among the codes in the end', async ({ page, browser }) => {
  test.setTimeout(60_000);
  const kofi = await (await browser.newContext()).newPage();
  await two(page, kofi);
  const five = ['ana', 'kofi', 'mei', 'priya', 'sara'];
  const id = await decision(
    page,
    {
      title: 'Who shall lead?',
      kind: 'ranked',
      rules: { anonymous: true, method: 'schulze', early: true },
      options: options('Gulls', 'Terns'),
    },
    five,
  );
  await page.goto(at(id));
  await pressAt(page, 'First Terns');
  await pressAt(page, 'Seal and cast my ballot');
  const code = await page.getByRole('textbox', { name: 'Code, listed in the end' }).inputValue();
  await pressAt(page, 'I have it');
  for (const who of five.slice(2)) {
    const one = await (await browser.newContext()).newPage();
    await signIn(one, who);
    const cast = await one.request.put(`/api/v1${at(id)}/sealed-ballot`, {
      data: { ranking: [['A'], ['B']], receipt: `${who}${'x'.repeat(20)}`.slice(0, 22) },
    });
    expect(cast.ok(), await cast.text()).toBe(true);
  }
  // A receipt that was sent and never answered is used again.
  await kofi.goto(at(id));
  await kofi.route('**/sealed-ballot', async (r) => {
    await r.fetch();
    await r.abort();
  });
  await pressAt(kofi, 'First Terns');
  await pressAt(kofi, 'Seal and cast my ballot');
  await expect(kofi.getByText('The server cannot be reached')).toBeVisible();
  await kofi.unroute('**/sealed-ballot');
  await kofi.reload();
  await expect(kofi.getByText('Your ballot was counted')).toBeVisible();
  await expect(kofi.locator('.dec-verdict')).toHaveText('Counted: Gulls');
  await page.reload();
  await expect(page.getByText(`Your ballot was counted: its code ${code} is listed.`)).toBeVisible();
  await tabTo(page, page.locator('.dec-codes summary'));
  await page.keyboard.press('Enter');
  await write(page, 'Your code, or your receipt', 'nobody’s receipt');
  await page.keyboard.press('Enter');
  await expect(page.getByText('It is not listed.')).toBeVisible();
  await looksRight(page);
});
