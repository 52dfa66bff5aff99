// Measures what a person feels: how long until the inbox can be used, and how long from a
// press until something is on the screen, in chromium with a whole processor and a quarter
// of one, over the network that Lighthouse pretends for desktops (40 ms there and back, 10
// Mbit/s) and without any. Runs against a demo of its own.
// The time a processor spent on the page is told too: it holds on a busy machine, where the
// others do not.
//   node scripts/vitals.mjs [--rounds 5] [--only loads|presses] [--json FILE]
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from '@playwright/test';

const { values: given } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    json: { type: 'string' },
    only: { type: 'string', default: '' },
    binary: { type: 'string', default: '../bin/meantime' },
  },
});
const rounds = Number(given.rounds);
const port = Number(process.env.MEANTIME_PORT ?? 4393);
const base = `http://127.0.0.1:${port}`;
const desktop = {
  offline: false,
  latency: 40,
  downloadThroughput: (10_240 * 1024) / 8,
  uploadThroughput: (10_240 * 1024) / 8,
};

/** What is aimed at, in milliseconds where not told otherwise; the network's cost is not ours. */
const aims = { interactive: 400, paint: 100, shift: 0.1, score: 95 };

// -- in the page ------------------------------------------------------------------------

/** Watches from the first moment: paints, shifts, long tasks, and when there are rows. */
function watch() {
  const seen = { fcp: 0, lcp: 0, shift: 0, tasks: [], rows: 0 };
  window.seen = seen;
  const on = (type, each) =>
    new PerformanceObserver((list) => list.getEntries().forEach(each)).observe({ type, buffered: true });
  on('paint', (e) => {
    if (e.name === 'first-contentful-paint') seen.fcp = e.startTime;
  });
  on('largest-contentful-paint', (e) => {
    seen.lcp = e.startTime;
  });
  on('layout-shift', (e) => {
    if (!e.hadRecentInput) seen.shift += e.value;
  });
  on('longtask', (e) => seen.tasks.push([e.startTime, e.duration]));
  const look = () => {
    if (document.querySelector('#content .row-title a, #content .face-title')) {
      requestAnimationFrame(() =>
        setTimeout(() => {
          seen.rows = performance.now();
        }),
      );
    } else requestAnimationFrame(look);
  };
  look();
}

/** Presses something and tells how long until a selector is painted, in ms from the press itself. */
function press({ selector, key, until, gone, text }) {
  return new Promise((done) => {
    const target = selector ? document.querySelector(selector) : (document.activeElement ?? document.body);
    if (!target) return done(null);
    const there = () =>
      [...document.querySelectorAll(until)].some((el) => !text || el.textContent.includes(text)) !== !!gone;
    if (there()) return done(null);
    const from = performance.now();
    const look = () =>
      there()
        ? requestAnimationFrame(() => setTimeout(() => done(performance.now() - from)))
        : setTimeout(look, 1);
    if (key) target.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
    else target.click();
    look();
    setTimeout(() => done(null), 5000);
  });
}

// -- around it --------------------------------------------------------------------------

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-component-update', '--disable-background-networking'],
});

const machine = await browser.newBrowserCDPSession();
/** Milliseconds that processors spent on pages so far. */
async function spent() {
  const { processInfo } = await machine.send('SystemInfo.getProcessInfo');
  return 1000 * processInfo.filter((p) => p.type === 'renderer').reduce((sum, p) => sum + p.cpuTime, 0);
}

async function visitor(rate, network) {
  const context = await browser.newContext({ viewport: { width: 1350, height: 940 } });
  await context.request.post(`${base}/api/v1/sessions`, {
    data: { email: 'ana@northwind.example', password: 'meantime' },
  });
  const page = await context.newPage();
  const cdp = await context.newCDPSession(page);
  await cdp.send('Network.enable');
  if (network) await cdp.send('Network.emulateNetworkConditions', network);
  await cdp.send('Emulation.setCPUThrottlingRate', { rate });
  await page.addInitScript(watch);
  return { context, page };
}

/** One visit to the inbox; interactive is when rows are painted and no long task goes on. */
async function load(page) {
  const before = await spent();
  await page.goto(`${base}/inbox`);
  await page.waitForFunction(() => window.seen?.rows > 0);
  await page.waitForTimeout(600);
  const processor = (await spent()) - before;
  const seen = await page.evaluate(() => window.seen);
  const ends = seen.tasks.map(([at, length]) => at + length);
  const interactive = Math.max(seen.rows, ...ends.filter((end) => end < seen.rows + 500));
  const blocked = seen.tasks
    .filter(([at]) => at >= seen.fcp)
    .reduce((sum, [, length]) => sum + length - 50, 0);
  return {
    fcp: seen.fcp,
    lcp: seen.lcp,
    rows: seen.rows,
    interactive,
    blocked,
    shift: seen.shift,
    processor,
  };
}

const presses = {
  'next row by key': { key: 'j', until: '.row-title a:focus' },
  'another list of the inbox': {
    selector: '.tabs a:nth-child(2)',
    until: '.tabs a:nth-child(2)[aria-current]',
  },
  'back to the first': { selector: '.tabs a:nth-child(1)', until: '.tabs a:nth-child(1)[aria-current]' },
  'the menu to set aside': { selector: '.row-acts [aria-label="Set aside"]', until: '[role=menu]' },
  'set aside': { selector: '[role=menu] [role=menuitem]', until: '[role=menu]', gone: true },
  'open a thread': { selector: '.row-title a', until: 'h1#page-title + .page-actions, .thread-title h1' },
  'save it': {
    selector: '.thread [aria-label="Save"]',
    until: '.thread [aria-label="Save"][aria-pressed="true"]',
  },
  'take that back': {
    selector: '.thread [aria-label="Save"]',
    until: '.thread [aria-label="Save"][aria-pressed="false"]',
  },
  'the reactions': { selector: '.reaction-add', until: '.emoji button' },
  react: { selector: '.emoji button', until: '.reaction[aria-pressed="true"]' },
  'take it off': {
    selector: '.reaction[aria-pressed="true"]',
    until: '.reaction[aria-pressed="true"]',
    gone: true,
  },
  'to the threads': { selector: '.nav-link[href="/threads"]', until: '.filters' },
  'to the people': { selector: '.nav-link[href="/people"]', until: 'h1', text: 'People' },
  'to the inbox': { selector: '.nav-link[href="/inbox"]', until: '.strip' },
};

/** Each press once, after the page has been used a little: a second visit to each page. */
async function use(page) {
  const times = {};
  await load(page);
  for (const href of ['/threads', '/people', '/inbox']) {
    await page.click(`.nav-link[href="${href}"]`);
    await page.waitForTimeout(500);
  }
  for (const [name, what] of Object.entries(presses)) {
    times[name] = await page.evaluate(press, what);
    await page.waitForTimeout(350);
  }
  await wake(page.context().request);
  return times;
}

/** What was set aside comes back for the next round. */
async function wake(request) {
  const list = await (await request.get(`${base}/api/v1/inbox?tab=snoozed`)).json();
  for (const row of list.items) await request.delete(`${base}/api/v1/inbox/${row.key}/snooze`);
}

/** The floor: how long the browser needs for a page that is one word, in the same circumstances. */
async function floor(rate, network) {
  const { context, page } = await visitor(rate, network);
  await page.goto(`${base}/healthz`);
  await page.waitForFunction(() => window.seen?.fcp > 0);
  const { fcp } = await page.evaluate(() => window.seen);
  await context.close();
  return fcp;
}

// -- figures ----------------------------------------------------------------------------

const sorted = (list) => list.filter((x) => x !== null && x !== undefined).sort((a, b) => a - b);
const median = (list) => sorted(list)[Math.floor(sorted(list).length / 2)] ?? Number.NaN;
const range = (list) => `${sorted(list)[0]?.toFixed(0)}–${sorted(list).at(-1)?.toFixed(0)}`;

/** Lighthouse's curve: 0.9 at p10, 0.5 at the median. */
function scoreOf(value, p10, middle) {
  const z = (Math.log(value / middle) * 0.9061938024368232) / Math.log(middle / p10) || 0;
  const erfc = (x) => {
    const t = 1 / (1 + 0.3275911 * Math.abs(x));
    const y =
      ((((1.061405429 * t - 1.453152027) * t + 1.421413741) * t - 0.284496736) * t + 0.254829592) *
      t *
      Math.exp(-x * x);
    return x >= 0 ? y : 2 - y;
  };
  return value <= 0 ? 1 : erfc(z) / 2;
}
/** The weights and curves of Lighthouse 10 and later for desktops; speed index taken as the larger of FCP and rows. */
const score = (v) =>
  100 *
  (0.1 * scoreOf(v.fcp, 934, 1600) +
    0.1 * scoreOf(v.rows, 1311, 2300) +
    0.25 * scoreOf(v.lcp, 1200, 2400) +
    0.3 * scoreOf(v.blocked, 150, 350) +
    0.25 * scoreOf(v.shift, 0.1, 0.25));

const out = [];
async function loads(name, rate, network) {
  const cold = [];
  const warm = [];
  const least = [];
  for (let i = 0; i < rounds; i++) {
    const { context, page } = await visitor(rate, network);
    cold.push(await load(page));
    warm.push(await load(page));
    await context.close();
    least.push(await floor(rate, network));
  }
  console.log(
    `${name}: a page of one word is painted after ${median(least).toFixed(0)} ms (${range(least)})`,
  );
  for (const [kind, list] of [
    ['first visit', cold],
    ['again', warm],
  ]) {
    const of = (key) => list.map((v) => v[key]);
    const mid = Object.fromEntries(Object.keys(list[0]).map((key) => [key, median(of(key))]));
    const line = { name: `${name}, ${kind}`, ...mid, range: range(of('interactive')), score: score(mid) };
    out.push(line);
    console.log(
      `${line.name}: interactive ${mid.interactive.toFixed(0)} ms (${line.range}), rows ${mid.rows.toFixed(0)}, FCP ${mid.fcp.toFixed(0)}, LCP ${mid.lcp.toFixed(0)}, blocked ${mid.blocked.toFixed(0)}, shift ${mid.shift.toFixed(3)}, processor ${mid.processor.toFixed(0)} ms, score ${line.score.toFixed(0)}`,
    );
  }
}
async function uses(name, rate) {
  const all = [];
  for (let i = 0; i < rounds; i++) {
    const { context, page } = await visitor(rate);
    all.push(await use(page));
    await context.close();
  }
  const lines = Object.keys(presses).map((key) => {
    const times = all.map((one) => one[key]);
    return {
      press: key,
      median: median(times),
      range: range(times),
      missing: times.filter((x) => x === null).length,
    };
  });
  console.log(
    `${name}, from a press to the paint: middle ${median(lines.map((l) => l.median)).toFixed(0)} ms, slowest ${Math.max(...lines.map((l) => l.median)).toFixed(0)} ms`,
  );
  for (const l of lines)
    console.log(
      `  ${l.press}: ${l.median.toFixed(0)} ms (${l.range})${l.missing ? `, ${l.missing} not seen` : ''}`,
    );
  out.push({ name, presses: lines });
}

const data = join(mkdtempSync(join(tmpdir(), 'meantime-vitals-')), 'demo');
const server = spawn(given.binary, ['demo', '--fresh', '--data', data, '--listen', `127.0.0.1:${port}`], {
  stdio: 'ignore',
});
try {
  for (let i = 0; i < 100; i++) {
    if (
      await fetch(`${base}/healthz`)
        .then((r) => r.ok)
        .catch(() => false)
    )
      break;
    await new Promise((go) => setTimeout(go, 200));
  }
  if (given.only !== 'presses') {
    await loads('a whole processor', 1);
    await loads('a quarter of one', 4);
    await loads('a whole processor, 40 ms and 10 Mbit/s', 1, desktop);
  }
  if (given.only !== 'loads') {
    await uses('a whole processor', 1);
    await uses('a quarter of one', 4);
  }
  console.log(
    `aims: interactive ≤ ${aims.interactive} ms and paint ≤ ${aims.paint} ms on a whole processor, shift < ${aims.shift}, score ≥ ${aims.score}`,
  );
  if (given.json) writeFileSync(given.json, JSON.stringify(out, null, 1));
} finally {
  await browser.close();
  server.kill();
  server.on('exit', () => rmSync(join(data, '..'), { recursive: true, force: true }));
}
