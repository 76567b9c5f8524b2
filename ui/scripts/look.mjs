// Opens the UI on invented data in Chromium, under the app's own CSP, and looks at it: screenshots of every
// surface into ../target/ui/, axe-core with colour contrast, CSP violations, errors in the console.
// Exits with 1 if anything was found. Also loads the release build once, with a stand-in for the app.
// `npm run look -- editor` takes only the shots whose name contains the word.
import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { CSP, serve } from './serve.mjs';
import { shots } from './shots.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const out = fileURLToPath(new URL('../../target/ui/', import.meta.url));
const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const only = process.argv[2] ?? '';

mkdirSync(out, { recursive: true });
const vite = (...args) =>
  execFileSync('npx', ['vite', 'build', '--logLevel', 'warn', ...args], { cwd: root, stdio: 'inherit' });
vite('--mode', 'fake');
vite();

const found = [];
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox'],
});

async function open(address, options, prepare) {
  const context = await browser.newContext({ bypassCSP: false, locale: 'en-GB', ...options });
  const page = await context.newPage();
  const name = options.name;
  page.on('pageerror', (error) => found.push(`${name}: ${error.message}`));
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) found.push(`${name}: ${message.text()}`);
  });
  // As the app does it (`freezePrototype`).
  await page.addInitScript(() => Object.freeze(Object.prototype));
  await prepare?.(page);
  await page.goto(address);
  return { context, page };
}

const site = await serve(`${out}site`);
for (const shot of shots) {
  if (!shot.name.includes(only)) continue;
  const viewport = shot.viewport ?? { width: 1280, height: 800 };
  const { context, page } = await open(
    `${site.address}/?${shot.query}`,
    { name: shot.name, viewport, ...shot.context },
    shot.prepare,
  );
  await page.waitForSelector('[data-testid="profile-list"], [data-testid="start-page"]');
  await shot.act?.(page);
  await page.waitForTimeout(120);
  await page.screenshot({ path: `${out}${shot.name}.png` });
  // axe is put in through the debugger, which the page's CSP does not concern.
  await page.evaluate(await axeSource());
  const { violations } = await page.evaluate(() =>
    globalThis.axe.run(document, { resultTypes: ['violations'] }),
  );
  for (const { id, help, nodes } of violations) {
    const where = nodes.slice(0, 3).map((node) => `${node.target.join(' ')}: ${node.any[0]?.message ?? ''}`);
    found.push(`${shot.name}: axe ${id}: ${help}\n    ${where.join('\n    ')}`);
  }
  await context.close();
}
site.close();

// The release build must run under the CSP as it is: the stand-in answers as the app would.
const release = await serve(`${root}dist`);
const { context, page } = await open(release.address, { name: 'release' }, (page) =>
  page.addInitScript(() => {
    const layout = {
      surface: { page: 'console' },
      activeTab: null,
      layouts: [],
      canReopen: false,
      theme: 'light',
    };
    const pane = { id: 1, tab: null, left: 0, top: 0, width: 1, height: 1 };
    Object.assign(layout, { panes: [pane], dividers: [], focusedPane: 1, maximised: false, linked: false });
    const view = { groups: [], partitions: [], tabs: [], downloads: [], notices: [] };
    Object.assign(view, { drawer: { kind: 'closed' }, rules: [], actions: [] });
    Object.assign(view, { layout: { ...layout, language: 'en', sidebarWidth: 260, platform: 'linux' } });
    window.__TAURI_INTERNALS__ = {
      transformCallback: () => 1,
      invoke: async (command) => (command === 'subscribe' ? view : null),
    };
  }),
);
await page.waitForSelector('[data-testid="start-page"]', { timeout: 10_000 });
await context.close();
release.close();
await browser.close();

async function axeSource() {
  const { readFile } = await import('node:fs/promises');
  return `${await readFile(axe, 'utf8')};undefined`;
}

console.log(`CSP: ${CSP}`);
console.log(found.length === 0 ? `Nothing found; screenshots in ${out}` : found.join('\n'));
process.exitCode = found.length === 0 ? 0 : 1;
