//! macOS and Windows: Tauri's icon, which always shows there. Written from Tauri's sources; untested.

use std::sync::{Arc, Mutex, PoisonError};

use tauri::AppHandle;
use tauri::menu::{Menu, MenuItem, PredefinedMenuItem};
use tauri::tray::{MouseButton, MouseButtonState, TrayIconBuilder, TrayIconEvent};

use super::{Face, Press, found, pressed};

const ID: &str = "sidelight";

/// The icon.
pub struct TrayIcon {
    app: AppHandle,
    /// What the lines of the menu do, by their ids.
    presses: Arc<Mutex<Vec<Press>>>,
}

impl TrayIcon {
    /// Of the app; nothing shows yet.
    pub fn new(app: &AppHandle) -> Self {
        Self { app: app.clone(), presses: Arc::default() }
    }

    /// Shows this, or nothing.
    pub fn show(&self, face: Option<Face>) {
        let (app, presses) = (self.app.clone(), self.presses.clone());
        // It fails only when the app is ending.
        let _ = self.app.run_on_main_thread(move || {
            let shown = match face {
                Some(face) => draw(&app, &face, presses),
                None => app.tray_by_id(ID).map_or(Ok(()), |icon| icon.set_visible(false)),
            };
            if let Err(error) = &shown {
                tracing::info!(%error, "there is no icon in the tray");
            }
            found(&app, shown.is_ok());
        });
    }
}

fn draw(app: &AppHandle, face: &Face, presses: Arc<Mutex<Vec<Press>>>) -> tauri::Result<()> {
    let menu = Menu::new(app)?;
    let mut does = Vec::new();
    for lines in &face.menu {
        if !does.is_empty() {
            menu.append(&PredefinedMenuItem::separator(app)?)?;
        }
        for line in lines {
            // An ampersand would name a key.
            menu.append(&MenuItem::with_id(
                app,
                does.len().to_string(),
                line.words.replace('&', "&&"),
                true,
                None::<&str>,
            )?)?;
            does.push(line.does.clone());
        }
    }
    *presses.lock().unwrap_or_else(PoisonError::into_inner) = does;
    let icon = match app.tray_by_id(ID) {
        Some(icon) => icon,
        None => build(app, presses)?,
    };
    icon.set_visible(true)?;
    icon.set_menu(Some(menu))?;
    icon.set_tooltip(Some(&face.tip))
}

fn build(app: &AppHandle, presses: Arc<Mutex<Vec<Press>>>) -> tauri::Result<tauri::tray::TrayIcon> {
    let mut icon = TrayIconBuilder::with_id(ID)
        // On macOS a click opens the menu.
        .show_menu_on_left_click(cfg!(target_os = "macos"))
        .on_menu_event(move |app, event| {
            let presses = presses.lock().unwrap_or_else(PoisonError::into_inner);
            let line = event.id().as_ref().parse::<usize>().ok();
            if let Some(press) = line.and_then(|line| presses.get(line)) {
                pressed(app, press.clone());
            }
        })
        .on_tray_icon_event(|icon, event| {
            if let TrayIconEvent::Click { button: MouseButton::Left, button_state: MouseButtonState::Up, .. } = event
                && cfg!(windows)
            {
                pressed(icon.app_handle(), Press::Present);
            }
        });
    if let Some(image) = app.default_window_icon() {
        icon = icon.icon(image.clone());
    }
    icon.build(app)
}
