// A locked window in memory: what is left of its view. Not who may unlock it: here everybody may.
import type { LockView, LockWhy, View } from '../generated/view';
import { BLANK } from '../lib/mirror.svelte';
import { errorOf } from './activity';

export const LOCK_WHYS: LockWhy[] = ['asked', 'idle', 'sleep'];

/** The system asks who is there, or did in vain. */
export type Unlocking = 'waiting' | 'refused';
export const UNLOCKINGS: Unlocking[] = ['waiting', 'refused'];

export function lockOf(why: LockWhy, since: number, unlocking: Unlocking | null = null): LockView {
  const error = unlocking === 'refused' ? errorOf('keychain-locked') : null;
  return { why, since, unlocking: unlocking === 'waiting', error };
}

/** Look and settings stay, and nothing of any client. */
export function locked({ layout }: View, lock: LockView): View {
  const { surface, activeTab, panes, dividers, layouts, screenShare } = BLANK.layout;
  return {
    ...BLANK,
    layout: { ...layout, surface, activeTab, panes, dividers, layouts, screenShare },
    lock,
  };
}
