//! The keychain: whether secrets could be read and written now. It is asked for its state only.

use sidelight_core::app::error::Cause;
use sidelight_core::domain::book::Book;
use sidelight_core::storage::keychain::Keychain;

use super::Check;

const NAME: &str = "keychain";

/// How it is.
pub async fn check(book: &Book) -> Check {
    match Keychain::new().state().await {
        Ok(()) => Check::ok(NAME, "Open: secrets can be read and written"),
        // A person can unlock it when a profile is opened.
        Err(error) if error.cause == Cause::KeychainLocked => {
            Check::warning(NAME, error.to_string(), error.cause.hint())
        }
        Err(error) => {
            let waiting = if book.profiles().is_empty() { "" } else { "; the secrets of your profiles lie there" };
            let detail = error.detail.as_ref().map(|detail| format!(" ({detail})")).unwrap_or_default();
            Check::problem(NAME, format!("{error}{waiting}{detail}"), error.cause.hint())
        }
    }
}
