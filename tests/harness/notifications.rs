//! The desktop's notifications, as a person sees them: what is shown, and nothing is clicked.

use std::collections::HashMap;
use std::sync::mpsc::{self, Receiver, Sender};
use std::time::Duration;

use zbus::blocking::Connection;
use zbus::blocking::connection::Builder;
use zbus::zvariant::OwnedValue;

use crate::desktop::Desktop;
use crate::error::{HarnessError, Outcome};

const NAME: &str = "org.freedesktop.Notifications";
const PATH: &str = "/org/freedesktop/Notifications";

/// A notification daemon, gone when dropped.
pub struct Notifications {
    _bus: Connection,
    shown: Receiver<Shown>,
}

/// What was shown.
#[derive(Clone, Debug)]
pub struct Shown {
    /// The program.
    pub app: String,
    /// The title.
    pub summary: String,
    /// The text.
    pub body: String,
}

struct Daemon {
    shown: Sender<Shown>,
}

#[zbus::interface(name = "org.freedesktop.Notifications")]
impl Daemon {
    #[expect(clippy::too_many_arguments, reason = "Desktop Notifications Specification 1.2, \"Notify\"")]
    fn notify(
        &self,
        app_name: String,
        _replaces_id: u32,
        _app_icon: String,
        summary: String,
        body: String,
        _actions: Vec<String>,
        _hints: HashMap<String, OwnedValue>,
        _expire_timeout: i32,
    ) -> u32 {
        let _ = self.shown.send(Shown { app: app_name, summary, body });
        1
    }

    fn get_capabilities(&self) -> Vec<String> {
        vec!["body".to_owned()]
    }

    fn get_server_information(&self) -> (String, String, String, String) {
        ("test".to_owned(), "test".to_owned(), "1".to_owned(), "1.2".to_owned())
    }
}

impl Notifications {
    /// On the bus of `desktop`.
    ///
    /// # Errors
    /// When the machine has no bus.
    pub fn start(desktop: &Desktop) -> Outcome<Self> {
        let missing = || HarnessError::missing("bus on this machine");
        let address = desktop.surroundings().get("DBUS_SESSION_BUS_ADDRESS").and_then(|address| address.to_str());
        let (sender, shown) = mpsc::channel();
        let bus = Builder::address(address.ok_or_else(missing)?)
            .and_then(|bus| bus.name(NAME))
            .and_then(|bus| bus.serve_at(PATH, Daemon { shown: sender }))
            .and_then(Builder::build);
        let failed = |error: zbus::Error| HarnessError::missing(format!("the notification daemon: {error}"));
        Ok(Self { _bus: bus.map_err(failed)?, shown })
    }

    /// The next one that is shown.
    ///
    /// # Errors
    /// When none comes.
    pub fn next(&self) -> Outcome<Shown> {
        self.shown.recv_timeout(Duration::from_secs(30)).map_err(|_| HarnessError::missing("a notification"))
    }
}
