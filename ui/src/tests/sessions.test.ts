// Sessions: their last ten minutes, renewing them, signing out, and the list of what is signed in.
import { tick } from 'svelte';
import { describe, expect, it } from 'vitest';
import type { ProfileView, SessionView } from '../generated/view';
import type { Scene } from '../fake/scene';
import { listen, wordsOf } from './heard';
import { named, openWindow, type Opened } from './window';

const STAGING = { tabs: ['live', 'live', 'live'], active: null } as const;

async function showStaging(): Promise<Opened> {
  const opened = await openWindow(STAGING);
  await opened.backend.request({ ask: 'show-tab', tab: 't-p-stg-2' });
  await tick();
  return opened;
}

async function openMenu({ all, user }: Opened, profile: string): Promise<void> {
  await user.click(named(all('profile'), profile).querySelector('[data-testid="profile-menu"]') as Element);
}

function withPart({ backend }: Opened, id: string, part: Partial<ProfileView>): Promise<void> {
  const groups = backend.view.groups.map((group) => ({
    ...group,
    profiles: group.profiles.map((each) => (each.id === id ? { ...each, ...part } : each)),
  }));
  backend.change({ groups });
  return tick();
}

function withSession(opened: Opened, id: string, session: SessionView): Promise<void> {
  return withPart(opened, id, { session });
}

describe('the last ten minutes of a session', () => {
  it('stand in the pane’s own frame, with the reason and two ways on', async () => {
    const { user, one, all, asked } = await showStaging();
    const strip = one('ends-soon-strip');
    expect(strip.textContent).toMatch(/Ends in [78] min: the role allows no longer\./);
    expect(strip.compareDocumentPosition(one('console-area'))).toBe(Node.DOCUMENT_POSITION_FOLLOWING);
    await user.click(one('renew-always'));
    expect(asked('switch')).toEqual([{ ask: 'switch', setting: 'auto-renew', on: true }]);
    expect(all('renew-always')).toHaveLength(0);
    await user.click(one('renew'));
    expect(asked('renew')).toEqual([{ ask: 'renew', profile: 'p-stg' }]);
  });

  it('say so while a new one is on its way, and leave with it', async () => {
    const heard = listen();
    const opened = await showStaging();
    const { user, one, all, backend } = opened;
    await user.click(one('renew'));
    expect(one('renew').textContent).toContain('Renewing');
    expect((one('renew') as HTMLButtonElement).disabled).toBe(true);
    expect(heard().join()).toContain('Renewing the session of acme staging.');
    const session = backend.view.groups[1]?.profiles[1]?.session;
    if (session?.state !== 'signed-in') throw new Error('not signed in');
    await withSession(opened, 'p-stg', { ...session, renewing: false, endsAt: Date.now() + 3_600_000 });
    expect(all('ends-soon-strip')).toHaveLength(0);
  });

  it('are not told of before, after, or of a tab that has not signed in', async () => {
    const opened = await showStaging();
    const { all, backend } = opened;
    backend.change({ tabs: backend.view.tabs.map((tab) => ({ ...tab, held: 'confirmation' as const })) });
    await tick();
    expect(all('ends-soon-strip')).toHaveLength(0);
    await backend.request({ ask: 'show-tab', tab: 't-p-prod-0' });
    backend.change({ tabs: backend.view.tabs.map((tab) => ({ ...tab, held: null })) });
    await tick();
    expect(all('ends-soon-strip')).toHaveLength(0);
    await withSession(opened, 'p-prod', { state: 'ended', endedAt: Date.now() - 1000 });
    expect(all('ends-soon-strip')).toHaveLength(0);
  });
});

describe('the tabs of a session that has ended', () => {
  const expired = { tabs: ['expired', 'expired', 'expired'] } as const;
  const ended: SessionView = { state: 'ended', endedAt: Date.now() - 1000 };
  const states = ({ backend }: Opened) => backend.view.tabs.map(({ state }) => state);

  it('go on together from one of them, each on its page', async () => {
    const opened = await openWindow(expired);
    await withSession(opened, 'p-prod', ended);
    await opened.user.click(opened.one('reload-page'));
    expect(opened.asked('renew')).toEqual([{ ask: 'renew', profile: 'p-prod' }]);
    expect(opened.asked('reload')).toEqual([]);
    expect(states(opened)).toEqual(['live', 'live', 'expired']);
    expect(opened.backend.view.groups[1]?.profiles[0]?.session.state).toBe('signed-in');
  });

  it.each<[string, Partial<ProfileView>]>([
    ['the user signs in by hand', { source: 'page', session: ended }],
    ['it was signed out', { session: { state: 'signed-out' } }],
  ])('go on one by one where %s', async (_, part) => {
    const opened = await openWindow(expired);
    await withPart(opened, 'p-prod', part);
    await opened.user.click(opened.one('reload-page'));
    expect(opened.asked('reload')).toEqual([{ ask: 'reload', tab: 't-p-prod-0' }]);
    expect(opened.asked('renew')).toEqual([]);
    expect(states(opened)).toEqual(['live', 'expired', 'expired']);
  });
});

describe('a session that the user signed in by hand', () => {
  const byHand = async (scene: Scene): Promise<Opened> => {
    const opened = await openWindow(scene);
    await withPart(opened, 'p-stg', { source: 'page' });
    return opened;
  };

  it('says when it ends, and cannot be renewed by its strip', async () => {
    const opened = await byHand(STAGING);
    await opened.backend.request({ ask: 'show-tab', tab: 't-p-stg-2' });
    await tick();
    expect(opened.one('ends-soon-strip').textContent).toContain('Ends in');
    expect([...opened.all('renew'), ...opened.all('renew-always')]).toEqual([]);
  });

  it('nor by its menu or in the list, where it is signed out', async () => {
    const opened = await byHand({ surface: { page: 'sessions' } });
    const row = named(opened.all('session'), 'acme staging');
    expect(row.querySelector('[data-testid="renew"]')).toBeNull();
    expect(row.querySelector('[data-testid="sign-out"]')).not.toBeNull();
    await openMenu(opened, 'acme staging');
    expect(opened.all('menu-renew')).toEqual([]);
    expect(opened.one('menu-sign-out')).toBeTruthy();
  });
});

describe('a profile’s row', () => {
  it('says how long its session lasts yet and why, in its tooltip and to a screen reader', async () => {
    const { all } = await openWindow();
    const row = named(all('profile'), 'acme staging');
    const words = /signed in, [78] min left: the role allows no longer/;
    expect(row.querySelector<HTMLElement>('[data-session="signed-in"]')?.title).toMatch(words);
    expect(row.textContent).toMatch(words);
  });
});

describe('the menu of a profile', () => {
  it('renews and signs out, where it is signed in', async () => {
    const opened = await openWindow();
    for (const item of ['menu-renew', 'menu-sign-out']) {
      await openMenu(opened, 'acme staging');
      await opened.user.click(opened.one(item));
    }
    expect(opened.asked('renew')).toEqual([{ ask: 'renew', profile: 'p-stg' }]);
    expect(opened.asked('sign-out')).toEqual([{ ask: 'sign-out', profile: 'p-stg' }]);
    await openMenu(opened, 'acme staging');
    expect([...opened.all('menu-renew'), ...opened.all('menu-sign-out')]).toEqual([]);
  });

  it('forgets browser data on its second page, where what is lost is said', async () => {
    const opened = await openWindow();
    const { user, one, asked } = opened;
    await openMenu(opened, 'acme staging');
    await user.click(one('menu-forget'));
    expect(asked('forget-browser-data')).toHaveLength(0);
    expect(one('menu-forget-now').textContent).toContain('cookies and console preferences for good');
    await user.click(one('menu-forget-now'));
    expect(asked('forget-browser-data')).toEqual([{ ask: 'forget-browser-data', profile: 'p-stg' }]);
  });
});

describe('the sessions', () => {
  it('are listed with profile, identity, start, end and reason, and can be renewed and signed out', async () => {
    const { user, all, asked } = await openWindow({ surface: { page: 'sessions' } });
    expect(all('session').map(({ dataset }) => dataset.profileName)).toEqual([
      'acme production',
      'acme staging',
      'acme development',
    ]);
    const staging = named(all('session'), 'acme staging');
    for (const part of ['STG', '111122224444', 'role/Admin']) expect(staging.textContent).toContain(part);
    expect(wordsOf(staging)).toMatch(
      /min left, since .*\d\d:\d\d, ends .*\d\d:\d\d: the role allows no longer/,
    );
    expect(named(all('session'), 'acme development').textContent).toContain('signing in');
    await user.click(staging.querySelector('[data-testid="renew"]') as Element);
    expect(asked('renew')).toEqual([{ ask: 'renew', profile: 'p-stg' }]);
    await user.click(staging.querySelector('[data-testid="sign-out"]') as Element);
    expect(all('session')).toHaveLength(2);
  });

  it('say since when they are signed in, with the day where it was another one, in both languages', async () => {
    const opened = await openWindow({ surface: { page: 'sessions' } });
    const since = new Date();
    since.setDate(since.getDate() - 1);
    since.setHours(13, 20);
    const endsAt = Date.now() + 3_600_000;
    const session: SessionView = {
      state: 'signed-in',
      identity: 'role/Admin',
      since: since.getTime(),
      endsAt,
      end: 'role-maximum',
      renewing: false,
    };
    await withSession(opened, 'p-stg', session);
    const words = (): string => wordsOf(named(opened.all('session'), 'acme staging'));
    expect(words()).toMatch(/since (Mon|Tue|Wed|Thu|Fri|Sat|Sun),? 13:20, ends /);
    const { backend } = opened;
    backend.change({ layout: { ...backend.view.layout, language: 'ja' } });
    await tick();
    expect(words()).toMatch(/残り 1 時間, 13:20 \([月火水木金土日]\) から, .*終了: ロールの上限/);
  });

  it('are all signed out at once, and then say that there is none', async () => {
    const heard = listen();
    const { user, one, all, asked } = await openWindow({ surface: { page: 'sessions' } });
    await user.click(one('sign-out-all'));
    expect(asked('sign-out-all')).toHaveLength(1);
    expect(all('sign-out-all')).toHaveLength(0);
    expect(one('sessions').textContent).toContain('Nothing is signed in.');
    expect(heard().join()).toContain('Nothing is signed in.');
  });

  it('are reached from the settings, where they can be renewed by themselves', async () => {
    const { user, one, asked, backend } = await openWindow({ surface: { page: 'settings' } });
    await user.click(document.querySelectorAll('[name="autoRenew"]')[1] as Element);
    expect(asked('switch')).toEqual([{ ask: 'switch', setting: 'auto-renew', on: true }]);
    expect(backend.view.layout.autoRenew).toBe(true);
    await user.click(one('sessions-button'));
    expect(asked('show').at(-1)?.surface).toEqual({ page: 'sessions' });
  });
});
