// The drawer: switcher, find in page, saved layouts; and the ways to it.
import { tick } from 'svelte';
import { describe, expect, it } from 'vitest';
import type { Backend } from '../backend';
import type { Request } from '../generated/view';
import { latest } from '../lib/latest';
import { openWindow } from './window';

const TABS = { tabs: ['live', 'live', 'live'] } as const;

function selected(): HTMLElement | null {
  const id = document.activeElement?.getAttribute('aria-activedescendant');
  return id ? document.getElementById(id) : null;
}

/** Searches wait from now on; each adds to the list what lets it go on. */
function heldAnswers(backend: Backend): (() => void)[] {
  const answers: (() => void)[] = [];
  const answer = backend.request.bind(backend);
  backend.request = (request: Request) =>
    request.ask === 'search'
      ? new Promise((done) => answers.push(() => done(answer(request))))
      : answer(request);
  return answers;
}

describe('the switcher', () => {
  it('opens by its button with the keyboard in its field, and closes on Escape', async () => {
    const { user, one, all, asked } = await openWindow(TABS);
    expect(one('switcher-button').textContent).toContain('Ctrl+K');
    await user.click(one('switcher-button'));
    expect(asked('show-drawer')).toEqual([{ ask: 'show-drawer', drawer: 'switcher' }]);
    expect(document.activeElement).toBe(one('switcher-field'));
    await user.keyboard('{Escape}');
    expect(asked('hide-drawer')).toHaveLength(1);
    expect(all('drawer')).toHaveLength(0);
  });

  it('asks at each keystroke, and shows marks, runs that match and what tells lines apart', async () => {
    const { user, one, all, asked } = await openWindow({ ...TABS, drawer: 'switcher' });
    await user.type(one('switcher-field'), 'acme pro');
    expect(asked('search').at(-1)?.query).toBe('acme pro');
    expect(asked('search')).toHaveLength(8);
    const line = all('found').find(({ dataset }) => dataset.kind === 'profile');
    expect([...(line?.querySelectorAll('b') ?? [])].map((run) => run.textContent)).toContain('acme');
    expect(line?.textContent).toContain('PROD');
    expect(line?.querySelector('[data-shape="octagon"]')).not.toBeNull();
    expect(line?.textContent).toContain('111122223333');
    expect(one('found-count').textContent).toMatch(/\d+ results?/);
  });

  it('moves with the arrows and around the ends, while the field keeps the keyboard', async () => {
    const { user, one, all } = await openWindow({ drawer: 'switcher', query: 'globex' });
    const lines = all('found');
    expect(lines).toHaveLength(3);
    expect(selected()).toBe(lines[0]);
    await user.click(one('switcher-field'));
    await user.keyboard('{ArrowUp}');
    expect(selected()).toBe(lines[2]);
    expect(lines[2]?.getAttribute('aria-selected')).toBe('true');
    await user.keyboard('{ArrowDown}{ArrowDown}');
    expect(selected()).toBe(lines[1]);
    expect(document.activeElement).toBe(one('switcher-field'));
  });

  it.each([
    ['{Enter}', 'enter'],
    ['{Shift>}{Enter}{/Shift}', 'shift-enter'],
    ['{Alt>}{Enter}{/Alt}', 'alt-enter'],
  ])('chooses the selected line by %s', async (keys, by) => {
    const { user, one, asked } = await openWindow({ drawer: 'switcher', query: 'globex' });
    expect(one('deeds').textContent).toMatch(
      /^Enter Open\s*Shift\+Enter Open beside\s*Alt\+Enter Open read-only$/,
    );
    await user.keyboard('{ArrowDown}');
    await user.keyboard(keys);
    expect(asked('choose')).toEqual([{ ask: 'choose', at: 1, by }]);
  });

  it('asks for nothing by a key that does nothing with the line', async () => {
    const { user, one, asked } = await openWindow({ drawer: 'switcher', query: 'split right' });
    expect(one('deeds').textContent).not.toContain('Shift');
    await user.keyboard('{Shift>}{Enter}{/Shift}');
    expect(asked('choose')).toHaveLength(0);
    await user.click(one('found'));
    expect(asked('choose')).toEqual([{ ask: 'choose', at: 0, by: 'enter' }]);
  });

  it('waits with Enter for the answer to what is typed', async () => {
    const { user, one, backend, asked } = await openWindow({ drawer: 'switcher', query: 'globex' });
    const { drawer } = backend.view;
    const answers = heldAnswers(backend);
    await user.type(one('switcher-field'), ' t{Enter}');
    expect(asked('choose')).toHaveLength(0);
    expect(backend.view.drawer).toBe(drawer);
    while (asked('choose').length === 0) {
      answers.shift()?.();
      await tick();
    }
    expect(asked('search').map(({ query }) => query)).toEqual(['globex ', 'globex t']);
    expect(asked('choose')).toEqual([{ ask: 'choose', at: 0, by: 'enter' }]);
  });

  it.each([
    ['globex', 'found'],
    ['zzz', 'nothing-found'],
  ])('changes nothing but its field until the answer (%s)', async (query, shown) => {
    const { user, one, all, backend } = await openWindow({ drawer: 'switcher', query });
    const answers = heldAnswers(backend);
    const parts = (): (Element | null | undefined)[] => [all(shown)[0], one('found-count').firstElementChild];
    const before = parts();
    await user.type(one('switcher-field'), 'x');
    expect(answers).toHaveLength(1);
    expect(before.every((part) => part?.textContent)).toBe(true);
    parts().forEach((part, at) => expect(part).toBe(before[at]));
  });

  it('leaves Enter to an input method while it composes', async () => {
    const { one, asked } = await openWindow({ drawer: 'switcher', query: 'globex' });
    const press = (isComposing: boolean): boolean =>
      one('switcher-field').dispatchEvent(
        new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true, isComposing }),
      );
    expect(press(true)).toBe(true);
    expect(asked('choose')).toHaveLength(0);
    press(false);
    expect(asked('choose')).toHaveLength(1);
  });

  it('says what to try where nothing fits', async () => {
    const { user, one, all } = await openWindow({ drawer: 'switcher' });
    await user.type(one('switcher-field'), 'zzz');
    expect(all('found')).toHaveLength(0);
    expect(one('nothing-found').textContent).toContain('paste a link or ARN');
    expect(one('deeds').textContent).toBe('');
  });

  it('keeps what is typed when its keys are pressed again, and asks for it anew', async () => {
    const { user, one, backend, asked } = await openWindow({ drawer: 'switcher' });
    await user.type(one('switcher-field'), 'acme');
    await backend.request({ ask: 'show-drawer', drawer: 'switcher' });
    await tick();
    expect(asked('search').at(-1)?.query).toBe('acme');
    const field = one('switcher-field') as HTMLInputElement;
    expect([field.value, field.selectionStart, field.selectionEnd]).toEqual(['acme', 0, 4]);
  });

  it('names the page or the link that is to be opened', async () => {
    const { user, one, asked, backend } = await openWindow(TABS);
    await user.click(one('open-page-in'));
    expect(asked('act')).toEqual([{ ask: 'act', action: 'open-page-in' }]);
    expect(one('switcher').textContent).toContain('Open “S3 buckets” in');
    expect(one('switcher-field').getAttribute('aria-label')).toContain('S3 buckets');
    const link = `https://eu-central-1.console.aws.amazon.com/${'deep/'.repeat(30)}end`;
    await backend.request({ ask: 'open-link', text: link });
    await tick();
    expect(one('switcher').textContent).toContain('https://eu-central-1');
    expect(one('switcher').textContent).not.toContain(link);
  });

  it('sends one request at a time, and of what is typed meanwhile only the newest', async () => {
    const sent: string[] = [];
    const done: (() => void)[] = [];
    const send = latest((text) => {
      sent.push(text);
      return new Promise<void>((resolve) => done.push(resolve));
    });
    ['a', 'ab', 'abc'].forEach(send);
    expect(sent).toEqual(['a']);
    done.shift()?.();
    await tick();
    expect(sent).toEqual(['a', 'abc']);
    done.shift()?.();
    await tick();
    send('abcd');
    expect(sent).toEqual(['a', 'abc', 'abcd']);
  });
});

describe('find in page', () => {
  it('counts, steps by Enter and by its buttons, and says so aloud', async () => {
    const { user, one, asked } = await openWindow({ ...TABS, drawer: 'find' });
    expect(document.activeElement).toBe(one('find-field'));
    await user.keyboard('{Enter}');
    await user.keyboard('queue');
    expect(asked('find').at(-1)).toEqual({ ask: 'find', text: 'queue' });
    expect(one('matches').textContent?.trim()).toBe('3 matches');
    expect(one('matches').getAttribute('role')).toBe('status');
    await user.keyboard('{Enter}{Shift>}{Enter}{/Shift}');
    await user.click(one('find-next'));
    await user.click(one('find-previous'));
    expect(asked('find-step').map(({ backwards }) => backwards)).toEqual([false, true, false, true]);
    await user.click(one('close-drawer'));
    expect(asked('hide-drawer')).toHaveLength(1);
  });

  it('says when there is none, and nothing before something is looked for', async () => {
    const { user, one } = await openWindow({ ...TABS, drawer: 'find' });
    expect(one('matches').textContent?.trim()).toBe('');
    await user.keyboard('a word that is nowhere');
    expect(one('matches').textContent?.trim()).toBe('No match');
    expect((one('find-next') as HTMLButtonElement).disabled).toBe(true);
  });
});

describe('saved layouts', () => {
  it('are opened by Enter, removed, and saved under a name', async () => {
    const { user, all, asked } = await openWindow({ drawer: 'layouts', layouts: ['Monday', 'Acme'] });
    expect(document.activeElement).toBe(all('open-layout')[0]);
    await user.keyboard('{ArrowDown}{Enter}');
    expect(asked('open-layout')).toEqual([{ ask: 'open-layout', name: 'Acme' }]);
    expect(all('drawer')).toHaveLength(0);
  });

  it('can be removed and saved, and say what was refused', async () => {
    const { user, one, all, asked, backend } = await openWindow({ drawer: 'layouts', layouts: ['Monday'] });
    await user.click(one('remove-layout'));
    expect(asked('remove-layout')).toEqual([{ ask: 'remove-layout', name: 'Monday' }]);
    expect(document.activeElement).toBe(one('layout-name'));
    backend.refuseNext = { cause: { code: 'input', field: 'name', problem: 'too-long' }, detail: null };
    await user.type(one('layout-name'), 'Acme side by side{Enter}');
    expect(one('layouts').textContent).toContain('This is too long');
    await user.click(one('save-layout'));
    expect(asked('save-layout').at(-1)).toEqual({ ask: 'save-layout', name: 'Acme side by side' });
    expect(all('open-layout').map(({ textContent }) => textContent)).toEqual(['Acme side by side']);
    await user.type(one('layout-name'), 'Acme side by side');
    expect(one('save-layout').textContent).toBe('Replace');
  });
});

describe('the toolbar', () => {
  it('copies the link and keeps a bookmark', async () => {
    const { user, one, asked } = await openWindow({ tabs: ['live'] });
    await user.click(one('copy-link'));
    expect(asked('copy-link')).toEqual([{ ask: 'copy-link', tab: 't-p-prod-0' }]);
    expect(one('bookmark').getAttribute('aria-pressed')).toBe('false');
    await user.click(one('bookmark'));
    expect(asked('toggle-bookmark')).toHaveLength(1);
    expect(one('bookmark').getAttribute('aria-pressed')).toBe('true');
    expect(one('bookmark').title).toContain('Ctrl+D');
  });
});
