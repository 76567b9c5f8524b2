// Sessions and tab states in words: the same words in the sidebar, the strip and the header.
import type { EndView, ProfileView, SessionView, TabState, TabView } from '../generated/view';
import { duration, timeOfDay } from './format';
import { m } from './paraglide/messages';

export const WARN_BEFORE_MS = 10 * 60_000;

const END_REASONS: Record<EndView, () => string> = {
  'asked-for': m.end_asked_for,
  'role-maximum': m.end_role_maximum,
  'chained-role': m.end_chained_role,
  'permission-set': m.end_permission_set,
  'console-maximum': m.end_console_maximum,
  'credentials-end': m.end_credentials_end,
  unknown: m.end_unknown,
};

const TAB_STATES: Record<TabState, () => string> = {
  'signing-in': m.tab_signing_in,
  loading: m.tab_loading,
  live: m.tab_live,
  asleep: m.tab_asleep,
  expired: m.tab_expired,
  crashed: m.tab_crashed,
  failed: m.tab_failed,
};

export function endReason(end: EndView): string {
  return END_REASONS[end]();
}

/** What a tab waits for comes before where its page stands. */
export function tabStateWords(tab: Pick<TabView, 'state' | 'held' | 'covered' | 'isHidden'>): string {
  if (tab.isHidden) return m.tab_hidden();
  if (tab.held !== null) return m.tab_held();
  return tab.covered ? m.tab_covered() : TAB_STATES[tab.state]();
}

export function sessionWords(session: SessionView, now: number): string {
  switch (session.state) {
    case 'signed-out':
      return m.session_signed_out();
    case 'signing-in':
      return m.session_signing_in();
    case 'signed-in':
      return m.session_signed_in({
        left: duration((session.endsAt - now) / 1000),
        reason: endReason(session.end),
      });
    case 'ended':
      return m.session_ended({ time: timeOfDay(session.endedAt, now) });
  }
}

/** Sidelight can sign it in: not where the user does so by hand. */
export function isRenewable({ source }: Pick<ProfileView, 'source'>): boolean {
  return source !== 'page';
}

/** There is or was a session to renew; after a sign-out, a tab signs in anew. */
export function renews(profile: Pick<ProfileView, 'source' | 'session'>): boolean {
  return isRenewable(profile) && ['signed-in', 'ended'].includes(profile.session.state);
}

export function endsSoon(endsAt: number, now: number): boolean {
  return endsAt - now <= WARN_BEFORE_MS;
}
