import { posix } from 'node:path';
import type { Plugin } from 'vite';

type Chunk = {
  type: 'chunk';
  fileName: string;
  facadeModuleId: string | null;
  imports: string[];
  moduleIds: string[];
  viteMetadata?: { importedCss: Set<string> };
};
type Bundle = Record<string, Chunk | { type: 'asset'; fileName: string }>;

/** What the first page always needs beside the entry: the shell, the inbox where one lands, and their words. */
const landing = [
  'app/Shell.tsx',
  'features/inbox/InboxPage.tsx',
  'locales/en/house.po',
  'locales/en/inbox.po',
];

/** What other addresses need when one arrives there from outside; a slash at the end means one of them. */
const places: Record<string, string[]> = {
  threads: ['features/threads/ThreadsPage.tsx', 'locales/en/threads.po'],
  'threads/': ['features/threads/ThreadPage.tsx', 'locales/en/threads.po', 'locales/en/writing.po'],
  people: ['features/people/PeoplePage.tsx', 'locales/en/people.po'],
  new: ['features/compose/NewThreadPage.tsx', 'locales/en/compose.po', 'locales/en/writing.po'],
  search: ['features/search/SearchPage.tsx', 'locales/en/search.po'],
};

/**
 * Names in index.html what the page will want, so that the browser fetches it at once and
 * not each file after the one that mentions it: modulepreload for the landing page, a list
 * for other addresses, which app/early.ts reads, and the letters of the first words.
 */
export function ahead(): Plugin {
  let early = '';
  return {
    name: 'meantime:ahead',
    apply: 'build',
    buildStart() {
      early = this.emitFile({ type: 'chunk', id: 'src/app/early.ts', name: 'early' });
    },
    transformIndexHtml: {
      order: 'post',
      handler(html, ctx) {
        const bundle = ctx.bundle as unknown as Bundle;
        const styles = (names: string[]) =>
          names.flatMap((name) => [...((bundle[name] as Chunk).viteMetadata?.importedCss ?? [])]);
        const have = new Set([...html.matchAll(/(?:src|href)="\/([^"]+)"/g)].map(([, file]) => file));
        const first = closure(bundle, landing).filter((file) => !have.has(file));
        const others = Object.fromEntries(
          Object.entries(places).map(([place, files]) => [
            place,
            closure(bundle, files)
              .filter((file) => !have.has(file) && !first.includes(file))
              .map((file) => `/${file}`),
          ]),
        );
        const font = Object.keys(bundle).find((file) => /inter-latin-wght-normal.*\.woff2$/.test(file));
        const run = Object.values(bundle).find((c) => c.type === 'chunk' && isOf(c, 'app/early.ts'));
        if (!run || !early) throw new Error('app/early.ts was not built');
        const lines = [
          `<script id="ahead" type="application/json">${JSON.stringify(others)}</script>`,
          `<script type="module" async src="/${run.fileName}"></script>`,
          ...first.map((file) => `<link rel="modulepreload" crossorigin href="/${file}">`),
          ...(font ? [`<link rel="preload" as="font" type="font/woff2" crossorigin href="/${font}">`] : []),
        ];
        // After all others, as when they come with their page: where two rules meet, the later one holds.
        const sheets = [...new Set(styles(first))]
          .filter((file) => !have.has(file))
          .map((file) => `  <link rel="stylesheet" crossorigin href="/${file}">\n  `);
        return html
          .replace('<!-- ahead -->', lines.join('\n    '))
          .replace('</head>', `${sheets.join('')}</head>`);
      },
    },
  };
}

const isOf = (chunk: Chunk, file: string) =>
  chunk.moduleIds.some((id) => id.endsWith(posix.join('/src', file)));

/** The files of some modules and of all that these import at once. */
function closure(bundle: Bundle, files: string[]): string[] {
  const found = new Set<string>();
  const take = (name: string) => {
    const chunk = bundle[name];
    if (chunk?.type !== 'chunk' || found.has(name)) return;
    found.add(name);
    for (const next of chunk.imports) take(next);
  };
  for (const file of files) {
    const chunk = Object.values(bundle).find((c) => c.type === 'chunk' && isOf(c, file));
    if (!chunk) throw new Error(`${file} is in no chunk: mend build/ahead.ts`);
    take(chunk.fileName);
  }
  return [...found];
}
