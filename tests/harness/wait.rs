//! Waiting for a condition, with a deadline: the only place of the tests that sleeps.
//!
//! Nothing else belongs here. A test says what it waits for; how often one looks is no test's matter.

use std::time::{Duration, Instant};

use crate::error::{HarnessError, Outcome};

/// How long one looks away between two looks.
const BETWEEN_LOOKS: Duration = Duration::from_millis(10);

/// Looks until `look` answers with something, at most for `within`.
///
/// # Errors
/// What `look` fails with at once, and [`HarnessError::Late`] naming `what` at the deadline.
pub fn wait_until<T>(what: &str, within: Duration, mut look: impl FnMut() -> Outcome<Option<T>>) -> Outcome<T> {
    let start = Instant::now();
    loop {
        if let Some(found) = look()? {
            return Ok(found);
        }
        let waited = start.elapsed();
        if waited >= within {
            return Err(late(what, waited));
        }
        #[expect(clippy::disallowed_methods, reason = "the one poll of the harness")]
        std::thread::sleep(BETWEEN_LOOKS);
    }
}

/// [`wait_until`] for a look that must itself be awaited.
///
/// # Errors
/// As [`wait_until`].
pub async fn wait_until_async<T>(
    what: &str,
    within: Duration,
    mut look: impl AsyncFnMut() -> Outcome<Option<T>>,
) -> Outcome<T> {
    let start = Instant::now();
    loop {
        if let Some(found) = look().await? {
            return Ok(found);
        }
        let waited = start.elapsed();
        if waited >= within {
            return Err(late(what, waited));
        }
        tokio::time::sleep(BETWEEN_LOOKS).await;
    }
}

fn late(what: &str, waited: Duration) -> HarnessError {
    HarnessError::Late { what: what.to_owned(), seconds: waited.as_secs_f64() }
}
