// The page of shortcuts: keys that are pressed for real are bound, or refused with the action that has them.
import type { Locator, Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { one, open, texts } from './page';

const SHORTCUTS = 'profiles=7&surface=shortcuts&theme=light&language=en';

const row = (page: Page, action: string): Locator => page.locator(`[data-action="${action}"]`);

async function keysOf(page: Page, action: string): Promise<string> {
  return (await row(page, action).locator('kbd').allInnerTexts()).join('+');
}

async function record(page: Page, action: string, keys: string): Promise<void> {
  await one(row(page, action), 'change-keys').focus();
  await page.keyboard.press('Enter');
  await one(page, 'press-keys').waitFor();
  await page.keyboard.press(keys);
}

it('keys are bound by pressing them, shown at once, and given back', async () => {
  const page = await open(SHORTCUTS);
  expect(await keysOf(page, 'downloads')).toBe('Ctrl+J');
  await record(page, 'downloads', 'Control+Shift+F');
  await expect.poll(() => keysOf(page, 'downloads')).toBe('Ctrl+Shift+F');
  expect(
    await one(row(page, 'downloads'), 'change-keys').evaluate((button) => button.matches(':focus')),
  ).toBe(true);
  expect(await one(page, 'downloads-button').getAttribute('title')).toContain('Ctrl+Shift+F');
  await one(row(page, 'downloads'), 'reset-keys').click();
  await expect.poll(() => keysOf(page, 'downloads')).toBe('Ctrl+J');
});

it('keys that another action has are refused by its name, until others are pressed', async () => {
  const page = await open(SHORTCUTS);
  await record(page, 'downloads', 'Control+t');
  await one(page, 'keys-problem').waitFor();
  expect(await texts(page, 'keys-problem')).toEqual(['“Another tab of this profile” has these keys.']);
  const [problem, window] = [await one(page, 'keys-problem').boundingBox(), page.viewportSize()];
  expect((problem?.y ?? Infinity) + (problem?.height ?? 0)).toBeLessThanOrEqual(window?.height ?? 0);
  await page.keyboard.press('Control+Shift+J');
  await one(page, 'keys-problem').waitFor({ state: 'detached' });
  expect(await keysOf(page, 'downloads')).toBe('Ctrl+Shift+J');
  expect(await keysOf(page, 'new-tab')).toBe('Ctrl+T');
});

it('Escape gives up recording and leaves the page open and the keys as they were', async () => {
  const page = await open(SHORTCUTS);
  await record(page, 'downloads', 'Escape');
  await one(page, 'press-keys').waitFor({ state: 'detached' });
  expect(await one(page, 'shortcuts').isVisible()).toBe(true);
  expect(await keysOf(page, 'downloads')).toBe('Ctrl+J');
});

it('a question mark opens the page, but is written where something is written', async () => {
  const page = await open('profiles=7&theme=light&language=en');
  await one(page, 'filter').press('?');
  expect(await one(page, 'filter').inputValue()).toBe('?');
  expect(await one(page, 'shortcuts').count()).toBe(0);
  await page.keyboard.press('Escape');
  await one(page, 'profile-list').press('?');
  await one(page, 'shortcuts').waitFor();
});
