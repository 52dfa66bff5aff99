import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from '@playwright/test';
import { looksRight, signIn, watch } from './helpers';

const text = [
  'BEGIN:VCALENDAR',
  'VERSION:2.0',
  'BEGIN:VEVENT',
  'UID:1',
  'DTSTART:20200106T090000Z',
  'DTEND:20200106T100000Z',
  'RRULE:FREQ=WEEKLY',
  'SUMMARY:Quiet talks',
  'END:VEVENT',
  'END:VCALENDAR',
  '',
].join('\r\n');

let other: Server;
let broken = false;

test.beforeAll(async () => {
  other = createServer((_, answer) => {
    answer.statusCode = broken ? 500 : 200;
    answer.end(broken ? '' : text);
  });
  await new Promise<void>((done) => other.listen(0, '127.0.0.1', done));
});
test.afterAll(() => other.close());

test('a feed is switched on, read by its address alone, and switched off', async ({ page, request }) => {
  const done = watch(page);
  await signIn(page, 'mei');
  await page.goto('/settings?tab=calendars');
  await expect(page.getByText('You read in no calendar yet.')).toBeVisible();
  await looksRight(page);
  await page.getByRole('button', { name: 'Switch on' }).first().click();
  const secret = await page.getByRole('textbox', { name: 'Address' }).inputValue();
  expect(secret).toMatch(/\/feeds\/[A-Z2-7]{26}\.ics$/);
  const path = new URL(secret).pathname;
  const found = await request.get(path);
  expect(found.status()).toBe(200);
  expect(await found.text()).toContain('BEGIN:VCALENDAR');
  await looksRight(page);
  if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/feed.png`, fullPage: true });
  await page.getByRole('button', { name: 'I have it' }).click();
  await expect(page.getByRole('textbox', { name: 'Address' })).toHaveCount(0);
  await page.getByRole('button', { name: 'Switch off' }).click();
  await page.getByRole('button', { name: 'Switch it off' }).click();
  await expect(page.getByText('It is off.')).toBeVisible();
  expect((await request.get(path)).status()).toBe(404);
  done();
});

test('a calendar is read in, fails, and is tried again', async ({ page }) => {
  const done = watch(page);
  await signIn(page, 'mei');
  await page.goto('/settings?tab=calendars');
  await page.getByRole('button', { name: 'Read in a calendar' }).click();
  await page.getByRole('textbox', { name: 'Address' }).fill('http://10.1.2.3/x.ics');
  await page.getByRole('button', { name: 'Read it in' }).click();
  await expect(page.getByText('on the public internet')).toBeVisible();
  if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/form.png`, fullPage: true });
  await page
    .getByRole('textbox', { name: 'Address' })
    .fill(`http://127.0.0.1:${(other.address() as AddressInfo).port}/private.ics`);
  await page.getByRole('textbox', { name: 'Name here' }).fill('My own');
  await page.getByRole('button', { name: 'Read it in' }).click();
  const row = page.getByRole('listitem').filter({ hasText: 'My own' });
  await expect(row).toContainText('events');
  broken = true;
  await row.getByRole('button', { name: 'Read again' }).click();
  await expect(row.getByRole('alert')).toContainText('problem of its own');
  await looksRight(page);
  if (process.env.SHOTS) {
    await page.screenshot({ path: `${process.env.SHOTS}/failed.png`, fullPage: true });
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.setViewportSize({ width: 390, height: 800 });
    await page.screenshot({ path: `${process.env.SHOTS}/phone.png`, fullPage: true });
    await page.setViewportSize({ width: 1280, height: 800 });
    await page.goto('/people?tab=teams');
    await page
      .getByRole('button', { name: /^Calendar/ })
      .first()
      .click();
    await page.screenshot({ path: `${process.env.SHOTS}/team.png` });
    await page.goto('/settings?tab=calendars');
  }
  broken = false;
  await row.getByRole('button', { name: 'Remove' }).click();
  await page.getByRole('button', { name: 'Remove it' }).click();
  await expect(row).toHaveCount(0);
  done();
});

test('meetings in time that a team keeps free of them are shown to whoever has them, alone', async ({
  page,
  browser,
}) => {
  const done = watch(page);
  await signIn(page, 'mei');
  const { id: mei } = (await (await page.request.get('/api/v1/me')).json()).person;
  const name = `Quiet ${Math.random().toString(36).slice(2, 6)}`;
  const team = (await (await page.request.post('/api/v1/teams', { data: { name, members: [mei] } })).json())
    .id;
  const agreed = await page.request.put(`/api/v1/teams/${team}/agreement`, {
    data: { version: 0, reason: 'To think', fields: { meeting_free: { mon: ['13:00-18:00'] } } },
  });
  expect(agreed.ok(), await agreed.text()).toBe(true);

  await page.goto('/settings?tab=calendars');
  await page.getByRole('button', { name: 'Read in a calendar' }).click();
  await page
    .getByRole('textbox', { name: 'Address' })
    .fill(`http://127.0.0.1:${(other.address() as AddressInfo).port}/meetings.ics`);
  await page.getByRole('textbox', { name: 'Name here' }).fill('My meetings');
  await page.getByText('Meetings, titles for you alone').click();
  await page.getByRole('button', { name: 'Read it in' }).click();
  const row = page.getByRole('listitem').filter({ hasText: 'My meetings' });
  await expect(row).toContainText('events');

  await page.goto('/hours?tab=boundaries');
  const part = page.locator('section', { has: page.getByRole('heading', { name: 'Time without meetings' }) });
  const line = part.locator('div', { has: page.getByRole('link', { name }) });
  await expect(line).toContainText(/\d of your \d+ meetings lay in its meeting-free time/);
  await line.getByText('Which').click();
  await expect(line.getByText('Quiet talks').first()).toBeVisible();
  await looksRight(page);
  await page.setViewportSize({ width: 320, height: 780 });
  await page.emulateMedia({ colorScheme: 'dark' });
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
  await looksRight(page);
  if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/mirror.png`, fullPage: true });

  // Nobody else learns of it: another of the team has no such part, and the API no such question.
  const context = await browser.newContext({ baseURL: test.info().project.use.baseURL });
  const someone = await context.newPage();
  await signIn(someone, 'ana');
  const hers = await (await someone.request.get('/api/v1/me/boundaries')).text();
  expect(hers).not.toContain('Quiet talks');
  await context.close();

  await page.setViewportSize({ width: 1280, height: 800 });
  await page.goto('/settings?tab=calendars');
  await row.getByRole('button', { name: 'Remove' }).click();
  await page.getByRole('button', { name: 'Remove it' }).click();
  await expect(row).toHaveCount(0);
  await page.goto('/hours?tab=boundaries');
  await expect(page.getByText('Quiet talks')).toHaveCount(0);
  done();
});
