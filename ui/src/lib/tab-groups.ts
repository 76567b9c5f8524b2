// The tab strip's groups: neighbours of one profile belong together. Rust keeps them side by side.
import type { TabView } from '../generated/view';
import { m } from './paraglide/messages';

export interface TabGroup {
  profile: string;
  tabs: TabView[];
}

export function tabGroups(tabs: readonly TabView[]): TabGroup[] {
  const groups: TabGroup[] = [];
  for (const tab of tabs) {
    const last = groups[groups.length - 1];
    if (last?.profile === tab.profile) last.tabs.push(tab);
    else groups.push({ profile: tab.profile, tabs: [tab] });
  }
  return groups;
}

/** What stands on a tab: also while its page has no title, or must not be seen. */
export function tabTitle(tab: TabView): string {
  if (tab.isHidden) return m.tab_hidden_short();
  return tab.title || tab.host || tab.profileName;
}

/** Whose it is, as far as that may be seen. */
export function tabProfile(tab: TabView): string {
  return tab.isHidden ? m.tab_hidden_short() : tab.profileName;
}
