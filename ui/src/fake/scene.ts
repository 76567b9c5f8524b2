// A whole view to begin with, as an address or a test describes it. Not what happens next.
import type { Language, Surface, TabState, Theme, View } from '../generated/view';
import { downloadsOf, noticesOf, tabOf, TAB_STATES } from './activity';
import { groupsOf, PARTITIONS } from './profiles';

export interface Scene {
  profiles?: number;
  /** A tab in each state, or only these. */
  tabs?: readonly TabState[];
  /** The state of the tab that shows. */
  active?: TabState | null;
  surface?: Surface;
  downloads?: boolean;
  notices?: boolean;
  theme?: Theme;
  language?: Language;
  readOnlyBook?: boolean;
  now?: number;
}

export function viewOf(scene: Scene = {}): View {
  const now = scene.now ?? Date.now();
  const groups = groupsOf(scene.profiles ?? 7, now);
  const profiles = groups.flatMap((group) => group.profiles);
  const signedInFirst = [...profiles].sort(
    (one, other) => rank(one.session.state) - rank(other.session.state),
  );
  const tabs = (scene.tabs ?? []).flatMap((state, index) => {
    const profile = signedInFirst[Math.floor(index / 2) % Math.max(1, signedInFirst.length)];
    return profile ? tabOf(profile, index, state, now) : [];
  });
  const active = scene.active === null ? undefined : tabs.find(({ state }) => state === scene.active);
  return {
    groups,
    partitions: PARTITIONS,
    tabs,
    downloads: scene.downloads ? downloadsOf(profiles, now) : [],
    notices: scene.notices ? noticesOf(now) : [],
    layout: {
      surface: scene.surface ?? { page: 'console' },
      activeTab: scene.active === null ? null : ((active ?? tabs[0])?.id ?? null),
      canReopen: tabs.length > 0,
      theme: scene.theme ?? 'system',
      language: scene.language ?? 'en',
      sidebarWidth: 260,
      platform: 'linux',
      readOnlyBook: scene.readOnlyBook ?? false,
    },
  };
}

function rank(state: string): number {
  return state === 'signed-in' ? 0 : state === 'signing-in' ? 1 : 2;
}

/** `?profiles=300&tabs=all&active=failed&surface=downloads&theme=dark&language=ja&downloads&notices` */
export function sceneFromAddress(search: string): Scene {
  const asked = new URLSearchParams(search);
  const page = asked.get('surface');
  const state = (name: string): TabState | undefined => TAB_STATES.find((known) => known === asked.get(name));
  return {
    profiles: Number(asked.get('profiles') ?? 7),
    tabs: asked.get('tabs') === 'none' ? [] : TAB_STATES,
    active: asked.get('tabs') === 'none' ? null : (state('active') ?? 'live'),
    surface: surfaceNamed(page, asked.get('profile')),
    downloads: asked.has('downloads'),
    notices: asked.has('notices'),
    theme: oneOf<Theme>(asked.get('theme'), ['light', 'dark'], 'system'),
    language: oneOf<Language>(asked.get('language'), ['en', 'ja'], 'system'),
  };
}

function surfaceNamed(page: string | null, profile: string | null): Surface {
  switch (page) {
    case 'downloads':
    case 'partitions':
    case 'shortcuts':
    case 'settings':
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
