// The app's own pages: editor, partitions, settings, shortcuts.
import { tick } from 'svelte';
import { beforeEach, describe, expect, it } from 'vitest';
import { errorOf } from '../fake/activity';
import { forgetDraft, keptDraft } from '../lib/drafts';
import { pressedChord } from '../lib/shortcuts';
import { listen, wordsOf } from './heard';
import { openWindow } from './window';

const NEW = { page: 'profile-editor', profile: null } as const;
const PROD = { page: 'profile-editor', profile: 'p-prod' } as const;
const SECRET = 'not-a-real-secret';

// Drafts outlive the window on purpose; a test starts without.
beforeEach(() => [null, 'p-prod'].forEach(forgetDraft));

describe('the profile editor', () => {
  it('saves what was typed, then returns to the console', async () => {
    const { user, input, one, asked } = await openWindow({ surface: NEW });
    await user.type(input('name'), 'initech production');
    await user.type(input('group'), 'Initech');
    await user.click(one('mark-PROD'));
    expect(one('mark-preview').textContent).toContain('PROD');
    await user.type(input('accessKeyId'), 'AKIAIOSFODNN7EXAMPLE');
    await user.type(input('secretAccessKey'), SECRET);
    await user.type(input('roleArn'), 'arn:aws:iam::111122223333:role/Admin');
    await user.selectOptions(input('durationSeconds'), '1 h');
    await user.click(one('save-profile'));
    expect(asked('save-profile')).toMatchObject([
      {
        draft: {
          id: null,
          name: 'initech production',
          group: 'Initech',
          mark: 'PROD',
          partition: 'aws',
          region: 'us-east-1',
          secretAccessKey: SECRET,
          durationSeconds: 3600,
        },
      },
    ]);
    expect(asked('show').at(-1)?.surface).toEqual({ page: 'console' });
  });

  it('shows what is wrong at the field, and puts the focus there', async () => {
    const { user, input, one } = await openWindow({ surface: NEW });
    await user.type(input('name'), 'acme production');
    await user.click(one('save-profile'));
    expect(one('problem-name').textContent).toContain('has this name already');
    expect(input('name').getAttribute('aria-invalid')).toBe('true');
    expect(input('name').getAttribute('aria-describedby')).toContain('name-problem');
    expect(document.activeElement).toBe(input('name'));
    await user.type(input('name'), ' 2');
    await user.click(one('save-profile'));
    expect(one('problem-accessKeyId').textContent).toContain('AKIAIOSFODNN7EXAMPLE');
  });

  it('shows an error that belongs to no field above the form, and keeps what was typed', async () => {
    const { user, input, one, backend } = await openWindow({ surface: NEW });
    await user.type(input('name'), 'x');
    backend.refuseNext = errorOf('keychain-locked');
    await user.click(one('save-profile'));
    expect(one('profile-editor').textContent).toContain('The keychain is locked');
    expect(input('name').value).toBe('x');
  });

  it('never fills in a secret, and sends none where none was typed', async () => {
    const { user, input, one, asked } = await openWindow({ surface: PROD });
    expect(input('secretAccessKey').value).toBe('');
    expect(input('secretAccessKey').type).toBe('password');
    expect(one('profile-editor').textContent).toContain('Leave empty to keep the one in the keychain');
    await user.type(input('group'), ' Corp');
    await user.keyboard('{Control>}{Enter}{/Control}');
    expect(asked('save-profile')[0]?.draft).toMatchObject({ id: 'p-prod', secretAccessKey: null });
  });

  it('keeps no secret once it was saved', async () => {
    const { user, input, one, asked } = await openWindow({ surface: PROD });
    await user.type(input('secretAccessKey'), SECRET);
    await user.click(one('test-profile'));
    expect(asked('save-profile')[0]?.draft.secretAccessKey).toBe(SECRET);
    expect(asked('test-profile')).toEqual([{ ask: 'test-profile', profile: 'p-prod' }]);
    expect(input('secretAccessKey').value).toBe('');
    expect(document.body.innerHTML).not.toContain(SECRET);
    expect(one('test-result').textContent).toContain('111122223333 as role/Admin, session up to 12 h');
  });

  it('keeps a draft while the user looks elsewhere, but not its secret', async () => {
    const { user, input, backend } = await openWindow({ surface: NEW });
    await user.type(input('name'), 'half done');
    await user.type(input('secretAccessKey'), SECRET);
    backend.change({ layout: { ...backend.view.layout, surface: { page: 'console' } } });
    await tick();
    expect(JSON.stringify(keptDraft(null))).not.toContain(SECRET);
    backend.change({ layout: { ...backend.view.layout, surface: NEW } });
    await tick();
    expect(input('name').value).toBe('half done');
    expect(input('secretAccessKey').value).toBe('');
  });

  it('tests a new profile after saving it, under the id that it was given', async () => {
    const { user, input, one, asked } = await openWindow({ surface: NEW });
    await user.clear(input('name'));
    await user.type(input('name'), 'brand new');
    await user.type(input('accessKeyId'), 'AKIAIOSFODNN7EXAMPLE');
    await user.click(one('test-profile'));
    await tick();
    expect(asked('test-profile')).toHaveLength(1);
    const surface = asked('show').at(-1)?.surface;
    expect(surface).toEqual({ page: 'profile-editor', profile: asked('test-profile')[0]?.profile });
  });

  it('closes on Escape at once if nothing changed, and asks otherwise', async () => {
    const { user, input, one, all, asked } = await openWindow({ surface: PROD });
    await user.type(input('name'), '!');
    await user.keyboard('{Escape}');
    expect(asked('show')).toHaveLength(0);
    await user.click(one('keep-editing'));
    expect(all('discard')).toHaveLength(0);
    await user.type(input('name'), '{Backspace}');
    await user.keyboard('{Escape}');
    expect(asked('show').at(-1)?.surface).toEqual({ page: 'console' });
  });

  it('asks for a session policy without a role, for an external id with one', async () => {
    const { user, input, one } = await openWindow({ surface: PROD });
    expect(document.querySelector('[name="sessionPolicyArn"]')).toBeNull();
    await user.clear(input('roleArn'));
    expect(input('sessionPolicyArn')).toBeTruthy();
    expect(one('profile-editor').textContent).toContain('what the user may do');
    expect(document.querySelector('[name="externalId"]')).toBeNull();
  });

  it('offers the regions of the chosen partition', async () => {
    const { user, input } = await openWindow({ surface: NEW });
    await user.selectOptions(input('partition'), 'aws-cn');
    expect(input('region').value).toBe('cn-north-1');
  });
});

describe("a profile's folder for downloads", () => {
  it('is chosen, shown, said, and given up, at once and without saving', async () => {
    const { user, one, all, asked } = await openWindow({ surface: PROD });
    expect(one('download-folder').textContent).toContain('As in settings');
    expect(all('forget-folder')).toHaveLength(0);
    const heard = listen();
    await user.click(one('choose-folder'));
    expect(asked('choose-download-folder')).toEqual([{ ask: 'choose-download-folder', profile: 'p-prod' }]);
    expect(heard()).toEqual(['/home/kim/Clients/p-prod']);
    await user.click(one('forget-folder'));
    expect(asked('forget-download-folder')).toEqual([{ ask: 'forget-download-folder', profile: 'p-prod' }]);
    expect(heard()).toEqual(['As in settings']);
    expect(document.activeElement).toBe(one('choose-folder'));
    expect(asked('save-profile')).toHaveLength(0);
    await user.keyboard('{Escape}');
    expect(asked('show').at(-1)?.surface).toEqual({ page: 'console' });
  });

  it('can only be chosen for a profile that there is', async () => {
    const { all } = await openWindow({ surface: NEW });
    expect(all('download-folder')).toHaveLength(0);
  });
});

describe('partitions', () => {
  it('take an own one, with the address problem at its field', async () => {
    const { user, input, one, all, asked } = await openWindow({ surface: { page: 'partitions' } });
    await user.click(one('add-partition'));
    await user.type(input('name'), 'lab');
    await user.type(input('sts'), 'http://sts.example.com');
    await user.type(input('consoles'), 'https://a.example.com{Enter}https://b.example.com');
    await user.click(one('save-partition'));
    expect(one('problem-sts').textContent).toContain('Use https');
    await user.clear(input('sts'));
    await user.type(input('sts'), 'https://sts.example.com');
    await user.click(one('save-partition'));
    expect(asked('save-partition').at(-1)?.draft.consoles).toEqual([
      'https://a.example.com',
      'https://b.example.com',
    ]);
    expect(all('partition-form')).toHaveLength(0);
    expect(all('partition').map(({ dataset }) => dataset.name)).toContain('lab');
  });

  it('keep the addresses that few have, and show them where one is given', async () => {
    const { user, one, asked, input } = await openWindow({ surface: { page: 'partitions' } });
    await user.click(document.querySelector('[aria-label="Edit emulator"]') as Element);
    expect((one('partition-more') as HTMLDetailsElement).open).toBe(true);
    expect(input('iam').value).toBe('http://127.0.0.1:4566/');
    await user.type(input('ssoOidc'), 'https://oidc.example.com');
    await user.click(one('save-partition'));
    const draft = { iam: 'http://127.0.0.1:4566/', sso: '', ssoOidc: 'https://oidc.example.com' };
    expect(asked('save-partition').at(-1)?.draft).toMatchObject(draft);
    await user.click(document.querySelector('[aria-label="Edit emulator"]') as Element);
    await user.type(input('regions'), '{Enter}eu-west-1');
    await user.click(one('save-partition'));
    expect(asked('save-partition').at(-1)?.draft).toMatchObject(draft);
  });

  it('fold them away for a new one, until something is wrong with them', async () => {
    const { user, one, input, backend } = await openWindow({ surface: { page: 'partitions' } });
    await user.click(one('add-partition'));
    expect((one('partition-more') as HTMLDetailsElement).open).toBe(false);
    backend.refuseNext = { cause: { code: 'input', field: 'sso', problem: 'malformed' }, detail: null };
    await user.click(one('save-partition'));
    expect((one('partition-more') as HTMLDetailsElement).open).toBe(true);
    expect(one('problem-sso').textContent).toContain('https://sts.example.com');
    expect(document.activeElement).toBe(input('sso'));
  });

  it('say why one in use cannot be removed', async () => {
    const { user, one, backend } = await openWindow({ surface: { page: 'partitions' } });
    backend.refuseNext = { cause: { code: 'input', field: 'partition', problem: 'in-use' }, detail: null };
    await user.click(one('remove-partition'));
    expect(one('partitions').textContent).toContain('Profiles still use it');
  });
});

describe('settings and shortcuts', () => {
  it('change theme and language at once', async () => {
    const { user, one, input } = await openWindow({ surface: { page: 'settings' } });
    await user.click(document.querySelector('[name="theme"][value="dark"]') as Element);
    expect(document.documentElement.dataset.theme).toBe('dark');
    await user.click(document.querySelector('[name="language"][value="ja"]') as Element);
    expect(document.documentElement.lang).toBe('ja');
    expect(one('settings').textContent).toContain('テーマ');
    expect(input('theme')).toBeTruthy();
  });

  it("take a length of sleep of the user's own, or none", async () => {
    const { user, input, asked } = await openWindow({ surface: { page: 'settings' } });
    await user.click(document.querySelector('[name="sleepAfter"][value="never"]') as Element);
    expect(asked('set-sleep-after').at(-1)?.minutes).toBeNull();
    await user.type(input('sleepAfterMinutes'), '45{Tab}');
    expect(asked('set-sleep-after').at(-1)?.minutes).toBe(45);
    await user.clear(input('sleepAfterMinutes'));
    await user.type(input('sleepAfterMinutes'), '9999{Tab}');
    expect(asked('set-sleep-after').at(-1)?.minutes).toBe(1440);
  });

  it('have the app stay in the tray, and say where the desktop has none', async () => {
    const { user, asked, backend } = await openWindow({ surface: { page: 'settings' } });
    const note = (): string => wordsOf(document.querySelector('[data-setting="tray"]'));
    expect(note()).toContain('go on without the window');
    await user.click(document.querySelector('[name="tray"][value="stays"]') as Element);
    expect(asked('set-tray')).toEqual([{ ask: 'set-tray', tray: 'stays' }]);
    expect(backend.view.layout.tray).toBe('stays');
    backend.change({ layout: { ...backend.view.layout, lacksTray: true } });
    await tick();
    expect(note()).toContain('ends with its window');
  });

  it('finds a setting by its words, and leads to the other pages', async () => {
    const { user, one, all, asked } = await openWindow({ surface: { page: 'settings' } });
    const settings = (): (string | undefined)[] => all('setting').map(({ dataset }) => dataset.setting);
    expect(settings()).toContain('rules');
    for (const setting of all('setting')) expect(setting.querySelector('p')?.textContent).toMatch(/\.$/);
    await user.type(one('settings-filter'), 'sleep tab');
    expect(settings()).toEqual(['tray', 'sleep-after', 'sleep-others']);
    await user.click(one('sleep-others'));
    expect(asked('sleep-others')).toHaveLength(1);
    await user.type(one('settings-filter'), 'zzz');
    expect(one('no-setting').textContent).toContain('No setting fits');
    await user.keyboard('{Escape}');
    await user.click(one('rules-button'));
    expect(asked('show').at(-1)?.surface).toEqual({ page: 'rules' });
  });

  it('say where downloads go, and keep what was chosen before while the user is asked each time', async () => {
    const { user, one, asked } = await openWindow({ surface: { page: 'settings' } });
    const choice = (value: string): HTMLInputElement => {
      const found = document.querySelector<HTMLInputElement>(`[name="downloadsWhere"][value="${value}"]`);
      if (!found) throw new Error(`no choice ${value}`);
      return found;
    };
    expect(one('settings').textContent).toContain('/home/kim/Downloads');
    expect(choice('home').checked).toBe(true);
    await user.click(choice('by-profile'));
    await user.click(choice('ask'));
    expect(choice('ask').checked).toBe(true);
    await user.click(document.querySelector('[name="keepTime"]') as Element);
    await user.click(choice('home'));
    const sent = asked('set-download-places').map(({ byProfile, asks, keepTime }) => [
      byProfile,
      asks,
      keepTime,
    ]);
    expect(sent).toEqual([
      [true, false, false],
      [true, true, false],
      [true, true, true],
      [false, false, true],
    ]);
  });

  it('list the keys in the words of the platform, and close on Escape', async () => {
    const { user, one, asked, backend } = await openWindow({ surface: { page: 'shortcuts' } });
    expect(one('shortcuts').textContent).toContain('Ctrl');
    backend.change({ layout: { ...backend.view.layout, platform: 'macos' } });
    await tick();
    expect(one('shortcuts').textContent).not.toContain('Ctrl');
    expect(one('shortcuts').textContent).toContain('⌘');
    await user.keyboard('{Escape}');
    expect(asked('show').at(-1)?.surface).toEqual({ page: 'console' });
  });

  it('open on a question mark, but not where one is written', async () => {
    const { user, one, asked } = await openWindow();
    await user.click(one('filter'));
    await user.keyboard('?');
    expect(asked('show')).toHaveLength(0);
    (document.activeElement as HTMLElement).blur();
    await user.keyboard('?');
    expect(asked('show').at(-1)?.surface).toEqual({ page: 'shortcuts' });
  });
});

describe('the keys of an action', () => {
  const SHORTCUTS = { surface: { page: 'shortcuts' } } as const;
  const row = (id: string): HTMLElement => {
    const found = document.querySelector<HTMLElement>(`[data-action="${id}"]`);
    if (!found) throw new Error(`no action ${id}`);
    return found;
  };
  const press = async (id: string, testid: string): Promise<void> => {
    row(id).querySelector<HTMLElement>(`[data-testid="${testid}"]`)?.click();
    await tick();
  };

  it('are changed by pressing the new ones, and reset', async () => {
    const { user, asked, one } = await openWindow(SHORTCUTS);
    await press('find-in-page', 'change-keys');
    expect(document.activeElement).toBe(one('press-keys'));
    await user.keyboard('{Control>}{Shift>}f{/Shift}{/Control}');
    expect(asked('bind')).toEqual([{ ask: 'bind', action: 'find-in-page', keys: ['Ctrl+Shift+F'] }]);
    expect(row('find-in-page').textContent).toMatch(/Ctrl\+Shift\+F/);
    expect(document.activeElement).toBe(row('find-in-page').querySelector('[data-testid="change-keys"]'));
    await press('find-in-page', 'reset-keys');
    expect(asked('bind').at(-1)?.keys).toBeNull();
    expect(row('find-in-page').textContent).toContain('F3');
  });

  it('can be none', async () => {
    const { asked } = await openWindow(SHORTCUTS);
    await press('downloads', 'change-keys');
    await press('downloads', 'no-keys');
    expect(asked('bind').at(-1)).toEqual({ ask: 'bind', action: 'downloads', keys: [] });
    expect(row('downloads').textContent).toContain('No keys');
  });

  it.each([
    ['{Control>}w{/Control}', '“Close the tab” has these keys.'],
    ['{Control>}c{/Control}', 'Pages need this key.'],
    ['{Control>}é{/Control}', 'This key cannot be bound.'],
  ])('that are refused (%s) say why at their row', async (keys, words) => {
    const { user, one, asked } = await openWindow(SHORTCUTS);
    await press('downloads', 'change-keys');
    await user.keyboard(keys);
    expect(row('downloads').textContent).toContain(words);
    expect(document.activeElement).toBe(one('press-keys'));
    await user.keyboard('{Escape}');
    expect(asked('show')).toHaveLength(0);
    expect(row('downloads').textContent).not.toContain(words);
    expect(row('downloads').textContent).toContain('Ctrl');
  });

  it.each<[KeyboardEventInit, string | null]>([
    [{ key: '+', ctrlKey: true }, 'Ctrl++'],
    [{ key: '=', ctrlKey: true }, 'Ctrl++'],
    [{ key: 't', metaKey: true, shiftKey: true }, 'Ctrl+Shift+T'],
    [{ key: 'ArrowLeft', altKey: true, ctrlKey: true }, 'Ctrl+Alt+Left'],
    [{ key: 'F5' }, 'F5'],
    [{ key: 'PageDown', ctrlKey: true }, 'Ctrl+PageDown'],
    [{ key: '|', ctrlKey: true, shiftKey: true }, 'Ctrl+Shift+\\'],
    [{ key: 'Control', ctrlKey: true }, null],
    [{ key: 'k', ctrlKey: true, isComposing: true }, null],
  ])('are spelled as Rust reads them: %o', (event, spelled) => {
    expect(pressedChord(new KeyboardEvent('keydown', event))).toBe(spelled);
  });

  it('stand in tooltips as they are bound now', async () => {
    const { one, backend } = await openWindow({ tabs: ['live'] });
    expect(one('reload').title).toBe('Reload (Ctrl+R)');
    expect(one('zoom-in').title).toBe('Zoom in (Ctrl++)');
    const others = backend.view.actions.filter(({ id }) => id !== 'reload');
    const reload = backend.view.actions.find(({ id }) => id === 'reload');
    backend.change({ actions: [...others, ...(reload ? [{ ...reload, keys: [] }] : [])] });
    await tick();
    expect(one('reload').title).toBe('Reload');
  });
});
