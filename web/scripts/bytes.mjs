// Asserts what the first page weighs: the entry, the shell and the inbox, as Vite's manifest
// lists them, gzipped. Deterministic, unlike a stopwatch.
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const limits = { js: 225, css: 40 }; // kB of 1024 bytes, gzip -9
const landing = ['index.html', 'src/app/Shell.tsx', 'src/features/inbox/InboxPage.tsx'];
const dist = new URL('../dist/', import.meta.url);
const manifest = JSON.parse(readFileSync(new URL('.vite/manifest.json', dist), 'utf8'));

const files = new Set();
const seen = new Set();
function take(key) {
  if (seen.has(key)) return;
  seen.add(key);
  const chunk = manifest[key];
  if (!chunk) throw new Error(`The manifest has no ${key}. Build first: npm run build`);
  files.add(chunk.file);
  for (const css of chunk.css ?? []) files.add(css);
  for (const next of chunk.imports ?? []) take(next);
}
for (const key of landing) take(key);

const weight = (kind) =>
  [...files]
    .filter((f) => f.endsWith(`.${kind}`))
    .reduce((sum, f) => sum + gzipSync(readFileSync(new URL(f, dist)), { level: 9 }).length, 0) / 1024;

let heavy = false;
for (const [kind, limit] of Object.entries(limits)) {
  const kb = weight(kind);
  console.log(`first page, ${kind}: ${kb.toFixed(1)} kB gz of ${limit} allowed`);
  if (kb > limit) heavy = true;
}
if (heavy) {
  console.error('The first page is too heavy. Load what it does not need at once by import().');
  process.exit(1);
}
