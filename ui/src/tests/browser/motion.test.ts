// Whoever asked the system for less motion gets none.
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { one, open } from './page';

/** Names of what moves for longer than an eye can follow. */
function moving(): string[] {
  return document
    .getAnimations()
    .filter(({ playState, effect }) => {
      const { duration, iterations } = effect?.getComputedTiming() ?? {};
      return playState === 'running' && Number(duration) * (iterations ?? 1) > 10;
    })
    .map((animation) => (animation.effect as KeyframeEffect).target?.outerHTML.slice(0, 80) ?? '');
}

/** What makes every kind of movement: spinners, a row that turns, a button under the pointer, a progress bar. */
async function stir(page: Page): Promise<string[]> {
  const found = await page.evaluate(moving);
  await page.locator('[data-testid="group"]').first().click();
  found.push(...(await page.evaluate(moving)));
  await one(page, 'settings-button').hover();
  found.push(...(await page.evaluate(moving)));
  return found;
}

const STIRRED = 'active=loading&downloads&notices&panes=two&theme=light&language=en';

describe('with reduced motion', () => {
  it('nothing moves, neither by itself nor when it is used', async () => {
    expect(await stir(await open(STIRRED))).toEqual([]);
  });

  it('nothing scrolls smoothly', async () => {
    const page = await open('profiles=300&surface=shortcuts&theme=light&language=en');
    const smooth = await page.evaluate(
      () =>
        [...document.querySelectorAll('*')].filter(
          (element) => getComputedStyle(element).scrollBehavior !== 'auto',
        ).length,
    );
    expect(smooth).toBe(0);
  });
});

it('without that wish a spinner turns, so that the tests above can tell', async () => {
  const page = await open(STIRRED, { reducedMotion: false });
  expect((await page.evaluate(moving)).some((moved) => moved.startsWith('<svg'))).toBe(true);
});
