// The UI on an invented scene in the shared Chromium: one page for each file of tests, loaded anew by each `open`.
// What a page complains of, from errors to what the CSP forbids, fails the test that opened it. Not a test.
import { chromium, type Browser, type CDPSession, type Locator, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, inject } from 'vitest';

export interface Looks {
  viewport?: { width: number; height: number };
  /** The browser's own size of letters, in CSS pixels, as the user's system has it. */
  letters?: number;
  reducedMotion?: boolean;
}

let browser: Browser;
let page: Page;
let devtools: CDPSession;
const complaints: string[] = [];

beforeAll(async () => {
  browser = await chromium.connect(inject('chromium'));
  page = await browser.newPage({ locale: 'en-GB' });
  page.setDefaultTimeout(10_000);
  page.on('pageerror', ({ message }) => complaints.push(message));
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  // As the app does it (`freezePrototype`).
  await page.addInitScript(() => Object.freeze(Object.prototype));
  devtools = await page.context().newCDPSession(page);
});

afterEach(async () => {
  await page.mouse.up();
  await page.mouse.move(0, 0);
  expect(complaints.splice(0), 'what the page complained of').toEqual([]);
});

afterAll(() => browser.close());

/** The scene is spelled as in the address: `profiles=300&panes=two`. */
export async function open(scene: string, looks: Looks = {}): Promise<Page> {
  const { viewport = { width: 1280, height: 800 }, letters = 16, reducedMotion = true } = looks;
  await page.setViewportSize(viewport);
  await page.emulateMedia({ reducedMotion: reducedMotion ? 'reduce' : 'no-preference' });
  await devtools.send('Page.setFontSizes', { fontSizes: { standard: letters, fixed: letters } });
  await page.goto(`${inject('site')}/?${scene}`);
  await page.locator('main').waitFor();
  return page;
}

/** Before every page, as `open` loads it. */
export async function prepare(script: string): Promise<void> {
  await page.addInitScript(script);
}

export function one(within: Page | Locator, testid: string): Locator {
  return within.locator(`[data-testid="${testid}"]`);
}

/** The texts of all elements with a test id, in order. */
export async function texts(within: Page | Locator, testid: string): Promise<string[]> {
  return (await one(within, testid).allInnerTexts()).map((text) => text.replaceAll(/\s+/g, ' ').trim());
}
