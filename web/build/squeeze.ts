import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { Plugin } from 'vite';

const br = promisify(brotliCompress);
const gz = promisify(gzip);
/** Below this many bytes a file goes in one packet anyway. */
const worth = 1400;

/** Writes a .br and a .gz beside each text file, so that the server never compresses. */
export function squeeze(): Plugin {
  return {
    name: 'meantime:squeeze',
    apply: 'build',
    async closeBundle() {
      for (const dir of ['dist', 'dist/assets']) {
        const names = (await readdir(dir)).filter((name) =>
          /\.(js|css|html|svg|json|webmanifest)$/.test(name),
        );
        await Promise.all(names.map((name) => both(path.join(dir, name))));
      }
    },
  };
}

async function both(file: string) {
  const text = await readFile(file);
  if (text.length < worth) return;
  await Promise.all([
    br(text, {
      params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: text.length },
    }).then((out) => writeFile(`${file}.br`, out)),
    gz(text, { level: 9 }).then((out) => writeFile(`${file}.gz`, out)),
  ]);
}
