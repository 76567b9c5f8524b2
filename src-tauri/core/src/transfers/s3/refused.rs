//! Of many files, those that could not be copied, while all others could.

use crate::app::error::{Cause, Error};

/// Those that are named.
const NAMED: usize = 5;

/// A file or an object that is not copied, and why.
pub struct Refused {
    pub name: String,
    pub error: Error,
}

impl Refused {
    /// Whether others can be copied though this one cannot.
    pub fn is_of_it_alone(&self) -> bool {
        matches!(self.error.cause, Cause::Refused { .. } | Cause::Denied { .. } | Cause::Damaged | Cause::Exists { .. })
    }
}

/// One error for all: the first one's cause, and which ones.
pub fn summed(refused: &[Refused]) -> Option<Error> {
    let first = refused.first()?;
    let named: Vec<String> = refused.iter().take(NAMED).map(|one| format!("{} ({})", one.name, one.error)).collect();
    let more = refused.len().saturating_sub(NAMED);
    let rest = if more > 0 { format!(" and {more} more") } else { String::new() };
    let words = format!("Not copied: {}{rest}", named.join(", "));
    Some(Error::detailed(first.error.cause.clone(), words))
}
