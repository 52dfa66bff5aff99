import { fileURLToPath } from 'node:url';
import { transformAsync } from '@babel/core';
import { lingui } from '@lingui/vite-plugin';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import { ahead } from './build/ahead.ts';
import { groups } from './build/chunks.ts';
import { squeeze } from './build/squeeze.ts';
import { worker } from './build/worker.ts';

const server = process.env.MEANTIME_SERVER ?? 'http://127.0.0.1:8080';
const mock = process.env.MEANTIME_MOCK === '1';

/** Turns the message macros (t, Trans, Plural) into calls; only files that use them pay for it. */
function macros(): Plugin {
  return {
    name: 'meantime:macros',
    enforce: 'pre',
    async transform(code, id) {
      const file = id.split('?')[0] ?? id;
      if (!/\.tsx?$/.test(file) || file.includes('node_modules') || !code.includes('/macro')) return null;
      const out = await transformAsync(code, {
        filename: file,
        babelrc: false,
        configFile: false,
        sourceMaps: true,
        parserOpts: { plugins: ['typescript', 'jsx'] },
        plugins: ['@lingui/babel-plugin-lingui-macro'],
      });
      return out?.code ? { code: out.code, map: out.map } : null;
    },
  };
}

/** A pretend server for looking at screens while the real one is not running (MEANTIME_MOCK=1 npm run dev). */
function pretend(): Plugin {
  return {
    name: 'meantime:pretend',
    apply: () => mock,
    async configureServer(vite) {
      const { handle } = await vite.ssrLoadModule('/e2e/fixtures/server.ts');
      vite.middlewares.use('/api/v1', handle);
    },
  };
}

export default defineConfig({
  plugins: [macros(), lingui(), react(), pretend(), ahead(), worker(), squeeze()],
  resolve: { alias: { '~': fileURLToPath(new URL('./src', import.meta.url)) } },
  build: {
    manifest: true,
    target: 'es2023',
    chunkSizeWarningLimit: 600,
    assetsInlineLimit: 0,
    rolldownOptions: { output: { codeSplitting: { groups } } },
  },
  server: { host: '127.0.0.1', proxy: mock ? {} : { '/api': { target: server, changeOrigin: false } } },
  test: { include: ['src/**/*.test.{ts,tsx}'], environment: 'node' },
} as Parameters<typeof defineConfig>[0]);
