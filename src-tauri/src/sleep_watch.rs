//! Tells the loop before the machine sleeps, so that a window that is to be locked then is covered
//! before anybody can look at it again, and when it is awake, so that downloads go on.
//!
//! Not what comes of it (`sidelight_core::app::lock`), where a sleep is also noticed by the clock
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

/// What the system says of the machine's sleep.
#[cfg_attr(not(target_os = "linux"), expect(dead_code, reason = "only logind says so"))]
enum Sleep {
    /// In a moment; whoever hears it may take a while.
    Begins,
    Ended,
}

/// Watches until the app ends, on a thread of its own.
pub fn begin(events: UnboundedSender<Event>) {
    let runtime = tokio::runtime::Handle::current();
    let heard = move |sleep: Sleep| match sleep {
        Sleep::Begins => {
            let (done, is_done) = oneshot::channel();
            if events.send(Event::Sleeps(done)).is_ok() {
                let _ = runtime.block_on(async { tokio::time::timeout(PATIENCE, is_done).await });
            }
        }
        // The receiver is gone only when the app ends.
        Sleep::Ended => drop(events.send(Event::Awake)),
    };
    std::thread::spawn(move || platform::watch(heard));
}
