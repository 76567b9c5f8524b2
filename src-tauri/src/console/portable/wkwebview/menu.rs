//! The menu bar of macOS: it takes the shortcuts, whichever webview has the focus, and holds the
//! commands that every Mac app has, copy and paste among them.
//!
//! Its items are the actions of the table, with the table's own keys: keys that the user binds work
//! in the app's own pages only. Its words are English only yet.

use sidelight_core::domain::action::{Action, Section};
use sidelight_core::domain::shortcut::{Chord, Key};
use tauri::menu::{MenuBuilder, MenuItemBuilder, Submenu, SubmenuBuilder};
use tauri::{AppHandle, Wry};

use crate::window::keys::act;

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
            &submenu(app, "Profiles", Section::Profiles)?,
            &submenu(app, "Tabs", Section::Tabs)?,
            &submenu(app, "Panes", Section::Panes)?,
            &submenu(app, "Page", Section::Page)?,
            &submenu(app, "View", Section::Window)?,
            &window,
        ])
        .build()?;
    app.set_menu(menu)?;
    app.on_menu_event(|app, event| {
        if let Some(action) = Action::by_id(event.id().as_ref()) {
            act(app, action);
        }
    });
    Ok(())
}

fn submenu(app: &AppHandle, words: &str, section: Section) -> tauri::Result<Submenu<Wry>> {
    let mut submenu = SubmenuBuilder::new(app, words);
    for fact in Action::all().iter().filter(|fact| fact.section == section) {
        let mut item = MenuItemBuilder::with_id(fact.id, fact.en);
        let chord = fact.keys.first().and_then(|keys| Chord::parse(keys).ok());
        if let Some(keys) = chord.map(accelerator) {
            item = item.accelerator(keys);
        }
        submenu = submenu.item(&item.build(app)?);
    }
    submenu.build()
}

/// On a Mac, Option with an arrow moves through text, and Command with Tab changes the app.
fn accelerator(chord: Chord) -> String {
    let Chord { key, command, shift, alt } = chord;
    let name = match (key, alt, shift) {
        (Key::Left, true, false) => return "Cmd+BracketLeft".to_owned(),
        (Key::Right, true, false) => return "Cmd+BracketRight".to_owned(),
        (Key::Tab, ..) => return if shift { "Ctrl+Shift+Tab" } else { "Ctrl+Tab" }.to_owned(),
        (Key::Plus, ..) => "Equal".to_owned(),
        (Key::Minus, ..) => "Minus".to_owned(),
        (Key::Comma, ..) => "Comma".to_owned(),
        (Key::Period, ..) => "Period".to_owned(),
        (Key::Backslash, ..) => "Backslash".to_owned(),
        _ => Chord { command: false, shift: false, alt: false, key }.to_string(),
    };
    let arrows = matches!(key, Key::Left | Key::Right | Key::Up | Key::Down);
    let held = [(command || arrows, "Cmd+"), (alt, "Alt+"), (shift && !arrows, "Shift+")];
    let held: String = held.into_iter().filter(|(held, _)| *held).map(|(_, word)| word).collect();
    format!("{held}{name}")
}
