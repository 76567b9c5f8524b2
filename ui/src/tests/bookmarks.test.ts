// The page of the bookmarks: renamed, changed, removed, and taken back.
import { tick } from 'svelte';
import { describe, expect, it } from 'vitest';
import { openWindow } from './window';

const PAGE = { surface: { page: 'bookmarks' } } as const;

function row(id: string): HTMLElement {
  const found = document.querySelector<HTMLElement>(`[data-testid="bookmark-row"][data-id="${id}"]`);
  if (!found) throw new Error(`no bookmark ${id}`);
  return found;
}

function button(id: string, name: string): HTMLElement {
  const found = row(id).querySelector<HTMLElement>(`[data-testid="${name}"]`);
  if (!found) throw new Error(`no ${name} in ${id}`);
  return found;
}

describe('the bookmarks', () => {
  it('say what each is called, for whom it is, and which page', async () => {
    const { all } = await openWindow(PAGE);
    expect(all('bookmark-row').map(({ dataset }) => dataset.id)).toEqual(['b1', 'b2', 'b3']);
    expect(row('b1').textContent).toContain('Profiles of Acme');
    expect(row('b2').textContent).toContain('All profiles');
    expect(row('b2').textContent).toContain('/s3/buckets?region={region}');
    expect(button('b2', 'edit-bookmark').getAttribute('aria-label')).toBe('Edit All buckets');
  });

  it('get another name and other profiles, and the focus stays with the row', async () => {
    const { user, one, input, asked } = await openWindow(PAGE);
    await user.click(button('b2', 'edit-bookmark'));
    expect(document.activeElement).toBe(input('name'));
    await user.clear(input('name'));
    await user.type(input('name'), 'Every bucket');
    const scope = one('bookmark-form').querySelector('select') as HTMLSelectElement;
    expect([...scope.options].map(({ label }) => label)).toContain('Profiles of Acme');
    await user.selectOptions(scope, 'Profiles of Acme');
    await user.click(one('save-bookmark'));
    expect(asked('bookmark')).toEqual([
      {
        ask: 'bookmark',
        bookmark: 'b2',
        wish: 'save',
        name: 'Every bucket',
        page: '/s3/buckets?region={region}',
        scope: { of: 'group', group: 'Acme' },
      },
    ]);
    expect(row('b2').textContent).toContain('Every bucket');
    expect(document.activeElement).toBe(button('b2', 'edit-bookmark'));
  });

  it('keep what is for one profile so, where nothing else is chosen', async () => {
    const { user, one, asked } = await openWindow(PAGE);
    await user.click(button('b3', 'edit-bookmark'));
    await user.click(one('save-bookmark'));
    expect(asked('bookmark')[0]).toMatchObject({ scope: { of: 'profile', profile: 'p-own' } });
  });

  it('keep what was typed while another one is changed, until it is saved or cancelled', async () => {
    const { user, one, input } = await openWindow(PAGE);
    await user.click(button('b2', 'edit-bookmark'));
    await user.type(input('name'), ' of mine');
    await user.click(button('b1', 'edit-bookmark'));
    expect(input('name').value).not.toContain('of mine');
    await user.click(button('b2', 'edit-bookmark'));
    expect(input('name').value).toBe('All buckets of mine');
    await user.click(one('cancel'));
    await user.click(button('b2', 'edit-bookmark'));
    expect(input('name').value).toBe('All buckets');
  });

  it('say at the field what is wrong, and change nothing', async () => {
    const { user, one, input, backend } = await openWindow(PAGE);
    const before = backend.view.bookmarks;
    await user.click(button('b2', 'edit-bookmark'));
    await user.clear(input('page'));
    await user.type(input('page'), 'https://example.com');
    await user.click(one('save-bookmark'));
    expect(input('page').getAttribute('aria-invalid')).toBe('true');
    expect(document.activeElement).toBe(input('page'));
    await user.keyboard('{Escape}');
    expect(row('b2').querySelector('form')).toBeNull();
    expect(backend.view.bookmarks).toEqual(before);
  });

  it('go with a way back, and the focus goes to the next one', async () => {
    const { user, one, all } = await openWindow(PAGE);
    await user.click(button('b2', 'remove-bookmark'));
    expect(all('bookmark-row').map(({ dataset }) => dataset.id)).toEqual(['b1', 'b3']);
    expect(document.activeElement).toBe(button('b3', 'remove-bookmark'));
    expect(one('notice').textContent).toContain('All buckets');
    await user.click(one('undo'));
    expect(all('bookmark-row').map(({ dataset }) => dataset.id)).toContain('b2');
    expect(all('notice')).toHaveLength(0);
  });

  it('say why one stays that cannot be removed', async () => {
    const { user, all, one, backend } = await openWindow(PAGE);
    backend.refuseNext = { cause: { code: 'conflict' }, detail: null };
    await user.click(button('b2', 'remove-bookmark'));
    expect(all('bookmark-row')).toHaveLength(3);
    expect(one('notice').dataset.kind).toBe('failed');
  });

  it('leave the focus on the page when the last one goes', async () => {
    const { user, backend } = await openWindow(PAGE);
    backend.change({ bookmarks: backend.view.bookmarks.slice(1, 2) });
    await tick();
    await user.click(button('b2', 'remove-bookmark'));
    expect(document.activeElement?.id).toBe('surface-title');
  });

  it('offer no group that is hidden while the form is open', async () => {
    const { user, one, backend } = await openWindow(PAGE);
    await user.click(button('b2', 'edit-bookmark'));
    const offered = (): (string | undefined)[] =>
      [...(one('bookmark-form').querySelector('select')?.options ?? [])].map(({ label }) => label);
    expect(offered()).toContain('Profiles of Acme');
    backend.change({ groups: backend.view.groups.filter(({ name }) => name !== 'Acme') });
    await tick();
    expect(offered()).not.toContain('Profiles of Acme');
  });

  it('cannot be changed in a book of a newer Sidelight', async () => {
    await openWindow({ ...PAGE, readOnlyBook: true });
    expect(button('b1', 'edit-bookmark').matches(':disabled')).toBe(true);
    expect(button('b1', 'remove-bookmark').matches(':disabled')).toBe(true);
  });

  it('teach how to make one where there is none', async () => {
    const { one } = await openWindow({ ...PAGE, noBookmarks: true });
    expect(one('bookmarks').textContent).toContain('the star above a page');
  });

  it('are led to from the settings', async () => {
    const { user, one, asked } = await openWindow({ surface: { page: 'settings' } });
    await user.click(one('bookmarks-button'));
    expect(asked('show').at(-1)?.surface).toEqual({ page: 'bookmarks' });
  });
});
