// Sessions and tab states in words: the same words in the sidebar, the strip and the header.
import type { EndView, SessionView, TabState, TabView } from '../generated/view';
import { duration, timeOfDay } from './format';
import { m } from './paraglide/messages';

export const WARN_BEFORE_MS = 10 * 60_000;

const END_REASONS: Record<EndView, () => string> = {
  'asked-for': m.end_asked_for,
  'role-maximum': m.end_role_maximum,
  'console-maximum': m.end_console_maximum,
  'credentials-end': m.end_credentials_end,
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
      return m.session_signed_in({ left: duration((session.endsAt - now) / 1000) });
    case 'ended':
      return m.session_ended({ time: timeOfDay(session.endedAt, now) });
  }
}

export function endsSoon(endsAt: number, now: number): boolean {
  return endsAt - now <= WARN_BEFORE_MS;
}
