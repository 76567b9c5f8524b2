//! What a file that the user gives for import holds.

use crate::domain::book::Book;
use crate::domain::secret::AccessKey;

/// What a file holds.
#[derive(Debug)]
pub enum Given {
    /// AWS's CSV.
    Keys(Vec<NamedKey>),
    /// What Sidelight exported; it merges by the profiles' stable ids.
    Export(Box<Book>),
}

/// A key that was handed out in a file, and what its profile shall be called.
#[derive(Debug)]
pub struct NamedKey {
    /// As typed, or as the file says.
    pub name: String,
    /// Id and secret.
    pub key: AccessKey,
}
