// Asserts what each page weighs when one arrives there first: the entry, the shell, the page,
// its words, and all that these import at once, as Vite's manifest lists them, gzipped. In
// kB of 1024 bytes, gzip -9. Deterministic, unlike a stopwatch.
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

// What may not be passed. The first page is the inbox; nearly all of it is on every page.
const files = 12;
const pages = {
  'the inbox': { js: 190, css: 40, of: ['inbox/InboxPage'] },
  'the threads': { js: 200, css: 40, of: ['threads/ThreadsPage'] },
  'a thread': { js: 215, css: 40, of: ['threads/ThreadPage', 'writing'] },
  'a new thread': { js: 240, css: 40, of: ['compose/NewThreadPage', 'writing'] },
  people: { js: 225, css: 40, of: ['people/PeoplePage'] },
  'a person': { js: 225, css: 40, of: ['people/PersonPage'] },
  decisions: { js: 200, css: 40, of: ['decisions/DecisionsPage'] },
  'a decision': { js: 225, css: 40, of: ['decisions/DecisionPage'] },
  'a new decision': { js: 250, css: 40, of: ['decisions/NewDecisionPage', 'writing'] },
  'check-ins': { js: 225, css: 40, of: ['checkins/CheckinsPage'] },
  'a check-in': { js: 225, css: 40, of: ['checkins/CheckinPage'] },
  'an answer to a check-in': { js: 225, css: 40, of: ['checkins/TurnPage'] },
  'a report': { js: 225, css: 40, of: ['checkins/ReportPage'] },
  'a new check-in': { js: 245, css: 40, of: ['checkins/NewCheckinPage', 'writing'] },
  'my hours': { js: 235, css: 40, of: ['hours/HoursPage'] },
  search: { js: 200, css: 40, of: ['search/SearchPage'] },
  spaces: { js: 200, css: 40, of: ['spaces/SpacesPage'] },
  digests: { js: 190, css: 40, of: ['digests/DigestsPage'] },
  brainstorms: { js: 200, css: 40, of: ['brainstorms/BrainstormsPage'] },
  'a new brainstorm': { js: 240, css: 40, of: ['brainstorms/NewBrainstormPage', 'writing'] },
  'a brainstorm': { js: 225, css: 40, of: ['brainstorms/BrainstormPage', 'writing'] },
  outbox: { js: 200, css: 40, of: ['outbox/OutboxPage'] },
  settings: { js: 225, css: 40, of: ['settings/SettingsPage'] },
  administration: { js: 250, css: 40, of: ['admin/AdminPage'] },
  'signing in': { js: 190, css: 40, of: ['auth/SignInPage'], bare: true },
};

const dist = new URL('../dist/', import.meta.url);
const manifest = JSON.parse(readFileSync(new URL('.vite/manifest.json', dist), 'utf8'));

/** The file of a chunk and those of all that it imports at once. */
function closure(keys) {
  const found = new Set();
  const seen = new Set();
  const take = (key) => {
    if (seen.has(key)) return;
    seen.add(key);
    const chunk = manifest[key];
    if (!chunk) throw new Error(`The manifest has no ${key}. Build first: npm run build`);
    found.add(chunk.file);
    for (const css of chunk.css ?? []) found.add(css);
    for (const next of chunk.imports ?? []) take(next);
  };
  for (const key of keys) take(key);
  return [...found];
}

function keysOf({ of, bare }) {
  const [page, ...words] = of;
  const feature = page.split('/')[0];
  const po = ['house', feature, ...words].map((name) => `src/locales/en/${name}.po`);
  return [
    'index.html',
    'src/app/early.ts',
    ...(bare ? [] : ['src/app/Shell.tsx']),
    `src/features/${page}.tsx`,
    ...po,
  ];
}

const weighed = new Map();
function weight(file) {
  if (!weighed.has(file))
    weighed.set(file, gzipSync(readFileSync(new URL(file, dist)), { level: 9 }).length / 1024);
  return weighed.get(file);
}

const wrong = [];
for (const [name, page] of Object.entries(pages)) {
  const all = closure(keysOf(page));
  const kb = (kind) => all.filter((f) => f.endsWith(`.${kind}`)).reduce((sum, f) => sum + weight(f), 0);
  const js = all.filter((f) => f.endsWith('.js')).length;
  console.log(
    `${name}: ${kb('js').toFixed(1)} kB gz of JavaScript (${page.js} allowed) in ${js} files, ${kb('css').toFixed(1)} of CSS (${page.css})`,
  );
  for (const kind of ['js', 'css'])
    if (kb(kind) > page[kind]) wrong.push(`${name}: ${kind} ${kb(kind).toFixed(1)} kB`);
  if (name === 'the inbox' && js > files)
    wrong.push(`${name}: ${js} files, ${files} allowed (build/chunks.ts)`);
}
for (const file of ['index.html', ...weighed.keys()]) {
  const text = readFileSync(new URL(file, dist));
  if (text.length < 1400 || !/\.(js|css|html)$/.test(file)) continue;
  for (const ext of ['br', 'gz']) {
    const small = readFileSync(new URL(`${file}.${ext}`, dist));
    if (small.length >= text.length) wrong.push(`${file}.${ext} is larger than the file`);
  }
}
if (wrong.length) {
  console.error(`Too heavy:\n  ${wrong.join('\n  ')}\nLoad what a page does not need at once by import().`);
  process.exit(1);
}
