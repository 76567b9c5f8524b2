// Panes as the UI draws them: their gaps, their names, what lies under the pointer, what an empty one offers.
// Not how an area is divided: Rust does that and sends shares of it. Pure.
import type { DividerView, EdgeView, LayoutView, PaneView, ProfileView, TabView } from '../generated/view';
import { m } from './paraglide/messages';

/** What a pane leaves free at each inner side, in CSS pixels: two neighbours make the divider's place. */
export const GAP = 3;

/** Rust keeps every share of two neighbours within these. */
export const LEAST_SHARE = 0.1;
export const MOST_SHARE = 0.9;

/** Shares are sums of halves and the like, so that the last pane may end a hair before 1. */
const HAIR = 1e-6;

/** Whether there are more panes than the one that is seen. */
export function isSplit(layout: LayoutView): boolean {
  return layout.panes.length > 1 || layout.maximised;
}

/** Free space at the sides where a neighbour is. */
export function gapsOf(pane: PaneView): Record<EdgeView, number> {
  return {
    left: pane.left > HAIR ? GAP : 0,
    right: pane.left + pane.width < 1 - HAIR ? GAP : 0,
    top: pane.top > HAIR ? GAP : 0,
    bottom: pane.top + pane.height < 1 - HAIR ? GAP : 0,
  };
}

/** "In the left pane"; by number where sides would not say enough. */
export function showInWords(panes: readonly PaneView[], pane: PaneView): string {
  const other = panes.find(({ id }) => id !== pane.id);
  if (panes.length !== 2 || !other) return m.tab_menu_show_in({ number: panes.indexOf(pane) + 1 });
  if (pane.left !== other.left)
    return pane.left < other.left ? m.tab_menu_show_left() : m.tab_menu_show_right();
  return pane.top < other.top ? m.tab_menu_show_upper() : m.tab_menu_show_lower();
}

export interface Drop {
  pane: number;
  /** Null for the middle: in place of what the pane shows. */
  edge: EdgeView | null;
}

/** Nearer to an edge than this share of the pane means that edge. */
export const EDGE_ZONE = 0.26;

/** What a tab dropped here would mean. */
export function dropAt(panes: readonly PaneView[], area: DOMRect, x: number, y: number): Drop | null {
  const across = (x - area.left) / area.width;
  const down = (y - area.top) / area.height;
  for (const { id, left, top, width, height } of panes) {
    const inX = (across - left) / width;
    const inY = (down - top) / height;
    if (!(inX >= 0 && inX < 1 && inY >= 0 && inY < 1)) continue;
    const distances: [EdgeView, number][] = [
      ['left', inX],
      ['right', 1 - inX],
      ['top', inY],
      ['bottom', 1 - inY],
    ];
    const [edge, distance] = distances.reduce((near, next) => (next[1] < near[1] ? next : near));
    return { pane: id, edge: distance < EDGE_ZONE ? edge : null };
  }
  return null;
}

/** The first neighbour's share, if the divider stood at this place of the area (0 to 1). */
export function shareAt(
  { way, left, top, width, height }: DividerView,
  across: number,
  down: number,
): number {
  const share = way === 'row' ? (across - left) / width : (down - top) / height;
  return Math.min(MOST_SHARE, Math.max(LEAST_SHARE, share));
}

/** Profiles to open in an empty pane: those of the groups that other panes show come first. */
export function offered(
  profiles: readonly ProfileView[],
  tabs: readonly TabView[],
  panes: readonly PaneView[],
  most: number,
): ProfileView[] {
  const shown = panes.flatMap(({ tab }) => tabs.find(({ id }) => id === tab) ?? []);
  const isNear = ({ id, group }: ProfileView): boolean =>
    shown.some((tab) => tab.profile === id || (group !== null && tab.group === group));
  return [...profiles.filter(isNear), ...profiles.filter((profile) => !isNear(profile))].slice(0, most);
}
