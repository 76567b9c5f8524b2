// What each story must be in one language: nothing for axe to find in light and dark, every text whole and every
// control within reach, also with twice the text. `npm run look` takes pictures meanwhile. Not the stories.
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import type Axe from 'axe-core';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, inject, it } from 'vitest';
import type { Language, Theme } from '../../generated/view';
import { hiddenTexts, lostControls } from './legible';
import { open, prepare, type Looks } from './page';
import { stories, type Story } from './stories';

declare global {
  var axe: typeof Axe;
}

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const PICTURES = fileURLToPath(new URL('../../../../target/ui/', import.meta.url));

/** The least that the app lets its window be. */
const LEAST = { width: 820, height: 520 };
/** What is left of 1280 by 800 where everything is drawn at 200 %. */
const ZOOMED = { width: 640, height: 400 };
/** Twice what browsers begin with. */
const LARGE_LETTERS = 32;

export function tell(language: Language, theme: Theme): void {
  const show = async ({ scene, act }: Story, looks?: Looks): Promise<Page> => {
    const page = await open(`${scene}&language=${language}&theme=${theme}`, looks);
    await act?.(page);
    return page;
  };

  beforeAll(() => prepare(AXE));

  describe.each(stories)('$name', (story) => {
    it('has nothing for axe to find, and can be read and reached in a small window', async () => {
      const page = await show(story);
      await picture(page, `${story.name} ${language}`);
      expect.soft(await found(page)).toEqual([]);
      expect.soft(await unfit(page)).toEqual([]);
      const size = smallestOf(story);
      if (!size) return;
      await page.setViewportSize(size);
      await picture(page, `${story.name} ${language} ${size.width}`);
      // Rows are measured anew a frame after the window is.
      await expect.poll(() => unfit(page), { message: `${size.width} wide` }).toEqual([]);
    });

    it('can be read and reached with letters of twice the size', async () => {
      const page = await show(story, { letters: LARGE_LETTERS });
      await picture(page, `${story.name} ${language} letters`);
      expect.soft(await unfit(page)).toEqual([]);
    });
  });
}

/** No pane is less than 280 wide, which Rust sees to. */
function smallestOf({ scene, isNarrow }: Story): { width: number; height: number } | null {
  if (isNarrow) return null;
  return scene.includes('panes=') ? LEAST : ZOOMED;
}

async function unfit(page: Page): Promise<string[]> {
  return [...(await page.evaluate(hiddenTexts)), ...(await page.evaluate(lostControls))];
}

async function found(page: Page): Promise<string[]> {
  const { violations } = await page.evaluate(() =>
    globalThis.axe.run(document, {
      resultTypes: ['violations'],
      rules: { 'target-size': { enabled: true } },
    }),
  );
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, any }) => `${id} at ${target.join(' ')}: ${any[0]?.message ?? ''}`),
  );
}

async function picture(page: Page, name: string): Promise<void> {
  if (!inject('looking')) return;
  mkdirSync(PICTURES, { recursive: true });
  await page.screenshot({ path: `${PICTURES}${name.replaceAll(/[^\w%]+/g, '-')}.png` });
}
