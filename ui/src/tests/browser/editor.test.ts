// A profile's editor, and what was typed in it before one looked elsewhere.
import { expect, it } from 'vitest';
import { one, open } from './page';

it('what was typed about a profile is kept while one looks elsewhere, and gone once it was given up', async () => {
  const page = await open('profiles=7&surface=profile-editor&profile=p-stg&theme=light&language=en');
  const name = page.locator('[name="name"]');
  const leaveAndReturn = async (): Promise<void> => {
    await page.locator('[data-profile-name="acme staging"][role="treeitem"]').click();
    await page.locator('[data-profile-name="acme staging"][role="treeitem"]').hover();
    await one(page, 'profile-list').focus();
    await page.keyboard.press('F2');
    await name.waitFor();
  };
  await name.fill('acme stage');
  await leaveAndReturn();
  expect(await name.inputValue()).toBe('acme stage');
  await page.keyboard.press('Escape');
  await one(page, 'discard').click();
  await leaveAndReturn();
  expect(await name.inputValue()).toBe('acme staging');
});
