// What keeps production from being mistaken: reasons, held and covered tabs, rights, screen sharing, losses, notices.
import { tick } from 'svelte';
import { describe, expect, it } from 'vitest';
import { LOSSES } from '../fake/guarded';
import { lossWords } from '../lib/losses';
import { named, openWindow } from './window';

const LIVE = ['live', 'live', 'live', 'live', 'live', 'live', 'live'] as const;

async function openMenu(opened: Awaited<ReturnType<typeof openWindow>>, profile: string): Promise<void> {
  const row = named(opened.all('profile'), profile);
  await opened.user.click(row.querySelector('[data-testid="profile-menu"]') as Element);
}

describe('the reason of a mark', () => {
  it('is said in the header, to the eye and to a screen reader', async () => {
    const { one } = await openWindow({ tabs: LIVE });
    const mark = one('mark-reason').parentElement;
    expect(mark?.title).toBe('PROD, by rule 1: name contains “production”');
    expect(mark?.textContent.replaceAll(/\s+/g, ' ').trim()).toBe(
      'PROD by rule 1: name contains “production”',
    );
  });

  it('names the look where there is no word', async () => {
    const { one, backend } = await openWindow({ tabs: LIVE });
    await backend.request({ ask: 'show-tab', tab: 't-p-own-6' });
    await tick();
    expect(one('mark-reason').parentElement?.title).toBe('No mark word, slate square, no rule fits');
  });
});

describe('the strip', () => {
  it('fills the group of production, and no other', async () => {
    const { all } = await openWindow({ tabs: LIVE });
    expect(all('tab-group').map(({ className }) => /\bproduction\b/.test(className))).toEqual([
      true,
      false,
      false,
      false,
    ]);
  });
});

describe('a held tab', () => {
  it('says what will open as whom, has the focus on its button, and opens when confirmed', async () => {
    const { user, one, all, asked } = await openWindow({ tabs: LIVE, held: 'confirmation' });
    expect(one('held').textContent).toContain('Open acme production with full rights?');
    expect(one('held').textContent).toContain('/s3/buckets');
    expect(one('held-as').textContent).toBe('role/Admin');
    expect(one('confirm-open').textContent).toBe('Open with full rights');
    expect(document.activeElement).toBe(one('confirm-open'));
    expect(all('tab')[0]?.getAttribute('aria-label')).toContain('asks first');
    await user.keyboard('{Enter}');
    expect(asked('confirm-open')).toEqual([{ ask: 'confirm-open', tab: 't-p-prod-0', name: null }]);
    expect(all('held')).toHaveLength(0);
  });

  it('takes the profile’s name, says at the field what is wrong with another, and keeps the focus there', async () => {
    const { user, one, all, asked } = await openWindow({ tabs: LIVE, held: 'name' });
    expect(document.activeElement).toBe(one('confirm-name'));
    await user.keyboard('acme staging{Enter}');
    expect(one('confirm-name').getAttribute('aria-invalid')).toBe('true');
    expect(one('held').querySelector('[role="alert"]')?.textContent).toContain("not the profile's name");
    expect(document.activeElement).toBe(one('confirm-name'));
    await user.clear(one('confirm-name'));
    await user.keyboard('acme production{Enter}');
    expect(asked('confirm-open').map(({ name }) => name)).toEqual(['acme staging', 'acme production']);
    expect(all('held')).toHaveLength(0);
  });

  it('opens with the other rights instead', async () => {
    const { user, one, asked } = await openWindow({ tabs: LIVE, held: 'name' });
    await user.click(one('other-rights'));
    expect(asked('open-with-rights')).toEqual([
      { ask: 'open-with-rights', tab: 't-p-prod-0', readOnly: true },
    ]);
  });

  it('that is read-only asks for no more than that', async () => {
    const { one } = await openWindow({ tabs: LIVE, held: 'confirmation', readOnly: true });
    expect(one('held').textContent).toContain('Open acme production read-only?');
    expect(one('confirm-open').textContent).toBe('Open read-only');
    expect(one('other-rights').textContent).toBe('Open with full rights');
  });

  it('leaves the keyboard where it is while a change of the view comes in', async () => {
    const { one, backend } = await openWindow({ tabs: LIVE, held: 'name' });
    one('filter').focus();
    backend.change({ tabs: backend.view.tabs.map((tab) => ({ ...tab })) });
    await tick();
    expect(document.activeElement).toBe(one('filter'));
  });
});

describe('a covered tab', () => {
  it('shows whose it is and since when, and its page again on demand', async () => {
    const { user, one, all, asked } = await openWindow({ tabs: LIVE, covered: true, strict: true });
    expect(one('cover').textContent).toContain('PROD');
    expect(one('cover').textContent).toContain('acme production');
    expect(one('cover').textContent).toContain('Covered after 15 idle minutes');
    expect(all('tab')[0]?.textContent).toContain('covered');
    expect(document.activeElement).toBe(one('uncover'));
    await user.click(one('uncover'));
    expect(asked('uncover')).toEqual([{ ask: 'uncover', tab: 't-p-prod-0' }]);
    expect(all('cover')).toHaveLength(0);
  });
});

describe('a read-only tab', () => {
  it('has full rights one step away, and one with full rights has no such button', async () => {
    const { user, one, all, asked } = await openWindow({ tabs: LIVE, panes: 'two' });
    expect(all('full-rights')).toHaveLength(0);
    const other = await openWindow({ tabs: LIVE, readOnly: true });
    await user.click(one('full-rights'));
    expect(other.asked('open-with-rights')).toEqual([
      { ask: 'open-with-rights', tab: 't-p-prod-0', readOnly: false },
    ]);
    expect(asked('open-with-rights')).toHaveLength(0);
  });

  it('is opened from the profile’s menu, as is one beside', async () => {
    const opened = await openWindow({ strict: true });
    await openMenu(opened, 'acme staging');
    expect(opened.all('menu-open-full')).toHaveLength(0);
    await opened.user.click(opened.one('menu-open-read-only'));
    await openMenu(opened, 'acme staging');
    await opened.user.click(opened.one('menu-open-beside'));
    await openMenu(opened, 'acme production');
    await opened.user.click(opened.one('menu-open-full'));
    expect(opened.asked('open-tab')).toMatchObject([
      { profile: 'p-stg', readOnly: true, beside: false },
      { profile: 'p-stg', readOnly: null, beside: true },
      { profile: 'p-prod', readOnly: false, beside: false },
    ]);
  });
});

describe('while the screen is shared', () => {
  it('nothing of another client is in the window, and the sidebar says so at its top', async () => {
    const { one, all } = await openWindow({ tabs: LIVE, panes: 'two', screenShare: true });
    expect(one('screen-share').textContent).toContain('Only Acme shows. 4 profiles are hidden.');
    expect(document.body.innerHTML).not.toMatch(/globex|own account|777788889999/i);
    expect(one('hidden-pane').textContent).toContain('Hidden while you share the screen');
    expect(all('tab').at(-1)?.getAttribute('aria-label')).toBe(
      'Hidden while you share the screen, in a pane',
    );
    expect(all('tab').at(-1)?.title).toBe('Hidden while you share the screen');
  });

  it('it ends by the button at the top, and begins and ends by that of the header', async () => {
    const { user, one, all, asked } = await openWindow({ tabs: LIVE });
    expect(one('screen-share-button').getAttribute('aria-pressed')).toBe('false');
    await user.click(one('screen-share-button'));
    expect(one('screen-share-button').getAttribute('aria-pressed')).toBe('true');
    expect(all('profile')).toHaveLength(3);
    await user.click(one('screen-share-off'));
    expect(asked('set-screen-share').map(({ on }) => on)).toEqual([true, false]);
    expect(all('profile')).toHaveLength(7);
  });

  it('with nobody to show, the start page is not that of a first run', async () => {
    const { one, all } = await openWindow({ active: null, screenShare: true });
    expect(all('add-first-profile')).toHaveLength(0);
    expect(one('screen-share').textContent).toContain('7 profiles are hidden');
  });
});

describe('what a page lost on its way', () => {
  it('is said in words of its own for each kind', () => {
    expect(new Set(LOSSES.map(lossWords)).size).toBe(LOSSES.length);
    for (const loss of LOSSES) expect(lossWords(loss)).not.toMatch(/undefined|[{}]/);
  });

  it('stands between toolbar and console until dismissed, and again when something else is lost', async () => {
    const { user, one, all, backend } = await openWindow({ tabs: LIVE, losses: LOSSES.slice(0, 1) });
    expect(one('losses').textContent).toContain('i-0abc1234def567890 is of another account');
    const set = (losses: typeof LOSSES): void =>
      backend.change({
        tabs: backend.view.tabs.map((tab) => (tab.id === 't-p-prod-0' ? { ...tab, losses } : tab)),
      });
    await user.click(one('dismiss-losses'));
    expect(all('losses')).toHaveLength(0);
    set(LOSSES.slice(1, 3));
    await tick();
    expect(one('losses').querySelectorAll('li')).toHaveLength(2);
    set([]);
    await tick();
    expect(all('losses')).toHaveLength(0);
  });
});

describe('notices of links', () => {
  it('offer to follow once, and to add the profile that is missing', async () => {
    const { user, one, all, asked } = await openWindow({ tabs: LIVE, linkNotices: true });
    expect(all('notice').map(({ dataset }) => dataset.kind)).toEqual([
      'copied',
      'not-followed',
      'no-profile-for-link',
    ]);
    expect(all('notice')[2]?.textContent).toContain('999988887777');
    await user.click(one('follow-once'));
    expect(asked('follow-linked')).toEqual([{ ask: 'follow-linked', tab: 't-p-prod-0' }]);
    await user.click(one('add-profile-for-link'));
    expect(asked('show').at(-1)?.surface).toEqual({ page: 'profile-editor', profile: null });
    await tick();
    expect((document.querySelector('[name="account"]') as HTMLInputElement).value).toBe('999988887777');
  });
});

describe('a page that cannot sleep', () => {
  it('says why on its tab', async () => {
    const { all, backend } = await openWindow({ tabs: LIVE });
    backend.change({
      tabs: backend.view.tabs.map((tab) => ({ ...tab, keptAwake: 'unsaved-input' as const })),
    });
    await tick();
    expect(all('tab')[0]?.getAttribute('aria-label')).toContain('it has unsaved input');
  });
});
