// The import: what ~/.aws has, what is ticked and edited of it, and what may be deleted afterwards.
import { tick } from 'svelte';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { errorOf } from '../fake/activity';
import { forgetPicks } from '../lib/picks.svelte';
import { openWindow, type Opened } from './window';

const IMPORT = { surface: { page: 'import' }, importing: 8 } as const;

beforeEach(() => forgetPicks('import'));

function row({ all }: Opened, index: number): HTMLElement {
  const found = all('import-row')[index];
  if (!found) throw new Error(`no row ${index}`);
  return found;
}

function box(within: HTMLElement): HTMLInputElement {
  return within.querySelector('.tick input') as HTMLInputElement;
}

function named(within: HTMLElement, label: string): HTMLInputElement {
  return within.querySelector(`[aria-label^="${label} "]`) as HTMLInputElement;
}

describe('the first start', () => {
  it('says what is found in ~/.aws, and leads there', async () => {
    const { user, one, asked } = await openWindow({ profiles: 0, found: true });
    expect(one('found-in-aws').textContent).toContain('Found 7 profiles and 2 SSO sessions in ~/.aws');
    await user.click(one('find-imports'));
    expect(asked('find-imports')).toHaveLength(1);
    expect(one('import-table')).toBeTruthy();
  });

  it.each([
    [{ profiles: 1, ssoSessions: 0 }, 'Found 1 profile in ~/.aws'],
    [{ profiles: 1, ssoSessions: 1 }, 'Found 1 profile and 1 SSO session in ~/.aws'],
  ])('counts what it finds', async (foundInAws, words) => {
    const { one, all, backend } = await openWindow({ profiles: 0 });
    expect(all('found-in-aws')).toHaveLength(0);
    backend.change({ foundInAws });
    await tick();
    expect(one('found-in-aws').textContent).toContain(words);
    backend.change({ foundInAws: null });
    await tick();
    expect(all('found-in-aws')).toHaveLength(0);
  });
});

describe('what can be imported', () => {
  it('is ticked where it is new, unless it runs a command', async () => {
    const { all, one } = await openWindow(IMPORT);
    const ticked = all('import-row').map((each) => [each.dataset.state, box(each).checked]);
    expect(ticked).toEqual([
      ['new', true],
      ['new', false],
      ['known', false],
      ['changed', false],
      ['cannot', false],
      ['new', true],
      ['new', true],
      ['new', true],
    ]);
    expect(one('import-count').textContent).toBe('4 of 8 chosen');
    expect(one('import-now').textContent).toContain('Import 4 profiles');
  });

  it('says how each signs in, what it runs, and why one cannot be used', async () => {
    const opened = await openWindow(IMPORT);
    const command = row(opened, 1);
    expect(command.textContent).toContain('/usr/local/bin/vault-aws --account 111122223333');
    const described = box(command).getAttribute('aria-describedby') ?? '';
    expect(document.getElementById(described)?.textContent).toContain('vault-aws');
    expect(row(opened, 2).textContent).toContain('Already here');
    expect(row(opened, 3).textContent).toContain('role/PowerUser through base');
    const cannot = row(opened, 4);
    expect(cannot.textContent).toContain('Cannot be used');
    expect(cannot.textContent).toContain('source_profile "gone" does not exist');
    expect(box(cannot).disabled).toBe(true);
    expect(cannot.querySelector('[aria-label^="Name"]')).toBeNull();
  });

  it('is ticked all at once, without what runs a command', async () => {
    const { user, one, all } = await openWindow(IMPORT);
    const each = one('tick-all') as HTMLInputElement;
    expect([each.checked, each.indeterminate]).toEqual([false, true]);
    await user.click(each);
    expect(all('import-row').filter((line) => box(line).checked)).toHaveLength(5);
    expect(each.checked).toBe(true);
    await user.click(each);
    expect(one('import-count').textContent).toBe('0 of 8 chosen');
    expect((one('import-now') as HTMLButtonElement).disabled).toBe(true);
  });

  it('is imported as it was ticked and edited', async () => {
    const opened = await openWindow(IMPORT);
    const { user, one, asked } = opened;
    await user.click(one('tick-all'));
    await user.click(one('tick-all'));
    await user.click(box(row(opened, 0)));
    await user.click(box(row(opened, 1)));
    await user.clear(named(row(opened, 0), 'Name of'));
    await user.type(named(row(opened, 0), 'Name of'), 'acme production');
    await user.type(named(row(opened, 0), 'Group of'), 'Acme');
    await user.type(named(row(opened, 1), 'Mark of'), 'TEST');
    expect(row(opened, 1).textContent).toContain('TEST');
    await user.click(row(opened, 0).querySelector('[data-testid="move-keys"]') as Element);
    await user.click(one('import-now'));
    expect(asked('import')).toEqual([
      {
        ask: 'import',
        rows: [
          { key: 'profile 0', name: 'acme production', group: 'Acme', mark: '', moveKeys: true },
          { key: 'profile 1', name: 'client-01-stg', group: '', mark: 'TEST', moveKeys: false },
        ],
      },
    ]);
  });

  it('keeps ticks and names while one looks elsewhere, and when it is refused', async () => {
    const opened = await openWindow(IMPORT);
    const { user, one, backend } = opened;
    await user.type(named(row(opened, 5), 'Name of'), '!');
    await user.click(box(row(opened, 0)));
    for (const page of ['settings', 'import'] as const) {
      await backend.request({ ask: 'show', surface: { page } });
      await tick();
    }
    expect(named(row(opened, 5), 'Name of').value).toBe('client-02-stg!');
    expect(box(row(opened, 0)).checked).toBe(false);
    backend.refuseNext = errorOf('keychain-locked');
    await user.click(one('import-now'));
    expect(one('import').textContent).toContain('The keychain is locked');
    expect(named(row(opened, 5), 'Name of').value).toBe('client-02-stg!');
  });

  it('draws only what is in sight of five thousand', async () => {
    const { one, all } = await openWindow({ ...IMPORT, importing: 5000 });
    expect(one('import-count').textContent).toBe('4,996 of 5,000 chosen');
    expect(all('import-row').length).toBeLessThan(60);
    expect(one('import-table').getAttribute('aria-rowcount')).toBe('5001');
    expect(all('import-row')[0]?.getAttribute('aria-rowindex')).toBe('2');
  });

  it('is looked for again where there is none', async () => {
    const { user, one, asked } = await openWindow({ surface: { page: 'import' } });
    expect(one('import').textContent).toContain('Nothing was found');
    await user.click(one('find-imports'));
    expect(asked('find-imports')).toHaveLength(1);
  });
});

describe('after the import', () => {
  async function importKeys(): Promise<Opened> {
    const opened = await openWindow(IMPORT);
    await opened.user.click(row(opened, 0).querySelector('[data-testid="move-keys"]') as Element);
    await opened.user.click(opened.one('import-now'));
    await tick();
    return opened;
  }

  it('the result is said, with the lines that may be deleted', async () => {
    const { user, one, asked } = await importKeys();
    expect(one('import-done').textContent).toContain('4 profiles were added.');
    const area = one('lines-to-delete') as HTMLTextAreaElement;
    expect(area.readOnly).toBe(true);
    expect(area.value.split('\n')).toHaveLength(3);
    await user.click(one('import-close'));
    expect(asked('show').at(-1)?.surface).toEqual({ page: 'console' });
  });

  it('the lines are copied, or marked where the clipboard is closed', async () => {
    const { user, one } = await importKeys();
    const area = one('lines-to-delete') as HTMLTextAreaElement;
    const write = vi.spyOn(navigator.clipboard, 'writeText').mockResolvedValueOnce();
    await user.click(one('copy-lines'));
    expect(write).toHaveBeenCalledWith(area.value);
    expect(one('lines-said').textContent).toContain('Copied.');
    write.mockRejectedValueOnce(new Error('closed'));
    await user.click(one('copy-lines'));
    await tick();
    expect(one('lines-said').textContent).toContain('Marked');
    expect(area.selectionEnd - area.selectionStart).toBe(area.value.length);
  });

  it('no lines are named where no keys were moved', async () => {
    const { user, one, all } = await openWindow(IMPORT);
    await user.click(one('import-now'));
    await tick();
    expect(one('import-done')).toBeTruthy();
    expect(all('lines-to-delete')).toHaveLength(0);
  });
});

describe('a file', () => {
  const CSV = new File(
    ['Access key ID,Secret access key\nAKIAIOSFODNN7EXAMPLE,not-a-secret\n'],
    'bob_accessKeys.csv',
  );

  it('is chosen, imported, and may be deleted then', async () => {
    const { user, one, asked } = await openWindow({ profiles: 0, surface: { page: 'import' } });
    expect(one('import').textContent).toContain('Nothing was found in ~/.aws');
    await user.upload(one('import-file').querySelector('input') as HTMLInputElement, CSV);
    await vi.waitFor(() => expect(asked('import-file')).toHaveLength(1));
    expect(asked('import-file')[0]).toEqual({
      ask: 'import-file',
      name: 'bob_accessKeys.csv',
      contents: btoa('Access key ID,Secret access key\nAKIAIOSFODNN7EXAMPLE,not-a-secret\n'),
    });
    await vi.waitFor(() => expect(one('import-done').textContent).toContain('1 profile was added.'));
    expect(one('file-to-delete').textContent).toContain('bob_accessKeys.csv');
  });

  it('is dropped beside what ~/.aws has, which stays as it was ticked', async () => {
    const { all, one, asked } = await openWindow(IMPORT);
    const event = new Event('drop', { bubbles: true, cancelable: true });
    Object.assign(event, { dataTransfer: { files: [new File(['x'], 'notes.txt')], types: ['Files'] } });
    one('import-file').dispatchEvent(event);
    expect(event.defaultPrevented).toBe(true);
    await vi.waitFor(() => expect(all('problem-importFile')).toHaveLength(1));
    expect(one('problem-importFile').textContent).toContain('notes.txt');
    expect(asked('import-file')).toHaveLength(1);
    expect(one('import-count').textContent).toBe('4 of 8 chosen');
  });

  it('that is too large is not even read', async () => {
    const { user, one, all, asked } = await openWindow(IMPORT);
    const large = new File([new Uint8Array(10_000_001)], 'large.csv');
    await user.upload(one('import-file').querySelector('input') as HTMLInputElement, large);
    await vi.waitFor(() => expect(all('problem-importFile')).toHaveLength(1));
    expect(asked('import-file')).toHaveLength(0);
  });
});
