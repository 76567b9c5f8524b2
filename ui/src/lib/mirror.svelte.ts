// The view as Rust last sent it, and how wishes leave. Not a place for decisions.
import { asError, type Backend } from '../backend';
import type {
  Cue,
  ErrorView,
  LayoutView,
  NoticeView,
  ProfileView,
  Request,
  TabView,
  View,
  ViewChange,
} from '../generated/view';
import { merged } from './download-list';

/** What there is before the first view, and behind a lock. */
export const BLANK: View = {
  groups: [],
  partitions: [],
  tabs: [],
  downloads: [],
  notices: [],
  layout: {
    surface: { page: 'console' },
    activeTab: null,
    panes: [],
    dividers: [],
    focusedPane: 0,
    maximised: false,
    linked: false,
    layouts: [],
    sleepAfterMinutes: null,
    banner: false,
    takesLinks: false,
    tray: 'shows',
    lacksTray: false,
    screenShare: null,
    hasOwnWindows: false,
    canReopen: false,
    theme: 'system',
    language: 'system',
    sidebarWidth: 260,
    platform: 'linux',
    readOnlyBook: false,
    autoRenew: false,
    lockAfterMinutes: null,
    lockOnSleep: false,
    downloads: { home: '', byProfile: false, asks: false, keepTime: false, limit: null, folders: {} },
  },
  drawer: { kind: 'closed' },
  rules: [],
  bookmarks: [],
  actions: [],
  memory: {},
  mfa: [],
  configProfiles: [],
  foundInAws: null,
  importing: null,
  portal: null,
  lock: null,
};

export class Mirror {
  groups = $state.raw(BLANK.groups);
  partitions = $state.raw(BLANK.partitions);
  tabs = $state.raw(BLANK.tabs);
  downloads = $state.raw(BLANK.downloads);
  layout: LayoutView = $state.raw(BLANK.layout);
  drawer = $state.raw(BLANK.drawer);
  rules = $state.raw(BLANK.rules);
  bookmarks = $state.raw(BLANK.bookmarks);
  actions = $state.raw(BLANK.actions);
  memory = $state.raw(BLANK.memory);
  mfa = $state.raw(BLANK.mfa);
  configProfiles = $state.raw(BLANK.configProfiles);
  foundInAws = $state.raw(BLANK.foundInAws);
  importing = $state.raw(BLANK.importing);
  portal = $state.raw(BLANK.portal);
  lock = $state.raw(BLANK.lock);
  /** Nothing is drawn before the first whole view. */
  ready = $state(false);

  #notices = $state.raw(BLANK.notices);
  #refused: NoticeView[] = $state.raw([]);
  #refusals = 0;
  #cues: ((cue: Cue) => void)[] = [];
  #backend: Backend;

  activeTab: TabView | null = $derived(this.tabs.find((tab) => tab.id === this.layout.activeTab) ?? null);
  profiles: ProfileView[] = $derived(this.groups.flatMap((group) => group.profiles));
  /** Rust's notices, then what it refused to do. */
  notices: NoticeView[] = $derived([...this.#notices, ...this.#refused]);

  constructor(backend: Backend) {
    this.#backend = backend;
  }

  async start(): Promise<void> {
    await this.#backend.subscribe({
      whole: (view) => this.#take(view),
      change: (change) => this.#merge(change),
      cue: (cue) => this.#cues.forEach((listener) => listener(cue)),
    });
    this.ready = true;
  }

  /** Resolves to what Rust had against it, or to null: for forms, which show it at the field. */
  async attempt(request: Request): Promise<ErrorView | null> {
    try {
      await this.#backend.request(request);
      return null;
    } catch (rejection) {
      return asError(rejection);
    }
  }

  /** For everything that has no form: what Rust refuses becomes a notice. */
  async ask(request: Request): Promise<void> {
    const error = await this.attempt(request);
    if (error) this.refuse(error);
  }

  /** A notice of the window's own, such as Rust's refusals become. */
  refuse(error: ErrorView): void {
    this.#refusals += 1;
    const id = `refused-${this.#refusals}`;
    this.#refused = [...this.#refused, { id, body: { kind: 'failed', about: null, error } }];
  }

  dismiss(notice: string): void {
    const left = this.#refused.filter(({ id }) => id !== notice);
    if (left.length < this.#refused.length) this.#refused = left;
    else void this.ask({ ask: 'dismiss-notice', notice });
  }

  onCue(listener: (cue: Cue) => void): () => void {
    this.#cues.push(listener);
    return () => {
      this.#cues = this.#cues.filter((other) => other !== listener);
    };
  }

  #take({ downloads, ...others }: View): void {
    this.downloads = downloads;
    this.#merge(others);
  }

  #merge(change: ViewChange): void {
    if (change.groups) this.groups = change.groups;
    if (change.partitions) this.partitions = change.partitions;
    if (change.tabs) this.tabs = change.tabs;
    if (change.downloads) this.downloads = merged(this.downloads, change.downloads);
    if (change.notices) this.#notices = change.notices;
    if (change.layout) this.layout = change.layout;
    if (change.drawer) this.drawer = change.drawer;
    if (change.rules) this.rules = change.rules;
    if (change.bookmarks) this.bookmarks = change.bookmarks;
    if (change.actions) this.actions = change.actions;
    if (change.memory) this.memory = change.memory;
    if (change.mfa) this.mfa = change.mfa;
    if (change.configProfiles) this.configProfiles = change.configProfiles;
    // These can become nothing.
    if (change.foundInAws !== undefined) this.foundInAws = change.foundInAws;
    if (change.importing !== undefined) this.importing = change.importing;
    if (change.portal !== undefined) this.portal = change.portal;
    if (change.lock !== undefined) this.lock = change.lock;
  }
}
