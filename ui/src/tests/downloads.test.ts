// The list of downloads: what it says, what can be done with a row, by mouse and by keyboard, and which rows are shown.
import { fireEvent } from '@testing-library/svelte';
import { tick } from 'svelte';
import { describe, expect, it } from 'vitest';
import { errorOf } from '../fake/activity';
import { changedRows, keptRows } from '../fake/download-changes';
import type { DownloadView } from '../generated/view';
import { listen } from './heard';
import { openWindow, type Opened } from './window';

const LIST = { surface: { page: 'downloads' }, downloads: true } as const;

async function change({ backend }: Opened, id: string, part: Partial<DownloadView>): Promise<void> {
  const row = backend.view.downloads.find((download) => download.id === id);
  if (!row) throw new Error(`no download ${id}`);
  backend.change({ downloads: changedRows([{ ...row, ...part }]) });
  await tick();
}

function row({ all }: Opened, name: string): HTMLElement {
  const found = all('download').find(({ dataset }) => dataset.name === name);
  if (!found) throw new Error(`no row ${name}`);
  return found;
}

function button(within: HTMLElement, testid: string): HTMLElement {
  const found = within.querySelector<HTMLElement>(`[data-testid="${testid}"]`);
  if (!found) throw new Error(`no ${testid}`);
  return found;
}

function menuOf({ one }: Opened): (string | null)[] {
  one('download-list');
  return [...document.querySelectorAll('[role="menuitem"]')].map((item) => item.textContent.trim());
}

describe('a row', () => {
  it('says state, numbers, speed and time left in words', async () => {
    const opened = await openWindow(LIST);
    const words = (name: string): string => row(opened, name).textContent.replaceAll(/\s+/g, ' ');
    expect(words('inventory-2026-02.csv.gz')).toContain(
      'Downloading · 1.2 GB of 4.1 GB (30%) · 11.8 MB/s · 4 min left',
    );
    expect(words('stream.log')).toContain('Downloading · 48.2 MB · 900 kB/s');
    expect(words('stream.log')).toContain('Cannot be continued if it breaks off.');
    expect(words('acme-logo.svg')).toContain('Waiting, 2nd in line for this host · 18.4 kB');
    expect(words('backup-eu.tar')).toContain('Paused · 700 MB of 9.0 GB (8%)');
    expect(words('請求書-2026-02.pdf')).toContain('Done · 215 kB');
    expect(words('backup.tar')).toContain('12.4 MB are free');
    expect(words('form-answers.csv')).toContain('Can only be downloaded again on its page.');
    expect(words('photos.zip')).toContain('Cancelled');
    expect(words('photos.zip')).not.toContain('80');
  });

  it('is called by file, mark, profile and state, and not by what moves', async () => {
    const opened = await openWindow(LIST);
    expect(row(opened, 'stream.log').getAttribute('aria-label')).toBe(
      'stream.log, PROD, acme production, Downloading',
    );
    await change(opened, 'd-1', { profileName: '' });
    expect(row(opened, 'stream.log').textContent).toContain('Removed profile');
  });

  it('has the whole name and the folder in a tooltip, where the name may be cut', async () => {
    const opened = await openWindow(LIST);
    const title = row(opened, '請求書-2026-02.pdf').querySelector('h3')?.title;
    expect(title).toBe('請求書-2026-02.pdf\n/home/kim/Downloads');
    expect(row(opened, '請求書-2026-02.pdf').querySelector('h3')?.textContent.trim()).toBe(
      '請求書-2026-02.pdf',
    );
  });

  it('that waits for its host says so, and that it goes on by itself', async () => {
    const opened = await openWindow(LIST);
    await change(opened, 'd-4', { error: errorOf('network') });
    const words = row(opened, 'backup-eu.tar').textContent;
    expect(words).toContain('Paused: waits for the connection · 700 MB');
    expect(words).toContain(
      'It goes on by itself when the host can be reached again; what has arrived is kept.',
    );
    expect(words).not.toContain('try again');
  });

  it('that waits for room on the disk says so, with how much there is', async () => {
    const opened = await openWindow(LIST);
    await change(opened, 'd-4', { error: errorOf('disk') });
    expect(row(opened, 'backup-eu.tar').textContent).toContain('Paused: waits for room on the disk · 700 MB');
    expect(row(opened, 'backup-eu.tar').textContent).toContain('12.4 MB are free');
  });
});

describe('by its buttons a download', () => {
  it('is paused, resumed and cancelled', async () => {
    const opened = await openWindow(LIST);
    const press = (testid: string): Promise<void> =>
      opened.user.click(button(row(opened, 'inventory-2026-02.csv.gz'), testid));
    const state = (): string | undefined => row(opened, 'inventory-2026-02.csv.gz').dataset.state;
    await press('pause-download');
    expect(state()).toBe('paused');
    await press('resume-download');
    expect(state()).toBe('running');
    await press('cancel-download');
    expect(state()).toBe('cancelled');
    await press('again-download');
    expect(state()).toBe('running');
    const wishes = opened.asked('download').map(({ download, wish }) => `${download} ${wish}`);
    expect(wishes).toEqual(['d-0 pause', 'd-0 again', 'd-0 cancel', 'd-0 again']);
  });

  it('is opened, and shown in its folder', async () => {
    const opened = await openWindow(LIST);
    const done = row(opened, '請求書-2026-02.pdf');
    await opened.user.click(button(done, 'open-download'));
    await opened.user.click(button(done, 'show-download'));
    expect(opened.asked('download').map(({ wish }) => wish)).toEqual(['open', 'show']);
    expect(button(done, 'show-download').getAttribute('aria-label')).toBe(
      'Show in folder: 請求書-2026-02.pdf',
    );
    expect(button(done, 'show-download').title).toBe('Show in folder');
  });

  it('has all of that and the rarer things in its menu, by its button or by the other mouse button', async () => {
    const opened = await openWindow(LIST);
    await opened.user.click(button(row(opened, '請求書-2026-02.pdf'), 'download-menu'));
    expect(menuOf(opened)).toEqual([
      'Open',
      'Show in folder',
      'Copy link',
      'Open its page',
      'Take off the list; the file stays',
    ]);
    await opened.user.click(opened.one('menu-copy-link'));
    expect(opened.asked('download').at(-1)).toMatchObject({ download: 'd-6', wish: 'copy-link' });
    await fireEvent.contextMenu(row(opened, 'stream.log'));
    await tick();
    await tick();
    expect(menuOf(opened)).toEqual(['Cancel', 'Open its page']);
    await opened.user.keyboard('{Escape}');
    expect(menuOf(opened)).toEqual([]);
    expect(document.activeElement).toBe(opened.one('download-list'));
    expect(opened.asked('show')).toEqual([]);
  });

  it('keeps the keyboard in the list when its button goes', async () => {
    const opened = await openWindow(LIST);
    const pause = button(row(opened, 'inventory-2026-02.csv.gz'), 'pause-download');
    pause.focus();
    await change(opened, 'd-0', { state: 'done', canPause: false, speed: null });
    await tick();
    expect(document.activeElement).toBe(opened.one('download-list'));
  });
});

describe('by the keyboard', () => {
  const active = ({ one }: Opened): string | undefined =>
    document.getElementById(one('download-list').getAttribute('aria-activedescendant') ?? '')?.dataset.name;

  it('rows are reached by arrows, Home and End, and only the buttons of the active one by Tab', async () => {
    const opened = await openWindow(LIST);
    opened.one('download-list').focus();
    expect(active(opened)).toBe('inventory-2026-02.csv.gz');
    await opened.user.keyboard('{ArrowDown}{ArrowDown}{ArrowUp}');
    expect(active(opened)).toBe('stream.log');
    const reachable = [...opened.one('download-list').querySelectorAll('button')].filter(
      ({ tabIndex }) => tabIndex === 0,
    );
    expect(reachable).toEqual([...row(opened, 'stream.log').querySelectorAll('button')]);
    await opened.user.keyboard('{End}');
    expect(active(opened)).toBe('photos.zip');
    await opened.user.keyboard('{Home}');
    expect(active(opened)).toBe('inventory-2026-02.csv.gz');
  });

  it('Enter opens what is done, Space holds and lets go on, Delete takes off what has ended', async () => {
    const opened = await openWindow(LIST);
    const wishes = (): string[] =>
      opened.asked('download').map(({ download, wish }) => `${download} ${wish}`);
    opened.one('download-list').focus();
    await opened.user.keyboard('{Enter}{Delete}');
    expect(wishes()).toEqual([]);
    await opened.user.keyboard(' ');
    await opened.user.keyboard(' ');
    expect(wishes()).toEqual(['d-0 pause', 'd-0 again']);
    await opened.user.keyboard('{ArrowDown>6/}{Enter}');
    expect(wishes().at(-1)).toBe('d-6 open');
    await opened.user.keyboard('{Delete}{Delete}');
    expect(wishes().slice(-2)).toEqual(['d-6 remove', 'd-7 remove']);
    expect(active(opened)).toMatch(/^株式会社/);
    expect(document.activeElement).toBe(opened.one('download-list'));
  });

  it('the menu opens at the active row, and gives the keyboard back', async () => {
    const opened = await openWindow(LIST);
    opened.one('download-list').focus();
    await opened.user.keyboard('{ArrowDown}{Shift>}{F10}{/Shift}');
    await expect.poll(() => menuOf(opened)).toEqual(['Cancel', 'Open its page']);
    await opened.user.keyboard('{Escape}');
    expect(document.activeElement).toBe(opened.one('download-list'));
  });
});

describe('the list', () => {
  it('is narrowed to a profile, and by words of name and host, and says how many are left', async () => {
    const opened = await openWindow(LIST);
    const { user, one, all } = opened;
    const names = (): (string | undefined)[] => all('download').map(({ dataset }) => dataset.name);
    const options = [...one('downloads-of').querySelectorAll('option')].map(({ text }) => text);
    expect(options.slice(0, 3)).toEqual(['All profiles', 'acme development', 'acme production']);
    expect(one('downloads-count').textContent).toBe('13 downloads · 2 running · 2 waiting');
    const heard = listen();
    await user.selectOptions(one('downloads-of'), 'acme production');
    expect(names()).toHaveLength(2);
    expect(heard()).toEqual(['2 of 13 downloads']);
    await user.type(one('downloads-filter'), 'LOG amazonaws');
    expect(names()).toEqual(['stream.log']);
    expect(heard().at(-1)).toBe('1 of 13 downloads');
    await user.type(one('downloads-filter'), 'zzz');
    expect(one('no-downloads').textContent).toBe('No download fits.');
    await user.keyboard('{Escape}');
    expect(names()).toHaveLength(2);
    expect(opened.asked('show')).toEqual([]);
  });

  it('shows all again where nothing of the chosen profile is left', async () => {
    const opened = await openWindow(LIST);
    await opened.user.selectOptions(opened.one('downloads-of'), 'globex 本番');
    expect(opened.all('download')).toHaveLength(2);
    const stay = ['d-0', 'd-1', 'd-2'];
    const { downloads } = opened.backend.view;
    opened.backend.change({ downloads: keptRows(downloads, ({ id }) => stay.includes(id)) });
    await tick();
    expect(opened.all('download')).toHaveLength(3);
    expect((opened.one('downloads-of') as HTMLSelectElement).value).toBe('');
  });

  it('is cleared of what has ended, and says so where some of it is not shown', async () => {
    const { user, one, all } = await openWindow(LIST);
    await user.type(one('downloads-filter'), 'backup');
    expect(one('clear-downloads').textContent).toBe('Clear all ended');
    await user.clear(one('downloads-filter'));
    expect(one('clear-downloads').textContent).toBe('Clear ended');
    await user.click(one('clear-downloads'));
    expect(all('download')).toHaveLength(6);
    expect(all('clear-downloads')).toHaveLength(0);
    expect(document.activeElement?.id).toBe('surface-title');
  });

  it('of ten thousand draws a screenful, also when some of them change', async () => {
    const opened = await openWindow({ ...LIST, downloads: 10_000 });
    expect(opened.all('download').length).toBeLessThan(60);
    expect(opened.one('download-list').getAttribute('aria-rowcount')).toBe('10000');
    const redrawn = new MutationObserver(() => undefined);
    redrawn.observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true });
    for (let step = 0; step < 20; step += 1) await change(opened, 'd-0', { bytes: 2e9 + step * 1e6 });
    // Its own row, and what counts all of them.
    expect(redrawn.takeRecords().length / 20).toBeLessThan(20);
    expect(row(opened, 'inventory-2026-02.csv.gz').textContent).toContain('2.0 GB of 4.1 GB');
  });
});

describe('elsewhere in the window', () => {
  it('downloads are counted on their button', async () => {
    const { one, user, asked } = await openWindow({ downloads: true });
    expect(one('downloads-button').getAttribute('aria-label')).toBe('2 downloads running, 30% done');
    await user.click(one('downloads-button'));
    expect(asked('show').at(-1)?.surface).toEqual({ page: 'downloads' });
  });

  it('the tabs of a profile say how many of its downloads run', async () => {
    const opened = await openWindow({ tabs: ['live', 'live', 'live'], downloads: true });
    const signs = (): string[] =>
      opened
        .all('tab-downloads')
        .map((sign) => sign.closest<HTMLElement>('[role="tab"]')?.dataset.profileName ?? '');
    expect(signs()).toEqual(['acme production', 'acme production']);
    const tab = opened.all('tab-downloads')[0]?.closest<HTMLElement>('[role="tab"]');
    expect(tab?.getAttribute('aria-label')).toMatch(/, 1 download running$/);
    expect(tab?.title).toMatch(/\n1 download running$/);
    await change(opened, 'd-1', { state: 'done', speed: null });
    expect(signs()).toEqual([]);
    await change(opened, 'd-1', { state: 'queued' });
    expect(signs()).toEqual([]);
  });

  it('the tabs of a profile say how far they are together, and a tab’s name does not change with it', async () => {
    const opened = await openWindow({ tabs: ['live'], downloads: true });
    const sign = (): string | undefined => opened.all('tab-share')[0]?.dataset.share;
    expect(sign(), 'nobody knows how long it is').toBeUndefined();
    await change(opened, 'd-1', { bytes: 30, total: 100 });
    expect(sign()).toBe('30%');
    await change(opened, 'd-8', { state: 'running', bytes: 99_900, total: 99_900 });
    expect(sign(), 'only what is whole is 100 %').toBe('99%');
    const tab = opened.all('tab-downloads')[0]?.closest<HTMLElement>('[role="tab"]');
    expect(tab?.title).toMatch(/\n2 downloads running$/);
    expect(tab?.getAttribute('aria-label')).toMatch(/, 2 downloads running$/);
    await opened.user.hover(tab as Element);
    expect(tab?.title, 'for the eye').toMatch(/\n2 downloads running, 99% done$/);
  });

  it('other clients’ downloads are not counted while the screen is shared', async () => {
    const { backend, one, user, all } = await openWindow({ ...LIST, tabs: ['live', 'live'] });
    const before = backend.view.downloads.length;
    await user.click(one('screen-share-button'));
    expect(all('download').length).toBeLessThan(before);
    await user.click(one('screen-share-button'));
    expect(backend.view.downloads).toHaveLength(before);
  });
});

describe('of downloads is heard', () => {
  it('once that one is done, has failed, or waits for room, wherever one is', async () => {
    const opened = await openWindow({ tabs: ['live'], downloads: true });
    const heard = listen();
    await change(opened, 'd-0', { bytes: 2e9 });
    expect(heard()).toEqual([]);
    await change(opened, 'd-0', { state: 'done', speed: null });
    expect(heard()).toEqual(['inventory-2026-02.csv.gz: Done']);
    await change(opened, 'd-1', { state: 'failed', speed: null, error: errorOf('network') });
    expect(heard()).toEqual(['stream.log: Failed']);
    await change(opened, 'd-4', { error: errorOf('disk') });
    expect(heard()).toEqual(['backup-eu.tar: Paused: waits for room on the disk']);
    await change(opened, 'd-4', { bytes: 7e8 + 1 });
    expect(heard()).toEqual([]);
  });

  it('nothing of what was over before, of what the user gave up, or of what is taken off', async () => {
    const opened = await openWindow({ tabs: ['live'], downloads: true });
    const heard = listen();
    await change(opened, 'd-6', { bytes: 1 });
    await change(opened, 'd-0', { state: 'cancelled', speed: null });
    opened.backend.change({ downloads: keptRows(opened.backend.view.downloads, () => false) });
    await tick();
    expect(heard()).toEqual([]);
  });

  it('of many at once only how many more', async () => {
    const opened = await openWindow({ tabs: ['live'], downloads: true });
    const heard = listen();
    const rows = opened.backend.view.downloads
      .slice(0, 5)
      .map((row) => ({ ...row, state: 'done' as const, place: null }));
    opened.backend.change({ downloads: changedRows(rows) });
    await tick();
    expect(heard()[0]).toMatch(/^inventory.*: Done; stream.log: Done; acme-logo.svg: Done; and 2 more$/);
  });
});
