// What is looked at: each view once in full, and the ways it changes with size, theme and language.

const wide = { width: 2560, height: 1440 };
const small = { width: 900, height: 600 };

const states = ['live', 'loading', 'signing-in', 'asleep', 'expired', 'crashed', 'failed'];
const surfaces = ['downloads', 'partitions', 'shortcuts', 'settings', 'profile-editor', 'rules'];

async function openMenu(page) {
  await page.hover('[data-profile-name="acme production"]');
  await page.click('[data-profile-name="acme production"] [data-testid="profile-menu"]');
  await page.waitForSelector('[role="menu"]');
}

async function openServices(page) {
  await openMenu(page);
  await page.click('[data-testid="menu-open-at"]');
  await page.waitForSelector('[data-testid="menu-service-s3"]');
}

async function failToSave(page) {
  await page.fill('[name="name"]', 'acme production');
  await page.click('[data-testid="mark-STG"]');
  await page.click('[data-testid="save-profile"]');
  await page.waitForSelector('[data-testid="problem-name"]');
}

async function failTheName(page) {
  await page.fill('[data-testid="confirm-name"]', 'acme staging');
  await page.click('[data-testid="confirm-open"]');
  await page.waitForSelector('[role="alert"]');
}

async function editRule(page) {
  await page.locator('[data-testid="edit-rule"]').first().click();
  await page.waitForSelector('[data-testid="rule-fields"]');
}

async function failRule(page) {
  await page.click('[data-testid="add-rule"]');
  await page.selectOption('[name="look"]', 'violet');
  await page.check('[name="cover"]');
  await page.click('[data-testid="save-rules"]');
  await page.waitForSelector('[data-testid="problem-pattern"]');
}

async function showGuards(page) {
  await page.locator('[data-testid="guards"] [type="radio"]').nth(1).check();
  await page.locator('[data-testid="guards"]').scrollIntoViewIfNeeded();
}

async function test(page) {
  await page.click('[data-testid="test-profile"]');
  await page.waitForSelector('[data-testid="test-result"][data-state="passed"]');
}

/** The active tab, held over the right edge of the upper right pane. */
async function dragTab(page) {
  const tab = await page.locator('[data-testid="tab"][aria-selected="true"]').boundingBox();
  const area = await page.locator('[data-testid="panes"]').boundingBox();
  await page.mouse.move(tab.x + 20, tab.y + 10);
  await page.mouse.down();
  await page.mouse.move(tab.x + 60, tab.y + 60);
  await page.mouse.move(area.x + area.width - 60, area.y + area.height * 0.3);
}

async function openTabMenu(page) {
  await page.locator('[data-testid="tab"]').nth(1).click({ button: 'right' });
  await page.waitForSelector('[role="menu"]');
}

async function focusDivider(page) {
  await page.locator('[data-testid="divider"]').first().focus();
  await page.keyboard.press('Shift+ArrowLeft');
  await page.keyboard.press('ArrowRight');
}

/** To the least width that Rust allows. */
async function narrowest(page) {
  await page.locator('[data-testid="divider"]').first().focus();
  for (let step = 0; step < 11; step += 1) await page.keyboard.press('ArrowLeft');
}

/** As for a user whose system has letters of twice the size. */
function twiceTheText(page) {
  return page.addInitScript(() => {
    document.addEventListener('DOMContentLoaded', () => {
      document.documentElement.style.fontSize = '26px';
    });
  });
}

async function typeInSwitcher(page) {
  await page.click('[data-testid="switcher-button"]');
  await page.fill('[data-testid="switcher-field"]', 'acme prod s3');
  await page.keyboard.press('ArrowDown');
}

async function recordKeys(page) {
  await page.locator('[data-action="downloads"] [data-testid="change-keys"]').click();
  await page.keyboard.press('Control+Shift+F');
  await page.locator('[data-action="reload"] [data-testid="change-keys"]').click();
  await page.keyboard.press('Control+t');
  await page.waitForSelector('[data-testid="keys-problem"]');
}

export const shots = [
  { name: 'first-run', query: 'profiles=0&tabs=none&theme=light' },
  { name: 'first-run-dark-ja', query: 'profiles=0&tabs=none&theme=dark&language=ja' },
  { name: 'one-profile', query: 'profiles=1&tabs=none&theme=light' },
  ...['light', 'dark'].flatMap((theme) =>
    ['en', 'ja'].map((language) => ({
      name: `seven-${theme}-${language}`,
      query: `profiles=7&downloads&notices&theme=${theme}&language=${language}`,
    })),
  ),
  { name: 'seven-staging', query: 'profiles=7&theme=light&active=signing-in' },
  { name: 'seven-wide', query: 'profiles=7&downloads&theme=light', viewport: wide },
  { name: 'seven-small', query: 'profiles=7&notices&theme=dark', viewport: small },
  { name: 'three-hundred', query: 'profiles=300&theme=light' },
  { name: 'three-hundred-wide-dark', query: 'profiles=300&theme=dark', viewport: wide },
  {
    name: 'ten-thousand',
    query: 'profiles=10000&tabs=none&theme=light',
    act: async (page) => {
      await page.focus('[data-testid="profile-list"]');
      await page.keyboard.press('End');
    },
  },
  {
    name: 'filtered',
    query: 'profiles=300&theme=light',
    act: (page) => page.fill('[data-testid="filter"]', 'client 07 prod'),
  },
  ...states.map((state) => ({ name: `state-${state}`, query: `profiles=7&theme=light&active=${state}` })),
  ...['light', 'dark'].flatMap((theme) =>
    ['en', 'ja'].flatMap((language) =>
      ['two', 'three'].flatMap((panes) => {
        const query = `profiles=7&panes=${panes}&theme=${theme}&language=${language}`;
        const name = `panes-${panes}-${theme}-${language}`;
        return [
          { name, query },
          { name: `${name}-wide`, query, viewport: wide },
        ];
      }),
    ),
  ),
  { name: 'panes-linked-read-only', query: 'panes=two&linked&read-only&theme=light' },
  { name: 'panes-linked-read-only-dark-ja', query: 'panes=three&linked&read-only&theme=dark&language=ja' },
  { name: 'panes-empty', query: 'panes=empty&theme=light' },
  { name: 'panes-empty-dark-ja', query: 'panes=empty&theme=dark&language=ja' },
  { name: 'panes-narrowest', query: 'panes=two&linked&read-only&theme=light', act: narrowest },
  { name: 'panes-small', query: 'panes=two&theme=dark', viewport: small },
  { name: 'panes-divider', query: 'panes=two&theme=light', act: focusDivider },
  { name: 'panes-drag', query: 'panes=two&theme=light', act: dragTab },
  { name: 'panes-drag-dark-ja', query: 'panes=three&theme=dark&language=ja', act: dragTab },
  { name: 'panes-tab-menu', query: 'panes=two&theme=light', act: openTabMenu },
  { name: 'panes-tab-menu-dark-ja', query: 'panes=three&theme=dark&language=ja', act: openTabMenu },
  { name: 'panes-text-200', query: 'panes=two&theme=light', prepare: twiceTheText },
  { name: 'panes-forced-colours', query: 'panes=two&linked&read-only', context: { forcedColors: 'active' } },
  ...surfaces.flatMap((surface) => [
    { name: surface, query: `surface=${surface}&downloads&theme=light` },
    { name: `${surface}-dark-ja`, query: `surface=${surface}&downloads&theme=dark&language=ja` },
  ]),
  ...[
    { suffix: 'en', look: 'theme=light&language=en' },
    { suffix: 'dark-ja', look: 'theme=dark&language=ja' },
  ].flatMap(({ suffix, look }) =>
    [
      { name: 'switcher', query: 'panes=two&drawer=switcher&query=acme' },
      { name: 'switcher-empty', query: 'panes=two&drawer=switcher&query=zzz' },
      { name: 'switcher-page-in', query: 'panes=two&drawer=page-in' },
      { name: 'find', query: 'panes=two&drawer=find&query=queue' },
      { name: 'layouts', query: 'panes=two&drawer=layouts&layouts' },
      { name: 'keys', query: 'surface=shortcuts', act: recordKeys },
      { name: 'settings-all', query: 'surface=settings' },
    ].flatMap(({ name, query, act }) => [
      { name: `${name}-${suffix}`, query: `${query}&${look}`, act },
      { name: `${name}-${suffix}-wide`, query: `${query}&${look}`, act, viewport: wide },
    ]),
  ),
  { name: 'switcher-typed', query: 'panes=one&theme=light', act: typeInSwitcher },
  { name: 'switcher-many', query: 'profiles=10000&tabs=none&drawer=switcher&query=client&theme=light' },
  { name: 'switcher-small', query: 'panes=two&drawer=switcher&query=acme&theme=dark', viewport: small },
  { name: 'switcher-text-200', query: 'drawer=switcher&query=acme&theme=light', prepare: twiceTheText },
  { name: 'switcher-forced-colours', query: 'drawer=switcher&query=a', context: { forcedColors: 'active' } },
  { name: 'text-200', query: 'profiles=7&theme=light', prepare: twiceTheText },
  { name: 'text-200-menu', query: 'profiles=7&theme=light', prepare: twiceTheText, act: openMenu },
  { name: 'forced-colours', query: 'profiles=7&notices', context: { forcedColors: 'active' } },
  { name: 'downloads-none', query: 'surface=downloads&theme=light&tabs=none' },
  { name: 'editor-failed', query: 'surface=profile-editor&theme=light', act: failToSave },
  { name: 'editor-tested', query: 'surface=profile-editor&profile=p-prod&theme=dark', act: test },
  { name: 'menu', query: 'profiles=7&theme=light', act: openMenu },
  { name: 'menu-services-dark', query: 'profiles=7&theme=dark', act: openServices },
  // What keeps production from being mistaken.
  ...[
    ['held-name', 'held=name&strict'],
    ['held-confirmation', 'held=confirmation'],
    ['covered', 'covered&strict'],
    ['screen-share', 'panes=two&screen-share'],
    ['losses', 'panes=two&losses=5&read-only'],
  ].flatMap(([name, query]) => [
    { name: `guard-${name}`, query: `${query}&theme=light` },
    { name: `guard-${name}-dark-ja`, query: `${query}&theme=dark&language=ja` },
  ]),
  { name: 'guard-held-wide', query: 'held=name&strict&panes=two&theme=light', viewport: wide },
  { name: 'guard-held-small', query: 'held=name&strict&panes=two&theme=dark', viewport: small },
  { name: 'guard-held-wrong', query: 'held=name&strict&theme=light', act: failTheName },
  { name: 'guard-held-read-only', query: 'held=confirmation&read-only&theme=dark' },
  { name: 'guard-held-text-200', query: 'held=name&strict&theme=light', prepare: twiceTheText },
  { name: 'guard-read-only', query: 'read-only&theme=light' },
  { name: 'guard-read-only-wide-dark', query: 'panes=two&read-only&theme=dark', viewport: wide },
  { name: 'guard-screen-share-wide', query: 'panes=two&screen-share&theme=dark', viewport: wide },
  {
    name: 'guard-forced-colours',
    query: 'held=name&strict&screen-share',
    context: { forcedColors: 'active' },
  },
  { name: 'guard-notices', query: 'link-notices&theme=light' },
  { name: 'guard-notices-dark-ja', query: 'link-notices&theme=dark&language=ja' },
  { name: 'guard-menu', query: 'strict&theme=light', act: openMenu },
  { name: 'rules-wide', query: 'surface=rules&theme=light', viewport: wide },
  { name: 'rules-small', query: 'surface=rules&theme=dark', viewport: small },
  { name: 'rules-edit', query: 'surface=rules&theme=light', act: editRule },
  { name: 'rules-edit-dark-ja', query: 'surface=rules&theme=dark&language=ja', act: editRule },
  { name: 'rules-failed', query: 'surface=rules&theme=light', act: failRule },
  { name: 'editor-guards', query: 'surface=profile-editor&profile=p-prod&theme=light', act: showGuards },
  {
    name: 'editor-guards-dark-ja',
    query: 'surface=profile-editor&profile=p-prod&theme=dark&language=ja',
    act: showGuards,
  },
];
