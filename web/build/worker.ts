import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Plugin } from 'vite';

/** What the worker keeps for when there is no connection; its list is in src/sw/parts.ts. */
const kept = ['offline.html'];

/**
 * Builds src/sw/sw.ts into /sw.js, one file without a hash in its name and without imports,
 * and writes into it what changes when a file that it keeps does: browsers fetch the worker
 * anew when its own bytes differ.
 */
export function worker(): Plugin {
  return {
    name: 'meantime:worker',
    apply: 'build',
    buildStart() {
      this.emitFile({ type: 'chunk', id: 'src/sw/sw.ts', fileName: 'sw.js' });
    },
    generateBundle(_, bundle) {
      const chunk = bundle['sw.js'];
      if (chunk?.type !== 'chunk') throw new Error('src/sw/sw.ts was not built');
      if (chunk.imports.length + chunk.dynamicImports.length > 0)
        throw new Error(
          `sw.js imports ${chunk.imports}: a worker is one file. Mend src/sw or build/chunks.ts`,
        );
      const sum = createHash('sha256');
      for (const file of kept) sum.update(readFileSync(`public/${file}`));
      chunk.code = chunk.code.replaceAll('__SHELL__', sum.digest('hex').slice(0, 12));
    },
  };
}
