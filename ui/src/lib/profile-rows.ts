// The sidebar's list as rows: which profiles match the filter, under which heading, and where each row stands.
// Not how a row looks. Pure, so that 10,000 profiles are a matter of a few milliseconds.
import type { GroupView, ProfileView } from '../generated/view';
import { sums } from './rows-in-sight';

export type Row =
  | { kind: 'group'; key: string; group: string | null; size: number; open: boolean }
  | { kind: 'profile'; key: string; profile: ProfileView; position: number; size: number; nested: boolean };

/** Every word of the filter must be found somewhere in the profile. */
export function matches(profile: ProfileView, words: readonly string[]): boolean {
  if (words.length === 0) return true;
  const text = [profile.name, profile.group, profile.account, profile.mark.word, profile.region]
    .join('\n')
    .toLocaleLowerCase();
  return words.every((word) => text.includes(word));
}

export function filterWords(filter: string): string[] {
  return filter.toLocaleLowerCase().split(/\s+/).filter(Boolean);
}

/** While a filter is set, groups stand open: a match must not hide in a closed one. */
export function rowsOf(
  groups: readonly GroupView[],
  filter: string,
  collapsed: ReadonlySet<string>,
): { rows: Row[]; found: number } {
  const words = filterWords(filter);
  const rows: Row[] = [];
  let found = 0;
  for (const { name, profiles } of groups) {
    const shown = words.length === 0 ? profiles : profiles.filter((profile) => matches(profile, words));
    if (shown.length === 0) continue;
    found += shown.length;
    const open = words.length > 0 || name === null || !collapsed.has(name);
    if (name !== null)
      rows.push({ kind: 'group', key: `group:${name}`, group: name, size: shown.length, open });
    if (!open) continue;
    shown.forEach((profile, index) =>
      rows.push({
        kind: 'profile',
        key: profile.id,
        profile,
        position: index + 1,
        size: shown.length,
        nested: name !== null,
      }),
    );
  }
  return { rows, found };
}

export interface Heights {
  group: number;
  profile: number;
}

/** Where each row begins; one more entry at the end says where the list ends. */
export function offsetsOf(rows: readonly Row[], heights: Heights): number[] {
  return sums(rows.map(({ kind }) => heights[kind]));
}
