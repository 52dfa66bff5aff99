import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const src = join(import.meta.dirname, '..');
const files = (readdirSync(src, { recursive: true }) as string[]).filter((f) => /\.tsx?$/.test(f));
/** The walls of the house, from the ground up; a file imports from its own storey or below. */
const storeys = ['api', 'kit', 'core', 'features', 'app'];

test('imports go down, and features never meet', () => {
  const wrong: string[] = [];
  for (const file of files) {
    const [storey = '', room] = file.split(/[\\/]/);
    if (!storeys.includes(storey)) continue;
    const text = readFileSync(join(src, file), 'utf8');
    for (const [, to = ''] of text.matchAll(/(?:from|import)\s*\(?\s*'~\/([^']+)'/g)) {
      const [other = '', their] = to.split('/');
      if (storeys.indexOf(other) > storeys.indexOf(storey)) wrong.push(`${file} reaches up to ${to}`);
      if (storey === 'features' && other === 'features' && room !== their)
        wrong.push(`${file} reaches over to ${to}`);
    }
  }
  expect(wrong, 'Move what both need to core or kit.').toEqual([]);
});
