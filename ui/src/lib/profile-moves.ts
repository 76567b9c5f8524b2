// Where a profile goes when it is moved by a step or dropped beside a row. Pure; Rust does the moving.
import type { GroupView } from '../generated/view';

export interface Place {
  group: string | null;
  /** The profile that follows, or null for the group's end. */
  before: string | null;
}

/** One step within the group, and over its edge into the neighbouring group. */
export function placeByStep(
  groups: readonly GroupView[],
  profile: string,
  step: 'up' | 'down',
): Place | null {
  const g = groups.findIndex((group) => group.profiles.some(({ id }) => id === profile));
  const group = groups[g];
  if (!group) return null;
  const p = group.profiles.findIndex(({ id }) => id === profile);
  if (step === 'up') {
    const above = group.profiles[p - 1];
    if (above) return { group: group.name, before: above.id };
    const previous = groups[g - 1];
    return previous ? { group: previous.name, before: null } : null;
  }
  if (p + 1 < group.profiles.length) return { group: group.name, before: group.profiles[p + 2]?.id ?? null };
  const next = groups[g + 1];
  return next ? { group: next.name, before: next.profiles[0]?.id ?? null } : null;
}

/** Before or after the row under the pointer; null where that changes nothing. */
export function placeByDrop(
  groups: readonly GroupView[],
  dragged: string,
  target: string,
  side: 'above' | 'below',
): Place | null {
  const group = groups.find(({ profiles }) => profiles.some(({ id }) => id === target));
  if (!group || target === dragged) return null;
  const others = group.profiles.filter(({ id }) => id !== dragged);
  const at = others.findIndex(({ id }) => id === target) + (side === 'below' ? 1 : 0);
  const before = others[at]?.id ?? null;
  const here = group.profiles.findIndex(({ id }) => id === dragged);
  const follower = here < 0 ? undefined : (group.profiles[here + 1]?.id ?? null);
  return follower === before ? null : { group: group.name, before };
}
