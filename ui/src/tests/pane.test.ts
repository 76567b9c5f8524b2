// Tabs and the pane: strip, header, toolbar, console area, and the pages that stand in for a console.
import { fireEvent } from '@testing-library/svelte';
import { tick } from 'svelte';
import { describe, expect, it } from 'vitest';
import { TAB_STATES } from '../fake/activity';
import { openWindow } from './window';

describe('the tab strip', () => {
  it('shows the mark on every tab, and its state in words', async () => {
    const { all } = await openWindow({ tabs: TAB_STATES });
    expect(all('tab').map(({ dataset }) => dataset.state)).toEqual(TAB_STATES);
    for (const tab of all('tab')) expect(tab.querySelector('[data-shape]')).not.toBeNull();
    expect(all('tab')[0]?.getAttribute('aria-label')).toBe('acme production, PROD, S3 buckets, open');
    expect(all('tab')[4]?.textContent).toContain('expired');
  });

  it('moves by arrows without opening, opens on Enter, closes on Delete', async () => {
    const { user, all, asked } = await openWindow({ tabs: ['live', 'live', 'live'] });
    all('tab')[0]?.focus();
    await user.keyboard('{ArrowRight}');
    expect(document.activeElement).toBe(all('tab')[1]);
    expect(asked('show-tab')).toHaveLength(0);
    await user.keyboard('{Enter}');
    expect(asked('show-tab')).toEqual([{ ask: 'show-tab', tab: 't-p-prod-1' }]);
    await user.keyboard('{ArrowLeft}{ArrowLeft}');
    expect(document.activeElement).toBe(all('tab')[2]);
    await user.keyboard('{Delete}');
    expect(asked('close-tab')).toEqual([{ ask: 'close-tab', tab: 't-p-stg-2' }]);
    expect(document.activeElement).toBe(all('tab')[1]);
  });

  it('keys are for the tab that has the keyboard, however it came there', async () => {
    const { user, all, asked } = await openWindow({ tabs: ['live', 'live', 'live'] });
    all('tab')[0]?.focus();
    await user.keyboard('{ArrowRight}');
    all('tab')[2]?.focus();
    await user.keyboard('{Delete}');
    expect(asked('close-tab')).toEqual([{ ask: 'close-tab', tab: 't-p-stg-2' }]);
  });

  it('closes a tab by its button and by a middle click', async () => {
    const { user, all, asked } = await openWindow({ tabs: ['live', 'live', 'live'] });
    await user.click(all('close-tab')[2] as Element);
    await fireEvent(all('tab')[1] as Element, new MouseEvent('auxclick', { button: 1, bubbles: true }));
    expect(asked('close-tab').map(({ tab }) => tab)).toEqual(['t-p-stg-2', 't-p-prod-1']);
    expect(asked('show-tab')).toHaveLength(0);
  });

  it('opens a new tab of the active profile, reopens a closed one, takes the focus on a cue', async () => {
    const { user, one, all, asked, backend } = await openWindow({ tabs: ['live'] });
    backend.cue('tabs');
    await tick();
    await tick();
    expect(document.activeElement).toBe(all('tab')[0]);
    await user.click(one('reopen-tab'));
    expect(asked('reopen-tab')).toHaveLength(1);
    await user.click(one('new-tab'));
    expect(asked('open-tab')).toMatchObject([{ profile: 'p-prod' }]);
  });
});

describe('the pane header', () => {
  it('says mark, profile, group, account, identity, region, and when and why the session ends', async () => {
    const { one } = await openWindow({ tabs: ['live'] });
    const header = one('pane-header').textContent;
    for (const part of ['PROD', 'acme production', 'Acme', '111122223333', 'role/Admin', 'eu-central-1'])
      expect(header).toContain(part);
    expect(one('time-left').textContent).toMatch(/ends .*\d\d:\d\d: a console lasts at most 12 h/);
    expect(one('time-left').dataset.warn).toBe('false');
  });

  it('warns in the last ten minutes', async () => {
    const { one } = await openWindow({ tabs: ['live', 'live', 'asleep'], active: 'asleep' });
    expect(one('pane-header').dataset.profileName).toBe('acme staging');
    expect(one('time-left').dataset.warn).toBe('true');
    expect(one('time-left').textContent).toContain('ends in less than ten minutes');
  });

  it('shows host and path, and asks for back, reload and zoom', async () => {
    const { user, one, asked } = await openWindow({ tabs: ['live'] });
    expect(one('host').textContent).toBe('eu-central-1.console.aws.amazon.com');
    expect(one('path').textContent).toBe('/s3/buckets');
    expect((one('forward') as HTMLButtonElement).disabled).toBe(true);
    for (const button of ['back', 'reload', 'zoom-in', 'zoom-out', 'zoom-reset'])
      await user.click(one(button));
    expect(asked('go-back')).toHaveLength(1);
    expect(asked('reload')).toHaveLength(1);
    expect(asked('zoom').map(({ step }) => step)).toEqual(['in', 'out', 'reset']);
  });

  it('offers to stop while loading, and says how far it is', async () => {
    const { user, one, asked } = await openWindow({ tabs: ['loading'] });
    expect(document.querySelector('[role="progressbar"]')?.getAttribute('aria-valuenow')).toBe('60');
    await user.click(one('stop'));
    expect(asked('stop-loading')).toHaveLength(1);
  });
});

describe('the console area', () => {
  it.each([
    ['signing-in', 'Signing in to acme production as role/Admin', null, 'reload'],
    ['asleep', 'This tab is asleep', 'Wake up', 'reload'],
    ['expired', 'The session has ended', 'Sign in again and continue here', 'renew'],
    ['crashed', 'Other tabs are not affected', 'Reload', 'reload'],
    ['failed', 'AWS does not allow sts:AssumeRole', 'Try again', 'reload'],
  ] as const)(
    'says what a tab that is %s waits for, and offers the way on',
    async (state, words, way, ask) => {
      const { user, one, all, asked } = await openWindow({ tabs: [state] });
      expect(one('console-area').textContent).toContain(words);
      if (way === null) return expect(all('reload-page')).toHaveLength(0);
      expect(one('reload-page').textContent).toBe(way);
      await user.click(one('reload-page'));
      expect([...asked('reload'), ...asked('renew')].map((request) => request.ask)).toEqual([ask]);
    },
  );

  it('is empty under a page, and leads from a failure to the profile', async () => {
    const { user, one, asked, backend } = await openWindow({ tabs: ['failed', 'live'] });
    await user.click(one('edit-profile'));
    expect(asked('show').at(-1)?.surface).toEqual({ page: 'profile-editor', profile: 'p-prod' });
    await backend.request({ ask: 'show-tab', tab: 't-p-prod-1' });
    await tick();
    expect(one('console-area').textContent.trim()).toBe('');
  });
});

describe('with no tab', () => {
  it('explains the first steps while there is no profile', async () => {
    const { user, one, asked } = await openWindow({ profiles: 0 });
    expect(one('start-page').textContent).toContain('keychain');
    expect(one('start-page').textContent).toContain('side add');
    await user.click(one('add-first-profile'));
    expect(asked('show').at(-1)?.surface).toEqual({ page: 'profile-editor', profile: null });
  });

  it('says how to open a profile while there are some', async () => {
    const { one } = await openWindow({ active: null });
    expect(one('start-page').textContent).toContain('Pick a profile');
  });
});
