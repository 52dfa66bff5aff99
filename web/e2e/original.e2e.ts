import { type ChildProcess, spawn } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type APIRequestContext, expect, test } from '@playwright/test';
import { looksRight, phone, signIn, watch } from './helpers';

// Where mail comes in, the mails of the demo have other links; so this has a server of its own.
const port = Number(process.env.MEANTIME_PORT ?? 4327) + 100;
const origin = `http://127.0.0.1:${port}`;
const data = mkdtempSync(join(tmpdir(), 'meantime-e2e-mail-'));
let server: ChildProcess;

test.use({ baseURL: origin });
test.describe.configure({ timeout: 90_000 });

test.beforeAll(async ({ request }) => {
  const secrets = ['--mail-domain', 'in.northwind.example', '--mail-hook', 'hush'];
  server = spawn('../bin/meantime', ['demo', '--data', data, '--listen', `127.0.0.1:${port}`, ...secrets], {
    stdio: 'ignore',
  });
  await expect
    .poll(
      () =>
        request.get(`${origin}/readyz`).then(
          (r) => r.ok(),
          () => false,
        ),
      { timeout: 60_000 },
    )
    .toBe(true);
});

test.afterAll(() => {
  server.kill();
  rmSync(data, { recursive: true, force: true });
});

/** Hands a mail in as a provider does. */
async function handIn(request: APIRequestContext, to: string, mail: string) {
  const stamp = String(Math.floor(Date.now() / 1000));
  const sum = createHmac('sha256', 'hush').update(`${stamp}.${mail}`).digest('hex');
  const answer = await request.post('/api/v1/mail/in', {
    data: Buffer.from(mail),
    headers: {
      'Content-Type': 'message/rfc822',
      'Meantime-Recipient': to,
      'Meantime-Timestamp': stamp,
      'Meantime-Signature': `v1=${sum}`,
    },
  });
  expect(answer.status(), await answer.text()).toBe(202);
}

test('the original of a mail opens beside the post that it became', async ({ page, browser }) => {
  const fine = watch(page);
  await signIn(page, 'ana');
  const spaces = (await (await page.request.get('/api/v1/spaces')).json()).items;
  const space = spaces.find((s: { name: string }) => s.name === 'Product').id;
  const { own } = await (await page.request.get(`/api/v1/spaces/${space}/mail`)).json();
  const mail = [
    'From: Ana Lima <ana@northwind.example>',
    `To: Harbour <${own}>`,
    'Cc: Kofi Mensah <kofi@northwind.example>',
    'Subject: Which lamp do we buy? 1d',
    'Message-ID: <lamp@northwind.example>',
    'Date: Fri, 27 Nov 2026 14:00:00 +0000',
    'MIME-Version: 1.0',
    'Content-Type: multipart/mixed; boundary=x',
    '',
    '--x',
    'Content-Type: text/plain; charset=utf-8',
    '',
    'The green one, or the white one?',
    '',
    '-- ',
    'Ana Lima, keeper of the lights',
    '',
    'On Thu, 26 Nov 2026 at 10:00, Office <office@harbour.example> wrote:',
    `> ${'averylongwordthatdoesnotbreak'.repeat(8)}`,
    `> See ${origin}/api/v1/mail/do/${own.slice(6, 50)}`,
    '--x',
    'Content-Type: text/csv; name=lamps.csv',
    'Content-Disposition: attachment; filename=lamps.csv',
    '',
    'green,12',
    'white,14',
    '--x--',
    '',
  ].join('\r\n');
  await handIn(page.request, own, mail);
  const opened = async () => {
    const { items } = await (await page.request.get(`/api/v1/threads?space=${space}`)).json();
    return items.find((x: { title: string }) => x.title === 'Which lamp do we buy?')?.id;
  };
  await expect.poll(opened, { timeout: 30_000 }).toBeTruthy();

  const thread = `/threads/${await opened()}`;
  await page.goto(thread);
  const post = page.getByRole('article').first();
  await expect(post.getByText('The green one, or the white one?')).toBeVisible();
  await expect(post.getByText('keeper of the lights')).toHaveCount(0); // cut, and kept
  await post.getByRole('button', { name: 'What to do with this post' }).click();
  await page.getByRole('menuitem', { name: 'Show the original mail' }).click();
  const dialog = page.getByRole('dialog', { name: 'The original mail' });
  await expect(dialog.getByText('Ana Lima, keeper of the lights')).toBeVisible();
  await expect(dialog.getByText('kofi@northwind.example')).toBeVisible();
  await expect(dialog.getByText('lamps.csv')).toBeVisible();
  await looksRight(page);
  const coming = page.waitForEvent('download');
  await dialog.getByRole('link', { name: 'Download as .eml' }).click();
  expect(readFileSync(await (await coming).path(), 'utf8')).toContain('Subject: Which lamp do we buy? 1d');
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);

  // Somebody else reads it on a small phone in the dark, without what is Ana's alone.
  const context = await browser.newContext({
    baseURL: origin,
    viewport: { ...phone, width: 320 },
    colorScheme: 'dark',
  });
  const other = await context.newPage();
  await signIn(other, 'kofi');
  await other.goto(thread);
  await other.getByRole('button', { name: 'What to do with this post' }).first().click();
  await other.getByRole('menuitem', { name: 'Show the original mail' }).click();
  const seen = other.getByRole('dialog', { name: 'The original mail' });
  await expect(seen.getByText('Ana Lima, keeper of the lights')).toBeVisible();
  await expect(seen.getByText(/they alone can download it/)).toBeVisible();
  await expect(seen.getByRole('link', { name: 'Download as .eml' })).toHaveCount(0);
  expect(await seen.innerText()).not.toContain(own.slice(6, 50));
  expect(await other.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(
    0,
  );
  await looksRight(other);
  if (process.env.MEANTIME_SHOTS)
    await other.screenshot({ path: `${process.env.MEANTIME_SHOTS}/original-320.png` });
  await context.close();
  fine();
});
