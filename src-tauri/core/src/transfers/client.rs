//! The client of transfers: the system's proxy, and no limit on how long a file takes.

use std::time::Duration;

use reqwest::redirect::{Action, Attempt, Policy};

use crate::app::error::Error;
use crate::aws::http;
use crate::aws::trust::Trust;

/// As browsers do (Fetch standard: 20).
const REDIRECTS: usize = 20;

/// A client for transfers that takes so long a `silence` for a broken connection.
///
/// # Errors
/// `Bug` where the TLS library cannot start.
pub(super) fn client(trust: &Trust, silence: Duration) -> Result<reqwest::Client, Error> {
    let builder = http::builder(trust).read_timeout(silence).referer(false).redirect(Policy::custom(follow));
    http::built(builder)
}

/// Wherever a server sends, but never from TLS to none.
fn follow(attempt: Attempt<'_>) -> Action {
    let was_secure = attempt.previous().last().is_some_and(|url| url.scheme() == "https");
    if attempt.previous().len() > REDIRECTS {
        attempt.error("too many redirects")
    } else if was_secure && attempt.url().scheme() != "https" {
        attempt.error("a redirect leaves TLS")
    } else {
        attempt.follow()
    }
}
