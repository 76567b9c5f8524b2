// What an invented portal of IAM Identity Center assigns, and how far its listing is. It signs nobody in: a listing
// that was asked for stays at the sign-in, until a test sends what comes next.
import type {
  AssignedStanding,
  AssignedView,
  ErrorView,
  PortalStateView,
  PortalView,
  Request,
  View,
  ViewChange,
} from '../generated/view';
import { withChosen } from './imports';
import { markOf } from './profiles';
import { refused } from './refusals';

export type PortalScene = 'asking' | 'signing-in' | 'device' | 'counting' | 'listing' | 'listed' | 'failed';

const BY_BROWSER: PortalStateView = {
  state: 'signing-in',
  userCode: null,
  url: 'https://oidc.eu-central-1.amazonaws.com/authorize?client_id=example&response_type=code',
};
const BY_CODE: PortalStateView = {
  state: 'signing-in',
  userCode: 'BCDF-GHJK',
  url: 'https://acme.awsapps.com/start/#/device',
};

const STATES: Record<PortalScene, PortalStateView> = {
  asking: { state: 'signing-in', userCode: null, url: null },
  'signing-in': BY_BROWSER,
  device: BY_CODE,
  counting: { state: 'listing', done: 0, all: 0 },
  listing: { state: 'listing', done: 412, all: 1000 },
  listed: { state: 'listed' },
  failed: {
    state: 'failed',
    error: {
      cause: { code: 'network', host: 'portal.sso.eu-central-1.amazonaws.com' },
      detail: 'dns error: failed to lookup address information',
    },
  },
};
export const PORTAL_SCENES = Object.keys(STATES) as PortalScene[];

export function portalOf(scene: PortalScene, count = 12): PortalView {
  return {
    startUrl: 'https://acme.awsapps.com/start',
    ssoRegion: 'eu-central-1',
    partition: 'aws',
    state: STATES[scene],
    rows: scene === 'listed' ? assigned(count) : [],
    added: null,
  };
}

const WORDS = ['PROD', 'STG', 'DEV', null];
const SETS = ['AdministratorAccess', 'ReadOnlyAccess'];
/** One of each, before all those that are new. */
const KINDS: [AssignedStanding, profile: string | null][] = [
  ['new', null],
  ['known', 'acme staging'],
  ['gone', 'acme development'],
];

/** Two permission sets in each account. */
function assigned(count: number): AssignedView[] {
  return Array.from({ length: count }, (_, index): AssignedView => {
    const account = Math.floor(index / SETS.length);
    const word = WORDS[account % WORDS.length] ?? null;
    const client = `client-${String(Math.floor(account / WORDS.length) + 1).padStart(2, '0')}`;
    const accountName = `${client}-${(word ?? 'tools').toLowerCase()}`;
    const permissionSet = SETS[index % SETS.length] ?? '';
    const [state, profileName] = KINDS[index] ?? ['new', null];
    return {
      key: `assigned ${index}`,
      account: String(100_000_000_000 + account * 7919),
      // Only the portal knows it.
      accountName: state === 'gone' ? '' : accountName,
      permissionSet,
      name: `${accountName} ${permissionSet}`,
      group: null,
      mark: markOf(word, account),
      state,
      profileName,
    };
  });
}

/** What a request changes of the portal; null where it asks nothing of it. */
export function portalAnswered({ portal, groups }: View, request: Request): ViewChange | ErrorView | null {
  switch (request.ask) {
    case 'list-portal': {
      const { startUrl, ssoRegion, partition, byDeviceCode } = request;
      if (!startUrl.startsWith('https://')) return refused('start-url', 'malformed');
      if (ssoRegion.trim() === '') return refused('region', 'missing');
      const state = byDeviceCode ? BY_CODE : BY_BROWSER;
      return { portal: { startUrl, ssoRegion, partition, state, rows: [], added: null } };
    }
    case 'cancel-portal':
      return { portal: null };
    case 'copy-portal-link':
      return {};
    case 'add-assigned': {
      if (!portal) return {};
      const names = new Map(request.rows.map(({ key, name }) => [key, name]));
      if ([...names.values()].some((name) => name.trim() === '')) return refused('name', 'missing');
      const rows = portal.rows.map((row): AssignedView => {
        const profileName = names.get(row.key);
        return profileName === undefined ? row : { ...row, state: 'known', profileName };
      });
      return {
        groups: withChosen(groups, request.rows),
        portal: { ...portal, rows, added: request.rows.length },
      };
    }
    default:
      return null;
  }
}
