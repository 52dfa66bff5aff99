import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from '@playwright/test';

const port = Number(process.env.MEANTIME_PORT ?? 4327);
const data = process.env.MEANTIME_E2E_DATA ?? join(tmpdir(), `meantime-e2e-${port}`);
const quiet = ['--disable-quic', '--no-first-run', '--disable-background-networking'];

/**
 * The browser tests talk to the real binary, filled with the demo company. They share
 * its clock, which only moves forward: files run by name, and those that need its first
 * Friday (story) stand before those that move on (your-settings). In the continuous
 * integration a story that fails is tried once more, and told of at the end.
 */
export default defineConfig({
  testDir: 'e2e',
  testMatch: '**/*.e2e.ts',
  reporter: 'line',
  workers: 1,
  retries: process.env.CI ? 1 : 0,
  fullyParallel: false,
  timeout: 30_000,
  use: {
    baseURL: `http://127.0.0.1:${port}`,
    headless: true,
    reducedMotion: 'reduce',
    trace: 'retain-on-failure',
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      args: ['--no-sandbox', '--disable-gpu', '--disable-component-update', '--disable-sync', ...quiet],
    },
  },
  webServer: {
    command:
      process.env.MEANTIME_COMMAND ??
      `../bin/meantime demo --fresh --data ${data} --listen 127.0.0.1:${port} --outside-allow 127.0.0.1:*`,
    url: `http://127.0.0.1:${port}/healthz`,
    reuseExistingServer: false,
    stdout: 'ignore',
  },
} as Parameters<typeof defineConfig>[0]);
