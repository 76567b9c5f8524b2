// Lists with more rows than any screen shows.
import { expect, it } from 'vitest';
import { one, open } from './page';

const MANY = 'profiles=10000&tabs=none&theme=light&language=en';
/** More rows than a window this high can show, and far fewer than there are profiles. */
const SCREENFUL = 60;

it('ten thousand profiles are a screenful of elements, wherever the list is scrolled to', async () => {
  const page = await open(MANY);
  const list = one(page, 'profile-list');
  const count = (): Promise<number> => page.locator('[role="treeitem"]').count();
  expect(await count()).toBeLessThan(SCREENFUL);
  for (const part of [0.5, 1, 0.25]) {
    await list.evaluate((tree, to) => (tree.scrollTop = tree.scrollHeight * to), part);
    await expect.poll(() => one(page, 'profile').count()).toBeGreaterThan(5);
    expect(await count()).toBeLessThan(SCREENFUL);
  }
  expect(await page.locator('*').count()).toBeLessThan(1500);
});

it('a list that is scrolled by the wheel shows rows all the way down its height', async () => {
  const page = await open(MANY);
  await one(page, 'profile-list').hover();
  await page.mouse.wheel(0, 123_456);
  const uncovered = (): Promise<number> =>
    one(page, 'profile-list').evaluate((tree) => {
      const { left, top, height } = tree.getBoundingClientRect();
      const at = (part: number): Element | null => document.elementFromPoint(left + 60, top + height * part);
      return [0.05, 0.25, 0.5, 0.75, 0.95].filter((part) => !at(part)?.closest('[role="treeitem"]')).length;
    });
  await expect.poll(() => one(page, 'profile-list').evaluate((tree) => tree.scrollTop)).toBeGreaterThan(1e5);
  await expect.poll(uncovered).toBe(0);
});

it('End and Home go to the last and the first of ten thousand, and the active row is in sight', async () => {
  const page = await open(MANY);
  const active = async (): Promise<string> => {
    const id = await one(page, 'profile-list').getAttribute('aria-activedescendant');
    const row = page.locator(`[id="${id}"]`);
    await row.waitFor();
    const [inner, outer] = [await row.boundingBox(), await one(page, 'profile-list').boundingBox()];
    if (!inner || !outer) throw new Error('the active row is not laid out');
    expect(inner.y).toBeGreaterThanOrEqual(outer.y - 1);
    expect(inner.y + inner.height).toBeLessThanOrEqual(outer.y + outer.height + 1);
    return (await row.getAttribute('data-profile-name')) ?? (await row.innerText());
  };
  await one(page, 'profile-list').focus();
  await page.keyboard.press('End');
  await expect.poll(active).toBe('client 1667 test');
  await page.keyboard.press('ArrowUp');
  await expect.poll(active).toBe('client 1667 dev');
  await page.keyboard.press('Home');
  await expect.poll(active).toContain('Client 01');
});

it('rows are as high as what stands in them, also with letters of twice the size', async () => {
  const page = await open('profiles=300&theme=light&language=en', { letters: 32 });
  const spilled = await page.locator('[role="treeitem"]').evaluateAll((rows) =>
    rows.flatMap((row) => {
      const outer = row.getBoundingClientRect();
      return [...row.querySelectorAll('.name, .line, .size')].filter((part) => {
        const { top, bottom } = part.getBoundingClientRect();
        return top < outer.top || bottom > outer.bottom;
      });
    }),
  );
  expect(await one(page, 'profile').count()).toBeGreaterThan(5);
  expect(spilled).toEqual([]);
});

it.each([
  ['import-row', 'surface=import&importing=5000'],
  ['assigned-row', 'surface=identity-center&portal=listed&assigned=5000'],
  ['download', 'surface=downloads&downloads=10000'],
])('thousands of %s are a screenful, and stand one below the other wherever one is', async (row, scene) => {
  const page = await open(`${scene}&tabs=none&theme=light&language=en`);
  const content = page.locator('[data-scrolls]');
  const rows = one(page, row);
  for (const part of [0, 0.5, 1, 0.25]) {
    await content.evaluate((inner, to) => (inner.scrollTop = inner.scrollHeight * to), part);
    await expect.poll(() => rows.count()).toBeGreaterThan(5);
    expect(await rows.count()).toBeLessThan(SCREENFUL);
    const apart = (): Promise<number[]> =>
      rows.evaluateAll((all) => {
        const boxes = all.map((row) => row.getBoundingClientRect());
        return boxes.slice(1).map((box, at) => Math.round(box.top - (boxes[at]?.bottom ?? 0)));
      });
    await expect.poll(async () => new Set(await apart())).toEqual(new Set([0]));
    const { top, bottom } = await content.evaluate((inner) => inner.getBoundingClientRect());
    const inSight = await rows.evaluateAll(
      (all, [from = 0, to = 0]) =>
        all.filter((row) => row.getBoundingClientRect().bottom > from && row.getBoundingClientRect().top < to)
          .length,
      [top, bottom],
    );
    expect(inSight).toBeGreaterThan(5);
  }
});

it('End and Home go to the last and the first of ten thousand downloads, whole and in sight', async () => {
  const page = await open('surface=downloads&downloads=10000&tabs=none&theme=light&language=en');
  const list = one(page, 'download-list');
  const active = async (): Promise<string | null> => {
    const row = page.locator(`[id="${await list.getAttribute('aria-activedescendant')}"]`);
    await row.waitFor();
    const [inner, outer] = [await row.boundingBox(), await page.locator('[data-scrolls]').boundingBox()];
    if (!inner || !outer) throw new Error('the active row is not laid out');
    const isInSight = inner.y >= outer.y - 1 && inner.y + inner.height <= outer.y + outer.height + 1;
    return isInSight ? row.getAttribute('data-name') : null;
  };
  await list.focus();
  await page.keyboard.press('End');
  await expect.poll(active).toBe('report-09999.csv.gz');
  await page.keyboard.press('ArrowUp');
  await expect.poll(active).toBe('report-09998.csv.gz');
  await page.keyboard.press('Home');
  await expect.poll(active).toBe('inventory-2026-02.csv.gz');
});

it('a download whose button has the keyboard stays, however far the list is scrolled', async () => {
  const page = await open('surface=downloads&downloads=10000&tabs=none&theme=light&language=en');
  await one(page, 'pause-download').first().focus();
  await page.locator('[data-scrolls]').evaluate((inner) => (inner.scrollTop = inner.scrollHeight / 2));
  await expect.poll(() => page.locator('[data-name^="report-05"]').count()).toBeGreaterThan(5);
  await page.keyboard.press('Enter');
  await expect.poll(() => one(page, 'resume-download').first().isVisible()).toBe(true);
  expect(await one(page, 'download').first().getAttribute('data-name')).toBe('inventory-2026-02.csv.gz');
  expect(await one(page, 'download').first().getAttribute('data-state')).toBe('paused');
});
