// Invented rules, and a view in which tabs are held, covered or hidden. Not what guards do: roughly how it looks.
import type {
  ColourView,
  GuardsView,
  HeldView,
  LossView,
  ProfileView,
  RuleView,
  ScreenShareView,
  ShapeView,
  TabView,
  View,
} from '../generated/view';
import { NO_GUARDS } from '../lib/guards';

const READY_MADE: [word: string, colour: ColourView | null, shape: ShapeView | null, pattern: string][] = [
  ['PROD', 'red', 'octagon', 'prod, prd, production, 本番, !non prod, !non production, !pre prod, !非本番'],
  ['STG', 'amber', 'triangle', 'stg, stage, staging, uat, pre prod, ステージング*, 検証, 準本番'],
  ['TEST', 'blue', 'square', 'test, tst, testing, qa, テスト*, 試験'],
  ['DEV', 'green', 'circle', 'dev, devel, develop, development, 開発'],
  ['SANDBOX', 'teal', 'hexagon', 'sandbox, sand box, sbx, playground, サンドボックス*'],
  ['NON-PROD', null, null, 'non prod, non production, not prod, 非本番, 本番以外'],
];

/** As long as the user has none of their own. */
export const RULES: RuleView[] = (['name', 'group'] as const).flatMap((on) =>
  READY_MADE.map(([word, colour, shape, pattern]): RuleView => {
    const guards = { ...NO_GUARDS, confirmLinked: colour === 'red' };
    return { on, pattern, word, colour, shape, guards };
  }),
);

/** Everything that a careful team asks of production. */
export const STRICT: GuardsView = {
  confirmOpen: true,
  readOnly: true,
  typeName: true,
  coverAfterMinutes: 15,
  confirmLinked: true,
};

/** One of each. */
export const LOSSES: LossView[] = [
  { loss: 'generated-id', id: 'i-0abc1234def567890' },
  { loss: 'unique-name', name: 'acme-reports' },
  { loss: 'account' },
  { loss: 'region', wanted: 'cn-north-1' },
  { loss: 'no-console' },
];

export interface Guarded {
  /** What the tab that shows waits for. */
  held?: HeldView | null;
  /** The tab that shows is covered. */
  covered?: boolean;
  /** The tab that shows came from another profile. */
  losses?: readonly LossView[];
  /** Production has every guard. */
  strict?: boolean;
  screenShare?: boolean;
}

/** The same view, held up. */
export function guarded(view: View, { held, covered, losses, strict, screenShare }: Guarded): View {
  const groups = view.groups.map((group) => ({
    ...group,
    profiles: group.profiles.map((profile) =>
      strict && profile.mark.colour === 'red' ? { ...profile, guards: STRICT, ownGuards: STRICT } : profile,
    ),
  }));
  const tabs = view.tabs.map((tab): TabView => {
    if (tab.id !== view.layout.activeTab) return tab;
    const waiting = held ? { held, state: 'asleep' as const, identity: null, endsAt: null, end: null } : {};
    return { ...tab, ...waiting, covered: covered ?? false, losses: [...(losses ?? [])] };
  });
  const all = { ...view, groups, tabs };
  return screenShare ? shared(all) : all;
}

/** Only the group of the tab that shows is left to be seen. */
export function shared(view: View): View {
  const active = view.tabs.find(({ id }) => id === view.layout.activeTab);
  const shows = ({ group, id }: Pick<ProfileView, 'group' | 'id'>): boolean =>
    active !== undefined && (active.group === null ? id === active.profile : group === active.group);
  const groups = view.groups
    .map((group) => ({ ...group, profiles: group.profiles.filter(shows) }))
    .filter(({ profiles }) => profiles.length > 0);
  const count = (each: View['groups']): number =>
    each.reduce((sum, { profiles }) => sum + profiles.length, 0);
  const screenShare: ScreenShareView = {
    shown: active ? (active.group ?? active.profileName) : null,
    hidden: count(view.groups) - count(groups),
  };
  const tabs = view.tabs.map((tab) => (shows({ group: tab.group, id: tab.profile }) ? tab : hidden(tab)));
  const seen = new Set(groups.flatMap(({ profiles }) => profiles.map(({ id }) => id)));
  const downloads = view.downloads.filter(({ profile }) => seen.has(profile));
  return { ...view, groups, tabs, downloads, layout: { ...view.layout, screenShare } };
}

function hidden({ id, pane, state }: TabView): TabView {
  return {
    id,
    pane,
    state,
    profile: '',
    profileName: '',
    group: null,
    mark: { word: null, colour: 'slate', shape: 'circle' },
    reason: { why: 'no-rule' },
    isHidden: true,
    account: null,
    identity: null,
    region: '',
    title: '',
    favicon: null,
    host: '',
    path: '',
    readOnly: false,
    ownWindow: false,
    held: null,
    covered: false,
    bookmarked: false,
    s3: null,
    losses: [],
    keptAwake: null,
    progress: 0,
    canGoBack: false,
    canGoForward: false,
    zoom: 1,
    endsAt: null,
    end: null,
    error: null,
  };
}
