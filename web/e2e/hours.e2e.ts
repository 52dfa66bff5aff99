import { expect, type Page, test } from '@playwright/test';
import { looksRight, phone, signIn, watch } from './helpers';

// Tomás, so that the hours of those in other tests stay what they are.
test.beforeEach(async ({ page }) => signIn(page, 'tomas'));

const bar = (page: Page, day: string) => page.getByRole('button', { name: new RegExp(`^${day} \\d\\d:`) });

/** Draws on the line of a day (0 is Monday), from one hour to another. */
async function draw(page: Page, row: number, from: number, to: number) {
  const track = page.locator('.wg-track').nth(row);
  const box = await track.boundingBox();
  if (!box) throw new Error('no such line');
  const x = (hour: number) => box.x + (box.width * hour) / 24;
  await page.mouse.move(x(from), box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(x(to), box.y + box.height / 2, { steps: 6 });
  await page.mouse.up();
}

async function save(page: Page) {
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText('Your hours are saved.', { exact: false })).toBeVisible();
}

test('hours are drawn, moved by the keys and typed; then saved', async ({ page }) => {
  const fine = watch(page);
  await page.goto('/hours');
  await page.getByRole('button', { name: 'Nine to five' }).click();
  await draw(page, 5, 10, 14);
  await expect(bar(page, 'Saturday')).toHaveAccessibleName('Saturday 10:00–14:00');
  await bar(page, 'Saturday').focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Shift+ArrowDown');
  await expect(bar(page, 'Saturday')).toHaveAccessibleName('Saturday 10:00–14:30');
  await page.getByRole('textbox', { name: 'Hours, Sunday' }).fill('22-6');
  await page.keyboard.press('Enter');
  await expect(bar(page, 'Sunday')).toHaveAccessibleName('Sunday 22:00–06:00');
  await page.getByRole('textbox', { name: 'Hours, Friday' }).fill('0-24');
  await page.keyboard.press('Enter');
  await expect(bar(page, 'Friday')).toHaveAccessibleName('Friday 00:00–24:00');
  await looksRight(page);
  await save(page);
  await page.reload();
  await expect(bar(page, 'Sunday')).toHaveAccessibleName('Sunday 22:00–06:00');
  fine();
});

test('what is typed wrong is said at the field, and undo goes back', async ({ page }) => {
  await page.goto('/hours');
  const monday = page.getByRole('textbox', { name: 'Hours, Monday' });
  await monday.fill('noon');
  await page.keyboard.press('Enter');
  await expect(page.getByText('“noon” is not a range.', { exact: false })).toBeVisible();
  await monday.fill('8-12');
  await page.keyboard.press('Enter');
  await expect(bar(page, 'Monday')).toHaveAccessibleName('Monday 08:00–12:00');
  await bar(page, 'Monday').focus();
  await page.keyboard.press('Delete');
  await expect(bar(page, 'Monday')).toHaveCount(0);
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(bar(page, 'Monday')).toHaveAccessibleName('Monday 09:00–17:00');
});

test('leaving with changes is asked about; staying keeps them', async ({ page }) => {
  await page.goto('/hours');
  await page.getByRole('button', { name: 'Early' }).click();
  await page.getByRole('link', { name: 'Digests' }).click();
  await expect(page.getByRole('dialog')).toContainText('not saved yet');
  await page.getByRole('button', { name: 'Stay here' }).click();
  await expect(page.getByRole('textbox', { name: 'Hours, Monday' })).toHaveValue('06:00–14:00');
  // From one part of the hours to another nothing is lost.
  await page.getByRole('link', { name: 'Focus and check times' }).click();
  await page.getByRole('link', { name: 'My week' }).click();
  await expect(page.getByRole('textbox', { name: 'Hours, Monday' })).toHaveValue('06:00–14:00');
  await page.getByRole('link', { name: 'Digests' }).click();
  await page.getByRole('button', { name: 'Leave without saving' }).click();
  await expect(page).toHaveURL(/digests/);
});

test('focus, check times, single days and travel are saved together', async ({ page }) => {
  await page.goto('/hours?tab=focus');
  await page.getByRole('textbox', { name: 'Check times, Monday' }).fill('9:30, 14');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: "Monday's on every working day" }).click();
  await page.getByRole('textbox', { name: 'Focus, Tuesday' }).fill('10-12');
  await page.keyboard.press('Enter');
  await page.getByRole('link', { name: 'Single days and travel' }).click();
  await page.getByLabel('Date', { exact: true }).fill('2027-01-04');
  await page.getByRole('textbox', { name: 'Hours on that date' }).fill('9-11');
  await page.getByRole('button', { name: 'Add the day' }).click();
  await page.getByLabel('From', { exact: true }).fill('2027-02-01');
  await page.getByRole('combobox', { name: 'I am in' }).fill('tokyo');
  await page.getByRole('option', { name: /Tokyo/ }).click();
  await page.getByRole('button', { name: 'Add travel' }).click();
  await looksRight(page);
  await save(page);
  await page.reload();
  await expect(page.getByText('from Mon 1 Feb')).toBeVisible();
  await expect(page.getByRole('textbox', { name: 'Hours on Mon 4 Jan' })).toHaveValue('09:00–11:00');
  await page.getByRole('link', { name: 'Focus and check times' }).click();
  await expect(page.getByRole('textbox', { name: 'Check times, Friday' })).toHaveValue('09:30, 14:00');
});

test('an absence names who stands in, and can be taken back', async ({ page }) => {
  await page.goto('/hours?tab=away');
  await page.getByRole('button', { name: 'I am away' }).click();
  await page.getByLabel('First day away').fill('2027-03-08');
  await page.getByLabel('Last day away').fill('2027-03-12');
  await page.getByLabel('Reason').fill('Spring');
  await page.getByRole('combobox', { name: 'Who stands in' }).fill('jonas');
  await page.getByRole('option', { name: /Jonas/ }).click();
  await page.getByRole('button', { name: 'Add the absence' }).click();
  const row = page
    .getByRole('list', { name: 'Absences' })
    .getByRole('listitem')
    .filter({ hasText: 'Spring' });
  await expect(row).toContainText('Mon 8 Mar to Fri 12 Mar');
  await expect(row).toContainText('Jonas Weber');
  await looksRight(page);
  await row.getByRole('button', { name: /^Remove/ }).click();
  await expect(row).toHaveCount(0);
  await page.getByRole('button', { name: /^Undo/ }).click();
  await expect(row).toBeVisible();
});

test('a holiday calendar comes from a file, and one that is none is refused at its field', async ({
  page,
}) => {
  await page.goto('/hours?tab=holidays');
  await page.getByRole('button', { name: 'Add a calendar' }).click();
  const choose = (name: string, text: string) =>
    page
      .locator('input[type=file]')
      .setInputFiles({ name, mimeType: 'text/calendar', buffer: Buffer.from(text) });
  await choose('Company.ics', 'nothing of the kind');
  await page.getByRole('button', { name: 'Add the calendar' }).click();
  await expect(page.getByText(/calendar/i).filter({ hasText: /Line 1/ })).toBeVisible();
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Northwind//EN',
    'BEGIN:VEVENT',
    'UID:1@northwind.example',
  ];
  const event = [
    'DTSTAMP:20260101T000000Z',
    'DTSTART;VALUE=DATE:20270510',
    'SUMMARY:Founding day',
    'END:VEVENT',
  ];
  await choose('Company.ics', [...lines, ...event, 'END:VCALENDAR', ''].join('\r\n'));
  await page.getByRole('button', { name: 'Add the calendar' }).click();
  await expect(page.getByRole('checkbox', { name: /Company/ })).toBeChecked();
  await looksRight(page);
});

for (const scheme of ['light', 'dark'] as const) {
  test(`all parts look right on a phone, ${scheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: scheme });
    await page.setViewportSize(phone);
    for (const tab of ['week', 'focus', 'days', 'away', 'holidays']) {
      await page.goto(`/hours?tab=${tab}`);
      await expect(page.getByText('The next fourteen days')).toBeVisible();
      expect(
        await page.evaluate(() => document.documentElement.scrollWidth - innerWidth),
      ).toBeLessThanOrEqual(0);
      await looksRight(page);
    }
  });
}
