// An invented session.
import type { EndView, SessionView } from '../generated/view';

export const HOUR = 3_600_000;

/** So long ago, and so long yet, in milliseconds. */
export function signedIn(
  now: number,
  ago: number,
  left: number,
  end: EndView = 'console-maximum',
): SessionView {
  const identity = 'role/Admin';
  return { state: 'signed-in', identity, since: now - ago, endsAt: now + left, end, renewing: false };
}
