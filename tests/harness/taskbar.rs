//! The desktop's taskbar, as far as downloads go: what it is told to show on the app's icon.

use std::collections::HashMap;
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::Duration;

use zbus::blocking::connection::Builder;
use zbus::blocking::{MessageIterator, fdo::DBusProxy};
use zbus::zvariant::OwnedValue;
use zbus::{MatchRule, message::Type};

use crate::desktop::Desktop;
use crate::error::{HarnessError, Outcome};

/// Listens until dropped.
pub struct Taskbar {
    told: Receiver<(String, Option<f64>)>,
}

impl Taskbar {
    /// On the bus of `desktop`.
    ///
    /// # Errors
    /// When the machine has no bus.
    pub fn start(desktop: &Desktop) -> Outcome<Self> {
        let address = desktop.surroundings().get("DBUS_SESSION_BUS_ADDRESS").and_then(|address| address.to_str());
        let address = address.ok_or_else(|| HarnessError::missing("bus on this machine"))?;
        let signals = listen(address).map_err(|error| HarnessError::missing(format!("the taskbar: {error}")))?;
        let (sender, told) = mpsc::channel();
        thread::spawn(move || {
            for message in signals.flatten() {
                let Ok((app, shown)) = message.body().deserialize::<(String, HashMap<String, OwnedValue>)>() else {
                    continue;
                };
                let is_visible = shown.get("progress-visible").and_then(|shown| bool::try_from(shown).ok());
                let progress = shown.get("progress").and_then(|share| f64::try_from(share).ok());
                if sender.send((app, progress.filter(|_| is_visible == Some(true)))).is_err() {
                    return;
                }
            }
        });
        Ok(Self { told })
    }

    /// Of which app it is told what next: the share that has come, or that nothing is shown.
    ///
    /// # Errors
    /// When it is told nothing.
    pub fn next(&self) -> Outcome<(String, Option<f64>)> {
        let told = self.told.recv_timeout(Duration::from_secs(20));
        told.map_err(|_| HarnessError::missing("word for the taskbar"))
    }
}

fn listen(address: &str) -> zbus::Result<MessageIterator> {
    let bus = Builder::address(address)?.build()?;
    let rule = MatchRule::builder().msg_type(Type::Signal).interface("com.canonical.Unity.LauncherEntry")?;
    let rule = rule.build();
    DBusProxy::new(&bus)?.add_match_rule(rule)?;
    Ok(MessageIterator::from(bus))
}
