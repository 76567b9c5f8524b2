// The pure parts of downloads: how changes are merged, and what can be done with which.
import { describe, expect, it } from 'vitest';
import { errorOf } from '../fake/activity';
import { downloadsOf } from '../fake/downloads';
import { groupsOf } from '../fake/profiles';
import type { DownloadsChange, DownloadView } from '../generated/view';
import { merged } from '../lib/download-list';
import { narrowed, ownersOf, progressParts, runningOf, wayOfKey, waysOf } from '../lib/downloads';

const profiles = groupsOf(7, 0).flatMap((group) => group.profiles);
const each = downloadsOf(profiles, 0);

function like(part: Partial<DownloadView>): DownloadView {
  const [first] = each;
  if (!first) throw new Error('no download');
  return { ...first, canPause: false, error: null, place: null, ...part };
}

const NOTHING = { gone: [], added: [], changed: [] };

describe('a change of the list', () => {
  it('replaces the rows that differ, and leaves every other one the object that it was', () => {
    const rows = merged(each, { ...NOTHING, changed: [{ ...like({}), bytes: 7 }] });
    expect(rows).not.toBe(each);
    expect(rows[0]?.bytes).toBe(7);
    expect(rows.slice(1).every((row, at) => row === each[at + 1])).toBe(true);
    expect(each[0]?.bytes).not.toBe(7);
  });

  it('puts in those that are new where they belong, and leaves out those that are gone', () => {
    const before = each.slice(0, 4);
    const [first, second, third] = [like({ id: 'd-90' }), like({ id: 'd-91' }), like({ id: 'd-92' })];
    const added = [
      { place: 0, row: first },
      { place: 2, row: second },
      { place: 4, row: third },
    ];
    const rows = merged(before, { gone: ['d-1', 'd-3'], added, changed: [like({ id: 'd-2', bytes: 1 })] });
    expect(rows.map(({ id }) => id)).toEqual(['d-90', 'd-0', 'd-91', 'd-2', 'd-92']);
    expect(rows[1]).toBe(each[0]);
    expect(rows[3]?.bytes).toBe(1);
    expect(merged(rows, { ...NOTHING, gone: rows.map(({ id }) => id) })).toEqual([]);
  });

  it('passes over rows that it does not know or has, as after a change that overtook the whole list', () => {
    const before = each.slice(0, 2);
    const ids = (change: Partial<DownloadsChange>): string[] =>
      merged(before, { ...NOTHING, ...change }).map(({ id }) => id);
    expect(ids({ changed: [like({ id: 'd-77' })], gone: ['d-78'] })).toEqual(['d-0', 'd-1']);
    expect(ids({ added: [{ place: 0, row: like({ id: 'd-1' }) }] })).toEqual(['d-0', 'd-1']);
    expect(ids({ added: [{ place: 9, row: like({ id: 'd-79' }) }] })).toEqual(['d-0', 'd-1', 'd-79']);
  });

  it('of ten thousand takes a few milliseconds', () => {
    let rows = downloadsOf(profiles, 0, 10_000);
    const begun = performance.now();
    for (let step = 0; step < 50; step += 1)
      rows = merged(rows, { ...NOTHING, changed: [like({ bytes: step })] });
    expect((performance.now() - begun) / 50).toBeLessThan(5);
  });
});

describe('what can be done with a download', () => {
  const ways = (part: Partial<DownloadView>): string => {
    const { near, more } = waysOf(like({ link: null, hasPage: false, ...part }));
    return [near.join(' '), more.join(' ')].join(' | ');
  };

  it.each<[string, Partial<DownloadView>]>([
    ['pause cancel | ', { state: 'running', canPause: true }],
    ['cancel | ', { state: 'running', again: 'anew' }],
    ['cancel | open-page', { state: 'running', again: 'never', hasPage: true }],
    ['pause cancel | ', { state: 'queued', canPause: true, place: 1 }],
    ['cancel | ', { state: 'queued', place: 1 }],
    ['resume cancel | ', { state: 'paused', again: 'onward' }],
    ['resume cancel | ', { state: 'paused', again: 'onward', bytes: 0 }],
    ['again cancel | ', { state: 'paused', again: 'anew' }],
    ['open show | remove', { state: 'done' }],
    ['open show | copy-link open-page remove', { state: 'done', link: 'https://x.example', hasPage: true }],
    ['open show | remove', { state: 'done', again: 'never' }],
    ['resume remove | ', { state: 'failed', again: 'onward' }],
    ['again remove | ', { state: 'failed', again: 'onward', bytes: 0 }],
    ['again remove | ', { state: 'failed', again: 'anew' }],
    ['remove | ', { state: 'failed', again: 'never' }],
    [
      'open-page remove | copy-link',
      { state: 'failed', again: 'never', hasPage: true, link: 'https://x.example' },
    ],
    ['again remove | open-page', { state: 'cancelled', again: 'anew', hasPage: true }],
    ['again remove | ', { state: 'cancelled', again: 'onward', bytes: 0 }],
    ['remove | ', { state: 'cancelled', again: 'never' }],
    ['replace remove | resume', { state: 'failed', uploads: true, error: errorOf('exists') }],
    ['replace remove | again', { state: 'failed', uploads: true, bytes: 0, error: errorOf('exists') }],
    ['resume remove | ', { state: 'failed', uploads: true, error: errorOf('denied') }],
  ])('%s', (wanted, part) => {
    expect(ways(part)).toBe(wanted);
  });

  it('is in the keys as far as they have it', () => {
    const way = (key: string, part: Partial<DownloadView>): string | null => wayOfKey(key, like(part));
    expect(way('Enter', { state: 'done' })).toBe('open');
    expect(way('Enter', { state: 'failed' })).toBeNull();
    expect(way(' ', { state: 'running', canPause: true })).toBe('pause');
    expect(way(' ', { state: 'paused' })).toBe('resume');
    expect(way(' ', { state: 'failed', again: 'anew' })).toBeNull();
    expect(way('Delete', { state: 'done' })).toBe('remove');
    expect(way('Delete', { state: 'failed' })).toBe('remove');
    expect(way('Delete', { state: 'running' })).toBeNull();
    expect(way('Delete', { state: 'paused' })).toBeNull();
  });
});

describe('the words of a download', () => {
  it('say no 100 % of what is not whole', () => {
    const parts = progressParts(like({ state: 'running', bytes: 9_999, total: 10_000, speed: null }));
    expect(parts).toEqual(['Downloading', '10.0 kB of 10.0 kB (99%)']);
  });

  it('tell the place in the line as one says it', () => {
    const place = (at: number): string | undefined =>
      progressParts(like({ state: 'queued', bytes: 0, total: null, place: at }))[0];
    expect([1, 2, 3, 4, 11, 22].map(place)).toEqual(
      ['1st', '2nd', '3rd', '4th', '11th', '22nd'].map((nth) => `Waiting, ${nth} in line for this host`),
    );
  });
});

describe('downloads are looked for', () => {
  it('by profile and by words of name and host, in whatever letters', () => {
    const ids = (profile: string | null, text: string): string[] =>
      narrowed(each, profile, text).map(({ id }) => id);
    expect(narrowed(each, null, ' ')).toBe(each);
    expect(ids('p-prod', '')).toEqual(['d-1', 'd-8']);
    expect(ids(null, 'BACKUP s3.eu')).toEqual(['d-4', 'd-9']);
    expect(ids(null, '請求書')).toEqual(['d-6']);
    expect(ids('p-stg', 'stream')).toEqual([]);
  });

  it('among ten thousand', () => {
    const many = downloadsOf(profiles, 0, 10_000);
    expect(narrowed(many, null, 'report-099 csv').length).toBe(100);
  });

  it('by the profiles that have some, in order of name', () => {
    expect(ownersOf(each.slice(0, 3)).map(({ name }) => name)).toEqual([
      'acme production',
      'acme staging',
      'own account',
    ]);
    expect([...runningOf(each)]).toEqual([
      ['p-own', { all: 1, uploads: 0, share: 0.3 }],
      ['p-prod', { all: 1, uploads: 0, share: null }],
    ]);
  });
});
