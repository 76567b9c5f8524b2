// The pure parts of the list: rows, ranges, moves, tab groups.
import { describe, expect, it } from 'vitest';
import { groupsOf } from '../fake/profiles';
import { placeByDrop, placeByStep } from '../lib/profile-moves';
import { offsetsOf, rowsOf } from '../lib/profile-rows';
import { rangeShown, rowAt } from '../lib/rows-in-sight';

const seven = groupsOf(7, 0);
const heights = { group: 30, profile: 44 };

describe('rows', () => {
  it('stand under their group, except those of a closed one', () => {
    expect(rowsOf(seven, '', new Set()).rows).toHaveLength(9);
    const closed = rowsOf(seven, '', new Set(['Acme']));
    expect(closed.rows.map(({ key }) => key)).not.toContain('p-prod');
    expect(closed.found).toBe(7);
  });

  it('show a match even in a closed group', () => {
    expect(rowsOf(seven, 'prod', new Set(['Acme'])).rows.map(({ key }) => key)).toContain('p-prod');
  });

  it('filter ten thousand profiles well within a frame or two', () => {
    const groups = groupsOf(10_000, 0);
    const begun = performance.now();
    expect(rowsOf(groups, 'client stg', new Set()).found).toBe(1667);
    expect(performance.now() - begun).toBeLessThan(200);
  });

  it('are found by their height', () => {
    const { rows } = rowsOf(seven, '', new Set());
    const offsets = offsetsOf(rows, heights);
    expect(offsets.at(-1)).toBe(2 * 30 + 7 * 44);
    expect(rowAt(offsets, 0)).toBe(0);
    expect(rowAt(offsets, 43)).toBe(0);
    expect(rowAt(offsets, 44)).toBe(1);
    expect(rowAt(offsets, 99_999)).toBe(8);
    expect(rangeShown(offsets, 50, 40, 1)).toEqual({ from: 0, to: 4 });
    expect(rangeShown([0], 0, 500)).toEqual({ from: 0, to: 0 });
  });
});

describe('moves', () => {
  it('by a step stay in the group until its edge', () => {
    expect(placeByStep(seven, 'p-stg', 'up')).toEqual({ group: 'Acme', before: 'p-prod' });
    expect(placeByStep(seven, 'p-prod', 'down')).toEqual({ group: 'Acme', before: 'p-dev' });
    expect(placeByStep(seven, 'p-stg', 'down')).toEqual({ group: 'Acme', before: null });
    expect(placeByStep(seven, 'p-dev', 'down')).toEqual({ group: 'Globex 商事', before: 'p-gprod' });
    expect(placeByStep(seven, 'p-prod', 'up')).toEqual({ group: null, before: null });
    expect(placeByStep(seven, 'p-own', 'up')).toBeNull();
  });

  it('by a drop go before or after the row, and nowhere if that is where they are', () => {
    expect(placeByDrop(seven, 'p-gtest', 'p-stg', 'above')).toEqual({ group: 'Acme', before: 'p-stg' });
    expect(placeByDrop(seven, 'p-gtest', 'p-dev', 'below')).toEqual({ group: 'Acme', before: null });
    expect(placeByDrop(seven, 'p-prod', 'p-stg', 'above')).toBeNull();
    expect(placeByDrop(seven, 'p-prod', 'p-prod', 'below')).toBeNull();
  });
});
