// The tab strip's groups: neighbours of one profile belong together. Rust keeps them side by side.
import type { TabView } from '../generated/view';

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

/** What stands on a tab while its page has no title. */
export function tabTitle(tab: TabView): string {
  return tab.title || tab.host || tab.profileName;
}
