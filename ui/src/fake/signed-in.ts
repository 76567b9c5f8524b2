// An invented session.
import type { EndView, SessionView } from '../generated/view';

export const HOUR = 3_600_000;

export function signedIn(now: number, left: number, end: EndView = 'console-maximum'): SessionView {
  return { state: 'signed-in', identity: 'role/Admin', endsAt: now + left, end, renewing: false };
}
