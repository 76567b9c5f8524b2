// Sessions and MFA codes in memory: who is signed in, and which codes are asked for. Not AWS: it knows three wrong codes.
import type {
  ErrorView,
  GroupView,
  MfaAskView,
  MfaWhy,
  ProfileView,
  Request,
  SessionView,
  View,
  ViewChange,
} from '../generated/view';
import { codeOf, isWhole } from '../lib/mfa';
import { renews } from '../lib/sessions';
import { refused } from './refusals';
import { HOUR, signedIn } from './signed-in';

export const WRONG_CODE = '000000';
export const USED_CODE = '111111';
export const LATE_CODE = '222222';
const UNTIL_NEXT_MS = 17_000;

/** As PNG and JPEG begin: each of them has a device's code. */
const PICTURE = /^(iVBORw0KGgo|\/9j\/)/;

export const MFA_WHYS: MfaWhy[] = ['first', 'wrong', 'reused', 'late', 'shorter'];

/** Two devices: the first one's ask shows. */
export function asksOf(profiles: readonly ProfileView[], why: MfaWhy, now: number): MfaAskView[] {
  return profiles.slice(1, 3).map(({ name, mark }, index) => ({
    device: `arn:aws:iam::111122223333:mfa/${['kim', 'kim-spare'][index]}`,
    profileName: name,
    mark,
    why: index === 0 ? why : 'first',
    waitUntil: index === 0 && why === 'reused' ? now + UNTIL_NEXT_MS : null,
  }));
}

/** What a request changes of sessions and codes; null where it asks nothing of them. */
export function sessionsAnswered(view: View, request: Request): ViewChange | ErrorView | null {
  const { mfa } = view;
  const without = (device: string): ViewChange => ({ mfa: mfa.filter((ask) => ask.device !== device) });
  switch (request.ask) {
    case 'give-mfa-code':
      return isWhole(codeOf(request.code))
        ? { mfa: mfa.flatMap((ask) => (ask.device === request.device ? tried(ask, request.code) : ask)) }
        : refused('mfa-code', 'malformed');
    case 'cancel-mfa':
      return without(request.device);
    case 'keep-totp-seed':
      return /^(otpauth:\/\/|[A-Z2-7 ]{16,}$)/i.test(request.seed)
        ? without(request.device)
        : refused('totp-seed', 'malformed');
    case 'keep-totp-picture':
      return PICTURE.test(request.picture) ? without(request.device) : refused('totp-seed', 'malformed');
    case 'renew':
      return renewed(view, request.profile);
    case 'sign-out':
      return withSession(view, request.profile, () => ({ state: 'signed-out' }));
    case 'sign-out-all':
      return withSession(view, null, () => ({ state: 'signed-out' }));
    case 'forget-browser-data':
      return withSession(view, request.profile, () => ({ state: 'signed-out' }));
    default:
      return null;
  }
}

function tried(ask: MfaAskView, code: string): MfaAskView[] {
  if (code === WRONG_CODE) return [{ ...ask, why: 'wrong', waitUntil: null }];
  if (code === USED_CODE) return [{ ...ask, why: 'reused', waitUntil: Date.now() + UNTIL_NEXT_MS }];
  if (code === LATE_CODE) return [{ ...ask, why: 'late', waitUntil: null }];
  return [];
}

/** Its expired tabs come back with the new session, as in Rust only where there is or was one. */
function renewed(view: View, id: string): ViewChange {
  const profile = view.groups.flatMap(({ profiles }) => profiles).find((each) => each.id === id);
  if (!profile || !renews(profile)) return {};
  return {
    ...withSession(view, id, (session) =>
      session.state === 'signed-in' ? { ...session, renewing: true } : signedIn(Date.now(), 0, 12 * HOUR),
    ),
    tabs: view.tabs.map((tab) =>
      tab.profile === id && tab.state === 'expired' ? { ...tab, state: 'live', error: null } : tab,
    ),
  };
}

function withSession(
  { groups }: View,
  profile: string | null,
  next: (session: SessionView) => SessionView,
): ViewChange {
  return {
    groups: groups.map((group): GroupView => ({
      ...group,
      profiles: group.profiles.map((each) =>
        profile === null || each.id === profile ? { ...each, session: next(each.session) } : each,
      ),
    })),
  };
}
