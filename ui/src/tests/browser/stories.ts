// What is looked at: each view once, with what brings it about. Not how it is judged (story.ts).
import type { Page } from 'playwright-core';
import { one } from './page';

export interface Story {
  name: string;
  /** As in the address. */
  scene: string;
  act?: (page: Page) => Promise<unknown>;
  /** Its panes are as narrow as Rust lets them be, so that no smaller window has them. */
  isNarrow?: true;
}

async function openMenu(page: Page): Promise<void> {
  await page.hover('[data-profile-name="acme production"]');
  await page.click('[data-profile-name="acme production"] [data-testid="profile-menu"]');
  await page.getByRole('menu').waitFor();
}

async function openServices(page: Page): Promise<void> {
  await openMenu(page);
  await one(page, 'menu-open-at').click();
  await one(page, 'menu-service-s3').waitFor();
}

async function failToSave(page: Page): Promise<void> {
  await page.fill('[name="name"]', 'acme production');
  await one(page, 'mark-STG').click();
  await one(page, 'save-profile').click();
  await one(page, 'problem-name').waitFor();
}

async function testAndGuard(page: Page): Promise<void> {
  await one(page, 'test-profile').click();
  await page.locator('[data-testid="test-result"][data-state="passed"]').waitFor();
  await page.locator('[data-testid="guards"] [type="radio"]').nth(1).check();
  await one(page, 'guards').scrollIntoViewIfNeeded();
}

async function becomeOther(page: Page): Promise<void> {
  await page.locator('[name="roleArn"]').fill('arn:aws:iam::111122223333:role/Reader');
  await page.locator('footer').getByText('acme production').waitFor();
}

async function failTheName(page: Page): Promise<void> {
  await one(page, 'confirm-name').fill('acme staging');
  await one(page, 'confirm-open').click();
  await page.getByTestId('held').getByRole('alert').waitFor();
}

async function failRule(page: Page): Promise<void> {
  await one(page, 'add-rule').click();
  await page.selectOption('[name="look"]', 'violet');
  await page.check('[name="cover"]');
  await one(page, 'save-rules').click();
  await one(page, 'problem-pattern').waitFor();
}

async function failBookmark(page: Page): Promise<void> {
  await page.locator('[data-id="b1"] [data-testid="edit-bookmark"]').click();
  await page.fill('[name="name"]', '');
  await one(page, 'save-bookmark').click();
  await one(page, 'problem-name').waitFor();
}

/** The active tab, held over the right edge of the upper right pane. */
async function dragTab(page: Page): Promise<void> {
  const tab = await page.locator('[data-testid="tab"][aria-selected="true"]').boundingBox();
  const area = await one(page, 'panes').boundingBox();
  if (!tab || !area) throw new Error('nothing to drag');
  await page.mouse.move(tab.x + 20, tab.y + 10);
  await page.mouse.down();
  await page.mouse.move(tab.x + 60, tab.y + 60);
  await page.mouse.move(area.x + area.width - 60, area.y + area.height * 0.3);
  await one(page, 'drop-zones').waitFor();
}

async function openTabMenu(page: Page): Promise<void> {
  await one(page, 'tab').nth(1).click({ button: 'right' });
  await page.getByRole('menu').waitFor();
}

/** To the least width that Rust allows. */
async function narrowest(page: Page): Promise<void> {
  await one(page, 'divider').first().focus();
  for (let step = 0; step < 11; step += 1) await page.keyboard.press('ArrowLeft');
}

async function recordKeys(page: Page): Promise<void> {
  await page.locator('[data-action="downloads"] [data-testid="change-keys"]').click();
  await page.keyboard.press('Control+Shift+F');
  await page.locator('[data-action="reload"] [data-testid="change-keys"]').click();
  await page.keyboard.press('Control+t');
  await one(page, 'keys-problem').waitFor();
}

async function openSeed(page: Page): Promise<void> {
  await page.locator('[data-testid="mfa-seed"] summary').click();
  await page.fill('[name="totpSeed"]', 'nonsense');
  await one(page, 'keep-seed').click();
  await one(page, 'problem-totpSeed').waitFor();
}

async function failPicture(page: Page): Promise<void> {
  await page.locator('[data-testid="mfa-seed"] summary').click();
  const picture = { name: 'code.png', mimeType: 'image/png', buffer: Buffer.from('nonsense') };
  await page.setInputFiles('[name="totpPicture"]', picture);
  await one(page, 'problem-totpSeed').waitFor();
}

async function addPartition(page: Page): Promise<void> {
  await one(page, 'add-partition').click();
  await page.locator('[data-testid="partition-more"] summary').click();
  await page.fill('[name="sso"]', 'http://sso.example.com');
  await one(page, 'save-partition').click();
  await one(page, 'problem-sso').waitFor();
}

const choose = (source: string) => (page: Page) => page.check(`[name="source"][value="${source}"]`);

async function chooseConfigProfile(page: Page): Promise<void> {
  await choose('config-profile')(page);
  await page.selectOption('[name="configProfile"]', 'acme-prod');
}

async function moveKeys(page: Page): Promise<void> {
  await one(page, 'move-keys').check();
  await one(page, 'import-now').click();
  await one(page, 'lines-to-delete').waitFor();
}

async function failPortal(page: Page): Promise<void> {
  await page.fill('[name="startUrl"]', 'acme');
  await one(page, 'list').click();
  await one(page, 'problem-startUrl').waitFor();
}

async function addAssigned(page: Page): Promise<void> {
  await one(page, 'portal-filter').fill('client-01 admin');
  await one(page, 'tick-shown').check();
  await one(page, 'add-assigned').click();
  await one(page, 'added').waitFor();
}

async function openForget(page: Page): Promise<void> {
  await openMenu(page);
  await one(page, 'menu-forget').click();
  await one(page, 'menu-forget-now').waitFor();
}

/** The menu of one that is done, whose row has a button for each way that is near. */
async function openDownloadMenu(page: Page): Promise<void> {
  await page
    .locator('[data-testid="download"][data-state="done"] [data-testid="download-menu"]')
    .first()
    .click();
  await page.getByRole('menu').waitFor();
}

async function failToFindDownload(page: Page): Promise<void> {
  await one(page, 'downloads-filter').fill('zzz');
  await one(page, 'no-downloads').waitFor();
}

/** The first upload that found another object, which can be replaced. */
async function openUploadMenu(page: Page): Promise<void> {
  await page.locator('[data-name="report.csv"] [data-testid="download-menu"]').click();
  await page.getByRole('menu').waitFor();
}

async function failLimit(page: Page): Promise<void> {
  await page.fill('[name="limitMegabytes"]', '5000');
  await page.keyboard.press('Enter');
  await one(page, 'problem-limit').waitFor();
  await showSetting('downloads-limit')(page);
}

const showSetting = (setting: string) => (page: Page) =>
  page.locator(`[data-setting="${setting}"]`).scrollIntoViewIfNeeded();
const showFolder = (page: Page) => one(page, 'download-folder').scrollIntoViewIfNeeded();

const filter = (words: string) => (page: Page) => one(page, 'filter').fill(words);

export const stories: Story[] = [
  { name: 'the first run', scene: 'profiles=0&tabs=none' },
  { name: 'the first run with profiles in the AWS config', scene: 'profiles=0&tabs=none&found' },
  { name: 'one profile', scene: 'profiles=1&tabs=none' },
  { name: 'seven profiles with notices and downloads', scene: 'profiles=7&downloads&notices' },
  { name: 'three hundred profiles', scene: 'profiles=300' },
  { name: 'a filter that nothing fits', scene: 'profiles=7', act: filter('zzz') },
  { name: 'profiles that cannot be changed', scene: 'profiles=7&read-only-book' },
  ...['loading', 'signing-in', 'asleep', 'expired', 'crashed', 'failed'].map((state) => ({
    name: `a tab that is ${state}`,
    scene: `active=${state}`,
  })),
  { name: 'two panes, linked and read-only', scene: 'panes=two&linked&read-only' },
  { name: 'a page of S3', scene: 's3&downloads=s3' },
  { name: 'read-only pages of S3 side by side', scene: 'panes=two&s3&read-only' },
  { name: 'three panes', scene: 'panes=three' },
  { name: 'an empty pane', scene: 'panes=empty' },
  { name: 'a narrow pane', scene: 'panes=two&linked&read-only', act: narrowest, isNarrow: true },
  { name: 'a tab that is dragged', scene: 'panes=three', act: dragTab },
  { name: 'the menu of a tab', scene: 'panes=three', act: openTabMenu },
  { name: 'the menu of a profile', scene: 'strict', act: openMenu },
  { name: 'the services of a profile', scene: 'profiles=7', act: openServices },
  { name: 'what forgetting browser data means', scene: 'profiles=7', act: openForget },
  { name: 'what a page lost', scene: 'panes=two&losses=5&read-only' },
  { name: 'notices of links', scene: 'link-notices' },
  { name: 'a wrong name', scene: 'held=name&strict', act: failTheName },
  { name: 'a tab that asks for a word', scene: 'held=confirmation&panes=two&read-only' },
  { name: 'a covered tab', scene: 'covered&strict' },
  { name: 'a shared screen', scene: 'panes=two&screen-share&downloads' },
  { name: 'the switcher', scene: 'panes=two&drawer=switcher&query=acme' },
  { name: 'the switcher with nothing found', scene: 'panes=two&drawer=switcher&query=zzz' },
  { name: 'the switcher for this page', scene: 'panes=two&drawer=page-in' },
  { name: 'find in page', scene: 'panes=two&drawer=find&query=queue' },
  { name: 'saved layouts', scene: 'panes=two&drawer=layouts&layouts' },
  { name: 'no saved layouts', scene: 'panes=two&drawer=layouts' },
  { name: 'a code that is asked for', scene: 'panes=two&mfa=first' },
  { name: 'a code that was used before', scene: 'panes=two&mfa=reused', act: openSeed },
  { name: 'a code that came too late', scene: 'panes=two&mfa=late', act: failPicture },
  { name: 'sessions', scene: 'surface=sessions' },
  { name: 'no sessions', scene: 'surface=sessions&profiles=0&tabs=none' },
  { name: 'an import', scene: 'surface=import&importing=12' },
  { name: 'what an import did', scene: 'surface=import&importing=7', act: moveKeys },
  { name: 'nothing to import', scene: 'surface=import' },
  { name: 'a portal that is refused', scene: 'surface=identity-center', act: failPortal },
  ...['asking', 'signing-in', 'device', 'counting', 'listing', 'failed'].map((state) => ({
    name: `a portal that is ${state}`,
    scene: `surface=identity-center&portal=${state}`,
  })),
  { name: 'what a portal assigns', scene: 'surface=identity-center&portal=listed' },
  { name: 'what was added of a portal', scene: 'surface=identity-center&portal=listed', act: addAssigned },
  { name: 'a portal without accounts', scene: 'surface=identity-center&portal=listed&assigned=0' },
  { name: 'downloads', scene: 'surface=downloads&downloads' },
  { name: 'copies from S3 and to it', scene: 'surface=downloads&downloads=s3' },
  {
    name: 'an upload that found another object',
    scene: 'surface=downloads&downloads=s3',
    act: openUploadMenu,
  },
  { name: 'no downloads', scene: 'surface=downloads&tabs=none' },
  { name: 'ten thousand downloads', scene: 'surface=downloads&downloads=10000' },
  { name: 'the menu of a download', scene: 'surface=downloads&downloads', act: openDownloadMenu },
  { name: 'no download that fits', scene: 'surface=downloads&downloads', act: failToFindDownload },
  { name: 'partitions', scene: 'surface=partitions' },
  { name: 'a partition that is refused', scene: 'surface=partitions', act: addPartition },
  { name: 'a locked window', scene: 'panes=two&lock=idle' },
  { name: 'a locked window that waits', scene: 'lock=sleep&unlocking=waiting' },
  { name: 'a window that stays locked', scene: 'lock=asked&unlocking=refused' },
  { name: 'settings', scene: 'surface=settings' },
  { name: 'a desktop without a tray', scene: 'surface=settings&no-tray', act: showSetting('tray') },
  {
    name: 'where downloads go',
    scene: 'surface=settings&limit=2500000',
    act: showSetting('downloads-limit'),
  },
  { name: 'a limit that is refused', scene: 'surface=settings', act: failLimit },
  { name: 'keys that are changed', scene: 'surface=shortcuts', act: recordKeys },
  { name: 'rules', scene: 'surface=rules' },
  { name: 'bookmarks', scene: 'surface=bookmarks' },
  { name: 'no bookmarks', scene: 'surface=bookmarks&no-bookmarks' },
  { name: 'a bookmark that is refused', scene: 'surface=bookmarks', act: failBookmark },
  { name: 'a rule that is refused', scene: 'surface=rules', act: failRule },
  { name: 'a profile that is refused', scene: 'surface=profile-editor', act: failToSave },
  { name: 'a role through another profile', scene: 'surface=profile-editor&profile=p-gtest' },
  {
    name: 'a permission set',
    scene: 'surface=profile-editor',
    act: choose('identity-center'),
  },
  { name: 'an AWS config profile', scene: 'surface=profile-editor', act: chooseConfigProfile },
  { name: 'a sign-in page', scene: 'surface=profile-editor', act: choose('page') },
  {
    name: 'a tested profile and its guards',
    scene: 'surface=profile-editor&profile=p-prod',
    act: testAndGuard,
  },
  {
    name: 'a profile that leaves its session',
    scene: 'surface=profile-editor&profile=p-prod',
    act: becomeOther,
  },
  {
    name: 'a profile with a folder for downloads',
    scene: 'surface=profile-editor&profile=p-stg',
    act: showFolder,
  },
];
