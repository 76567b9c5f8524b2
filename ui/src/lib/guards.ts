// What guards ask, in words, and guards to begin with. Not what they do: that is the core's.
import type { GuardsView } from '../generated/view';
import { m } from './paraglide/messages';

export const NO_GUARDS: GuardsView = {
  confirmOpen: false,
  readOnly: false,
  typeName: false,
  coverAfterMinutes: null,
  confirmLinked: false,
};

/** Those that are switched on or off; how long a page may lie open is a number. */
export const SWITCHES: readonly [
  guard: Exclude<keyof GuardsView, 'coverAfterMinutes'>,
  words: () => string,
][] = [
  ['confirmOpen', m.guard_confirm_open],
  ['readOnly', m.guard_read_only],
  ['typeName', m.guard_type_name],
  ['confirmLinked', m.guard_confirm_linked],
];

/** Each guard that holds, in words. */
export function guardWords(guards: GuardsView): string[] {
  const words = SWITCHES.filter(([guard]) => guards[guard]).map(([, said]) => said());
  if (guards.coverAfterMinutes !== null)
    words.push(m.guard_cover_after({ minutes: guards.coverAfterMinutes }));
  return words;
}

/** What was typed as minutes. The core refuses 0, and says what it wants instead. */
export function minutesOf(typed: string): number {
  const text = typed.trim();
  return /^\d{1,4}$/.test(text) ? Number(text) : 0;
}
