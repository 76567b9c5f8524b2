// The page of rules, from an empty row to a saved list, by hand and by keyboard.
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { lostControls } from './legible';
import { one, open, texts } from './page';

const RULES = 'profiles=7&surface=rules&theme=light&language=en';

/** The first word of each of the first rules. */
async function firstRules(page: Page): Promise<string[]> {
  return (await page.locator('[data-testid="rule"] .pattern').allInnerTexts())
    .slice(0, 3)
    .map((pattern) => pattern.split(',')[0] ?? '');
}

const focused = (page: Page): Promise<string | null> =>
  page.evaluate(
    () =>
      (document.activeElement as HTMLElement).dataset.testid ??
      document.activeElement?.getAttribute('name') ??
      null,
  );

it('a rule is added with its fields in sight and the keyboard in its pattern, and is saved', async () => {
  const page = await open(RULES);
  await one(page, 'add-rule').click();
  expect(await focused(page)).toBe('pattern');
  await page.keyboard.type('payroll');
  await page.fill('[name="word"]', 'PAY');
  await page.selectOption('[name="look"]', 'violet');
  const row = one(page, 'rule').last();
  expect(await row.locator('[data-mark="PAY"]').first().getAttribute('data-colour')).toBe('violet');
  await one(page, 'save-rules').click();
  await expect.poll(() => one(page, 'save-rules').isDisabled()).toBe(true);
  expect(await one(page, 'rule').count()).toBe(13);
  expect(await row.innerText()).toContain('payroll');
});

it('a rule moves by its buttons and by Alt with an arrow, and the keyboard goes along', async () => {
  const page = await open(RULES);
  expect(await firstRules(page)).toEqual(['prod', 'stg', 'test']);
  await one(page, 'rule-down').first().click();
  await expect.poll(() => firstRules(page)).toEqual(['stg', 'prod', 'test']);
  await page.keyboard.press('Alt+ArrowDown');
  await expect.poll(() => firstRules(page)).toEqual(['stg', 'test', 'prod']);
  await page.keyboard.press('Alt+ArrowUp');
  await page.keyboard.press('Alt+ArrowUp');
  await expect.poll(() => firstRules(page)).toEqual(['prod', 'stg', 'test']);
  // At the top the button is out of use, and what opens the row has the keyboard.
  expect(await page.locator('[data-testid="rule"]').first().locator(':focus').count()).toBe(1);
  expect(await one(page, 'save-rules').isDisabled()).toBe(true);
});

it('a rule is edited in place, and the foot lies over nothing that the keyboard comes to', async () => {
  const page = await open(RULES, { viewport: { width: 820, height: 520 } });
  await one(page, 'edit-rule').nth(8).focus();
  await page.keyboard.press('Enter');
  await page.fill('[name="pattern"]', 'qa, quality');
  expect(await page.evaluate(lostControls)).toEqual([]);
  await page.keyboard.press('Escape');
  await one(page, 'rule-fields').waitFor({ state: 'detached' });
  expect(await one(page, 'rule').nth(8).innerText()).toContain('qa, quality');
  expect(await one(page, 'save-rules').isEnabled()).toBe(true);
});

it('a rule is removed, and the keyboard is at the one that took its place', async () => {
  const page = await open(RULES);
  await one(page, 'remove-rule').nth(1).focus();
  await page.keyboard.press('Enter');
  await expect.poll(() => firstRules(page)).toEqual(['prod', 'test', 'dev']);
  expect(await one(page, 'rule').nth(1).locator(':focus').getAttribute('data-testid')).toBe('edit-rule');
});

it('what was changed is asked about before it is given up, and then the rules are as before', async () => {
  const page = await open(RULES);
  await one(page, 'remove-rule').first().click();
  await page.keyboard.press('Escape');
  await one(page, 'discard').click();
  await one(page, 'rules').waitFor({ state: 'detached' });
  await one(page, 'settings-button').click();
  await one(page, 'rules-button').click();
  await expect.poll(() => firstRules(page)).toEqual(['prod', 'stg', 'test']);
  expect(await one(page, 'save-rules').isDisabled()).toBe(true);
});

it('an empty pattern is refused at its field, which has the keyboard', async () => {
  const page = await open(RULES);
  await one(page, 'add-rule').click();
  await page.fill('[name="word"]', 'PAY');
  await one(page, 'save-rules').click();
  await one(page, 'problem-pattern').waitFor();
  expect(await focused(page)).toBe('pattern');
  expect(await texts(page, 'problem-pattern')).toEqual(['This must not be empty.']);
});
