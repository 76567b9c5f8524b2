// MFA devices, their codes as they are typed, and why one is asked for. Not whether a code is right: AWS says that.
import type { MfaAskView, MfaWhy } from '../generated/view';
import { duration } from './format';
import { m } from './paraglide/messages';

const WHYS: Record<MfaWhy, () => string> = {
  first: () => '',
  wrong: m.mfa_wrong,
  reused: m.mfa_reused,
  late: m.mfa_late,
  shorter: m.mfa_shorter,
};

/** A serial ARN's own name; a hardware device has only its number. */
export function deviceName(serial: string): string {
  return serial.split('mfa/').at(-1) ?? serial;
}

/** The digits of what was typed: a paste has blanks, and an input method writes them wide. */
export function codeOf(typed: string): string {
  return typed.normalize('NFKC').replaceAll(/\D/g, '');
}

export function isWhole(code: string): boolean {
  return code.length === 6;
}

/** AWS would refuse a code of before that moment. */
export function waits({ waitUntil }: MfaAskView, now: number): boolean {
  return waitUntil !== null && waitUntil > now;
}

/** Why, and what to do: a code that AWS has not seen may be some seconds away. */
export function whyWords(ask: MfaAskView, now: number): string {
  const { waitUntil, why } = ask;
  const left = waitUntil === null ? 0 : Math.ceil((waitUntil - now) / 1000);
  const words = WHYS[why]();
  // The code that the device shows now is spent.
  if (why === 'shorter') return words;
  return [words, left > 0 ? m.mfa_next_in({ left: duration(left) }) : m.mfa_now()].filter(Boolean).join(' ');
}
