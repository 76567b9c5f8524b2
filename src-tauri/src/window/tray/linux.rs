//! Linux: desktops show what announces itself on the session bus. Source: "StatusNotifierItem",
//! <https://www.freedesktop.org/wiki/Specifications/StatusNotifierItem/>. What Tauri has for it wants
//! libayatana-appindicator, and does not say whether a desktop shows it.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use ksni::menu::StandardItem;
use ksni::{Handle, Icon, MenuItem, OfflineReason, ToolTip, TrayMethods};
use tauri::AppHandle;
use tokio::sync::mpsc::{self, UnboundedReceiver, UnboundedSender};
use tokio::time::timeout;

use super::{Face, Line, Press, found, pressed};

/// A bus that does not answer for so long has no tray.
const PATIENCE: Duration = Duration::from_secs(5);

/// The icon.
pub struct TrayIcon(UnboundedSender<Option<Face>>);

impl TrayIcon {
    /// Of the app; nothing shows yet.
    pub fn new(app: &AppHandle) -> Self {
        let (faces, received) = mpsc::unbounded_channel();
        tauri::async_runtime::spawn(keep(app.clone(), received));
        Self(faces)
    }

    /// Shows this, or nothing.
    pub fn show(&self, face: Option<Face>) {
        // The receiver is gone where there is no bus.
        let _ = self.0.send(face);
    }
}

async fn keep(app: AppHandle, mut faces: UnboundedReceiver<Option<Face>>) {
    let mut shown: Option<Handle<Item>> = None;
    while let Some(face) = faces.recv().await {
        match (face, &shown) {
            (Some(face), Some(handle)) => {
                handle.update(|item| item.face = face).await;
            }
            (Some(face), None) => match begin(&app, face).await {
                Ok(handle) => shown = Some(handle),
                Err(error) => {
                    tracing::info!(%error, "there is no icon in the tray");
                    return found(&app, false);
                }
            },
            (None, Some(handle)) => {
                handle.shutdown().await;
                shown = None;
            }
            (None, None) => {}
        }
    }
}

async fn begin(app: &AppHandle, face: Face) -> Result<Handle<Item>, ksni::Error> {
    let is_there = Arc::new(AtomicBool::new(true));
    let item = Item { app: app.clone(), face, is_there: is_there.clone() };
    // A panel may come after the app, or again.
    let handle =
        timeout(PATIENCE, item.assume_sni_available(true).spawn()).await.unwrap_or(Err(ksni::Error::WontShow))?;
    found(app, is_there.load(Ordering::Relaxed));
    Ok(handle)
}

struct Item {
    app: AppHandle,
    face: Face,
    is_there: Arc<AtomicBool>,
}

impl ksni::Tray for Item {
    fn id(&self) -> String {
        "sidelight".to_owned()
    }

    fn title(&self) -> String {
        "Sidelight".to_owned()
    }

    fn icon_pixmap(&self) -> Vec<Icon> {
        let icon = self.app.default_window_icon().and_then(|icon| {
            let argb = icon.rgba().chunks_exact(4).flat_map(|pixel| [pixel[3], pixel[0], pixel[1], pixel[2]]);
            let (width, height) = (i32::try_from(icon.width()).ok()?, i32::try_from(icon.height()).ok()?);
            Some(Icon { width, height, data: argb.collect() })
        });
        icon.into_iter().collect()
    }

    fn tool_tip(&self) -> ToolTip {
        ToolTip { title: self.face.tip.clone(), ..ToolTip::default() }
    }

    fn activate(&mut self, _x: i32, _y: i32) {
        pressed(&self.app, Press::Present);
    }

    fn menu(&self) -> Vec<MenuItem<Self>> {
        let mut items = Vec::new();
        for lines in &self.face.menu {
            if !items.is_empty() {
                items.push(MenuItem::Separator);
            }
            items.extend(lines.iter().map(item));
        }
        items
    }

    fn watcher_online(&self) {
        self.is_there.store(true, Ordering::Relaxed);
        found(&self.app, true);
    }

    fn watcher_offline(&self, _reason: OfflineReason) -> bool {
        self.is_there.store(false, Ordering::Relaxed);
        found(&self.app, false);
        true
    }
}

fn item(line: &Line) -> MenuItem<Item> {
    let does = line.does.clone();
    StandardItem {
        // An underscore would name a key.
        label: line.words.replace('_', "__"),
        activate: Box::new(move |item: &mut Item| pressed(&item.app, does.clone())),
        ..StandardItem::default()
    }
    .into()
}
