// A locked window: that it shows nothing of any client, says why, and how it is unlocked; and what locks it.
import { fireEvent } from '@testing-library/svelte';
import { tick } from 'svelte';
import { describe, expect, it } from 'vitest';
import { errorOf } from '../fake/activity';
import { lockOf } from '../fake/lock';
import type { LockView, LockWhy } from '../generated/view';
import { listen, wordsOf } from './heard';
import { named, openWindow, type Opened } from './window';

const BUSY = {
  tabs: ['live', 'live', 'loading', 'failed'],
  panes: 'two',
  drawer: 'switcher',
  query: 'acme',
  downloads: true,
  notices: true,
  mfa: 'first',
} as const;
/** Names, accounts, roles, groups and files of the scene. */
const OF_CLIENTS = /acme|globex|initech|own account|\d{12}|role\/|\.csv|PROD|STG/i;

function withLock({ backend }: Opened, part: Partial<LockView>): Promise<void> {
  const { lock } = backend.view;
  if (!lock) throw new Error('not locked');
  backend.change({ lock: { ...lock, ...part } });
  return tick();
}

async function typeKey(key: string): Promise<void> {
  await fireEvent.keyDown(document.body, { key });
}

describe('a locked window', () => {
  it('shows nothing of any client, whatever stood in it, and all of that when it is unlocked', async () => {
    const { all, backend, user } = await openWindow(BUSY);
    await user.click(
      named(all('profile'), 'acme staging').querySelector('[data-testid="profile-menu"]') as Element,
    );
    expect(all('menu-sign-out')).toHaveLength(1);
    expect(document.body.innerHTML).toMatch(OF_CLIENTS);
    // Even if Rust sent no empty sections.
    backend.change({ lock: lockOf('sleep', Date.now()) });
    await tick();
    expect(all('lock-page')).toHaveLength(1);
    expect(document.body.innerHTML).not.toMatch(OF_CLIENTS);
    expect(document.querySelectorAll('nav, [role="tablist"], [role="menu"], [role="tree"]')).toHaveLength(0);
    backend.change({ lock: null });
    await tick();
    expect(all('lock-page')).toHaveLength(0);
    expect(all('tab')).toHaveLength(4);
    expect(named(all('profile'), 'acme staging')).toBeTruthy();
  });

  it('says when it is drawn, for which a machine that is about to sleep waits', async () => {
    const { asked, backend } = await openWindow(BUSY);
    expect(asked('covered')).toEqual([]);
    backend.change({ lock: lockOf('sleep', Date.now()) });
    await expect.poll(() => asked('covered')).toEqual([{ ask: 'covered' }]);
  });

  it('has the focus on its button, which says what it unlocks and asks for it', async () => {
    const { one, all, user, asked, backend } = await openWindow({ lock: 'asked' });
    expect(backend.view.groups).toEqual([]);
    expect(document.activeElement).toBe(one('unlock'));
    expect(wordsOf(one('unlock'))).toBe('Unlock');
    const described = one('unlock').getAttribute('aria-describedby')?.split(' ') ?? [];
    expect(described.map((id) => wordsOf(document.getElementById(id))).join(' ')).toMatch(
      /^Sidelight is locked Since .+, as you asked Temporary credentials were dropped;/,
    );
    await user.keyboard('{Enter}');
    expect(asked('unlock')).toEqual([{ ask: 'unlock' }]);
    expect(all('lock-page')).toHaveLength(0);
    expect(all('profile')).toHaveLength(7);
  });

  it.each<[LockWhy, RegExp, RegExp]>([
    ['asked', /^Since .*\d\d:\d\d, as you asked$/, /^.*\d\d:\d\d に手動で/],
    [
      'idle',
      /^Since .*\d\d:\d\d, after 15 min without a hand on it$/,
      /^15 分間操作がなかったため、.*\d\d:\d\d/,
    ],
    ['sleep', /^Since .*\d\d:\d\d, because the computer slept$/, /スリープしたため、.*\d\d:\d\d/],
  ])('says since when, and that it is %s', async (lock, english, japanese) => {
    const { backend } = await openWindow({ lock });
    const why = (): string => wordsOf(document.getElementById('lock-why'));
    expect(why()).toMatch(english);
    backend.change({ layout: { ...backend.view.layout, language: 'ja' } });
    await tick();
    expect(why()).toMatch(japanese);
  });

  it('says in words that it waits, keeps the keyboard, and asks no second time', async () => {
    const heard = listen();
    const opened = await openWindow({ lock: 'idle' });
    const { one, user, asked } = opened;
    await withLock(opened, { unlocking: true });
    expect(wordsOf(one('unlock'))).toBe('Waiting for the keychain…');
    expect(one('unlock').getAttribute('aria-busy')).toBe('true');
    expect(one('unlock').getAttribute('aria-disabled')).toBe('true');
    expect(heard()).toContain('Waiting for the keychain…');
    expect(document.activeElement).toBe(one('unlock'));
    await user.keyboard('{Enter}');
    expect(asked('unlock')).toEqual([]);
  });

  it('says what kept it locked, each time, and takes another try', async () => {
    const heard = listen();
    const opened = await openWindow({ lock: 'idle', unlocking: 'waiting' });
    const { one, all, user, asked } = opened;
    for (let time = 0; time < 2; time += 1) {
      await withLock(opened, { unlocking: false, error: errorOf('keychain-locked') });
      expect(heard().join()).toContain('The keychain is locked Unlock it, then try again.');
      expect(wordsOf(one('unlock'))).toBe('Unlock');
      await withLock(opened, { unlocking: true, error: null });
      expect(one('lock-page').querySelector('[role="alert"]')).toBeNull();
    }
    await withLock(opened, { unlocking: false, error: errorOf('keychain-denied') });
    await user.keyboard('{Enter}');
    expect(asked('unlock')).toHaveLength(1);
    expect(all('lock-page')).toHaveLength(0);
  });

  it('says there what came of a request that was refused, where no notice shows', async () => {
    const { one, user, backend } = await openWindow({ lock: 'asked' });
    backend.refuseNext = errorOf('keychain-unavailable');
    await user.keyboard('{Enter}');
    expect(one('lock-page').querySelector('[role="alert"]')?.textContent).toContain('no keychain');
    expect(document.activeElement).toBe(one('unlock'));
  });

  it('does nothing for keys of the window', async () => {
    const { backend } = await openWindow();
    await typeKey('?');
    expect(backend.asked.map(({ ask }) => ask)).toContain('show');
    await backend.request({ ask: 'lock' });
    await tick();
    const before = backend.asked.length;
    for (const key of ['?', 'Escape', 'F2', 'Delete']) await typeKey(key);
    expect(backend.asked.slice(before)).toEqual([]);
  });
});

describe('the settings of the lock', () => {
  const SETTINGS = { surface: { page: 'settings' } } as const;

  it('take a length without a hand, or none', async () => {
    const { user, input, asked, backend } = await openWindow(SETTINGS);
    expect(document.querySelector<HTMLInputElement>('[name="lockAfter"]:checked')?.value).toBe('15');
    await user.click(document.querySelector('[name="lockAfter"][value="never"]') as Element);
    expect(backend.view.layout.lockAfterMinutes).toBeNull();
    await user.type(input('lockAfterMinutes'), '45{Tab}');
    expect(asked('set-lock-after').map(({ minutes }) => minutes)).toEqual([null, 45]);
    expect(asked('set-sleep-after')).toEqual([]);
    expect(input('lockAfterMinutes').value).toBe('45');
    expect(input('lockAfterMinutes').getAttribute('aria-label')).toBe('Lock after: Other, in minutes');
  });

  it('have it locked when the computer sleeps', async () => {
    const { user, asked, backend } = await openWindow(SETTINGS);
    await user.click(document.querySelectorAll('[name="lockOnSleep"]')[1] as Element);
    expect(asked('switch')).toEqual([{ ask: 'switch', setting: 'lock-on-sleep', on: true }]);
    expect(backend.view.layout.lockOnSleep).toBe(true);
  });

  it('lock it now, which says its key where it has one', async () => {
    const { user, one, all, asked, backend } = await openWindow(SETTINGS);
    const keys = (): Element | null => document.querySelector('[data-setting="lock-now"] .chord');
    expect(keys()).toBeNull();
    await backend.request({ ask: 'bind', action: 'lock', keys: ['Ctrl+Alt+L'] });
    await tick();
    expect(wordsOf(keys())).toBe('Ctrl+Alt+L');
    await user.click(one('lock-now'));
    expect(asked('lock')).toEqual([{ ask: 'lock' }]);
    expect(all('lock-page')).toHaveLength(1);
  });

  it('say what the system of each platform asks', async () => {
    const { one, backend } = await openWindow(SETTINGS);
    expect(one('settings').textContent).toContain("the system asks for the keychain's password");
    backend.change({ layout: { ...backend.view.layout, platform: 'windows' } });
    await tick();
    expect(one('settings').textContent).toContain('the system asks who you are');
  });
});
