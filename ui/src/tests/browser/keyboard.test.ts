// The whole window by keyboard alone: Tab comes to every control, and where it is can be seen.
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { one, open } from './page';

const VIEWS: [name: string, scene: string][] = [
  ['the first run', 'profiles=0&tabs=none'],
  ['the main view', 'profiles=7&downloads&notices'],
  ['two panes', 'panes=two&linked&read-only'],
  ['an empty pane', 'panes=empty'],
  ['a tab that asks for a name', 'held=name&strict'],
  ['the switcher', 'drawer=switcher&query=acme'],
  ['find in page', 'drawer=find&query=queue'],
  ['saved layouts', 'drawer=layouts&layouts'],
  ['downloads', 'surface=downloads&downloads'],
  ['rules', 'surface=rules'],
  ['bookmarks', 'surface=bookmarks'],
  ['a profile', 'surface=profile-editor&profile=p-prod'],
  ['a role', 'surface=profile-editor&profile=p-gtest'],
  ['a code', 'mfa=first&panes=two'],
  ['sessions', 'surface=sessions'],
  ['an import', 'surface=import&importing=12'],
  ['a portal', 'surface=identity-center'],
  ['a sign-in to a portal', 'surface=identity-center&portal=device'],
  ['what a portal assigns', 'surface=identity-center&portal=listed'],
  ['shortcuts', 'surface=shortcuts'],
  ['settings', 'surface=settings'],
];

interface Walk {
  /** What the keyboard shall come to, and has not yet. */
  left: Set<string>;
  /** What looks the same with the keyboard and without. */
  unseen: Set<string>;
}

declare global {
  var walk: Walk;
}

/** Notes from here on what gets the focus, and whether an eye sees that it has. */
function watch(): number {
  const names = new Map<Element, string>();
  const looks = new Map<Element, string>();
  const groups = new Set<string>();

  /** Everything that may be drawn for a focus: on itself, around it, or on the row that it names. */
  function looksOf(control: Element): string {
    const row = control.getAttribute('aria-activedescendant');
    const parts = [control, control.parentElement, row === null ? null : document.getElementById(row)];
    const drawn = parts.flatMap((part) =>
      [null, '::before', '::after'].map((pseudo) => {
        if (!part) return '';
        const { outline, boxShadow, backgroundColor, borderColor } = getComputedStyle(part, pseudo);
        return [outline, boxShadow, backgroundColor, borderColor].join();
      }),
    );
    return drawn.join('|');
  }

  /** Tab comes to one of a group of radio buttons, arrows to the others. */
  function isAnother(control: HTMLElement): boolean {
    if (!(control instanceof HTMLInputElement) || control.type !== 'radio') return false;
    const group = [...document.querySelectorAll<HTMLInputElement>(`[name="${control.name}"]`)];
    if (groups.has(control.name) || (!control.checked && group.some(({ checked }) => checked))) return true;
    groups.add(control.name);
    return false;
  }

  (document.activeElement as HTMLElement | null)?.blur();
  const all = document.querySelectorAll<HTMLElement>(
    'button, input, select, textarea, summary, a[href], [tabindex="0"]',
  );
  for (const control of all) {
    if (control.tabIndex < 0 || control.matches(':disabled') || isAnother(control)) continue;
    if (!control.checkVisibility({ visibilityProperty: true })) continue;
    const name = control.getAttribute('aria-label') ?? control.textContent.trim().slice(0, 30);
    names.set(
      control,
      `${names.size} ${control.localName} ${control.dataset.testid ?? control.id} “${name}”`,
    );
    looks.set(control, looksOf(control));
  }
  globalThis.walk = { left: new Set(names.values()), unseen: new Set() };
  document.addEventListener('focusin', ({ target }) => {
    const name = names.get(target as Element);
    if (name === undefined) return;
    globalThis.walk.left.delete(name);
    if (looksOf(target as Element) === looks.get(target as Element)) globalThis.walk.unseen.add(name);
  });
  return names.size;
}

async function walk(page: Page, keys: string): Promise<{ left: string[]; unseen: string[] }> {
  const count = await page.evaluate(watch);
  expect(count).toBeGreaterThan(5);
  const found = (): Promise<{ left: string[]; unseen: string[] }> =>
    page.evaluate(() => ({ left: [...globalThis.walk.left], unseen: [...globalThis.walk.unseen] }));
  // Twice around at most: the way leads through boxes that scroll, too, and may begin anew where a page that has just
  // opened takes the focus.
  for (let step = 0; step < 2 * count; step += 1) {
    await page.keyboard.press(keys);
    if (step >= count && (await found()).left.length === 0) break;
  }
  return found();
}

describe('by Tab alone', () => {
  it.each(VIEWS)('every control of %s is reached, and an eye sees where one is', async (_, scene) => {
    const page = await open(`${scene}&theme=light&language=en`);
    expect(await walk(page, 'Tab')).toEqual({ left: [], unseen: [] });
  });

  it('the main view is walked through backwards, too, and in the dark', async () => {
    const page = await open('panes=two&downloads&notices&theme=dark&language=ja');
    expect(await walk(page, 'Shift+Tab')).toEqual({ left: [], unseen: [] });
  });
});

it('a profile is found, opened, put beside another, resized and closed without a mouse', async () => {
  const page = await open('profiles=7&theme=light&language=en');
  const panes = (): Promise<number> => one(page, 'pane').count();
  await one(page, 'filter').focus();
  await page.keyboard.type('globex test');
  await page.keyboard.press('Enter');
  const opened = page.locator('[data-testid="tab"][data-profile-name="globex test"]');
  await opened.waitFor();

  while (!(await opened.evaluate((tab) => tab.matches(':focus')))) await page.keyboard.press('Tab');
  await page.keyboard.press('Shift+F10');
  await page.getByRole('menuitem', { name: 'New pane on the right' }).waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect.poll(panes).toBe(2);

  await page.keyboard.press('Escape');
  const divider = one(page, 'divider');
  while (!(await divider.evaluate((each) => each.matches(':focus')))) await page.keyboard.press('Tab');
  await page.keyboard.press('End');
  await expect.poll(() => divider.getAttribute('aria-valuenow')).toBe('90');

  while (!(await page.evaluate(() => document.activeElement?.matches('[data-testid="close-pane"]'))))
    await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect.poll(panes).toBe(1);
});
