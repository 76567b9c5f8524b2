//! logind, as far as an app asks it: who wants to do something before the machine sleeps, and that it
//! is about to. It stands on the machine's only bus, which is its system bus too.

use std::io::{PipeReader, Read};
use std::os::fd::OwnedFd;
use std::sync::mpsc::{self, Receiver, Sender};
use std::time::Duration;

use zbus::blocking::Connection;
use zbus::blocking::connection::Builder;
use zbus::{fdo, zvariant};

use crate::desktop::Desktop;
use crate::error::{HarnessError, Outcome};

const NAME: &str = "org.freedesktop.login1";
const PATH: &str = "/org/freedesktop/login1";
const MANAGER: &str = "org.freedesktop.login1.Manager";
const PATIENCE: Duration = Duration::from_secs(20);

/// A logind, gone when dropped.
pub struct Logind {
    bus: Connection,
    delays: Receiver<PipeReader>,
}

struct Manager {
    delays: Sender<PipeReader>,
}

#[zbus::interface(name = "org.freedesktop.login1.Manager")]
impl Manager {
    /// Whoever holds the answer delays the sleep.
    fn inhibit(&self, what: &str, _who: &str, _why: &str, mode: &str) -> fdo::Result<zvariant::OwnedFd> {
        let failed = |error: std::io::Error| fdo::Error::IOError(error.to_string());
        if (what, mode) != ("sleep", "delay") {
            return Err(fdo::Error::InvalidArgs(format!("{what} {mode}")));
        }
        let (ours, theirs) = std::io::pipe().map_err(failed)?;
        let _ = self.delays.send(ours);
        Ok(OwnedFd::from(theirs).into())
    }
}

impl Logind {
    /// On the bus of `desktop`.
    ///
    /// # Errors
    /// When the machine has no bus.
    pub fn start(desktop: &Desktop) -> Outcome<Self> {
        let missing = || HarnessError::missing("bus on this machine");
        let address = desktop.surroundings().get("DBUS_SESSION_BUS_ADDRESS").and_then(|address| address.to_str());
        let (sender, delays) = mpsc::channel();
        let bus = Builder::address(address.ok_or_else(missing)?)
            .and_then(|bus| bus.name(NAME))
            .and_then(|bus| bus.serve_at(PATH, Manager { delays: sender }))
            .and_then(Builder::build);
        Ok(Self { bus: bus.map_err(failed)?, delays })
    }

    /// The machine is about to sleep: waits until whoever asked for a delay has let go of it.
    ///
    /// # Errors
    /// When nobody asked for one, or does not let go.
    pub fn sleep(&self) -> Outcome {
        let nobody = || HarnessError::missing("anybody who delays the sleep");
        let mut delay = self.delays.recv_timeout(PATIENCE).map_err(|_| nobody())?;
        self.bus.emit_signal(None::<&str>, PATH, MANAGER, "PrepareForSleep", &true).map_err(failed)?;
        let (told, is_over) = mpsc::channel();
        std::thread::spawn(move || told.send(delay.read_to_end(&mut Vec::new())));
        let over = is_over.recv_timeout(PATIENCE);
        over.map(drop).map_err(|_| HarnessError::missing("an end of the delay"))
    }

    /// The machine is awake again.
    ///
    /// # Errors
    /// When the bus is gone.
    pub fn wake(&self) -> Outcome {
        self.bus.emit_signal(None::<&str>, PATH, MANAGER, "PrepareForSleep", &false).map_err(failed)
    }
}

fn failed(error: impl std::fmt::Display) -> HarnessError {
    HarnessError::missing(format!("logind: {error}"))
}
