// Draws the PNG icons of web/public from icon.svg, with the system's chromium. Run it when the
// icon changes, and commit what it writes.
import { readFileSync } from 'node:fs';
import { chromium } from '@playwright/test';

const svg = readFileSync(new URL('../public/icon.svg', import.meta.url), 'utf8');
// Maskable: the corners are cut by the phone, so the colour goes to the edge and the hands stay within.
const full = svg
  .replace('rx="9"', '')
  .replace('<path', '<path transform="translate(16 16) scale(.8) translate(-16 -16)"');
// A badge is one colour on nothing.
const badge =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><circle cx="16" cy="16" r="12" fill="none" stroke="#fff" stroke-width="3"/><path d="M16 9v7l4.5 3.5" fill="none" stroke="#fff" stroke-width="3" stroke-linecap="round" stroke-linejoin="round"/></svg>';

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu'],
});
for (const [name, size, drawn] of [
  ['icon-192', 192, svg],
  ['icon-512', 512, svg],
  ['icon-maskable', 512, full],
  ['apple-touch-icon', 180, full],
  ['badge', 96, badge],
]) {
  const page = await browser.newPage({ viewport: { width: size, height: size } });
  await page.setContent(
    `<body style="margin:0">${drawn.replace('<svg ', '<svg style="display:block;width:100vw;height:100vh" ')}`,
  );
  const path = new URL(`../public/${name}.png`, import.meta.url).pathname;
  await page.screenshot({ path, omitBackground: true });
  await page.close();
}
await browser.close();
