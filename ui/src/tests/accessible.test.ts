// What axe-core finds in the structure of each view, and whether the palette can be read. Colours as drawn are
// checked in a real browser by `npm run look`.
import { readFileSync } from 'node:fs';
import axe from 'axe-core';
import { describe, expect, it } from 'vitest';
import { TAB_STATES } from '../fake/activity';
import type { Scene } from '../fake/scene';
import { openWindow } from './window';

const VIEWS: [string, Scene][] = [
  ['the first run', { profiles: 0 }],
  ['the window with tabs and notices', { tabs: TAB_STATES, notices: true, downloads: true }],
  ...TAB_STATES.map((state): [string, Scene] => [`a tab that is ${state}`, { tabs: [state] }]),
  ['downloads', { surface: { page: 'downloads' }, downloads: true }],
  ['a new profile', { surface: { page: 'profile-editor', profile: null } }],
  ['partitions', { surface: { page: 'partitions' } }],
  ['settings', { surface: { page: 'settings' } }],
  ['shortcuts', { surface: { page: 'shortcuts' } }],
];

describe('axe-core', () => {
  it.each(VIEWS)('finds nothing in %s', async (_, scene) => {
    await openWindow(scene);
    const { violations } = await axe.run(document.body, { rules: { 'color-contrast': { enabled: false } } });
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
  });
});

describe('the palette of marks', () => {
  const css = readFileSync('src/styles/marks.css', 'utf8');
  const blocks = [...css.matchAll(/(\[data-theme='dark'\] )?\[data-colour='(\w+)'\] \{([^}]+)\}/g)];
  const colours = new Map<string, Record<string, string>>();
  for (const [, dark, name, body] of blocks) {
    const values = Object.fromEntries(
      [...(body ?? '').matchAll(/--([\w-]+): (#\w+)/g)].map((v) => [v[1], v[2]]),
    );
    const light = colours.get(`light ${name}`) ?? {};
    colours.set(`${dark ? 'dark' : 'light'} ${name}`, { ...light, ...values });
  }

  function channels(hex: string): [number, number, number] {
    const part = (at: number): number => {
      const share = parseInt(hex.slice(at, at + 2), 16) / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    };
    return [part(1), part(3), part(5)];
  }

  function light(hex: string): number {
    const [red, green, blue] = channels(hex);
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  }

  function contrast(one: string, other: string): number {
    const [dark, bright] = [light(one), light(other)].sort((a, b) => a - b) as [number, number];
    return (bright + 0.05) / (dark + 0.05);
  }

  it('has eight colours in both themes', () => {
    expect(colours.size).toBe(16);
  });

  it.each([...colours])('is readable by AA in %s', (_, values) => {
    expect(contrast(values.mark ?? '', values['on-mark'] ?? '')).toBeGreaterThanOrEqual(4.5);
    expect(contrast(values['mark-soft'] ?? '', values['mark-text'] ?? '')).toBeGreaterThanOrEqual(4.5);
  });

  /** Oklab after the simulation of Viénot, Brettel and Mollon for people without red or green cones. */
  function seen(hex: string, missing: 'red' | 'green'): [number, number, number] {
    const [r, g, b] = channels(hex);
    const [rr, gg, bb] =
      missing === 'red'
        ? [0.11238 * r + 0.88762 * g, 0.11238 * r + 0.88762 * g, 0.00401 * r - 0.00401 * g + b]
        : [0.29275 * r + 0.70725 * g, 0.29275 * r + 0.70725 * g, -0.02234 * r + 0.02234 * g + b];
    const l = Math.cbrt(0.4122214708 * rr + 0.5363325363 * gg + 0.0514459929 * bb);
    const m = Math.cbrt(0.2119034982 * rr + 0.6806995451 * gg + 0.1073969566 * bb);
    const s = Math.cbrt(0.0883024619 * rr + 0.2817188376 * gg + 0.6299787005 * bb);
    return [
      0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
      1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
      0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
    ];
  }

  it.each(['red', 'green'] as const)('keeps every two colours apart without %s cones', (missing) => {
    const solid = [...colours].filter(([name]) => name.startsWith('light'));
    for (const [one, { mark: a = '' }] of solid)
      for (const [other, { mark: b = '' }] of solid) {
        if (one >= other) continue;
        const [from, to] = [seen(a, missing), seen(b, missing)];
        const distance = Math.hypot(...from.map((value, at) => value - (to[at] ?? 0)));
        expect([one, other, distance > 0.07]).toEqual([one, other, true]);
      }
  });
});
