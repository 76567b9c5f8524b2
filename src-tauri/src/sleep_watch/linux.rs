//! Linux: logind says so, and waits for us. Source: org.freedesktop.login1(5), "Inhibit" and
//! "PrepareForSleep".

use zbus::blocking::{Connection, Proxy};
use zbus::zvariant::OwnedFd;

use super::Sleep;

pub(super) fn watch(heard: impl Fn(Sleep)) {
    if let Err(error) = watched(heard) {
        tracing::info!(%error, "logind does not tell when the machine sleeps");
    }
}

fn watched(heard: impl Fn(Sleep)) -> zbus::Result<()> {
    let system = Connection::system()?;
    let manager =
        Proxy::new(&system, "org.freedesktop.login1", "/org/freedesktop/login1", "org.freedesktop.login1.Manager")?;
    let sleeps = manager.receive_signal("PrepareForSleep")?;
    let mut delay = Some(inhibited(&manager)?);
    for signal in sleeps {
        if signal.body().deserialize()? {
            heard(Sleep::Begins);
            // Closed, it lets the machine sleep.
            delay = None;
        } else {
            heard(Sleep::Ended);
            if delay.is_none() {
                delay = Some(inhibited(&manager)?);
            }
        }
    }
    Ok(())
}

fn inhibited(manager: &Proxy<'_>) -> zbus::Result<OwnedFd> {
    let asked = ("sleep", "Sidelight", "covers the consoles first", "delay");
    manager.call_method("Inhibit", &asked)?.body().deserialize()
}
