// Measures a board of 500 ideas: how long until it is shown, and what scrolling, dragging,
// dropping and marking cost, in chromium, over demos of its own. With --against another
// binary both are measured in turns, so that a busy machine is as busy for either.
//   node scripts/board.mjs [--rounds 3] [--ideas 500] [--against BINARY] [--json FILE]
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from '@playwright/test';

const { values: given } = parseArgs({
  options: {
    rounds: { type: 'string', default: '3' },
    ideas: { type: 'string', default: '500' },
    binary: { type: 'string', default: '../bin/meantime' },
    against: { type: 'string', default: '' },
    json: { type: 'string' },
    profile: { type: 'string', default: '' },
  },
});
const rounds = Number(given.rounds);
const many = Number(given.ideas);
const port = Number(process.env.MEANTIME_PORT ?? 4394);

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-component-update', '--disable-background-networking'],
});

// -- a board ----------------------------------------------------------------------------

const words =
  'hand over note evening morning customer invoice page slow search holiday review release mast lamp harbour plant kitchen name answer question'.split(
    ' ',
  );
/** A thought of five to twenty words; the same for the same number. */
const thought = (n) =>
  Array.from(
    { length: 5 + ((n * 7) % 16) },
    (_, k) => words[(n * 13 + k * 5 + ((n * k) % 11)) % words.length],
  ).join(' ');

async function fill(request, base) {
  const signIn = { email: 'ana@northwind.example', password: 'meantime' };
  await request.post(`${base}/sessions`, { data: signIn });
  const { items: spaces } = await (await request.get(`${base}/spaces`)).json();
  const { person } = await (await request.get(`${base}/me`)).json();
  const space = spaces.find((s) => s.handle === 'platform').id;
  const made = await request.post(`${base}/brainstorms`, {
    data: { space, title: 'A large board', by_hand: true, people: [person.id] },
  });
  const { id } = await made.json();
  for (let n = 0; n < many; n++)
    await request.put(`${base}/brainstorms/${id}/own-ideas/${n}`, { data: { text: `${n}: ${thought(n)}` } });
  await request.post(`${base}/brainstorms/${id}/steps`, { data: { from: 'collect' } });
  const { ideas } = await (await request.get(`${base}/brainstorms/${id}/board`)).json();
  for (let g = 0; g < 8; g++) {
    const some = ideas.filter((_, n) => n % 10 === g).map((i) => i.id);
    await request.post(`${base}/brainstorms/${id}/groups`, { data: { name: `Group ${g}`, ideas: some } });
  }
  return id;
}

// -- in the page ------------------------------------------------------------------------

function watch() {
  const seen = { cards: 0, tasks: [] };
  window.seen = seen;
  new PerformanceObserver((list) => {
    for (const e of list.getEntries()) seen.tasks.push([e.startTime, e.duration]);
  }).observe({ type: 'longtask', buffered: true });
  const look = () => {
    if (document.querySelectorAll('[data-idea]').length > 5) {
      requestAnimationFrame(() =>
        setTimeout(() => {
          seen.cards = performance.now();
        }),
      );
    } else requestAnimationFrame(look);
  };
  look();
  window.frames_ = () => {
    const times = [];
    let last = performance.now();
    let on = true;
    const tick = () => {
      const at = performance.now();
      times.push(at - last);
      last = at;
      if (on) requestAnimationFrame(tick);
    };
    requestAnimationFrame(tick);
    return () => {
      on = false;
      return times.slice(1);
    };
  };
}

async function costs(cdp) {
  const { metrics } = await cdp.send('Performance.getMetrics');
  const of = Object.fromEntries(metrics.map((m) => [m.name, m.value * 1000]));
  return {
    task: of.TaskDuration,
    script: of.ScriptDuration,
    layout: of.LayoutDuration,
    style: of.RecalcStyleDuration,
  };
}

/** What a piece of work costs the page in milliseconds, and how long its frames are. */
async function cost(name, page, cdp, work) {
  if (given.profile) {
    await cdp.send('Profiler.enable');
    await cdp.send('Profiler.start');
  }
  const before = await costs(cdp);
  await page.evaluate(() => {
    window.stop_ = window.frames_();
  });
  await work();
  const frames = (await page.evaluate(() => window.stop_())).sort((a, b) => a - b);
  const after = await costs(cdp);
  if (given.profile) {
    const { profile } = await cdp.send('Profiler.stop');
    writeFileSync(`${given.profile}.${name}.cpuprofile`, JSON.stringify(profile));
  }
  const diff = Object.fromEntries(Object.keys(before).map((k) => [k, after[k] - before[k]]));
  return { ...diff, p95: frames[Math.floor(frames.length * 0.95)] ?? 0, n: frames.length };
}

async function visit(base, id, state) {
  const context = await browser.newContext({ viewport: { width: 1350, height: 940 }, storageState: state });
  const page = await context.newPage();
  const cdp = await context.newCDPSession(page);
  await cdp.send('Performance.enable');
  await page.addInitScript(watch);
  const out = {};
  await page.goto(`${base}/brainstorms/${id}`);
  await page.waitForFunction(() => window.seen?.cards > 0);
  await page.waitForTimeout(1200);
  const seen = await page.evaluate(() => window.seen);
  const ends = seen.tasks.map(([at, length]) => at + length);
  out.shown = { ...(await costs(cdp)), cards: seen.cards, ready: Math.max(seen.cards, ...ends) };
  const free = await page.locator('.bs-pile[data-free]').boundingBox();
  const column = await page.locator('.bs-pile:not([data-free])').first().boundingBox();
  out.scrolling = await cost('scrolling', page, cdp, async () => {
    await page.mouse.move(free.x + 200, free.y + 150);
    for (let k = 0; k < 40; k++) await page.mouse.wheel(0, 120);
    await page.mouse.move(column.x + 100, Math.min(column.y + 150, 900));
    for (let k = 0; k < 40; k++) await page.mouse.wheel(0, 160);
    await page.waitForTimeout(200);
  });
  await page.evaluate(() => {
    window.scrollTo(0, 0);
    for (const el of document.querySelectorAll('*')) el.scrollTop = 0;
  });
  await page.waitForTimeout(300);
  const card = await page.locator('.bs-pile[data-free] [data-idea]').first().boundingBox();
  const to = await page.locator('.bs-pile:not([data-free])').nth(1).boundingBox();
  out.dragging = await cost('dragging', page, cdp, async () => {
    await page.mouse.move(card.x + 60, card.y + 20);
    await page.mouse.down();
    for (let k = 1; k <= 40; k++)
      await page.mouse.move(
        card.x + 60 + ((to.x + 60 - card.x - 60) * k) / 40,
        card.y + 20 + ((to.y + 12 - card.y - 20) * k) / 40,
      );
  });
  out.dropping = await cost('dropping', page, cdp, async () => {
    await page.mouse.up();
    await page.waitForTimeout(700);
  });
  out.marking = await cost('marking', page, cdp, async () => {
    for (let k = 0; k < 15; k++) {
      await page.keyboard.press('j');
      await page.keyboard.press('x');
    }
    await page.waitForTimeout(200);
  });
  await context.close();
  return out;
}

// -- around it --------------------------------------------------------------------------

async function house(binary, n) {
  const base = `http://127.0.0.1:${port + n}`;
  const data = join(mkdtempSync(join(tmpdir(), 'meantime-board-')), 'demo');
  const server = spawn(binary, ['demo', '--fresh', '--data', data, '--listen', base.slice(7)], {
    stdio: 'ignore',
  });
  for (let i = 0; i < 150; i++) {
    const there = await fetch(`${base}/healthz`).then(
      (r) => r.ok,
      () => false,
    );
    if (there) break;
    await new Promise((go) => setTimeout(go, 200));
  }
  const context = await browser.newContext();
  const id = await fill(context.request, `${base}/api/v1`);
  const state = await context.storageState();
  await context.close();
  return { base, id, state, server, data, seen: [] };
}

const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];
const figures = {
  'first cards, ms': (v) => v.shown.cards,
  'shown and at rest, ms': (v) => v.shown.ready,
  'processor until at rest, ms': (v) => v.shown.task,
  '  of that scripting': (v) => v.shown.script,
  '  of that layout and style': (v) => v.shown.layout + v.shown.style,
  'scrolling, processor ms': (v) => v.scrolling.task,
  '  of that scripting  ': (v) => v.scrolling.script,
  '  of that layout and style  ': (v) => v.scrolling.layout + v.scrolling.style,
  'scrolling, p95 of frames': (v) => v.scrolling.p95,
  'dragging, processor ms': (v) => v.dragging.task,
  'dragging, p95 of frames': (v) => v.dragging.p95,
  'dropping, processor ms': (v) => v.dropping.task,
  'marking 15 by keys, processor ms': (v) => v.marking.task,
  '  of that scripting ': (v) => v.marking.script,
  '  of that layout and style ': (v) => v.marking.layout + v.marking.style,
  'marking, p95 of frames': (v) => v.marking.p95,
};

const houses = [];
try {
  for (const [n, binary] of [given.against, given.binary].filter(Boolean).entries())
    houses.push(await house(binary, n));
  for (let r = 0; r <= rounds; r++)
    for (const h of houses) {
      const seen = await visit(h.base, h.id, h.state);
      if (r > 0) h.seen.push(seen); // the first visit fills the caches
    }
  for (const [name, of] of Object.entries(figures)) {
    const all = houses.map((h) => median(h.seen.map(of)));
    const ratio = all.length > 1 ? `  ×${(all[1] / all[0]).toFixed(2)}` : '';
    console.log(`${name.padEnd(34)} ${all.map((x) => x.toFixed(0).padStart(7)).join('  →')}${ratio}`);
  }
  if (given.json)
    writeFileSync(
      given.json,
      JSON.stringify(
        houses.map((h) => h.seen),
        null,
        1,
      ),
    );
} finally {
  await browser.close();
  for (const h of houses) {
    h.server.kill();
    h.server.on('exit', () => rmSync(join(h.data, '..'), { recursive: true, force: true }));
  }
}
