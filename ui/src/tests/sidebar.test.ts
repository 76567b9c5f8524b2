// The sidebar: profiles, filter, keyboard, menu, notices, width.
import { fireEvent } from '@testing-library/svelte';
import { tick } from 'svelte';
import { describe, expect, it } from 'vitest';
import { errorOf } from '../fake/activity';
import { named, openWindow } from './window';

describe('the list of profiles', () => {
  it('shows every profile under its group, with its mark in words and its session in words', async () => {
    const { all } = await openWindow();
    expect(all('profile').map(({ dataset }) => dataset.profileName)).toEqual([
      'own account',
      'acme production',
      'acme staging',
      'acme development',
      'globex 本番',
      'globex test',
      'globex playground with a rather long name',
    ]);
    const row = named(all('profile'), 'acme production');
    expect(row.textContent).toContain('PROD');
    expect(row.textContent).toContain('111122223333');
    expect(row.textContent).toMatch(/signed in, 11 h \d+ min left/);
    expect(all('group').map(({ dataset }) => dataset.group)).toEqual(['Acme', 'Globex 商事']);
  });

  it('says what the pages of a profile take, where that is known', async () => {
    const { all, backend } = await openWindow({ tabs: ['live'] });
    backend.change({ memory: { 'p-prod': 1234 } });
    await tick();
    expect(all('profile-memory').map(({ textContent }) => textContent)).toEqual(['1,234 MiB']);
    expect(named(all('profile'), 'acme production').textContent).toContain(', 1,234 MiB');
  });

  it('draws only what is in sight of ten thousand profiles', async () => {
    const { all } = await openWindow({ profiles: 10_000 });
    expect(all('profile').length).toBeLessThan(60);
    expect(all('profile')[0]?.getAttribute('aria-setsize')).toBe('6');
  });

  it('opens a profile on Enter and a new tab of it on Ctrl+Enter', async () => {
    const { user, one, asked } = await openWindow();
    one('profile-list').focus();
    await user.keyboard('{ArrowDown}{ArrowDown}{Enter}{Control>}{Enter}{/Control}');
    expect(asked('show-profile')).toEqual([{ ask: 'show-profile', profile: 'p-prod' }]);
    expect(asked('open-tab')).toMatchObject([{ profile: 'p-prod', service: null }]);
  });

  it('names its active row, and goes to the first and last one on Home and End', async () => {
    const { user, one } = await openWindow();
    one('profile-list').focus();
    await user.keyboard('{End}');
    expect(one('profile-list').getAttribute('aria-activedescendant')).toBe('row-p-gsand');
    await user.keyboard('{Home}');
    expect(one('profile-list').getAttribute('aria-activedescendant')).toBe('row-p-own');
  });

  it('goes on where the active row was when that is removed, and never on one out of sight', async () => {
    const { user, one } = await openWindow();
    one('profile-list').focus();
    await user.keyboard('{End}{Delete}');
    expect(one('profile-list').getAttribute('aria-activedescendant')).toBe('row-p-gtest');
    await user.keyboard('{ArrowUp}{Delete}');
    expect(one('profile-list').getAttribute('aria-activedescendant')).toBe('row-p-gtest');
  });

  it('edits on F2, removes on Delete and offers to undo it', async () => {
    const { user, one, all, asked, backend } = await openWindow();
    one('profile-list').focus();
    await user.keyboard('{F2}');
    expect(asked('show').at(-1)?.surface).toEqual({ page: 'profile-editor', profile: 'p-own' });
    one('profile-list').focus();
    await user.keyboard('{Delete}');
    expect(asked('remove-profile')).toEqual([{ ask: 'remove-profile', profile: 'p-own' }]);
    expect(one('notice').dataset.kind).toBe('removed');
    await user.click(one('undo'));
    expect(asked('undo-remove')).toEqual([{ ask: 'undo-remove', profile: 'p-own' }]);
    expect(backend.view.groups.flatMap(({ profiles }) => profiles)).toHaveLength(7);
    expect(all('notice')).toHaveLength(0);
  });

  it('moves a profile by Alt+Down, and over the edge of its group', async () => {
    const { user, one, asked } = await openWindow();
    one('profile-list').focus();
    await user.keyboard('{Alt>}{ArrowDown}{/Alt}');
    expect(asked('move-profile').at(-1)).toMatchObject({ profile: 'p-own', group: 'Acme', before: 'p-prod' });
  });

  it('moves a profile by dragging it to another place, without opening it', async () => {
    const { all, asked } = await openWindow();
    const row = named(all('profile'), 'globex test');
    // jsdom has no PointerEvent; a MouseEvent of its name carries what is read.
    const at = (type: string, clientY: number): MouseEvent =>
      new MouseEvent(type, { button: 0, clientY, bubbles: true });
    await fireEvent(row, at('pointerdown', 300));
    await fireEvent(window, at('pointermove', 80));
    expect(document.querySelector('[data-drop="above"]')?.textContent).toContain('acme production');
    await fireEvent(window, at('pointerup', 80));
    await fireEvent.click(row);
    expect(asked('move-profile')).toEqual([
      { ask: 'move-profile', profile: 'p-gtest', group: 'Acme', before: 'p-prod' },
    ]);
    expect(asked('show-profile')).toEqual([]);
  });

  it('closes and opens a group', async () => {
    const { user, all } = await openWindow();
    const acme = all('group')[0];
    if (!acme) throw new Error('no group');
    await user.click(acme);
    expect(all('profile')).toHaveLength(4);
    expect(all('group')[0]?.getAttribute('aria-expanded')).toBe('false');
  });

  it('opens a new tab on a middle click', async () => {
    const { all, asked } = await openWindow();
    await fireEvent(
      named(all('profile'), 'acme staging'),
      new MouseEvent('auxclick', { button: 1, bubbles: true }),
    );
    expect(asked('open-tab')).toMatchObject([{ profile: 'p-stg' }]);
  });

  it('refuses changes while the book is read-only, and says why', async () => {
    const { user, one, asked } = await openWindow({ readOnlyBook: true });
    one('profile-list').focus();
    await user.keyboard('{Delete}{F2}{Alt>}{ArrowDown}{/Alt}');
    expect([...asked('remove-profile'), ...asked('show'), ...asked('move-profile')]).toEqual([]);
    expect(one('read-only-book').textContent).toContain('newer Sidelight');
    expect((one('add-profile') as HTMLButtonElement).disabled).toBe(true);
  });
});

describe('the filter', () => {
  it('finds by name, group, account, mark and region, all words at once, and says how many', async () => {
    const { user, one, all } = await openWindow();
    await user.type(one('filter'), 'GLOBEX northeast');
    expect(all('profile')).toHaveLength(2);
    expect(one('filter-count').textContent.trim()).toBe('2 profiles match');
    await user.clear(one('filter'));
    await user.type(one('filter'), '22224444');
    expect(all('profile').map(({ dataset }) => dataset.profileName)).toEqual(['acme staging']);
    expect(one('filter-count').textContent.trim()).toBe('1 profile matches');
  });

  it('opens the first match on Enter, and is cleared by Escape', async () => {
    const { user, one, all, asked } = await openWindow();
    await user.type(one('filter'), 'acme{Enter}');
    expect(asked('show-profile')).toEqual([{ ask: 'show-profile', profile: 'p-prod' }]);
    await user.type(one('filter'), 'nobody');
    expect(all('profile')).toHaveLength(0);
    await user.keyboard('{Escape}');
    expect(all('profile')).toHaveLength(7);
  });

  it('takes the focus when Rust says so', async () => {
    const { backend, one } = await openWindow();
    backend.cue('filter');
    expect(document.activeElement).toBe(one('filter'));
  });
});

describe('the menu of a profile', () => {
  it('opens the console at a service', async () => {
    const { user, all, one, asked } = await openWindow();
    await user.click(
      named(all('profile'), 'acme staging').querySelector('[data-testid="profile-menu"]') as Element,
    );
    await user.click(one('menu-open-at'));
    await user.click(one('menu-service-s3'));
    expect(asked('open-tab')).toMatchObject([{ profile: 'p-stg', service: 's3' }]);
  });

  it('opens a page again that was seen', async () => {
    const { user, all, one, asked } = await openWindow();
    await user.click(
      named(all('profile'), 'acme staging').querySelector('[data-testid="profile-menu"]') as Element,
    );
    await user.click(one('menu-recent'));
    await user.click(one('menu-recent-page'));
    expect(asked('open-recent')).toMatchObject([
      { profile: 'p-stg', page: '/s3/buckets?region=eu-central-1' },
    ]);
  });

  it('tests, duplicates and removes', async () => {
    const { user, all, one, asked } = await openWindow();
    for (const item of ['menu-test', 'menu-duplicate', 'menu-remove']) {
      await user.click(
        named(all('profile'), 'acme staging').querySelector('[data-testid="profile-menu"]') as Element,
      );
      await user.click(one(item));
    }
    expect(asked('test-profile')).toMatchObject([{ profile: 'p-stg' }]);
    expect(asked('duplicate-profile')).toMatchObject([{ profile: 'p-stg' }]);
    expect(asked('remove-profile')).toMatchObject([{ profile: 'p-stg' }]);
  });
});

describe('notices', () => {
  it('say what happened, what to do and what was not changed, and can be dismissed', async () => {
    const { user, all, backend } = await openWindow({ notices: true });
    expect(all('notice').map(({ dataset }) => dataset.kind)).toEqual([
      'removed',
      'opened-outside',
      'failed',
      'unsaved-input',
    ]);
    const failed = all('notice')[2];
    expect(failed?.getAttribute('role')).toBe('alert');
    expect(failed?.textContent).toContain('cannot be reached');
    expect(failed?.textContent).toContain('Check the network');
    expect(all('notice')[3]?.hasAttribute('role')).toBe(false);
    expect(all('notice')[3]?.textContent).toContain(
      'acme staging was not renewed: all its pages hold unsaved',
    );
    await user.click(failed?.querySelector('[data-testid="dismiss"]') as Element);
    expect(backend.asked.at(-1)).toEqual({ ask: 'dismiss-notice', notice: 'n-3' });
  });

  it('show what Rust refused, when no form can', async () => {
    const { user, all, one, backend } = await openWindow();
    backend.refuseNext = errorOf('keychain-locked');
    await user.click(named(all('profile'), 'acme staging'));
    await tick();
    expect(one('notice').textContent).toContain('The keychain is locked');
    await user.click(one('dismiss'));
    expect(all('notice')).toHaveLength(0);
    expect(backend.asked.some(({ ask }) => ask === 'dismiss-notice')).toBe(false);
  });
});

describe('the edge of the sidebar', () => {
  it('moves by arrow keys, within its limits', async () => {
    const { user, asked } = await openWindow();
    const edge = document.querySelector<HTMLElement>('[role="separator"][tabindex="0"]');
    edge?.focus();
    await user.keyboard('{ArrowRight}{Home}{End}');
    expect(asked('set-sidebar-width').map(({ width }) => width)).toEqual([276, 220, 420]);
    expect(edge?.getAttribute('aria-valuenow')).toBe('420');
  });
});
