//! Waiting: runs what has to wait for the keychain, the app or AWS, until it is done or the user
//! presses Ctrl-C, or Ctrl-D at a prompt.
//!
//! Built only when a command has something to wait for.

use std::future::Future;

use tokio::runtime::Builder;
use tokio::sync::Notify;

use crate::failure::Failure;

/// The user has given up at a prompt.
static GIVEN_UP: Notify = Notify::const_new();

/// Ends what runs as Ctrl-C does: for who asks on behalf of the core, whose errors know no such end.
pub fn give_up() {
    GIVEN_UP.notify_one();
}

/// Runs it to its end.
///
/// # Errors
/// Its own, or [`Failure::Cancelled`] by Ctrl-C or [`give_up`].
pub fn run<T>(work: impl Future<Output = Result<T, Failure>>) -> Result<T, Failure> {
    let runtime = Builder::new_current_thread().enable_all().build().map_err(Failure::Runtime)?;
    let outcome = runtime.block_on(async {
        tokio::select! {
            biased;
            Ok(()) = tokio::signal::ctrl_c() => Err(Failure::Cancelled),
            () = GIVEN_UP.notified() => Err(Failure::Cancelled),
            outcome = work => outcome,
        }
    });
    // A keychain that waits for its dialog must not keep the command from ending.
    runtime.shutdown_background();
    outcome
}
