// Copies from S3 and to it: their rows in the list of downloads, what a page of S3's has at hand, and how fast all
// together may be.
import { tick } from 'svelte';
import { describe, expect, it } from 'vitest';
import { errorOf } from '../fake/activity';
import { changedRows, otherRows } from '../fake/download-changes';
import type { DownloadView } from '../generated/view';
import { limitOf, limitText } from '../lib/bandwidth';
import { listen } from './heard';
import { openWindow, type Opened } from './window';

const LIST = { surface: { page: 'downloads' }, downloads: 's3' } as const;
const SETTINGS = { surface: { page: 'settings' } } as const;
const UPLOAD = 'orders-2026-03-01T0200Z.sql.zst';

function row({ all }: Opened, name: string): HTMLElement {
  const found = all('download').find(({ dataset }) => dataset.name === name);
  if (!found) throw new Error(`no row ${name}`);
  return found;
}

function words(opened: Opened, name: string): string {
  return row(opened, name).textContent.replaceAll(/\s+/g, ' ');
}

function within(outer: HTMLElement, testid: string): HTMLElement | null {
  return outer.querySelector<HTMLElement>(`[data-testid="${testid}"]`);
}

async function change({ backend }: Opened, name: string, part: Partial<DownloadView>): Promise<void> {
  const found = backend.view.downloads.find((download) => download.name === name);
  if (!found) throw new Error(`no download ${name}`);
  backend.change({ downloads: changedRows([{ ...found, ...part }]) });
  await tick();
}

async function menuOf(opened: Opened, name: string): Promise<(string | null)[]> {
  await opened.user.click(within(row(opened, name), 'download-menu') as Element);
  const items = [...document.querySelectorAll('[role="menuitem"]')].map((item) => item.textContent.trim());
  await opened.user.keyboard('{Escape}');
  return items;
}

describe('a row of the list', () => {
  it('says of an upload that it is sent, and of one that is whole that it was, with icons of their own', async () => {
    const opened = await openWindow(LIST);
    expect(words(opened, UPLOAD)).toContain('Uploading · 2.4 GB of 6.1 GB (39%) · 22.4 MB/s · 2 min left');
    expect(row(opened, UPLOAD).getAttribute('aria-label')).toMatch(/^orders.*, Uploading$/);
    expect(words(opened, 'logo.svg')).toContain('Uploaded · 18.4 kB');
    expect(words(opened, 'invoice-0231.pdf')).toContain('Waiting, 1st in line');
    const icon = (name: string): string | undefined => row(opened, name).querySelector('.icon')?.innerHTML;
    expect(icon(UPLOAD)).not.toBe(icon('inventory-2026-02.csv.gz'));
    expect(icon('logo.svg')).not.toBe(icon('summary.csv'));
  });

  it('has the address in S3 in place of the host, without the name that it begins with, and whole in its title', async () => {
    const opened = await openWindow(LIST);
    const place = (name: string): [string | undefined, string | undefined] => {
      const found = within(row(opened, name), 'download-place');
      return [found?.textContent.trim(), found?.title];
    };
    expect(place('report.csv')).toEqual([
      'to s3://acme-reports/2026/',
      'to s3://acme-reports/2026/report.csv',
    ]);
    const site = 'to s3://acme-web-eu-central-1/releases/2026-03-01/site/';
    expect(place('site')).toEqual([site, site]);
    const logs = 's3://acme-access-logs/eu-central-1/AWSLogs/111122223333/2026/02/';
    expect(place('02')).toEqual([logs, logs]);
    const host = 'acme-reports.s3.eu-central-1.amazonaws.com';
    expect(place('summary.csv')).toEqual([host, host]);
    await change(opened, 'report.csv', { name: 'report (2).csv' });
    expect(place('report (2).csv')[0]).toBe('to s3://acme-reports/2026/report.csv');
  });

  it('counts the files of a folder', async () => {
    const opened = await openWindow(LIST);
    expect(words(opened, '02')).toContain(
      'Downloading · 12 of 345 files · 88.3 MB of 2.5 GB (4%) · 9.7 MB/s',
    );
    expect(words(opened, 'photo-archive')).toContain('Uploaded · 2,381 files · 14.2 GB');
    await change(opened, '02', { files: { done: 0, all: 1 } });
    expect(words(opened, '02')).toContain('Downloading · 0 of 1 file · ');
    await change(opened, '02', { state: 'queued', speed: null });
    expect(words(opened, '02')).not.toContain('file');
  });

  it('that something other than the disk holds up says what, and waits for no room', async () => {
    const opened = await openWindow(LIST);
    const held = words(opened, '2026年度 決算資料 (最終版).zip');
    expect(held).toContain('Paused · 700 MB of 1.9 GB');
    expect(held).toContain('The keychain is locked Unlock it, then try again.');
    expect(held).not.toContain('room');
    expect(words(opened, 'model-checkpoints')).toContain(
      'Paused: waits for room on the disk · 3 of 40 files',
    );
  });

  it('of an upload tells errors the other way round', async () => {
    const opened = await openWindow(LIST);
    expect(words(opened, 'export.parquet')).toContain('backup.tar cannot be read');
    await change(opened, 'export.parquet', { error: errorOf('refused') });
    expect(words(opened, 'export.parquet')).toContain('does not take the file (HTTP 404)');
    expect(words(opened, 'export.parquet')).not.toContain('No file of that name was made');
    const gone = { code: 'input', field: 'local-path', problem: 'unknown' } as const;
    await change(opened, 'export.parquet', { error: { cause: gone, detail: null } });
    expect(words(opened, 'export.parquet')).toContain('What was to be uploaded is not there any more');
    await change(opened, 'export.parquet', { uploads: false, error: errorOf('refused') });
    expect(words(opened, 'export.parquet')).toContain('does not give the file (HTTP 404)');
  });
});

describe('an upload', () => {
  it('that found another object replaces it by one button, which says where', async () => {
    const opened = await openWindow(LIST);
    const failed = row(opened, 'report.csv');
    expect(failed.textContent).toContain('s3://acme-reports/2026/report.csv is there already');
    expect(within(failed, 'again-download')).toBeNull();
    const replace = within(failed, 'replace-download');
    expect(replace?.textContent).toBe('Replace it in S3');
    expect(replace?.getAttribute('aria-label')).toBe('Replace it in S3: report.csv');
    await opened.user.click(replace as Element);
    expect(opened.asked('download')).toMatchObject([{ wish: 'replace' }]);
    expect(row(opened, 'report.csv').dataset.state).toBe('running');
    expect(document.activeElement).toBe(opened.one('download-list'));
    expect(within(row(opened, 'site'), 'replace-download')?.textContent).toBe('Replace what differs in S3');
    expect(within(row(opened, 'export.parquet'), 'replace-download')).toBeNull();
  });

  it('is replaced by keyboard alone: by Tab in its row, and from its menu, but by no key of the list', async () => {
    const opened = await openWindow(LIST);
    opened.one('download-list').focus();
    await opened.user.keyboard('{ArrowDown}{ArrowDown}{Enter} ');
    expect(opened.asked('download')).toEqual([]);
    const reachable = [...row(opened, 'report.csv').querySelectorAll('button')].filter(
      ({ tabIndex }) => tabIndex === 0,
    );
    expect(reachable).toContain(within(row(opened, 'report.csv'), 'replace-download'));
    expect(within(row(opened, 'site'), 'replace-download')?.tabIndex).toBe(-1);
    await opened.user.keyboard('{Shift>}{F10}{/Shift}');
    await expect.poll(() => opened.all('menu-replace')).toHaveLength(1);
    await opened.user.click(opened.one('menu-replace'));
    expect(opened.asked('download')).toMatchObject([{ wish: 'replace' }]);
  });

  it('says of each way which end is meant', async () => {
    const opened = await openWindow(LIST);
    expect(await menuOf(opened, 'logo.svg')).toEqual([
      'Open local file',
      'Show in local folder',
      'Copy S3 address',
      'Open its page',
      'Take off the list; nothing is deleted',
    ]);
    expect(await menuOf(opened, 'photo-archive')).toContain('Open local folder');
    expect(await menuOf(opened, 'report.csv')).toEqual([
      'Replace it in S3',
      'Take off the list',
      'Upload again',
      'Copy S3 address',
      'Open its page',
    ]);
    expect(await menuOf(opened, 'summary.csv')).toContain('Take off the list; the file stays');
  });
});

describe('the list', () => {
  it('is narrowed by the address as well, and calls both ways transfers', async () => {
    const opened = await openWindow(LIST);
    expect(opened.one('downloads-count').textContent).toBe('12 transfers · 3 running · 1 waiting');
    await opened.user.type(opened.one('downloads-filter'), 's3://acme-reports');
    expect(opened.all('download').map(({ dataset }) => dataset.name)).toEqual(['report.csv']);
    expect(opened.one('downloads-count').textContent).toContain('1 of 12 transfers');
    expect(opened.one('downloads-button').getAttribute('aria-label')).toMatch(/^3 transfers running, /);
  });

  it('is heard when one is held up, whatever by, and when an upload is there', async () => {
    const opened = await openWindow(LIST);
    const heard = listen();
    await change(opened, UPLOAD, { state: 'paused', speed: null, error: errorOf('keychain-locked') });
    expect(heard()).toContain(`${UPLOAD}: Paused`);
    await change(opened, 'invoice-0231.pdf', { state: 'done', place: null });
    expect(heard()).toContain('invoice-0231.pdf: Uploaded');
  });
});

describe('a tab', () => {
  it('says whether its profile’s transfers go up, down, or both ways', async () => {
    const opened = await openWindow({ tabs: ['live'], downloads: 's3' });
    const [first] = opened.backend.view.downloads;
    const said = (): string | undefined => opened.one('tab').title.split('\n')[1];
    const show = async (ways: boolean[]): Promise<void> => {
      const rows = ways.map((uploads, at) => {
        if (!first) throw new Error('no download');
        return { ...first, id: `d-${at}`, profile: 'p-prod', state: 'running' as const, uploads };
      });
      opened.backend.change({ downloads: otherRows(opened.backend.view.downloads, rows) });
      await tick();
    };
    await show([true]);
    expect(said()).toBe('1 upload running');
    const up = opened.one('tab-downloads').innerHTML;
    await show([true, false]);
    expect(said()).toBe('2 transfers running');
    await show([false]);
    expect(said()).toBe('1 download running');
    expect(opened.one('tab-downloads').innerHTML).not.toBe(up);
  });
});

describe('a page of S3', () => {
  it('is downloaded from and uploaded to by its toolbar, which says what is meant', async () => {
    const { user, one, asked, backend } = await openWindow({ tabs: ['live'], s3: true });
    expect(one('s3-download').getAttribute('aria-label')).toBe('Download what this page shows');
    expect(one('s3-download').title).toBe('Download what this page shows\ns3://acme-reports/2026/02/');
    expect(one('s3-upload').getAttribute('aria-label')).toBe('Upload files here…');
    await user.click(one('s3-download'));
    await user.click(one('s3-upload'));
    expect(asked('act').map(({ action }) => action)).toEqual(['s3-download', 's3-upload']);
    expect(backend.view.downloads.map(({ link }) => link)).toEqual([
      's3://acme-reports/2026/02/chosen.csv',
      's3://acme-reports/2026/02/',
    ]);
  });

  it('that shows an object is uploaded to beside it', async () => {
    const { one } = await openWindow({ tabs: ['asleep', 'asleep', 'live'], active: 'live', s3: true });
    expect(one('s3-download').title).toContain('\ns3://acme-reports/2026/02/report.csv');
    expect(one('s3-upload').title).toBe('Upload files here…\ns3://acme-reports/2026/02/');
  });

  it('in a pane without the focus means that pane', async () => {
    const { user, all, backend } = await openWindow({
      tabs: ['live', 'live', 'live'],
      panes: 'two',
      s3: true,
    });
    // A press of the mouse would focus the pane by itself.
    all('s3-upload')[1]?.focus();
    await user.keyboard('{Enter}');
    const acts = backend.asked.filter(({ ask }) => ask === 'focus-pane' || ask === 'act');
    expect(acts.map(({ ask }) => ask)).toEqual(['focus-pane', 'act']);
  });

  it('that is read-only is only downloaded from', async () => {
    const { all } = await openWindow({ tabs: ['live'], s3: true, readOnly: true });
    expect(all('s3-download')).toHaveLength(1);
    expect(all('s3-upload')).toEqual([]);
  });

  it('alone has these buttons', async () => {
    const { one, all } = await openWindow({ tabs: ['live'] });
    expect(one('bookmark')).toBeDefined();
    expect([...all('s3-download'), ...all('s3-upload')]).toEqual([]);
  });
});

describe('the limit on bandwidth', () => {
  const choice = (value: 'off' | 'on'): HTMLInputElement => {
    const all = [...document.querySelectorAll<HTMLInputElement>('[name="limit"]')];
    const found = all.find((input) => input.value === value);
    if (!found) throw new Error(`no choice ${value}`);
    return found;
  };

  it('is off until it is chosen, then a number, and leaves the places of downloads as they are', async () => {
    const { user, input, asked } = await openWindow(SETTINGS);
    const limits = (): (number | null)[] => asked('set-download-places').map(({ limit }) => limit);
    expect(choice('off').checked).toBe(true);
    expect(input('limitMegabytes').value).toBe('');
    await user.click(choice('on'));
    expect(input('limitMegabytes').value).toBe('25');
    await user.clear(input('limitMegabytes'));
    await user.type(input('limitMegabytes'), '2,5{Tab}');
    expect(input('limitMegabytes').value).toBe('2.5');
    await user.click(document.querySelector('[name="keepTime"]') as Element);
    await user.click(choice('off'));
    expect(input('limitMegabytes').value).toBe('');
    await user.click(choice('on'));
    expect(limits()).toEqual([25_000_000, 2_500_000, 2_500_000, null, 2_500_000]);
    expect(asked('set-download-places').at(-1)).toEqual({
      ask: 'set-download-places',
      byProfile: false,
      asks: false,
      keepTime: true,
      limit: 2_500_000,
    });
  });

  it('is turned on by a number alone', async () => {
    const { user, input, asked } = await openWindow(SETTINGS);
    await user.type(input('limitMegabytes'), '0.01{Tab}');
    expect(asked('set-download-places').at(-1)?.limit).toBe(10_000);
    expect(choice('on').checked).toBe(true);
  });

  it('says of a number that cannot be which those are that can, and changes nothing', async () => {
    const { user, one, all, input, asked } = await openWindow({ ...SETTINGS, limit: 8_000_000 });
    const field = input('limitMegabytes');
    expect(field.value).toBe('8');
    const heard = listen();
    await user.clear(field);
    await user.type(field, '4001{Tab}');
    expect(one('problem-limit').textContent).toMatch(
      /^“4001” cannot be .* from 0.01 to 4,000 .* 2\.5\. Nothing/,
    );
    expect(heard()).toHaveLength(1);
    expect(field.getAttribute('aria-invalid')).toBe('true');
    expect(field.getAttribute('aria-describedby')).toContain('limit-problem');
    await user.clear(field);
    await user.tab();
    expect(one('problem-limit').textContent).toMatch(/^Enter a number/);
    expect(asked('set-download-places')).toEqual([]);
    await user.type(field, '12{Tab}');
    expect(all('problem-limit')).toEqual([]);
    expect(asked('set-download-places').map(({ limit }) => limit)).toEqual([12_000_000]);
    await user.type(field, 'x{Tab}');
    await user.click(choice('off'));
    expect(all('problem-limit')).toEqual([]);
    expect(field.value).toBe('');
  });

  it.each([
    ['2.5', 2_500_000],
    ['2,5', 2_500_000],
    [' ２．５ ', 2_500_000],
    ['4000', 4_000_000_000],
    ['0.01', 10_000],
    ['3.', 3_000_000],
    ['0.29', 290_000],
    ['4000.01', null],
    ['0', null],
    ['0.001', null],
    ['1,000', null],
    ['-1', null],
    ['1e3', null],
    ['', null],
    ['5 MB', null],
  ])('“%s” is %s bytes a second', (text, limit) => {
    expect(limitOf(text)).toBe(limit);
    if (limit !== null) expect(limitOf(limitText(limit))).toBe(limit);
  });
});
