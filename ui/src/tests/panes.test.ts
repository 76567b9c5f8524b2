// Panes side by side: where they stand, what they tell Rust, dividers, dragging, menus, words.
import { fireEvent } from '@testing-library/svelte';
import { tick } from 'svelte';
import { describe, expect, it } from 'vitest';
import { groupsOf } from '../fake/profiles';
import { dropAt, gapsOf, offered, shareAt } from '../lib/panes';
import { observers } from './setup';
import { named, openWindow, type Opened } from './window';

const LIVE = ['live', 'live', 'live', 'live', 'live', 'live'] as const;
const two = { tabs: LIVE, panes: 'two' } as const;
const three = { tabs: LIVE, panes: 'three' } as const;

/** Gives every pane a place on a screen of 1000 by 600 below a strip of 40, right of a sidebar of 200. */
function layOut({ one, all, backend }: Opened, frame = 3): void {
  window.innerWidth = 1200;
  window.innerHeight = 640;
  one('panes').getBoundingClientRect = () => new DOMRect(200, 40, 1000, 600);
  for (const element of all('pane')) {
    const pane = backend.view.layout.panes.find(({ id }) => String(id) === element.dataset.pane);
    if (!pane) throw new Error('no such pane');
    const box = new DOMRect(
      200 + pane.left * 1000,
      40 + pane.top * 600,
      pane.width * 1000,
      pane.height * 600,
    );
    const area = element.querySelector('[data-testid="console-area"]');
    if (element.parentElement) element.parentElement.getBoundingClientRect = () => box;
    if (area)
      area.getBoundingClientRect = () =>
        new DOMRect(box.x + frame, box.y + 90, box.width - 2 * frame, box.height - 90 - frame);
  }
  observers.forEach((tell) => tell());
}

async function press(target: Element, type: string, at: { x: number; y: number }): Promise<void> {
  const init = { clientX: at.x, clientY: at.y, button: 0, pointerId: 1, bubbles: true };
  await fireEvent(target, new MouseEvent(type, init));
}

async function nextFrame(): Promise<void> {
  await new Promise((done) => requestAnimationFrame(done));
  await tick();
}

describe('panes', () => {
  it('stand at their shares of the area, each with the header of its tab', async () => {
    const { all } = await openWindow(three);
    const boxes = all('pane').map((pane) => pane.parentElement?.style);
    expect(boxes.map((style) => [style?.left, style?.top, style?.width, style?.height])).toEqual([
      ['0%', '0%', '50%', '100%'],
      ['50%', '0%', '50%', '50%'],
      ['50%', '50%', '50%', '50%'],
    ]);
    expect(all('pane-header').map(({ dataset }) => dataset.profileName)).toEqual([
      'acme production',
      'acme staging',
      'acme development',
    ]);
  });

  it('keep a gap at their inner sides only', () => {
    const pane = { id: 1, tab: null, left: 0.5, top: 0, width: 0.5, height: 0.5 };
    expect(gapsOf(pane)).toEqual({ left: 3, right: 0, top: 0, bottom: 3 });
    expect(gapsOf({ ...pane, left: 0, width: 1, height: 1 })).toEqual({
      left: 0,
      right: 0,
      top: 0,
      bottom: 0,
    });
  });

  it('tell where the area is and how far each console is from its share of it, once and on change', async () => {
    const opened = await openWindow(two);
    const { asked } = opened;
    expect(asked('set-area')).toHaveLength(0);
    layOut(opened);
    layOut(opened);
    expect(asked('set-area')).toEqual([
      { ask: 'set-area', insets: { top: 40, right: 0, bottom: 0, left: 200 }, width: 1000, height: 600 },
    ]);
    const insets = { top: 90, right: 3, bottom: 3, left: 3 };
    expect(asked('set-pane-insets')).toEqual([
      { ask: 'set-pane-insets', pane: 1, insets },
      { ask: 'set-pane-insets', pane: 2, insets },
    ]);
    layOut(opened, 6.2);
    expect(asked('set-pane-insets').at(-1)?.insets).toEqual({ top: 90, right: 6, bottom: 6, left: 6 });
  });

  it('have one that is current, and a press into another asks for it', async () => {
    const { all, asked } = await openWindow(two);
    expect(all('pane').map((pane) => pane.getAttribute('aria-current'))).toEqual(['true', null]);
    await press(all('pane-header')[0] as Element, 'pointerdown', { x: 0, y: 0 });
    expect(asked('focus-pane')).toHaveLength(0);
    await press(all('pane-header')[1] as Element, 'pointerdown', { x: 0, y: 0 });
    expect(asked('focus-pane')).toEqual([{ ask: 'focus-pane', pane: 2 }]);
    expect(all('pane').map((pane) => pane.getAttribute('aria-current'))).toEqual([null, 'true']);
  });

  it('are split where the button stands, maximised, restored, linked and closed', async () => {
    const { user, all, one, asked } = await openWindow(two);
    all('split-down')[1]?.focus();
    await user.keyboard('{Enter}');
    await tick();
    expect(asked('focus-pane')).toEqual([{ ask: 'focus-pane', pane: 2 }]);
    expect(asked('split')).toEqual([{ ask: 'split', edge: 'bottom' }]);
    expect(all('pane')).toHaveLength(3);
    await user.click(all('link-panes')[0] as Element);
    expect(all('linked')).toHaveLength(2);
    expect(all('linked')[0]?.textContent).toBe('Linked');
    await user.click(all('maximise-pane')[0] as Element);
    expect(one('maximise-pane').getAttribute('aria-label')).toBe('Show all panes');
    await user.click(one('maximise-pane'));
    await user.click(all('close-pane')[2] as Element);
    expect(asked('close-pane')).toEqual([{ ask: 'close-pane', pane: 4 }]);
    expect(all('pane')).toHaveLength(2);
  });

  it('are closed without the focus going there first', async () => {
    const { user, all, asked, backend } = await openWindow(three);
    await user.click(all('close-pane')[0] as Element);
    expect(asked('focus-pane')).toHaveLength(0);
    expect(asked('close-pane')).toEqual([{ ask: 'close-pane', pane: 1 }]);
    expect(backend.view.layout.focusedPane).toBe(4);
  });

  it('show no controls for several panes while there is one', async () => {
    const { all, one } = await openWindow({ tabs: LIVE });
    expect(one('split-right')).toBeTruthy();
    for (const control of ['link-panes', 'maximise-pane', 'close-pane', 'linked', 'divider'])
      expect(all(control)).toHaveLength(0);
  });

  it('say that a tab is read-only in words, in the header and on the tab', async () => {
    const { all } = await openWindow({ ...two, readOnly: true });
    expect(all('read-only').map(({ textContent }) => textContent)).toEqual(['READ-ONLY', 'READ-ONLY']);
    expect(all('tab')[0]?.textContent).toContain('READ-ONLY');
    expect(all('tab')[0]?.getAttribute('aria-label')).toContain('acme production, PROD, READ-ONLY');
    expect(all('tab')[1]?.textContent).not.toContain('READ-ONLY');
  });
});

describe('a notice', () => {
  it('says that there is no room for another pane', async () => {
    const { one, backend } = await openWindow(two);
    backend.change({ notices: [{ id: 'n-1', body: { kind: 'no-room' } }] });
    await tick();
    expect(one('notice').textContent).toContain('no room for another pane');
  });
});

describe('an empty pane', () => {
  it('offers profiles, those of the same group first, and opens one in itself', async () => {
    const { user, one, all, asked, backend } = await openWindow({ tabs: LIVE, panes: 'empty' });
    expect(all('open-in-pane').map(({ dataset }) => dataset.profileName)).toEqual([
      'acme production',
      'acme staging',
      'acme development',
      'own account',
      'globex 本番',
      'globex test',
      'globex playground with a rather long name',
    ]);
    await backend.request({ ask: 'focus-pane', pane: 1 });
    await tick();
    named(all('open-in-pane'), 'acme development').focus();
    await user.keyboard('{Enter}');
    await tick();
    expect(asked('focus-pane').at(-1)).toEqual({ ask: 'focus-pane', pane: 4 });
    expect(asked('open-tab')).toEqual([
      { ask: 'open-tab', profile: 'p-dev', service: null, region: null, readOnly: null, beside: false },
    ]);
    expect(all('empty-pane')).toHaveLength(0);
    expect(one('panes').querySelectorAll('[data-testid="pane-header"]')).toHaveLength(3);
  });

  it('offers no more than asked for', () => {
    const profiles = groupsOf(300, 0).flatMap((group) => group.profiles);
    expect(offered(profiles, [], [], 8)).toHaveLength(8);
  });

  it('can be closed', async () => {
    const { user, one, asked } = await openWindow({ tabs: LIVE, panes: 'empty' });
    await user.click(one('close-this-pane'));
    expect(asked('close-pane')).toEqual([{ ask: 'close-pane', pane: 4 }]);
  });
});

describe('a divider', () => {
  it('says where it stands, and moves by the keyboard', async () => {
    const { user, one, asked } = await openWindow(two);
    const divider = one('divider');
    expect(divider.getAttribute('aria-orientation')).toBe('vertical');
    expect(divider.getAttribute('aria-valuenow')).toBe('50');
    divider.focus();
    await user.keyboard('{ArrowRight}{Shift>}{ArrowLeft}{/Shift}{ArrowDown}{Home}{End}');
    expect(asked('move-divider').map(({ share }) => share)).toEqual([0.52, 0.42, 0.1, 0.9]);
    expect(divider.getAttribute('aria-valuenow')).toBe('90');
    await user.keyboard('{Enter}');
    expect(asked('even-divider')).toEqual([{ ask: 'even-divider', split: 3, after: 0 }]);
    expect(divider.getAttribute('aria-valuenow')).toBe('50');
  });

  it('between rows moves up and down', async () => {
    const { user, all, asked } = await openWindow(three);
    const lying = all('divider').find((each) => each.getAttribute('aria-orientation') === 'horizontal');
    lying?.focus();
    await user.keyboard('{ArrowLeft}{ArrowUp}');
    expect(asked('move-divider')).toEqual([{ ask: 'move-divider', split: 5, after: 0, share: 0.48 }]);
  });

  it('is evened by a double click', async () => {
    const { user, one, asked } = await openWindow(two);
    await user.dblClick(one('divider'));
    expect(asked('even-divider')).toHaveLength(1);
  });

  it('follows the pointer, by the place where it was grabbed, once a frame', async () => {
    const opened = await openWindow(two);
    layOut(opened);
    const divider = opened.one('divider');
    await press(divider, 'pointerdown', { x: 702, y: 300 });
    await press(divider, 'pointermove', { x: 750, y: 300 });
    await press(divider, 'pointermove', { x: 802, y: 310 });
    await nextFrame();
    expect(opened.asked('move-divider')).toEqual([{ ask: 'move-divider', split: 3, after: 0, share: 0.6 }]);
    await press(divider, 'pointerup', { x: 802, y: 310 });
    await press(divider, 'pointermove', { x: 900, y: 310 });
    await nextFrame();
    expect(opened.asked('move-divider')).toHaveLength(1);
  });

  it('stays within what both neighbours need', () => {
    const divider = { split: 1, after: 0, way: 'row', share: 0.5, left: 0.5, top: 0, width: 0.5, height: 1 };
    expect(shareAt({ ...divider, way: 'row' }, 0.75, 0.3)).toBe(0.5);
    expect(shareAt({ ...divider, way: 'row' }, 0.2, 0.3)).toBe(0.1);
    expect(shareAt({ ...divider, way: 'column' }, 0.2, 0.95)).toBe(0.9);
  });
});

describe('dragging a tab', () => {
  async function grab(opened: Opened, to: { x: number; y: number }): Promise<void> {
    layOut(opened);
    await press(opened.all('tab')[1] as Element, 'pointerdown', { x: 300, y: 20 });
    await press(document.body, 'pointermove', { x: 303, y: 22 });
    expect(opened.asked('arrange')).toHaveLength(0);
    await press(document.body, 'pointermove', to);
  }

  it('to an edge of a pane puts it beside that pane', async () => {
    const opened = await openWindow(two);
    await grab(opened, { x: 1150, y: 340 });
    expect(opened.asked('arrange')).toEqual([{ ask: 'arrange', on: true }]);
    const meant = opened.all('drop-zone').filter((zone) => zone.classList.contains('meant'));
    expect(meant.map(({ dataset, textContent }) => [dataset.pane, textContent.trim()])).toEqual([
      ['2', 'Right'],
    ]);
    expect(opened.one('drop-zones').textContent).toContain('acme staging');
    await press(document.body, 'pointerup', { x: 1150, y: 340 });
    expect(opened.asked('put-tab')).toEqual([{ ask: 'put-tab', tab: 't-p-prod-1', pane: 2, edge: 'right' }]);
    expect(opened.asked('arrange').at(-1)).toEqual({ ask: 'arrange', on: false });
    expect(opened.all('drop-zones')).toHaveLength(0);
    expect(opened.all('pane')).toHaveLength(3);
  });

  it('to the middle shows it there', async () => {
    const opened = await openWindow(two);
    await grab(opened, { x: 450, y: 340 });
    await press(document.body, 'pointerup', { x: 450, y: 340 });
    expect(opened.asked('put-tab')).toEqual([{ ask: 'put-tab', tab: 't-p-prod-1', pane: 1, edge: null }]);
  });

  it('is called off by Escape, and does nothing outside of the panes', async () => {
    const opened = await openWindow(two);
    await grab(opened, { x: 1150, y: 340 });
    await opened.user.keyboard('{Escape}');
    await press(document.body, 'pointerup', { x: 1150, y: 340 });
    expect(opened.asked('arrange').map(({ on }) => on)).toEqual([true, false]);
    await press(opened.all('tab')[1] as Element, 'pointerdown', { x: 300, y: 20 });
    await press(document.body, 'pointermove', { x: 100, y: 340 });
    await press(document.body, 'pointerup', { x: 100, y: 340 });
    expect(opened.asked('put-tab')).toHaveLength(0);
    expect(opened.asked('arrange').at(-1)?.on).toBe(false);
  });

  it('knows five zones in every pane', () => {
    const panes = [{ id: 7, tab: null, left: 0.5, top: 0, width: 0.5, height: 1 }];
    const area = new DOMRect(0, 0, 1000, 500);
    const at = (x: number, y: number): unknown => dropAt(panes, area, x, y);
    expect(at(510, 250)).toEqual({ pane: 7, edge: 'left' });
    expect(at(990, 250)).toEqual({ pane: 7, edge: 'right' });
    expect(at(750, 10)).toEqual({ pane: 7, edge: 'top' });
    expect(at(750, 490)).toEqual({ pane: 7, edge: 'bottom' });
    expect(at(750, 250)).toEqual({ pane: 7, edge: null });
    expect(at(250, 250)).toBeNull();
  });
});

describe("a tab's menu", () => {
  it('gives a tab a window of its own, says so in its name, and brings it back', async () => {
    const { user, all, one, asked } = await openWindow(two);
    const first = (): HTMLElement => all('tab')[0] as HTMLElement;
    for (const [words, on] of [
      ['In a window of its own', true],
      ['Back into this window', false],
    ] as const) {
      first().focus();
      await user.keyboard('{Shift>}{F10}{/Shift}');
      await tick();
      expect(one('menu-own-window').textContent).toContain(words);
      await user.click(one('menu-own-window'));
      await tick();
      expect(asked('set-own-window').at(-1)?.on).toBe(on);
      expect(first().getAttribute('aria-label')?.includes('in a window of its own')).toBe(on);
    }
  });

  it('opens by the keyboard, keeps consoles away meanwhile, and shows the tab where it is wanted', async () => {
    const { user, all, asked } = await openWindow(two);
    all('tab')[0]?.focus();
    await user.keyboard('{ArrowRight}{Shift>}{F10}{/Shift}');
    await tick();
    expect(asked('arrange')).toEqual([{ ask: 'arrange', on: true }]);
    expect(all('menu-show-in-pane').map(({ textContent }) => textContent.trim())).toEqual([
      'In the left pane acme production',
      'In the right pane acme staging',
    ]);
    await user.click(all('menu-show-in-pane')[1] as Element);
    await tick();
    expect(asked('put-tab')).toEqual([{ ask: 'put-tab', tab: 't-p-prod-1', pane: 2, edge: null }]);
    expect(asked('arrange').at(-1)).toEqual({ ask: 'arrange', on: false });
  });

  it('opens by a right click, and makes a pane below the focused one', async () => {
    const { user, all, one, asked } = await openWindow({ tabs: LIVE });
    await fireEvent.contextMenu(all('tab')[2] as Element);
    await tick();
    await tick();
    expect(all('menu-show-in-pane')).toHaveLength(0);
    await user.click(one('menu-new-below'));
    expect(asked('put-tab')).toEqual([{ ask: 'put-tab', tab: 't-p-stg-2', pane: 1, edge: 'bottom' }]);
    expect(all('pane')).toHaveLength(2);
  });
});
