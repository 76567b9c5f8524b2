//! Linux: docks listen for a signal on the session bus (Ubuntu's dock, Dash to Dock, KDE's task manager). Source:
//! "Low level DBus API", <https://wiki.ubuntu.com/Unity/LauncherAPI>. What Tauri has for it wants libunity and Unity
//! itself.

use std::collections::HashMap;
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread;

use tauri::WebviewWindow;
use zbus::blocking::Connection;
use zbus::zvariant::Value;

/// As the bundle's desktop file is called.
const APP: &str = "application://Sidelight.desktop";
const PATH: &str = "/com/canonical/unity/launcherentry/1";
const INTERFACE: &str = "com.canonical.Unity.LauncherEntry";

/// The app's icon.
pub struct Taskbar(Sender<Option<u8>>);

impl Default for Taskbar {
    fn default() -> Self {
        let (percents, received) = mpsc::channel();
        // A bus may take long to answer.
        thread::spawn(move || {
            if let Err(error) = tell(&received) {
                tracing::info!(%error, "the taskbar does not show how far downloads are");
            }
        });
        Self(percents)
    }
}

impl Taskbar {
    /// Shows this; nothing where nothing comes.
    pub fn show(&self, _window: &WebviewWindow, percent: Option<u8>) {
        // Without a bus nobody listens.
        let _ = self.0.send(percent);
    }
}

fn tell(percents: &Receiver<Option<u8>>) -> zbus::Result<()> {
    let Ok(mut percent) = percents.recv() else { return Ok(()) };
    let bus = Connection::session()?;
    loop {
        let progress = f64::from(percent.unwrap_or_default()) / 100.0;
        let properties =
            HashMap::from([("progress", Value::from(progress)), ("progress-visible", Value::from(percent.is_some()))]);
        bus.emit_signal(None::<&str>, PATH, INTERFACE, "Update", &(APP, properties))?;
        let Ok(next) = percents.recv() else { return Ok(()) };
        // Only the newest counts.
        percent = percents.try_iter().last().unwrap_or(next);
    }
}
