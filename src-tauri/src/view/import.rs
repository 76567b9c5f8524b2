//! What can be imported, as the UI is told. Nothing secret: keys are counted, not shown.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::MarkView;

/// What could be imported, as a number.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "view.ts")]
pub struct FoundInAwsView {
    pub profiles: usize,
    pub sso_sessions: usize,
}

/// What is found to import, and what became of it.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "view.ts")]
pub struct ImportView {
    /// Where it was read.
    pub file: String,
    pub rows: Vec<ImportRowView>,
    /// `None` until it was imported.
    pub done: Option<ImportDoneView>,
}

/// A profile that could be imported.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "view.ts")]
pub struct ImportRowView {
    /// By this it is imported.
    pub key: String,
    pub name: String,
    pub group: Option<String>,
    /// What the rules give it.
    pub mark: MarkView,
    pub account: Option<String>,
    pub region: String,
    /// Where its credentials come from, in AWS's terms.
    pub how: String,
    pub state: ImportStanding,
    /// Why it cannot be imported, in English.
    pub problem: Option<String>,
    /// Long-term keys that could move into the keychain.
    pub has_keys: bool,
    /// A command that it would run.
    pub runs_command: Option<String>,
}

/// How something found stands to the book.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "kebab-case")]
#[ts(export_to = "view.ts")]
pub enum ImportStanding {
    New,
    Known,
    /// It is there; the file says another region or account now.
    Changed,
    /// It gives no credentials.
    Cannot,
}

/// What an import did.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "view.ts")]
pub struct ImportDoneView {
    pub added: usize,
    pub changed: usize,
    /// Lines of `~/.aws/credentials` that the user may delete now.
    pub lines_to_delete: Vec<String>,
    /// The given file's keys are in the keychain: the user may delete it now.
    pub file_to_delete: Option<String>,
}

/// What the user chose of a row.
#[derive(Clone, Debug, PartialEq, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "view.ts")]
pub struct ImportChoice {
    pub key: String,
    pub name: String,
    pub group: String,
    pub mark: String,
    /// Its keys go into the keychain.
    pub move_keys: bool,
}
