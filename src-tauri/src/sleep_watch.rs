//! Tells the loop before the machine sleeps, so that a window that is to be locked then is covered
//! before anybody can look at it again.
//!
//! Not whether it is locked (`sidelight_core::app::lock`), which also notices a sleep by the clock
//! afterwards: the only way where the system does not tell us.

#[cfg_attr(target_os = "linux", path = "sleep_watch/linux.rs")]
#[cfg_attr(not(target_os = "linux"), path = "sleep_watch/elsewhere.rs")]
mod platform;

use std::time::Duration;

use sidelight_core::app::event::Event;
use tokio::sync::mpsc::UnboundedSender;
use tokio::sync::oneshot;

/// logind waits five seconds for those who asked it to (`InhibitDelayMaxSec`).
const PATIENCE: Duration = Duration::from_secs(3);

/// Watches until the app ends, on a thread of its own.
pub fn begin(events: UnboundedSender<Event>) {
    let runtime = tokio::runtime::Handle::current();
    let covered = move || {
        let (done, is_done) = oneshot::channel();
        if events.send(Event::Sleeps(done)).is_ok() {
            let _ = runtime.block_on(async { tokio::time::timeout(PATIENCE, is_done).await });
        }
    };
    std::thread::spawn(move || platform::watch(covered));
}
