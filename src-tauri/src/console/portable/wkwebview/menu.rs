//! The menu bar of macOS: it takes the shortcuts, whichever webview has the focus, and holds the
//! commands that every Mac app has, copy and paste among them.
//!
//! Not which key asks for what (`shortcuts`). Its words are English only yet.

use tauri::menu::{MenuBuilder, MenuItemBuilder, Submenu, SubmenuBuilder};
use tauri::{AppHandle, Wry};

use super::super::act;
use crate::shortcuts::{Chord, Key, action};

const PLAIN: Chord = Chord { key: Key::F1, command: false, shift: false, alt: false };

const fn command(key: Key) -> Chord {
    Chord { key, command: true, ..PLAIN }
}

const fn with_shift(key: Key) -> Chord {
    Chord { key, command: true, shift: true, ..PLAIN }
}

const fn with_alt(key: Key) -> Chord {
    Chord { key, alt: true, ..PLAIN }
}

const fn alone(key: Key) -> Chord {
    Chord { key, ..PLAIN }
}

/// What an item says, its key on a Mac, and the chord that it stands for.
type Item = (&'static str, &'static str, Chord);

const PROFILES: [Item; 2] =
    [("Find Profile", "Cmd+K", command(Key::Letter('k'))), ("New Profile…", "Cmd+N", command(Key::Letter('n')))];

/// On a Mac, Option with an arrow moves through text.
const TABS: [Item; 21] = [
    ("New Tab", "Cmd+T", command(Key::Letter('t'))),
    ("Close Tab", "Cmd+W", command(Key::Letter('w'))),
    ("Reopen Tab", "Cmd+Shift+T", with_shift(Key::Letter('t'))),
    ("Next Tab", "Ctrl+Tab", command(Key::Tab)),
    ("Previous Tab", "Ctrl+Shift+Tab", with_shift(Key::Tab)),
    ("Tab 1", "Cmd+1", command(Key::Digit(1))),
    ("Tab 2", "Cmd+2", command(Key::Digit(2))),
    ("Tab 3", "Cmd+3", command(Key::Digit(3))),
    ("Tab 4", "Cmd+4", command(Key::Digit(4))),
    ("Tab 5", "Cmd+5", command(Key::Digit(5))),
    ("Tab 6", "Cmd+6", command(Key::Digit(6))),
    ("Tab 7", "Cmd+7", command(Key::Digit(7))),
    ("Tab 8", "Cmd+8", command(Key::Digit(8))),
    ("Last Tab", "Cmd+9", command(Key::Digit(9))),
    ("Back", "Cmd+BracketLeft", with_alt(Key::Left)),
    ("Forward", "Cmd+BracketRight", with_alt(Key::Right)),
    ("Reload", "Cmd+R", command(Key::Letter('r'))),
    ("Zoom In", "Cmd+Equal", command(Key::Plus)),
    ("Zoom Out", "Cmd+Minus", command(Key::Minus)),
    ("Actual Size", "Cmd+0", command(Key::Digit(0))),
    ("Switch Focus", "F6", alone(Key::F6)),
];

const VIEW: [Item; 3] = [
    ("Downloads", "Cmd+J", command(Key::Letter('j'))),
    ("Settings…", "Cmd+Comma", command(Key::Comma)),
    ("Shortcuts", "F1", alone(Key::F1)),
];

/// Puts the menu up.
pub fn set(app: &AppHandle) -> tauri::Result<()> {
    let own = SubmenuBuilder::new(app, "Sidelight")
        .about(None)
        .separator()
        .services()
        .separator()
        .hide()
        .hide_others()
        .show_all()
        .separator()
        .quit()
        .build()?;
    let edit = SubmenuBuilder::new(app, "Edit").undo().redo().separator().cut().copy().paste().select_all().build()?;
    let window = SubmenuBuilder::new(app, "Window").minimize().maximize().fullscreen().build()?;
    let menu = MenuBuilder::new(app)
        .items(&[
            &own,
            &edit,
            &submenu(app, "Profiles", &PROFILES)?,
            &submenu(app, "Tabs", &TABS)?,
            &submenu(app, "View", &VIEW)?,
            &window,
        ])
        .build()?;
    app.set_menu(menu)?;
    app.on_menu_event(|_, event| {
        let chosen = PROFILES.iter().chain(&TABS).chain(&VIEW).find(|(words, ..)| event.id() == words);
        if let Some(asked) = chosen.and_then(|(.., chord)| action(*chord)) {
            act(asked);
        }
    });
    Ok(())
}

fn submenu(app: &AppHandle, words: &str, items: &[Item]) -> tauri::Result<Submenu<Wry>> {
    let mut submenu = SubmenuBuilder::new(app, words);
    for (words, key, _) in items {
        submenu = submenu.item(&MenuItemBuilder::with_id(*words, words).accelerator(key).build(app)?);
    }
    submenu.build()
}
