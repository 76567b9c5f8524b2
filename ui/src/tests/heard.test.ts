// What is said aloud when something changes: counts, warnings, answers of forms, and which tab shows.
import { render } from '@testing-library/svelte';
import { tick } from 'svelte';
import { beforeEach, describe, expect, it } from 'vitest';
import Said from '../components/parts/Said.svelte';
import { LOSSES } from '../fake/guarded';
import type { TabView } from '../generated/view';
import { forgetDraft } from '../lib/drafts';
import { forgetRules } from '../lib/rule-drafts.svelte';
import { listen } from './heard';
import { openWindow, type Opened } from './window';

const LIVE = ['live', 'live', 'live', 'live'] as const;

beforeEach(() => {
  forgetRules();
  [null, 'p-prod'].forEach(forgetDraft);
});

async function change({ backend }: Opened, tab: string, part: Partial<TabView>): Promise<void> {
  backend.change({
    tabs: backend.view.tabs.map((each) => (each.id === tab ? { ...each, ...part } : each)),
  });
  await tick();
}

describe('a region that says something', () => {
  it('stays, and has a paragraph of its own for each text', async () => {
    const { container, rerender } = render(Said, { text: '' });
    const region = container.querySelector('[role="status"]');
    const heard = listen();
    await rerender({ text: 'one' });
    const paragraph = region?.querySelector('p');
    await rerender({ text: 'two' });
    expect(heard()).toEqual(['one', 'two']);
    expect(region?.querySelector('p')).not.toBe(paragraph);
    expect(container.querySelector('[role="status"]')).toBe(region);
    await rerender({ text: '' });
    expect(region?.querySelector('p')).toBeNull();
  });

  it('says the same again where it is told to', async () => {
    const { rerender } = render(Said, { text: 'Now rule 2' });
    const heard = listen();
    await rerender({ text: 'Now rule 2' });
    expect(heard()).toEqual([]);
    await rerender({ text: 'Now rule 2', turn: 1 });
    expect(heard()).toEqual(['Now rule 2']);
  });
});

describe('what changes is heard:', () => {
  it('how many profiles match', async () => {
    const { user, one } = await openWindow();
    const heard = listen();
    await user.type(one('filter'), 'ac');
    await user.type(one('filter'), 'me s');
    expect(heard().at(-1)).toBe('1 profile matches');
  });

  it('how many results the switcher has', async () => {
    const { user, one } = await openWindow({ drawer: 'switcher' });
    const heard = listen();
    await user.type(one('switcher-field'), 'globex');
    expect(heard().at(-1)).toBe('3 results');
    await user.type(one('switcher-field'), ' zzz');
    expect(heard().at(-1)).toMatch(/^Nothing fits/);
  });

  it('how often a text is in the page, which is in sight once only for who sees', async () => {
    const { user, one } = await openWindow({ tabs: LIVE, drawer: 'find' });
    const heard = listen();
    await user.type(one('find-field'), 'queue');
    expect(heard().at(-1)).toBe('3 matches');
    await user.type(one('find-field'), ' that is nowhere');
    expect(heard().at(-1)).toBe('No match');
    expect(one('find').querySelector('.digits')?.getAttribute('aria-hidden')).toBe('true');
  });

  it('how many settings fit', async () => {
    const { user, one } = await openWindow({ surface: { page: 'settings' } });
    const heard = listen();
    await user.type(one('settings-filter'), 'sleep tab');
    expect(heard().at(-1)).toBe('3 settings');
  });

  it('where a rule went, also when two go to the same place', async () => {
    const { user, all } = await openWindow({ surface: { page: 'rules' } });
    const heard = listen();
    await user.click(all('rule-down')[0] as Element);
    await user.click(all('rule-down')[0] as Element);
    expect(heard().filter((words) => words === 'Now rule 2')).toHaveLength(2);
  });

  it('that marks are as saved, once something was changed', async () => {
    const { user, all } = await openWindow({ surface: { page: 'rules' } });
    const heard = listen();
    await user.click(all('rule-down')[0] as Element);
    expect(heard().some((words) => words.startsWith('As saved'))).toBe(true);
  });

  it('the answer to a test, and another answer after it', async () => {
    const opened = await openWindow({ surface: { page: 'profile-editor', profile: 'p-prod' } });
    const heard = listen();
    await opened.user.click(opened.one('test-profile'));
    await tick();
    expect(heard()).toEqual(['111122223333 as role/Admin, session up to 12 h']);
    const { groups } = opened.backend.view;
    const test = {
      state: 'passed',
      account: '111122223333',
      identity: 'role/Other',
      upToSeconds: 3600,
    } as const;
    opened.backend.change({
      groups: groups.map(({ name, profiles }) => ({
        name,
        profiles: profiles.map((profile) => ({ ...profile, test })),
      })),
    });
    await tick();
    expect(heard()).toEqual(['111122223333 as role/Other, session up to 1 h']);
  });

  it('that a session ends soon', async () => {
    const opened = await openWindow({ tabs: LIVE });
    const heard = listen();
    await change(opened, 't-p-prod-0', { endsAt: Date.now() + 5 * 60_000 });
    expect(heard()).toEqual(['The session of acme production ends in less than ten minutes.']);
    expect(opened.one('ends-soon').tagName).toBe('DIV');
  });

  it('that a layout was saved and removed, and each refusal', async () => {
    const { user, one, backend } = await openWindow({ drawer: 'layouts', layouts: ['Monday'] });
    const heard = listen();
    for (const problem of ['too-long', 'malformed'] as const) {
      backend.refuseNext = { cause: { code: 'input', field: 'name', problem }, detail: null };
      await user.type(one('layout-name'), 'x{Enter}');
    }
    expect(heard()).toHaveLength(2);
    await user.type(one('layout-name'), '{Enter}');
    expect(heard()).toContain('Saved as xx.');
    await user.click(document.querySelector('[data-testid="remove-layout"]') as Element);
    await tick();
    expect(heard()).toContain('Monday was removed.');
  });

  it('what is wrong with a field, also when something else is wrong next', async () => {
    const { user, one, input } = await openWindow({ surface: { page: 'profile-editor', profile: null } });
    const heard = listen();
    await user.click(one('save-profile'));
    await user.type(input('name'), 'acme staging');
    await user.click(one('save-profile'));
    expect(heard()).toEqual(['This must not be empty.', 'Another one has this name already.']);
  });

  it('that the profiles can no longer be changed, while the form is open', async () => {
    const { backend } = await openWindow({ surface: { page: 'profile-editor', profile: 'p-prod' } });
    const heard = listen();
    backend.change({ layout: { ...backend.view.layout, readOnlyBook: true } });
    await tick();
    expect(heard()[0]).toContain('newer Sidelight');
  });

  it('what a page lost on its way, also with another tab', async () => {
    const opened = await openWindow({ tabs: LIVE });
    await change(opened, 't-p-prod-1', { losses: LOSSES.slice(0, 1) });
    const heard = listen();
    await opened.backend.request({ ask: 'show-tab', tab: 't-p-prod-1' });
    await tick();
    expect(heard().join('\n')).toContain('i-0abc1234def567890 is of another account');
  });

  it('that other clients are hidden, and whose names show', async () => {
    const { user, one } = await openWindow({ tabs: LIVE });
    const heard = listen();
    await user.click(one('screen-share-button'));
    expect(heard()).toContain('Other clients are hidden, Only Acme shows. 4 profiles are hidden.');
  });

  it('a notice', async () => {
    const { backend, one } = await openWindow();
    const heard = listen();
    expect(one('notices').getAttribute('aria-label')).toBeNull();
    backend.change({ notices: [{ id: 'n-1', body: { kind: 'no-room' } }] });
    await tick();
    expect(heard()).toEqual([expect.stringContaining('no room for another pane')]);
    expect(one('notices').getAttribute('aria-label')).toBe('Notices');
  });
});

describe('of the tabs in sight is heard', () => {
  it('which profile and page show now, when another tab does', async () => {
    const { backend } = await openWindow({ tabs: LIVE });
    const heard = listen();
    await backend.request({ ask: 'show-tab', tab: 't-p-stg-2' });
    await tick();
    expect(heard()[0]).toMatch(/^STG, acme staging, /);
    await backend.request({ ask: 'show-tab', tab: 't-p-prod-0' });
    await tick();
    expect(heard()).toEqual(['PROD, acme production, S3 buckets']);
    await backend.request({ ask: 'show-tab', tab: 't-p-prod-1' });
    await tick();
    expect(heard()).toHaveLength(1);
  });

  it.each([
    ['is held', { held: 'confirmation', state: 'asleep' }, 'waits for your confirmation'],
    ['is covered', { covered: true }, 'covered'],
    ['falls asleep', { state: 'asleep' }, 'asleep'],
    ['failed', { state: 'failed' }, 'failed'],
    ['crashed', { state: 'crashed' }, 'crashed'],
    ['has expired', { state: 'expired' }, 'session expired'],
  ] as const)('that the one that shows %s', async (_, part, words) => {
    const opened = await openWindow({ tabs: LIVE });
    const heard = listen();
    await change(opened, 't-p-prod-0', part);
    expect(heard()).toContain(`PROD, acme production, S3 buckets, ${words}`);
  });

  it('that it is awake again, once, and nothing of the pages that it loads then', async () => {
    const opened = await openWindow({ tabs: ['asleep', 'live'], active: 'asleep' });
    const heard = listen();
    await change(opened, 't-p-prod-0', { state: 'loading' });
    expect(heard()).toEqual([]);
    await change(opened, 't-p-prod-0', { state: 'live' });
    expect(heard()).toEqual(['PROD, acme production, S3 buckets']);
    await change(opened, 't-p-prod-0', { state: 'loading', title: 'Queues' });
    await change(opened, 't-p-prod-0', { state: 'live' });
    expect(heard()).toEqual([]);
  });

  it('of another pane only what went wrong', async () => {
    const opened = await openWindow({ tabs: LIVE, panes: 'two' });
    const heard = listen();
    await change(opened, 't-p-stg-2', { state: 'asleep' });
    expect(heard()).toEqual([]);
    await change(opened, 't-p-stg-2', { state: 'crashed' });
    expect(heard()).toEqual([expect.stringMatching(/^STG, acme staging, .*, crashed$/)]);
  });

  it('nothing while another page of the app lies over them, and which one shows after it', async () => {
    const opened = await openWindow({ tabs: LIVE });
    await opened.backend.request({ ask: 'show', surface: { page: 'settings' } });
    await tick();
    const heard = listen();
    await change(opened, 't-p-prod-0', { state: 'asleep' });
    expect(heard()).toEqual([]);
    await opened.backend.request({ ask: 'show', surface: { page: 'console' } });
    await tick();
    expect(heard()).toEqual(['PROD, acme production, S3 buckets, asleep']);
  });

  it('no name of another client while the screen is shared', async () => {
    const opened = await openWindow({ tabs: [...LIVE, ...LIVE], panes: 'two', screenShare: true });
    const heard = listen();
    const hidden = opened.backend.view.tabs.findLast(({ isHidden }) => isHidden);
    await opened.backend.request({ ask: 'show-tab', tab: hidden?.id ?? '' });
    await tick();
    expect(heard()).toContain('Hidden while you share the screen');
  });
});
