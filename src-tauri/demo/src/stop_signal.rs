//! Waits until the user ends the program, where Ctrl-C is the only way.
//! It is not the end of standard input. It never grows.

use std::io;

/// Returns when the program was asked to stop.
pub(crate) async fn wait() -> io::Result<()> {
    tokio::signal::ctrl_c().await
}
