//! What the app asks of the UI: where its focus goes.

use serde::Serialize;
use sidelight_core::app::window;
use ts_rs::TS;

/// What the app asks of the UI's focus, after a shortcut that was pressed over a console.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "kebab-case")]
#[ts(export_to = "view.ts")]
pub enum Cue {
    Filter,
    Tabs,
    /// The drawer has just opened.
    Drawer,
    /// A code is asked for: its field takes the focus by itself.
    Code,
}

impl From<window::Cue> for Cue {
    fn from(cue: window::Cue) -> Self {
        match cue {
            window::Cue::Filter => Self::Filter,
            window::Cue::Tabs => Self::Tabs,
            window::Cue::Drawer => Self::Drawer,
            window::Cue::Code => Self::Code,
        }
    }
}
