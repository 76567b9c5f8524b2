// A whole view to begin with, as an address or a test describes it. Not what happens next.
import type {
  DrawerKind,
  Language,
  LockView,
  LockWhy,
  MfaWhy,
  Surface,
  TabState,
  Theme,
  View,
} from '../generated/view';
import { BOOKMARKS } from './bookmarks';
import { actionsOf } from './actions';
import { drawerOf } from './drawer';
import { LINK_NOTICES, noticesOf, tabOf, TAB_STATES } from './activity';
import { inS3 } from './copies';
import { downloadsOf, PLACES } from './downloads';
import { guarded, LOSSES, RULES, type Guarded } from './guarded';
import { CONFIG_PROFILES, FOUND, importOf } from './imports';
import { LOCK_WHYS, lockOf, UNLOCKINGS, type Unlocking } from './lock';
import { FakePanes } from './panes';
import { PORTAL_SCENES, portalOf, type PortalScene } from './portal';
import { groupsOf, PARTITIONS } from './profiles';
import { asksOf, MFA_WHYS } from './sessions';

/** Side by side; a third below the right one; the same with nothing in the third. */
export type Arrangement = 'one' | 'two' | 'three' | 'empty';
const ARRANGEMENTS: Arrangement[] = ['one', 'two', 'three', 'empty'];

const DRAWERS: DrawerKind[] = ['switcher', 'page-in', 'find', 'layouts'];

const LOCKED_AGO_MS = 20 * 60_000;

export interface Scene extends Guarded {
  profiles?: number;
  /** A tab in each state, or only these. */
  tabs?: readonly TabState[];
  /** The state of the tab that shows. */
  active?: TabState | null;
  /** How many panes: production on the left, then staging, then development. */
  panes?: Arrangement;
  linked?: boolean;
  /** Every second tab is. */
  readOnly?: boolean;
  /** All tabs show pages of S3's. */
  s3?: boolean;
  surface?: Surface;
  /** One in each state, copies of S3's, or so many. */
  downloads?: boolean | number | 's3';
  /** In bytes a second. */
  limit?: number;
  /** The desktop shows no icons. */
  lacksTray?: boolean;
  notices?: boolean;
  linkNotices?: boolean;
  theme?: Theme;
  language?: Language;
  readOnlyBook?: boolean;
  drawer?: DrawerKind | null;
  /** What was typed in the drawer. */
  query?: string;
  layouts?: string[];
  noBookmarks?: boolean;
  /** A code is asked for, and why. */
  mfa?: MfaWhy | null;
  /** ~/.aws has something. */
  found?: boolean;
  /** So many rows can be imported. */
  importing?: number;
  /** How far the listing of a portal is. */
  portal?: PortalScene | null;
  /** So many rows has the portal. */
  assigned?: number;
  /** The window is locked, and why. */
  lock?: LockWhy | null;
  unlocking?: Unlocking | null;
  now?: number;
}

export interface Stage {
  view: View;
  /** What is laid over it. */
  lock: LockView | null;
  panes: FakePanes;
}

export function stageOf(scene: Scene = {}): Stage {
  const now = scene.now ?? Date.now();
  const groups = groupsOf(scene.profiles ?? 7, now);
  const profiles = groups.flatMap((group) => group.profiles);
  const signedInFirst = [...profiles].sort(
    (one, other) => rank(one.session.state) - rank(other.session.state),
  );
  const tabs = (scene.tabs ?? []).flatMap((state, index) => {
    const profile = signedInFirst[Math.floor(index / 2) % Math.max(1, signedInFirst.length)];
    const readOnly = scene.readOnly === true && index % 2 === 0;
    if (!profile) return [];
    const tab = { ...tabOf(profile, index, state, now), readOnly };
    return scene.s3 ? inS3(tab, index) : tab;
  });
  const active = scene.active === null ? undefined : tabs.find(({ state }) => state === scene.active);
  const panes = new FakePanes(scene.active === null ? null : ((active ?? tabs[0])?.id ?? null));
  // Two tabs belong to each profile.
  const beside = [scene.screenShare ? tabs.at(-1) : tabs[2], tabs[4]];
  if (scene.panes && scene.panes !== 'one') {
    panes.split('right');
    if (beside[0]) panes.show(beside[0].id);
    if (scene.panes !== 'two') panes.split('bottom');
    if (scene.panes === 'three' && beside[1]) panes.show(beside[1].id);
    if (scene.panes === 'two') panes.focused = 1;
  }
  panes.linked = scene.linked ?? false;
  scene.layouts?.forEach((name) => panes.layouts.set(name, null));
  const view: View = {
    groups,
    partitions: PARTITIONS,
    tabs: tabs.map((tab) => ({ ...tab, pane: panes.paneOf(tab.id) })),
    downloads: scene.downloads
      ? downloadsOf(profiles, now, scene.downloads === true ? null : scene.downloads)
      : [],
    notices: [...(scene.notices ? noticesOf(now) : []), ...(scene.linkNotices ? LINK_NOTICES : [])],
    layout: {
      surface: scene.surface ?? { page: 'console' },
      ...panes.layout(),
      sleepAfterMinutes: 15,
      banner: false,
      takesLinks: false,
      tray: 'shows',
      lacksTray: scene.lacksTray ?? false,
      screenShare: null,
      hasOwnWindows: true,
      canReopen: tabs.length > 0,
      theme: scene.theme ?? 'system',
      language: scene.language ?? 'en',
      sidebarWidth: 260,
      platform: 'linux',
      readOnlyBook: scene.readOnlyBook ?? false,
      autoRenew: false,
      lockAfterMinutes: 15,
      lockOnSleep: false,
      downloads: { ...PLACES, limit: scene.limit ?? null },
    },
    drawer: { kind: 'closed' },
    rules: RULES,
    bookmarks: scene.noBookmarks ? [] : BOOKMARKS,
    actions: actionsOf(),
    memory: Object.fromEntries(tabs.map(({ profile }, index) => [profile, 90 + 31 * index])),
    mfa: scene.mfa ? asksOf(profiles, scene.mfa, now) : [],
    configProfiles: CONFIG_PROFILES,
    foundInAws: scene.found ? FOUND : null,
    importing: scene.importing === undefined ? null : importOf(scene.importing),
    portal: scene.portal ? portalOf(scene.portal, scene.assigned) : null,
    lock: null,
  };
  if (scene.drawer) view.drawer = drawerOf(view, scene.drawer, scene.query ?? '');
  const lock = scene.lock ? lockOf(scene.lock, now - LOCKED_AGO_MS, scene.unlocking) : null;
  return { view: guarded(view, scene), lock, panes };
}

function rank(state: string): number {
  return state === 'signed-in' ? 0 : state === 'signing-in' ? 1 : 2;
}

/** `?profiles=300&active=failed&panes=two&linked&read-only&s3&held=name&surface=downloads&theme=dark&language=ja&downloads&limit=2500000&no-tray&drawer=switcher&query=acme&layouts&mfa=reused&found&importing=7&portal=listed&assigned=5000&lock=idle&unlocking=refused` */
export function sceneFromAddress(search: string): Scene {
  const asked = new URLSearchParams(search);
  const page = asked.get('surface');
  const state = (name: string): TabState | undefined => TAB_STATES.find((known) => known === asked.get(name));
  return {
    profiles: Number(asked.get('profiles') ?? 7),
    tabs: asked.get('tabs') === 'none' ? [] : TAB_STATES,
    active: asked.get('tabs') === 'none' ? null : (state('active') ?? 'live'),
    panes: oneOf<Arrangement>(asked.get('panes'), ARRANGEMENTS, 'one'),
    linked: asked.has('linked'),
    readOnly: asked.has('read-only'),
    held: asked.has('held')
      ? oneOf(asked.get('held'), ['name', 'confirmation'] as const, 'confirmation')
      : null,
    covered: asked.has('covered'),
    losses: asked.has('losses') ? LOSSES.slice(0, Number(asked.get('losses')) || 1) : [],
    strict: asked.has('strict'),
    screenShare: asked.has('screen-share'),
    surface: surfaceNamed(page, asked.get('profile')),
    downloads:
      asked.get('downloads') === 's3' ? 's3' : Number(asked.get('downloads')) || asked.has('downloads'),
    noBookmarks: asked.has('no-bookmarks'),
    ...(asked.has('no-tray') ? { lacksTray: true } : {}),
    ...(asked.has('limit') ? { limit: Number(asked.get('limit')) } : {}),
    s3: asked.has('s3'),
    notices: asked.has('notices'),
    linkNotices: asked.has('link-notices'),
    readOnlyBook: asked.has('read-only-book'),
    theme: oneOf<Theme>(asked.get('theme'), ['light', 'dark'], 'system'),
    drawer: oneOf<DrawerKind | ''>(asked.get('drawer'), DRAWERS, '') || null,
    query: asked.get('query') ?? '',
    layouts: asked.has('layouts') ? ['Acme: production beside staging', 'Globex 商事', 'Monday'] : [],
    mfa: oneOf<MfaWhy | ''>(asked.get('mfa'), MFA_WHYS, '') || null,
    found: asked.has('found'),
    ...(asked.has('importing') ? { importing: Number(asked.get('importing')) } : {}),
    portal: oneOf<PortalScene | ''>(asked.get('portal'), PORTAL_SCENES, '') || null,
    ...(asked.has('assigned') ? { assigned: Number(asked.get('assigned')) } : {}),
    lock: oneOf<LockWhy | ''>(asked.get('lock'), LOCK_WHYS, '') || null,
    unlocking: oneOf<Unlocking | ''>(asked.get('unlocking'), UNLOCKINGS, '') || null,
    language: oneOf<Language>(asked.get('language'), ['en', 'ja'], 'system'),
  };
}

function surfaceNamed(page: string | null, profile: string | null): Surface {
  switch (page) {
    case 'downloads':
    case 'partitions':
    case 'rules':
    case 'bookmarks':
    case 'shortcuts':
    case 'settings':
    case 'sessions':
    case 'import':
    case 'identity-center':
      return { page };
    case 'profile-editor':
      return { page, profile };
    default:
      return { page: 'console' };
  }
}

function oneOf<T extends string>(asked: string | null, known: readonly T[], otherwise: T): T {
  return known.find((word) => word === asked) ?? otherwise;
}
