// The app in memory, for a plain browser and for tests: answers requests roughly as Rust would.
// Never part of a release. Not a model of the rules: it knows two wrong inputs, so that forms can be seen failing.
import type { Backend, Listener } from './backend';
import { bound } from './fake/actions';
import { tabOf } from './fake/activity';
import { bookmarkAnswered } from './fake/bookmarks';
import { copiesBegun } from './fake/copies';
import { downloadsAnswered } from './fake/downloads';
import { drawerOf, matchesOf, switcherOf } from './fake/drawer';
import { RULES, shared } from './fake/guarded';
import { importsAnswered } from './fake/imports';
import { locked, lockOf } from './fake/lock';
import { answered, type FakePanes } from './fake/panes';
import { portalAnswered } from './fake/portal';
import { isRefusal, refused } from './fake/refusals';
import { saved, savedPartition } from './fake/saved';
import { sceneFromAddress, stageOf, type Scene } from './fake/scene';
import { sessionsAnswered } from './fake/sessions';
import { switched } from './fake/switches';
import type {
  Cue,
  ErrorView,
  GroupView,
  ProfileDraft,
  ProfileView,
  Request,
  TestView,
  View,
  ViewChange,
} from './generated/view';
import { otherRows } from './fake/download-changes';
import { merged } from './lib/download-list';

export class FakeBackend implements Backend {
  /** Everything that was asked, for tests. */
  readonly asked: Request[] = [];
  /** Set to refuse the next request. */
  refuseNext: ErrorView | null = null;
  view: View;

  #listener: Listener | null = null;
  #panes: FakePanes;
  #removed = new Map<string, { profile: ProfileView; at: number }>();
  #numbers = 100;
  #unshared: Pick<View, 'groups' | 'tabs' | 'downloads'>;
  /** What the lock hides. */
  #behind: View;

  constructor(scene: Scene = {}) {
    const { view, lock, panes } = stageOf(scene);
    this.view = lock ? locked(view, lock) : view;
    this.#behind = view;
    this.#unshared = view;
    this.#panes = panes;
  }

  subscribe(listener: Listener): Promise<void> {
    this.#listener = listener;
    listener.whole(this.view);
    return Promise.resolve();
  }

  /** What Rust would send of its own accord. */
  change(change: ViewChange): void {
    const { downloads, ...others } = change;
    this.view = { ...this.view, ...others };
    if (downloads) this.view.downloads = merged(this.view.downloads, downloads);
    this.#listener?.change(change);
  }

  cue(cue: Cue): void {
    this.#listener?.cue(cue);
  }

  request(request: Request): Promise<void> {
    this.asked.push(structuredClone(request));
    const error = this.refuseNext ?? this.#answer(request);
    this.refuseNext = null;
    return error ? Promise.reject(error) : Promise.resolve();
  }

  #answer(request: Request): ErrorView | null {
    const { tabs, notices, partitions } = this.view;
    if (answered(this.#panes, request)) {
      this.#arrange();
      if (request.ask === 'open-layout') this.change({ drawer: { kind: 'closed' } });
      return null;
    }
    const change =
      sessionsAnswered(this.view, request) ??
      importsAnswered(this.view, request) ??
      portalAnswered(this.view, request) ??
      downloadsAnswered(this.view, request) ??
      bookmarkAnswered(this.view, request);
    if (change) {
      if (isRefusal(change)) return change;
      this.change(change);
      return null;
    }
    switch (request.ask) {
      case 'show':
        this.#layout({ surface: request.surface });
        break;
      case 'set-theme':
        this.#layout({ theme: request.theme });
        break;
      case 'set-language':
        this.#layout({ language: request.language });
        break;
      case 'set-sidebar-width':
        this.#layout({ sidebarWidth: request.width });
        break;
      case 'show-tab':
        this.#arrange((panes) => panes.show(request.tab));
        break;
      case 'close-tab': {
        const at = tabs.findIndex(({ id }) => id === request.tab);
        const left = tabs.filter(({ id }) => id !== request.tab);
        this.change({ tabs: left });
        this.#arrange((panes) => panes.forget(request.tab, (left[at] ?? left[at - 1])?.id ?? null));
        break;
      }
      case 'show-profile': {
        const open = tabs.find(({ profile }) => profile === request.profile);
        if (open) this.#arrange((panes) => panes.show(open.id));
        else this.#openTab(request.profile, false);
        break;
      }
      case 'open-tab':
        this.#openTab(request.profile, request.readOnly ?? false);
        break;
      case 'zoom': {
        const step = { in: 0.1, out: -0.1, reset: 0 }[request.step];
        this.#tab(request.tab, (tab) => ({ zoom: step === 0 ? 1 : tab.zoom + step }));
        break;
      }
      case 'reload':
        this.#tab(request.tab, () => ({ state: 'live', error: null, identity: 'role/Admin' }));
        break;
      case 'stop-loading':
        this.#tab(request.tab, () => ({ state: 'live' }));
        break;
      case 'confirm-open': {
        const tab = tabs.find(({ id }) => id === request.tab);
        if (tab?.held === 'name' && request.name?.trim() !== tab.profileName)
          return refused('name', 'unknown');
        this.#tab(request.tab, () => ({ held: null, state: 'live', identity: 'role/Admin' }));
        break;
      }
      case 'open-with-rights': {
        const tab = tabs.find(({ id }) => id === request.tab);
        if (tab) this.#openTab(tab.profile, request.readOnly);
        break;
      }
      case 'uncover':
        this.#tab(request.tab, () => ({ covered: false }));
        break;
      case 'follow-linked':
        this.change({
          notices: notices.filter(({ body }) => body.kind !== 'not-followed' || body.tab !== request.tab),
        });
        break;
      case 'set-screen-share':
        this.#share(request.on);
        break;
      case 'set-rules':
        if (request.rules.some(({ pattern }) => pattern.trim() === '')) return refused('pattern', 'missing');
        this.change({ rules: request.rules.length > 0 ? request.rules : RULES });
        break;
      case 'save-profile':
        return this.#save(request.draft);
      case 'remove-profile':
        this.#remove(request.profile);
        break;
      case 'undo-remove': {
        const gone = this.#removed.get(request.profile);
        if (gone) this.#place(gone.profile, gone.profile.group, null);
        this.change({ notices: notices.filter(({ body }) => body.kind !== 'removed') });
        break;
      }
      case 'duplicate-profile': {
        const profile = this.#profile(request.profile);
        if (profile)
          this.#place({ ...profile, id: this.#next('p'), name: `${profile.name} (2)` }, profile.group, null);
        break;
      }
      case 'move-profile': {
        const profile = this.#profile(request.profile);
        if (profile) this.#place({ ...profile, group: request.group }, request.group, request.before);
        break;
      }
      case 'test-profile':
        this.#test(request.profile);
        break;
      case 'dismiss-notice':
        this.change({ notices: notices.filter(({ id }) => id !== request.notice) });
        break;
      case 'save-partition': {
        const partition = savedPartition(request.draft);
        if ('cause' in partition) return partition;
        const others = partitions.filter(({ name }) => name !== partition.name);
        this.change({ partitions: [...others, partition] });
        break;
      }
      case 'remove-partition':
        this.change({ partitions: partitions.filter(({ name }) => name !== request.name) });
        break;
      case 'show-drawer':
        this.#layout({ surface: { page: 'console' } });
        this.change({ drawer: drawerOf(this.view, request.drawer) });
        this.cue('drawer');
        break;
      case 'hide-drawer':
      case 'choose':
        this.change({ drawer: { kind: 'closed' } });
        break;
      case 'search':
        if (this.view.drawer.kind === 'switcher')
          this.change({ drawer: switcherOf(this.view, this.view.drawer.purpose, request.query) });
        break;
      case 'find':
        this.change({ drawer: { kind: 'find', text: request.text, matches: matchesOf(request.text) } });
        break;
      case 'open-link':
        this.change({ drawer: switcherOf(this.view, { for: 'link', link: request.text }, '') });
        break;
      case 'act':
        if (request.action === 'open-page-in') return this.#answer({ ask: 'show-drawer', drawer: 'page-in' });
        this.change(copiesBegun(this.view, request.action, Date.now()));
        break;
      case 'bind': {
        const actions = bound(this.view.actions, request.action, request.keys);
        if ('cause' in actions) return actions;
        this.change({ actions });
        break;
      }
      case 'toggle-bookmark':
        this.#tab(request.tab, ({ bookmarked }) => ({ bookmarked: !bookmarked }));
        break;
      case 'set-sleep-after':
        this.#layout({ sleepAfterMinutes: request.minutes });
        break;
      case 'set-own-window':
        this.#tab(request.tab, () => ({ ownWindow: request.on }));
        break;
      case 'set-tray':
        this.#layout({ tray: request.tray });
        break;
      case 'switch':
        this.#layout(switched(request));
        break;
      case 'set-lock-after':
        this.#layout({ lockAfterMinutes: request.minutes });
        break;
      case 'lock':
        this.#behind = this.view;
        this.#become(locked(this.view, lockOf('asked', Date.now())));
        break;
      case 'unlock':
        this.#become(this.#behind);
        break;
      case 'sleep-others':
        this.change({
          tabs: tabs.map((tab) =>
            tab.pane === null && tab.state === 'live' ? { ...tab, state: 'asleep' } : tab,
          ),
        });
        break;
      case 'find-step':
      case 'copy-link':
      case 'go-back':
      case 'go-forward':
      case 'reopen-tab':
      case 'arrange':
      case 'set-area':
      case 'set-pane-insets':
        break;
    }
    return null;
  }

  /** Every section may differ. */
  #become({ downloads, ...others }: View): void {
    this.change({ ...others, downloads: otherRows(this.view.downloads, downloads) });
  }

  #layout(part: Partial<View['layout']>): void {
    this.change({ layout: { ...this.view.layout, ...part } });
  }

  #arrange(act?: (panes: FakePanes) => void): void {
    act?.(this.#panes);
    this.change({ tabs: this.view.tabs.map((tab) => ({ ...tab, pane: this.#panes.paneOf(tab.id) })) });
    this.#layout({ ...this.#panes.layout(), surface: { page: 'console' } });
  }

  #tab(id: string, part: (tab: View['tabs'][number]) => Partial<View['tabs'][number]>): void {
    this.change({ tabs: this.view.tabs.map((tab) => (tab.id === id ? { ...tab, ...part(tab) } : tab)) });
  }

  /** What was hidden comes back as it was; what happened meanwhile is lost, which Rust would not do. */
  #share(on: boolean): void {
    const { tabs, groups, downloads, layout } = this.view;
    if (on) this.#unshared = { tabs, groups, downloads };
    const all = { ...this.view, ...this.#unshared, layout: { ...layout, screenShare: null } };
    this.#become(on ? shared(this.view) : all);
  }

  #next(letter: string): string {
    this.#numbers += 1;
    return `${letter}-${this.#numbers}`;
  }

  #profile(id: string): ProfileView | undefined {
    return this.view.groups.flatMap(({ profiles }) => profiles).find((profile) => profile.id === id);
  }

  #openTab(id: string, readOnly: boolean): void {
    const profile = this.#profile(id);
    if (!profile) return;
    const tab = { ...tabOf(profile, (this.#numbers += 1), 'signing-in', Date.now()), readOnly };
    const tabs = [...this.view.tabs];
    const last = tabs.findLastIndex((other) => other.profile === id);
    tabs.splice(last < 0 ? tabs.length : last + 1, 0, tab);
    this.change({ tabs });
    this.#arrange((panes) => panes.show(tab.id));
  }

  /** Takes the profile out of where it is and puts it where it shall be. */
  #place(profile: ProfileView, group: string | null, before: string | null): void {
    const groups: GroupView[] = this.view.groups.map(({ name, profiles }) => ({
      name,
      profiles: profiles.filter(({ id }) => id !== profile.id),
    }));
    let home = groups.find(({ name }) => name === group);
    if (!home) groups[group === null ? 'unshift' : 'push']((home = { name: group, profiles: [] }));
    const at = home.profiles.findIndex(({ id }) => id === before);
    home.profiles.splice(at < 0 ? home.profiles.length : at, 0, profile);
    this.change({ groups: groups.filter(({ profiles }) => profiles.length > 0) });
  }

  #save(draft: ProfileDraft): ErrorView | null {
    const all = this.view.groups.flatMap(({ profiles }) => profiles);
    const profile = saved(draft, all, draft.id ?? this.#next('p'));
    if ('cause' in profile) return profile;
    const old = all.find(({ id }) => id === profile.id);
    if (old && old.group === profile.group) {
      this.change({
        groups: this.view.groups.map((each) => ({
          ...each,
          profiles: each.profiles.map((other) => (other.id === profile.id ? profile : other)),
        })),
      });
    } else this.#place(profile, profile.group, null);
    return null;
  }

  #remove(id: string): void {
    const profile = this.#profile(id);
    if (!profile) return;
    this.#removed.set(id, { profile, at: 0 });
    this.change({
      groups: this.view.groups
        .map(({ name, profiles }) => ({ name, profiles: profiles.filter((other) => other.id !== id) }))
        .filter(({ profiles }) => profiles.length > 0),
      notices: [
        ...this.view.notices,
        {
          id: this.#next('n'),
          body: { kind: 'removed', profile: id, profileName: profile.name, until: Date.now() + 30_000 },
        },
      ],
    });
  }

  #test(id: string): void {
    const answer: TestView = {
      state: 'passed',
      account: '111122223333',
      identity: 'role/Admin',
      upToSeconds: 43_200,
    };
    this.change({
      groups: this.view.groups.map(({ name, profiles }) => ({
        name,
        profiles: profiles.map((profile) => (profile.id === id ? { ...profile, test: answer } : profile)),
      })),
    });
  }
}

export function fakeFromAddress(search: string): FakeBackend {
  return new FakeBackend(sceneFromAddress(search));
}
