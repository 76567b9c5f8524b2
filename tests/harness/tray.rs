//! The desktop's tray, as a person uses it: the icon that an app puts there, its words, its menu, and clicks.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use zbus::blocking::connection::Builder;
use zbus::blocking::{Connection, Proxy};
use zbus::zvariant::{OwnedValue, Value};

use crate::desktop::Desktop;
use crate::error::{HarnessError, Outcome};
use crate::wait::wait_until;

const NAME: &str = "org.kde.StatusNotifierWatcher";
const PATH: &str = "/StatusNotifierWatcher";

/// Width, height and pixels, as the item gives them.
type Picture = (i32, i32, Vec<u8>);

/// A line of a menu, as `com.canonical.dbusmenu` gives it: its id, its properties, the lines below it.
type Line = (i32, HashMap<String, OwnedValue>, Vec<OwnedValue>);

/// A panel with a tray, gone when dropped.
pub struct Tray {
    bus: Connection,
    items: Arc<Mutex<Vec<String>>>,
}

struct Watcher {
    items: Arc<Mutex<Vec<String>>>,
}

#[zbus::interface(name = "org.kde.StatusNotifierWatcher")]
impl Watcher {
    fn register_status_notifier_item(&self, service: String) {
        self.items.lock().unwrap_or_else(PoisonError::into_inner).push(service);
    }

    #[zbus(property)]
    fn is_status_notifier_host_registered(&self) -> bool {
        true
    }
}

impl Tray {
    /// On the bus of `desktop`.
    ///
    /// # Errors
    /// When the machine has no bus.
    pub fn start(desktop: &Desktop) -> Outcome<Self> {
        let address = desktop.surroundings().get("DBUS_SESSION_BUS_ADDRESS").and_then(|address| address.to_str());
        let items = Arc::<Mutex<Vec<String>>>::default();
        let bus = Builder::address(address.ok_or_else(|| HarnessError::missing("bus on this machine"))?)
            .and_then(|bus| bus.name(NAME))
            .and_then(|bus| bus.serve_at(PATH, Watcher { items: items.clone() }))
            .and_then(Builder::build);
        Ok(Self { bus: bus.map_err(|error| failed(&error))?, items })
    }

    /// What is written where the mouse stays on the icon.
    ///
    /// # Errors
    /// When there is no icon.
    pub fn tip(&self) -> Outcome<String> {
        let item = self.item("/StatusNotifierItem", "org.kde.StatusNotifierItem")?;
        let (_, _, title, _): (String, Vec<Picture>, String, String) =
            item.get_property("ToolTip").map_err(|error| failed(&error))?;
        Ok(title)
    }

    /// The width and height of its pictures.
    ///
    /// # Errors
    /// As [`Self::tip`].
    pub fn pictures(&self) -> Outcome<Vec<(i32, i32)>> {
        let item = self.item("/StatusNotifierItem", "org.kde.StatusNotifierItem")?;
        let pictures: Vec<Picture> = item.get_property("IconPixmap").map_err(|error| failed(&error))?;
        Ok(pictures.into_iter().map(|(width, height, _)| (width, height)).collect())
    }

    /// Clicks the icon.
    ///
    /// # Errors
    /// As [`Self::tip`].
    pub fn click(&self) -> Outcome {
        let item = self.item("/StatusNotifierItem", "org.kde.StatusNotifierItem")?;
        item.call::<_, _, ()>("Activate", &(0, 0)).map_err(|error| failed(&error))
    }

    /// The lines of its menu.
    ///
    /// # Errors
    /// As [`Self::tip`].
    pub fn menu(&self) -> Outcome<Vec<String>> {
        Ok(self.lines()?.into_iter().map(|(_, words)| words).collect())
    }

    /// Waits until the menu has a line that begins so.
    ///
    /// # Errors
    /// [`HarnessError::Late`].
    pub fn wait_for_line(&self, beginning: &str) -> Outcome<i32> {
        let what = format!("{beginning:?} in the tray's menu");
        wait_until(&what, Duration::from_secs(30), || {
            let lines = self.lines().unwrap_or_default();
            Ok(lines.into_iter().find(|(_, words)| words.starts_with(beginning)).map(|(id, _)| id))
        })
    }

    /// Chooses a line of it.
    ///
    /// # Errors
    /// Where there is none.
    pub fn choose(&self, beginning: &str) -> Outcome {
        let id = self.wait_for_line(beginning)?;
        let menu = self.item("/MenuBar", "com.canonical.dbusmenu")?;
        let event = (id, "clicked", Value::from(0_i32), 0_u32);
        // An app that quits does not answer any more.
        menu.call_noreply("Event", &event).map_err(|error| failed(&error))
    }

    fn lines(&self) -> Outcome<Vec<(i32, String)>> {
        let menu = self.item("/MenuBar", "com.canonical.dbusmenu")?;
        let layout: zbus::Result<(u32, Line)> = menu.call("GetLayout", &(0_i32, -1_i32, Vec::<String>::new()));
        let (_, (_, _, below)) = layout.map_err(|error| failed(&error))?;
        let lines = below.into_iter().filter_map(|line| {
            let (id, properties, _) = Line::try_from(line).ok()?;
            let words = String::try_from(properties.get("label")?.try_clone().ok()?).ok()?;
            Some((id, words.replace("__", "_")))
        });
        Ok(lines.collect())
    }

    fn item(&self, path: &'static str, interface: &'static str) -> Outcome<Proxy<'static>> {
        let service = self.items.lock().unwrap_or_else(PoisonError::into_inner).last().cloned();
        let service = service.ok_or_else(|| HarnessError::missing("icon in the tray"))?;
        Proxy::new(&self.bus, service, path, interface).map_err(|error| failed(&error))
    }
}

fn failed(error: &zbus::Error) -> HarnessError {
    HarnessError::missing(format!("the tray: {error}"))
}
