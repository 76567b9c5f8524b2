// Before the tests in a browser: builds the UI on the app in memory, and starts the one server and the one
// Chromium that all of them share. Not a test.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import type { TestProject } from 'vitest/node';
import { chromiumPath } from './chromium';
import { serve } from './serve';

declare module 'vitest' {
  interface ProvidedContext {
    site: string;
    chromium: string;
    looking: boolean;
  }
}

const ui = fileURLToPath(new URL('../../../', import.meta.url));

export default async function start(project: TestProject): Promise<() => Promise<void>> {
  const executablePath = chromiumPath();
  build();
  const { app } = JSON.parse(readFileSync(`${ui}../tauri.conf.json`, 'utf8'));
  const site = await serve(`${ui}../target/ui/site`, app.security.csp);
  const args = ['--no-sandbox', '--disable-dev-shm-usage'];
  const browser = await chromium.launchServer({ executablePath, args });
  project.provide('site', site.address);
  project.provide('chromium', browser.wsEndpoint());
  return async () => {
    await browser.close();
    site.close();
  };
}

/** Not from within: vitest has told this process that everything is a test. */
function build(): void {
  const vite = `${ui}node_modules/vite/bin/vite.js`;
  execFileSync(process.execPath, [vite, 'build', '--mode', 'fake', '--logLevel', 'error'], {
    cwd: ui,
    env: { ...process.env, NODE_ENV: 'production', VITEST: '' },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}
