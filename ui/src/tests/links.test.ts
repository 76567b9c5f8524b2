// A link that is dragged into the window: where it may be let go, and what is asked then; and who gets `sidelight:` links.
import { fireEvent } from '@testing-library/svelte';
import { tick } from 'svelte';
import { describe, expect, it } from 'vitest';
import { dragged, send } from './drag';
import { openWindow } from './window';

const LINK = 'https://eu-central-1.console.aws.amazon.com/s3/buckets';
const ARN = 'arn:aws:s3:::acme-reports';

function area(name: string): Element {
  const found = document.querySelector(`[data-link-area="${name}"]`);
  if (!found) throw new Error(`no area ${name}`);
  return found;
}

describe('a link that is dragged', () => {
  it.each(['sidebar', 'strip', 'pane-4'])(
    'over the %s is told in words that it opens there',
    async (name) => {
      const { all, one, asked } = await openWindow({ tabs: ['live', 'live', 'live'], panes: 'empty' });
      const data = dragged({ 'text/uri-list': LINK });
      expect(await send('dragover', area(name).lastElementChild as Element, data)).toBe(false);
      expect(data.dropEffect).toBe('copy');
      expect(one('link-target').dataset.area).toBe(name);
      expect(one('link-target').textContent).toContain('Drop the link to open it');
      await send('dragleave', document.documentElement, data);
      expect(all('link-target')).toHaveLength(0);
      expect(asked('open-link')).toHaveLength(0);
    },
  );

  it('is told so in Japanese', async () => {
    const { one } = await openWindow({ language: 'ja' });
    await send('dragenter', area('sidebar'), dragged({ 'text/plain': ARN }));
    expect(one('link-target').textContent).toContain('リンクをドロップして開く');
  });

  it.each([
    [{ 'text/uri-list': `# a comment\r\n${LINK}\r\n`, 'text/plain': 'S3 buckets' }, LINK],
    [{ 'text/plain': ` ${ARN}\n` }, ARN],
    [{ 'text/plain': 's3://acme-reports/2026' }, 's3://acme-reports/2026'],
  ])('opens when it is let go', async (data, text) => {
    const { all, asked } = await openWindow({ tabs: ['live'] });
    expect(await send('drop', area('strip'), dragged(data))).toBe(false);
    expect(asked('open-link')).toEqual([{ ask: 'open-link', text }]);
    expect(all('link-target')).toHaveLength(0);
  });

  it('opens in the empty pane where it is let go', async () => {
    const { backend, one } = await openWindow({ tabs: ['live', 'live', 'live'], panes: 'empty' });
    await backend.request({ ask: 'focus-pane', pane: 1 });
    await tick();
    await send('drop', one('empty-pane'), dragged({ 'text/plain': ARN }));
    expect(backend.asked.slice(-2)).toEqual([
      { ask: 'focus-pane', pane: 4 },
      { ask: 'open-link', text: ARN },
    ]);
  });

  it('opens in the only pane where it is let go', async () => {
    const { one, asked } = await openWindow({ tabs: ['live'], active: null });
    await send('drop', one('start-page'), dragged({ 'text/plain': ARN }));
    expect(asked('open-link')).toEqual([{ ask: 'open-link', text: ARN }]);
  });

  it('is not taken by a pane with a page, nor does it lead the window away there', async () => {
    const { all, one, asked } = await openWindow({ tabs: ['live'] });
    const data = dragged({ 'text/uri-list': LINK });
    expect(await send('dragover', one('console-area'), data)).toBe(false);
    expect(data.dropEffect).toBe('none');
    expect(await send('drop', one('console-area'), data)).toBe(false);
    expect(all('link-target')).toHaveLength(0);
    expect(asked('open-link')).toHaveLength(0);
  });
});

describe('what is no link', () => {
  it('says that it is not understood, and goes nowhere', async () => {
    const { one, asked } = await openWindow();
    await send('drop', area('sidebar'), dragged({ 'text/plain': 'two words' }));
    expect(asked('open-link')).toHaveLength(0);
    expect(one('notice').textContent).toContain('This link is not understood');
  });

  it('as a file is not taken, and not shown in place of the window', async () => {
    const { all, one } = await openWindow();
    const file = dragged({ Files: '', 'text/uri-list': 'file:///home/kim/report.csv' });
    expect(await send('dragover', area('sidebar'), file)).toBe(false);
    expect(await send('drop', one('filter'), file)).toBe(false);
    expect([...all('link-target'), ...all('notice')]).toEqual([]);
  });

  it('as text in a field is the field’s', async () => {
    const { all, one, asked } = await openWindow();
    const data = dragged({ 'text/plain': 'acme' });
    expect(await send('dragover', one('filter'), data)).toBe(true);
    expect(await send('drop', one('filter'), data)).toBe(true);
    expect([...all('link-target'), ...asked('open-link')]).toEqual([]);
  });
});

describe('a tab or a profile that is dragged', () => {
  it('shows nothing of links, and none of its requests', async () => {
    const { all, asked } = await openWindow({ tabs: ['live', 'live'] });
    const press = (type: string, x: number): Promise<boolean> =>
      fireEvent(all('tab')[1] as Element, new MouseEvent(type, { button: 0, clientX: x, bubbles: true }));
    await press('pointerdown', 300);
    await press('pointermove', 500);
    expect(all('drop-zones')).toHaveLength(1);
    expect(all('link-target')).toHaveLength(0);
    await press('pointerup', 500);
    expect(asked('open-link')).toHaveLength(0);
  });
});

describe('the settings', () => {
  it('take sidelight: links on a desktop where no installer does', async () => {
    const { user, asked, backend, all } = await openWindow({ surface: { page: 'settings' } });
    await user.click(document.querySelectorAll('[name="takesLinks"]')[1] as Element);
    expect(asked('switch')).toEqual([{ ask: 'switch', setting: 'takes-links', on: true }]);
    backend.change({ layout: { ...backend.view.layout, platform: 'macos' } });
    await tick();
    expect(all('setting').map(({ dataset }) => dataset.setting)).not.toContain('takes-links');
  });
});
