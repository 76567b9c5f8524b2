//! What the UI is told of a locked window.

use serde::Serialize;
use ts_rs::TS;

use super::ErrorView;

/// The window is locked: all other sections are empty.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "view.ts")]
pub struct LockView {
    /// Why.
    pub why: LockWhy,
    /// Milliseconds since 1970.
    pub since: f64,
    /// The system asks the user now.
    pub unlocking: bool,
    /// Why the last try did not unlock it.
    pub error: Option<ErrorView>,
}

/// Why the window is locked.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "kebab-case")]
#[ts(export_to = "view.ts")]
pub enum LockWhy {
    /// The user wanted it.
    Asked,
    /// Nobody touched keyboard or mouse.
    Idle,
    /// The machine slept.
    Sleep,
}
