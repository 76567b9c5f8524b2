// The portal of IAM Identity Center that the user means, as it is typed, and what of it is ticked: kept while the user
// looks elsewhere. Not the portal that is listed: that is Rust's.
import type { AssignedView, FieldView, PartitionView, PortalView, ProfileView } from '../generated/view';
import { m } from './paraglide/messages';
import { keptPicks, Picks } from './picks.svelte';

export type PortalDraft = Pick<PortalView, 'startUrl' | 'ssoRegion' | 'partition'>;

/** Which input a field of an error means. */
export const PORTAL_INPUTS: Partial<Record<FieldView, keyof PortalDraft>> = {
  'start-url': 'startUrl',
  region: 'ssoRegion',
  partition: 'partition',
};

class Wanted {
  typed: PortalDraft | null = $state.raw(null);
  /** The form, although a list is there. */
  another = $state(false);
}
export const wanted = new Wanted();

/** The form begins with this one, unless it is the one that is listed. */
export function wantPortal(portal: PortalDraft, listed: PortalDraft | null): void {
  wanted.typed = portal;
  wanted.another = !isSame(portal, listed);
}

/** What the form begins with. */
export function portalDraft(
  portal: PortalView | null,
  known: readonly PortalDraft[],
  partitions: readonly PartitionView[],
): PortalDraft {
  const only = known.length === 1 ? known[0] : undefined;
  const { startUrl, ssoRegion, partition } = wanted.typed ??
    portal ??
    only ?? { startUrl: '', ssoRegion: '', partition: partitions[0]?.name ?? 'aws' };
  return { startUrl, ssoRegion, partition };
}

/** The portals that profiles come from already. */
export function knownPortals(profiles: readonly ProfileView[]): PortalDraft[] {
  const known: PortalDraft[] = [];
  for (const { startUrl, ssoRegion, partition } of profiles) {
    if (startUrl !== null && !known.some((other) => other.startUrl === startUrl))
      known.push({ startUrl, ssoRegion: ssoRegion ?? '', partition });
  }
  return known;
}

/** The ticks of before, while the same is assigned. Nothing is ticked to begin with. */
export function picksOf({ startUrl, rows }: PortalView): Picks {
  const of = [startUrl, ...rows.map(({ key }) => key)].join('\n');
  return keptPicks('portal', of, () => new Picks());
}

export function isNew({ state }: AssignedView): boolean {
  return state === 'new';
}

export function standingWords({ state, name, profileName }: AssignedView): string {
  const profile = profileName ?? name;
  if (state === 'new') return m.import_new();
  return state === 'known' ? m.assigned_known({ profile }) : m.assigned_gone({ profile });
}

/** A row's words, to look in. */
export function wordsOf(row: AssignedView): string {
  const { account, accountName, permissionSet, name, group } = row;
  return [account, accountName, permissionSet, name, group, standingWords(row)].join(' ').toLowerCase();
}

function isSame(one: PortalDraft, other: PortalDraft | null): boolean {
  return one.startUrl === other?.startUrl && one.ssoRegion === other.ssoRegion;
}
