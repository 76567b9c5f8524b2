// The cheat sheet: which keys do what, as Rust's shortcuts are bound. Not the binding itself.
import type { Platform } from '../generated/view';
import { m } from './paraglide/messages';

export interface Shortcut {
  /** Alternatives, each a chord of key names. */
  keys: string[][];
  does: () => string;
}

export interface ShortcutSection {
  title: () => string;
  shortcuts: Shortcut[];
}

const MAC: Record<string, string> = { Ctrl: '⌘', Alt: '⌥', Shift: '⇧' };

/** The word on the key of this platform. */
export function keyName(key: string, platform: Platform): string {
  return platform === 'macos' ? (MAC[key] ?? key) : key;
}

/** "Ctrl+K", for tooltips. */
export function chord(keys: string[], platform: Platform): string {
  return keys.map((key) => keyName(key, platform)).join(platform === 'macos' ? '' : '+');
}

/** What the panes' buttons say in their tooltips too. */
export const PANE_KEYS = {
  splitRight: ['Ctrl', '\\'],
  splitDown: ['Ctrl', 'Shift', '\\'],
  close: ['Ctrl', 'Shift', 'W'],
  maximise: ['Ctrl', 'Shift', 'M'],
  link: ['Ctrl', 'Shift', 'L'],
};

export const SHORTCUTS: readonly ShortcutSection[] = [
  {
    title: m.shortcuts_profiles,
    shortcuts: [
      { keys: [['Ctrl', 'K']], does: m.shortcut_filter },
      { keys: [['Enter']], does: m.shortcut_show_profile },
      { keys: [['Ctrl', 'Enter']], does: m.shortcut_open_tab },
      { keys: [['Ctrl', 'N']], does: m.shortcut_new_profile },
      { keys: [['F2']], does: m.shortcut_edit_profile },
      { keys: [['Delete']], does: m.shortcut_remove_profile },
      {
        keys: [
          ['Alt', '↑'],
          ['Alt', '↓'],
        ],
        does: m.shortcut_move_profile,
      },
    ],
  },
  {
    title: m.shortcuts_tabs,
    shortcuts: [
      { keys: [['Ctrl', 'T']], does: m.shortcut_new_tab },
      { keys: [['Ctrl', 'W']], does: m.shortcut_close_tab },
      { keys: [['Ctrl', 'Shift', 'T']], does: m.shortcut_reopen_tab },
      {
        keys: [
          ['Ctrl', 'Tab'],
          ['Ctrl', 'PageDown'],
        ],
        does: m.shortcut_next_tab,
      },
      {
        keys: [
          ['Ctrl', 'Shift', 'Tab'],
          ['Ctrl', 'PageUp'],
        ],
        does: m.shortcut_previous_tab,
      },
      { keys: [['Ctrl', '1…8']], does: m.shortcut_tab_number },
      { keys: [['Ctrl', '9']], does: m.shortcut_last_tab },
      { keys: [['Shift', 'F10']], does: m.shortcut_tab_menu },
    ],
  },
  {
    title: m.panes,
    shortcuts: [
      { keys: [PANE_KEYS.splitRight], does: m.pane_split_right },
      { keys: [PANE_KEYS.splitDown], does: m.pane_split_down },
      { keys: [PANE_KEYS.close], does: m.pane_close },
      { keys: [PANE_KEYS.maximise], does: m.pane_maximise },
      { keys: [PANE_KEYS.link], does: m.pane_link },
      { keys: [['Alt', 'Shift', '←↑↓→']], does: m.shortcut_focus_pane },
    ],
  },
  {
    title: m.shortcuts_page,
    shortcuts: [
      { keys: [['Alt', '←']], does: m.shortcut_back },
      { keys: [['Alt', '→']], does: m.shortcut_forward },
      { keys: [['Ctrl', 'R'], ['F5']], does: m.shortcut_reload },
      { keys: [['Ctrl', '+']], does: m.shortcut_zoom_in },
      { keys: [['Ctrl', '−']], does: m.shortcut_zoom_out },
      { keys: [['Ctrl', '0']], does: m.shortcut_zoom_reset },
    ],
  },
  {
    title: m.shortcuts_window,
    shortcuts: [
      { keys: [['Ctrl', 'J']], does: m.shortcut_downloads },
      { keys: [['Ctrl', ',']], does: m.shortcut_settings },
      { keys: [['F1']], does: m.shortcut_shortcuts },
      { keys: [['F6']], does: m.shortcut_switch_focus },
      { keys: [['Esc']], does: m.shortcut_close_surface },
    ],
  },
];
