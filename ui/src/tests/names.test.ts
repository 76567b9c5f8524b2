// How parts of the window are called: what a screen reader says of a row, a heading, a tab or a key.
import { tick } from 'svelte';
import { describe, expect, it } from 'vitest';
import { percent } from '../lib/format';
import { wordsOf } from './heard';
import { named, openWindow } from './window';

describe('the name of', () => {
  it('a found line has its parts apart', async () => {
    const { all, backend } = await openWindow({ drawer: 'switcher', query: 'acme staging' });
    expect(wordsOf(all('found')[0])).toBe('Profile, STG acme staging, Acme, 111122224444, eu-central-1');
    const { drawer } = backend.view;
    if (drawer.kind !== 'switcher' || !drawer.found[0]) throw new Error('nothing found');
    const part = (text: string) => ({ kind: 'page' as const, runs: [{ text, isMatch: false }] });
    const line = { ...drawer.found[0], title: [part('S3'), part('Buckets')], detail: [] };
    backend.change({ drawer: { ...drawer, found: [line] } });
    await tick();
    expect(wordsOf(all('found')[0])).toBe('Profile, STG S3, Buckets');
  });

  it('keys has each chord apart', async () => {
    const { one } = await openWindow({ surface: { page: 'shortcuts' } });
    const reload = one('shortcuts').querySelector('[data-action="reload"] [data-testid="change-keys"]');
    expect(wordsOf(reload)).toBe('Change the keys of “Reload”: Ctrl+R, F5');
    expect(one('shortcuts').textContent).toContain('Alt+↑, Alt+↓');
  });

  it('a pane begins with its mark', async () => {
    const { one, all, backend } = await openWindow({ tabs: ['live'] });
    expect(wordsOf(one('pane-header').querySelector('h2'))).toBe('PROD, acme production');
    const [tab] = backend.view.tabs;
    if (!tab) throw new Error('no tab');
    backend.change({ tabs: [{ ...tab, mark: { ...tab.mark, word: null } }] });
    await tick();
    expect(wordsOf(one('pane-header').querySelector('h2'))).toBe('acme production');
    expect(all('pane')).toHaveLength(1);
  });

  it('a tab says whose it is before which page', async () => {
    const { all } = await openWindow({ tabs: ['live'], readOnly: true });
    expect(named(all('tab'), 'acme production').getAttribute('aria-label')).toBe(
      'acme production, PROD, READ-ONLY, S3 buckets, open',
    );
  });

  it('a group says how many profiles it has, in both languages', async () => {
    const { all, backend, user, one } = await openWindow();
    const names = (): (string | null)[] => all('group').map((row) => row.getAttribute('aria-label'));
    expect(names()).toEqual(['Acme, 3 profiles', 'Globex 商事, 3 profiles']);
    await user.type(one('filter'), 'staging');
    expect(names()).toEqual(['Acme, 1 profile']);
    backend.change({ layout: { ...backend.view.layout, language: 'ja' } });
    await tick();
    expect(names()).toEqual(['Acme 1 件のプロファイル']);
  });

  it('the zoom spells both numbers alike, in both languages', async () => {
    const { one, backend } = await openWindow({ tabs: ['live'] });
    expect(one('zoom-reset').getAttribute('aria-label')).toBe(`Zoom ${percent(1)}, back to ${percent(1)}`);
    backend.change({ layout: { ...backend.view.layout, language: 'ja' } });
    await tick();
    expect(one('zoom-reset').getAttribute('aria-label')?.split(percent(1))).toHaveLength(3);
  });
});

describe('the cheat sheet', () => {
  it('has no empty list', async () => {
    const { one } = await openWindow({ surface: { page: 'shortcuts' } });
    const lists = [...one('shortcuts').querySelectorAll('dl')];
    expect(lists.length).toBeGreaterThan(0);
    expect(lists.filter(({ childElementCount }) => childElementCount === 0)).toEqual([]);
  });
});
