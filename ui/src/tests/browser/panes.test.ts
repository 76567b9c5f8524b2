// Panes where only a real layout can tell: tabs and dividers moved by a real mouse, layouts that come back.
import type { Locator, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { one, open, texts } from './page';

const TWO = 'profiles=7&panes=two&theme=light&language=en';

interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

async function box(of: Locator): Promise<Box> {
  const found = await of.boundingBox();
  if (!found) throw new Error('it is not laid out');
  return found;
}

/** Where each pane is, rounded, by the name of the profile that it shows. */
async function places(page: Page): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const header of await one(page, 'pane-header').all()) {
    const name = await header.getAttribute('data-profile-name');
    const { x, y, width, height } = await box(header.locator('xpath=..'));
    found[name ?? ''] = [x, y, width, height].map(Math.round).join(' ');
  }
  return found;
}

/** In steps, as a hand moves. */
async function drag(page: Page, from: Locator, to: (area: Box) => [x: number, y: number]): Promise<void> {
  await from.scrollIntoViewIfNeeded();
  const { x, y, width, height } = await box(from);
  await page.mouse.move(x + width / 2, y + height / 2);
  await page.mouse.down();
  await page.mouse.move(...to(await box(one(page, 'panes'))), { steps: 8 });
}

const tabOf = (page: Page, profile: string): Locator =>
  page.locator(`[data-testid="tab"][data-profile-name="${profile}"]`).first();

describe('a tab that is dragged by the mouse', () => {
  it('to the middle of another pane is shown there', async () => {
    const page = await open(TWO);
    const before = await places(page);
    await drag(page, tabOf(page, 'acme production'), ({ x, y, width, height }) => [
      x + width * 0.75,
      y + height / 2,
    ]);
    const meant = page.locator('.meant');
    expect(await meant.getAttribute('data-edge')).toBe('middle');
    expect(await meant.getAttribute('data-pane')).toBe('2');
    await page.mouse.up();
    await one(page, 'drop-zones').waitFor({ state: 'detached' });
    expect(await places(page)).toEqual({
      'acme staging': before['acme production'],
      'acme production': before['acme staging'],
    });
  });

  it('to an edge of a pane makes a pane there, and the zone that lit up is its place', async () => {
    const page = await open(TWO);
    const { height } = await box(one(page, 'pane').last());
    await drag(page, tabOf(page, 'acme development'), (area) => [
      area.x + area.width * 0.75,
      area.y + area.height - 20,
    ]);
    const zone = await box(page.locator('.meant'));
    await page.mouse.up();
    await one(page, 'pane').nth(2).waitFor();
    const made = await box(one(page, 'pane').last());
    expect(await one(page, 'pane-header').last().getAttribute('data-profile-name')).toBe('acme development');
    expect(made.height).toBeCloseTo(height / 2, -1);
    expect(zone.y).toBeGreaterThan(made.y);
    expect(zone.y + zone.height).toBeLessThan(made.y + made.height + 1);
  });

  it('stays where it was when it is let go over the sidebar, and is not clicked', async () => {
    const page = await open(TWO);
    const before = await places(page);
    await drag(page, tabOf(page, 'acme development'), ({ x, y }) => [x - 60, y + 200]);
    await page.mouse.up();
    await one(page, 'drop-zones').waitFor({ state: 'detached' });
    expect(await places(page)).toEqual(before);
  });

  it('hangs at the pointer inside of the window, also at its right edge', async () => {
    const page = await open(TWO);
    await drag(page, tabOf(page, 'acme production'), ({ x, y, width }) => [x + width - 4, y + 200]);
    const label = await box(page.locator('[data-testid="drop-zones"] > p'));
    expect(label.x + label.width).toBeLessThanOrEqual(1280);
  });
});

describe('a divider', () => {
  it('follows the mouse to the pixel, with both panes', async () => {
    const page = await open(TWO);
    const divider = one(page, 'divider');
    const before = await box(divider);
    await drag(page, divider, () => [before.x + before.width / 2 + 120, 400]);
    await expect.poll(async () => (await box(divider)).x).toBeCloseTo(before.x + 120, 0);
    await page.mouse.up();
    const [left, right] = await Promise.all([box(one(page, 'pane').first()), box(one(page, 'pane').last())]);
    const gap = right.x - (left.x + left.width);
    expect(gap).toBeGreaterThan(0);
    expect(gap).toBeLessThan(8);
    expect(right.x + right.width).toBeCloseTo(1280, 0);
  });

  it('moves by arrow keys, in strides with Shift, and Enter makes both sides even', async () => {
    const page = await open(TWO);
    const divider = one(page, 'divider');
    const { x } = await box(divider);
    const { width } = await box(one(page, 'panes'));
    await divider.focus();
    await page.keyboard.press('ArrowRight');
    await expect.poll(async () => (await box(divider)).x).toBeCloseTo(x + width * 0.02, 0);
    await page.keyboard.press('Shift+ArrowLeft');
    await expect.poll(async () => (await box(divider)).x).toBeCloseTo(x - width * 0.08, 0);
    await page.keyboard.press('Enter');
    await expect.poll(async () => (await box(divider)).x).toBeCloseTo(x, 0);
  });

  it('can be grabbed anywhere along the gap, where neither pane lies over it', async () => {
    const page = await open('profiles=7&panes=three&theme=light&language=en');
    const hits = await page.evaluate(() =>
      [...document.querySelectorAll('[data-testid="divider"]')].flatMap((divider) => {
        const { left, top, width, height } = divider.getBoundingClientRect();
        return [0.1, 0.3, 0.9].map(
          (part) =>
            document.elementFromPoint(
              left + width * (width < height ? 0.5 : part),
              top + height * (width < height ? part : 0.5),
            ) === divider,
        );
      }),
    );
    expect(hits).toEqual([true, true, true, true, true, true]);
  });
});

describe('the header', () => {
  /** Whether each is seen with all its letters, pane by pane. */
  const whole = (page: Page, testid: string): Promise<boolean[]> =>
    one(page, testid).evaluateAll((values) =>
      values.map((value) => {
        const { width, height } = value.getBoundingClientRect();
        return width > 2 && height > 2 && value.scrollWidth <= value.clientWidth;
      }),
    );

  it.each([0, 11])(
    'says whose session it is, where and for how long, %i strides of the divider later',
    async (strides) => {
      const page = await open(`${TWO}&linked&read-only`);
      await one(page, 'divider').focus();
      for (let stride = 0; stride < strides; stride += 1) await page.keyboard.press('ArrowLeft');
      for (const testid of ['account', 'identity', 'region', 'time-left'])
        await expect.poll(() => whole(page, testid), { message: testid }).toEqual([true, true]);
    },
  );
});

describe('the buttons of a page of S3', () => {
  const looks = 'profiles=7&theme=light&language=en';

  it('take their room from the address alone', async () => {
    const others = async (scene: string): Promise<Box[]> => {
      const page = await open(`${looks}${scene}`);
      const buttons = ['back', 'forward', 'reload', 'bookmark', 'copy-link', 'zoom-reset', 'split-right'];
      return Promise.all(buttons.map((testid) => box(one(page, testid))));
    };
    expect(await others('&s3')).toEqual(await others(''));
  });

  it('are there in each of two panes, and give way to the address in a narrower one', async () => {
    const page = await open(`${looks}&panes=two&s3`);
    const seen = (): Promise<boolean[]> =>
      Promise.all([0, 1].map((pane) => one(page, 's3-upload').nth(pane).isVisible()));
    expect(await seen()).toEqual([true, true]);
    await one(page, 'divider').focus();
    await page.keyboard.press('Shift+ArrowLeft');
    await expect.poll(seen).toEqual([false, true]);
  });
});

describe('a saved layout', () => {
  it('comes back as it was, after the panes were arranged otherwise', async () => {
    const page = await open(`${TWO}&drawer=layouts`);
    await one(page, 'divider').focus();
    await page.keyboard.press('Shift+ArrowLeft');
    const widths = async (): Promise<(string | undefined)[]> =>
      Object.entries(await places(page)).map(([name, place]) => `${name} ${place.split(' ')[2]}`);
    const saved = await widths();
    await one(page, 'layout-name').fill('Acme side by side');
    await page.keyboard.press('Enter');
    await expect.poll(() => texts(page, 'open-layout')).toEqual(['Acme side by side']);

    await one(page, 'close-pane').last().click();
    await one(page, 'split-down').click();
    await one(page, 'open-in-pane').first().click();
    await expect.poll(widths).not.toEqual(saved);

    await one(page, 'open-layout').click();
    await one(page, 'drawer').waitFor({ state: 'detached' });
    expect(await widths()).toEqual(saved);
  });

  it('is listed by name until it is removed, with the keyboard left in the list', async () => {
    const page = await open(`${TWO}&drawer=layouts&layouts`);
    expect(await texts(page, 'open-layout')).toHaveLength(3);
    await one(page, 'remove-layout').nth(1).focus();
    await page.keyboard.press('Enter');
    await expect
      .poll(() => texts(page, 'open-layout'))
      .toEqual(['Acme: production beside staging', 'Monday']);
    expect(
      await one(page, 'open-layout')
        .first()
        .evaluate((button) => button.matches(':focus')),
    ).toBe(true);
  });
});
