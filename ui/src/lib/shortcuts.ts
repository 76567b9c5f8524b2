// Keys in words: of actions, as Rust has bound them, and of lists, which have keys of their own. Not the binding.
import type { ActionView, Platform, SectionView } from '../generated/view';
import { locale } from './locale.svelte';
import type { Mirror } from './mirror.svelte';
import { m } from './paraglide/messages';

const MAC: Record<string, string> = { Ctrl: '⌘', Alt: '⌥', Shift: '⇧' };
const SIGNS: Record<string, string> = { Left: '←', Right: '→', Up: '↑', Down: '↓', '-': '−' };

/** The word on the key of this platform. */
export function keyName(key: string, platform: Platform): string {
  return (platform === 'macos' ? MAC[key] : undefined) ?? SIGNS[key] ?? key;
}

/** "Ctrl+K", for tooltips. */
export function chord(keys: readonly string[], platform: Platform): string {
  return keys.map((key) => keyName(key, platform)).join(platform === 'macos' ? '' : '+');
}

/** The keys of a chord as Rust spells it, such as `Ctrl++`. */
export function splitChord(spelled: string): string[] {
  const isPlus = spelled.endsWith('++');
  const keys = (isPlus ? spelled.slice(0, -2) : spelled).split('+');
  return isPlus ? [...keys, '+'] : keys;
}

/** The first chord of an action, as Rust spells it; nothing where it has none. */
export function firstKeys(mirror: Mirror, action: string): string | undefined {
  return mirror.actions.find(({ id }) => id === action)?.keys[0];
}

/** The same in words, for tooltips and menus. */
export function keysOf(mirror: Mirror, action: string): string | undefined {
  const spelled = firstKeys(mirror, action);
  return spelled === undefined ? undefined : chord(splitChord(spelled), mirror.layout.platform);
}

export function actionName(action: ActionView): string {
  return locale() === 'ja' ? action.ja : action.en;
}

const HELD = ['Control', 'Shift', 'Alt', 'Meta', 'AltGraph', 'CapsLock', 'Process', 'Dead'];
const SPELLED: Record<string, string> = {
  ArrowLeft: 'Left',
  ArrowRight: 'Right',
  ArrowUp: 'Up',
  ArrowDown: 'Down',
  '=': '+',
  '|': '\\',
  '¥': '\\',
  ' ': 'Space',
};

/** What was pressed, spelled as Rust reads it; nothing while keys are only held down. Rust says what is wrong with it. */
export function pressedChord(event: KeyboardEvent): string | null {
  if (event.isComposing || HELD.includes(event.key)) return null;
  const key = SPELLED[event.key] ?? (event.key.length === 1 ? event.key.toUpperCase() : event.key);
  const held = [
    event.ctrlKey || event.metaKey ? ['Ctrl'] : [],
    event.altKey ? ['Alt'] : [],
    event.shiftKey ? ['Shift'] : [],
  ];
  return [...held.flat(), key].join('+');
}

export const SECTIONS: Record<SectionView, () => string> = {
  profiles: m.shortcuts_profiles,
  tabs: m.shortcuts_tabs,
  panes: m.panes,
  page: m.shortcuts_page,
  window: m.shortcuts_window,
};

export interface ListKeys {
  /** Alternatives, each a chord. */
  keys: string[];
  does: () => string;
}

/** Keys that mean something in one list only, so that nobody else can have them. */
export const LIST_KEYS: Partial<Record<SectionView, readonly ListKeys[]>> = {
  profiles: [
    { keys: ['Enter'], does: m.shortcut_show_profile },
    { keys: ['Ctrl+Enter'], does: m.shortcut_open_tab },
    { keys: ['F2'], does: m.shortcut_edit_profile },
    { keys: ['Delete'], does: m.shortcut_remove_profile },
    { keys: ['Alt+Up', 'Alt+Down'], does: m.shortcut_move_profile },
  ],
  tabs: [{ keys: ['Shift+F10'], does: m.shortcut_tab_menu }],
  window: [
    { keys: ['?'], does: m.shortcut_shortcuts },
    { keys: ['Esc'], does: m.shortcut_close_surface },
    { keys: ['Enter'], does: m.shortcut_open_download },
    { keys: ['Space'], does: m.shortcut_pause_download },
    { keys: ['Delete'], does: m.shortcut_remove_download },
  ],
};

/** What a tooltip says of a button. */
export function withKeys(words: string, keys: string | undefined): string {
  return keys === undefined ? words : `${words} (${keys})`;
}
