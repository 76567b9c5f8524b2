//! Waits until the program is asked to end, by SIGTERM or Ctrl-C.
//! It is not the end of standard input. It never grows.

use std::io;

use tokio::signal::unix::{SignalKind, signal};

/// Returns when the program was asked to stop.
pub(crate) async fn wait() -> io::Result<()> {
    let mut terminate = signal(SignalKind::terminate())?;
    tokio::select! {
        _ = terminate.recv() => Ok(()),
        interrupted = tokio::signal::ctrl_c() => interrupted,
    }
}
