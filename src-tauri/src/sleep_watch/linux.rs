//! Linux: logind says so, and waits for us. Source: org.freedesktop.login1(5), "Inhibit" and
//! "PrepareForSleep".

use zbus::blocking::{Connection, Proxy};
use zbus::zvariant::OwnedFd;

pub(super) fn watch(covered: impl Fn()) {
    if let Err(error) = watched(covered) {
        tracing::info!(%error, "logind does not tell when the machine sleeps");
    }
}

fn watched(covered: impl Fn()) -> zbus::Result<()> {
    let system = Connection::system()?;
    let manager =
        Proxy::new(&system, "org.freedesktop.login1", "/org/freedesktop/login1", "org.freedesktop.login1.Manager")?;
    let sleeps = manager.receive_signal("PrepareForSleep")?;
    let mut delay = Some(inhibited(&manager)?);
    for signal in sleeps {
        if signal.body().deserialize()? {
            covered();
            // Closed, it lets the machine sleep.
            delay = None;
        } else if delay.is_none() {
            delay = Some(inhibited(&manager)?);
        }
    }
    Ok(())
}

fn inhibited(manager: &Proxy<'_>) -> zbus::Result<OwnedFd> {
    let asked = ("sleep", "Sidelight", "covers the consoles first", "delay");
    manager.call_method("Inhibit", &asked)?.body().deserialize()
}
