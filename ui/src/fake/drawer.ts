// The drawer in memory: a small search over the invented profiles, tabs and actions. Not Rust's: it knows a few
// services, and ranks by where a word begins.
import type {
  DrawerKind,
  DrawerView,
  FoundView,
  PartKindView,
  PartView,
  ProfileView,
  PurposeView,
  RunView,
  TabView,
  View,
} from '../generated/view';
import { locale } from '../lib/locale.svelte';
import { SERVICES } from '../lib/services';

type Switcher = Extract<DrawerView, { kind: 'switcher' }>;
type Keys = Pick<FoundView, 'enter' | 'shiftEnter' | 'altEnter'>;

/** As many lines as Rust sends at most. */
const MOST = 12;
/** A page that any text is found on thrice; a longer one than any word, never. */
const LONGEST_WORD = 12;

const OPENS: Keys = { enter: 'open', shiftEnter: 'open-beside', altEnter: 'open-read-only' };
const OPENS_BESIDE: Keys = { enter: 'open-beside', shiftEnter: null, altEnter: 'open-read-only' };
const SHOWS: Keys = { enter: 'show', shiftEnter: 'show-beside', altEnter: null };
const ACTS: Keys = { enter: 'act', shiftEnter: null, altEnter: null };

export function drawerOf(view: View, kind: DrawerKind, text = ''): DrawerView {
  const active = view.tabs.find(({ id }) => id === view.layout.activeTab);
  switch (kind) {
    case 'switcher':
      return switcherOf(view, { for: 'anything' }, text);
    case 'page-in':
      return switcherOf(view, { for: 'page-in', page: active?.title || (active?.path ?? '') }, text);
    case 'find':
      return { kind: 'find', text, matches: matchesOf(text) };
    case 'layouts':
      return { kind: 'layouts' };
  }
}

export function switcherOf(view: View, purpose: PurposeView, query: string): Switcher {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  return { kind: 'switcher', purpose, query, found: found(view, purpose, words) };
}

export function matchesOf(text: string): number | null {
  if (text === '') return null;
  return text.length > LONGEST_WORD ? 0 : 3;
}

function found({ groups, tabs, actions }: View, purpose: PurposeView, words: string[]): FoundView[] {
  const profiles = groups.flatMap((group) => group.profiles);
  const lines: FoundView[] = [];
  const take = (candidates: readonly (() => FoundView)[]): void => {
    for (const candidate of candidates) {
      if (lines.length === MOST) return;
      const line = candidate();
      if (isWhole(line, words)) lines.push(line);
    }
  };
  if (purpose.for !== 'anything') {
    const keys = purpose.for === 'page-in' ? OPENS_BESIDE : OPENS;
    take(profiles.map((each) => () => profileLine(each, words, keys)));
    return lines;
  }
  if (words.length > 0) take(tabs.filter(({ title }) => title).map((tab) => () => tabLine(tab, words)));
  take(profiles.map((each) => () => profileLine(each, words, OPENS)));
  const services = SERVICES.filter(({ id }) => words.some((word) => id.startsWith(word)));
  take(services.flatMap(({ name }) => profiles.map((each) => () => pageLine(each, name, words))));
  if (words.length > 0) {
    take(
      actions.map((action) => () => ({
        kind: 'action',
        mark: null,
        title: [part('action', locale() === 'ja' ? action.ja : action.en, words)],
        detail: action.keys.slice(0, 1).map((keys) => part('shortcut', keys, [])),
        ...ACTS,
      })),
    );
  }
  return lines;
}

function profileLine(profile: ProfileView, words: string[], keys: Keys): FoundView {
  const detail = [part('region', profile.region, words)];
  if (profile.account) detail.unshift(part('account', profile.account, words));
  if (profile.group) detail.unshift(part('group', profile.group, words));
  return {
    kind: 'profile',
    mark: profile.mark,
    title: [part('profile', profile.name, words)],
    detail,
    ...keys,
  };
}

function pageLine(profile: ProfileView, service: string, words: string[]): FoundView {
  return {
    kind: 'page',
    mark: profile.mark,
    title: [part('service', service, words)],
    detail: [part('profile', profile.name, words), part('region', profile.region, words)],
    ...OPENS,
  };
}

function tabLine(tab: TabView, words: string[]): FoundView {
  return {
    kind: 'tab',
    mark: tab.mark,
    title: [part('tab', tab.title, words)],
    detail: [part('profile', tab.profileName, words), part('region', tab.region, words)],
    ...SHOWS,
  };
}

/** Every word is found somewhere in the line. */
function isWhole({ title, detail }: FoundView, words: string[]): boolean {
  const texts = [...title, ...detail].map(({ runs }) =>
    runs
      .map(({ text }) => text)
      .join('')
      .toLowerCase(),
  );
  return words.every((word) => texts.some((text) => text.includes(word)));
}

function part(kind: PartKindView, text: string, words: string[]): PartView {
  const lower = text.toLowerCase();
  const runs: RunView[] = [];
  let from = 0;
  while (from < text.length) {
    const next = words
      .map((word) => ({ at: lower.indexOf(word, from), length: word.length }))
      .filter(({ at }) => at >= 0)
      .reduce<{ at: number; length: number } | null>(
        (near, each) => (near === null || each.at < near.at ? each : near),
        null,
      );
    if (!next) break;
    if (next.at > from) runs.push({ text: text.slice(from, next.at), isMatch: false });
    from = next.at + next.length;
    runs.push({ text: text.slice(next.at, from), isMatch: true });
  }
  if (from < text.length) runs.push({ text: text.slice(from), isMatch: false });
  return { kind, runs };
}
