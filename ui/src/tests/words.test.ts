// Words: errors, messages and formats, in both languages.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import en from '../../messages/en.json';
import ja from '../../messages/ja.json';
import { actionsOf } from '../fake/actions';
import { ALL_CAUSES } from '../fake/activity';
import { ERROR_CODES, errorWords } from '../lib/errors';
import { bytes, duration, elideMiddle, speed, timeOfDay } from '../lib/format';
import { speak } from '../lib/locale.svelte';
import { problemWords } from '../lib/problems';

afterEach(() => speak('en'));

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return ['paraglide', 'generated'].includes(entry.name) ? [] : sources(path);
    return /\.(ts|svelte)$/.test(entry.name) ? [readFileSync(path, 'utf8')] : [];
  });
}

describe('errors', () => {
  it.each(['en', 'ja'] as const)('each say what happened, what to do and what stayed, in %s', (language) => {
    speak(language);
    expect(ALL_CAUSES.map(({ code }) => code).sort()).toEqual([...ERROR_CODES].sort());
    const seen = new Set<string>();
    for (const cause of ALL_CAUSES) {
      const { what, next, kept } = errorWords(cause);
      for (const words of [what, next, kept]) {
        expect(words.length).toBeGreaterThan(3);
        expect(words).not.toMatch(/undefined|null|[{}]/);
      }
      expect(seen.has(what)).toBe(false);
      seen.add(what);
    }
  });

  it('show the form that a field wants, where malformed alone would not help', () => {
    expect(problemWords('role-arn', 'malformed')).toContain('arn:aws:iam::');
    expect(problemWords('name', 'malformed')).toContain('not of the form');
  });
});

describe('messages', () => {
  const keys = (messages: object): string[] => Object.keys(messages).filter((key) => key !== '$schema');

  it('are the same in both languages, and none is empty', () => {
    expect(keys(ja)).toEqual(keys(en));
    for (const text of [...Object.values(en), ...Object.values(ja)]) expect(text).not.toBe('');
  });

  it('name the same values in both languages', () => {
    const values = (text: unknown): string[] => [
      ...new Set((JSON.stringify(text).match(/\{\w+\}/g) ?? []).sort()),
    ];
    const english: Record<string, unknown> = en;
    const japanese: Record<string, unknown> = ja;
    for (const key of keys(en)) expect([key, values(japanese[key])]).toEqual([key, values(english[key])]);
  });

  it('are all used, and no other is', () => {
    const used = new Set(
      sources('src').flatMap((text) => [...text.matchAll(/\bm\.([a-z0-9_]+)/g)].map((match) => match[1])),
    );
    expect(keys(en).filter((key) => !used.has(key))).toEqual([]);
    expect([...used].filter((key) => !keys(en).includes(key ?? ''))).toEqual([]);
  });
});

describe('keys in tooltips', () => {
  it('are asked for by ids that actions have', () => {
    const ids = actionsOf().map(({ id }) => id);
    const asked = sources('src').flatMap((text) =>
      [...text.matchAll(/(?:keysOf|firstKeys)\(mirror\W+'([\w-]+)'/g)].map((match) => match[1]),
    );
    expect(asked.length).toBeGreaterThan(15);
    expect(asked.filter((id) => !ids.includes(id ?? ''))).toEqual([]);
  });
});

describe('formats', () => {
  it('write lengths of time by their two largest parts', () => {
    expect(duration(42_000)).toBe('11 h 40 min');
    expect(duration(43_200)).toBe('12 h');
    expect(duration(599)).toBe('9 min');
    expect(duration(-5)).toBe('0 s');
    speak('ja');
    expect(duration(42_000)).toBe('11 時間 40 分');
  });

  it('write bytes and speeds in the unit that fits', () => {
    expect(bytes(0)).toBe('0 bytes');
    expect(bytes(18_400)).toBe('18.4 kB');
    expect(bytes(999_999)).toBe('1.0 MB');
    expect(bytes(40e9)).toBe('40.0 GB');
    expect(speed(11_800_000)).toBe('11.8 MB/s');
  });

  it('write a time with its day where that is another one, and with its date where a weekday would not do', () => {
    const now = new Date(2026, 2, 18, 14, 5).getTime();
    const before = (days: number): string => timeOfDay(new Date(2026, 2, 18 - days, 13, 20).getTime(), now);
    expect(before(0)).toBe('13:20');
    expect(before(1)).toMatch(/^Tue,? 13:20$/);
    expect(before(9)).toMatch(/^(9 Mar|Mar 9),? (at )?13:20$/);
    speak('ja');
    expect(before(9)).toMatch(/^3月9日 13:20$/);
  });

  it('cut a long path in its middle', () => {
    expect(elideMiddle('/short', 20)).toBe('/short');
    const cut = elideMiddle('/s3/buckets/a-very-long-bucket-name/objects/report.csv', 30);
    expect(cut).toHaveLength(30);
    expect(cut).toMatch(/^\/s3\/.*….*report\.csv$/);
  });
});
