//! What the UI is told of bookmarks, and what it gives back of them.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A page that the user named.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "view.ts")]
pub struct BookmarkView {
    pub id: String,
    pub name: String,
    /// Its path, with `{region}` and `{account}` where those go.
    pub page: String,
    /// For which profiles.
    pub scope: BookmarkScopeView,
}

/// For which profiles a bookmark is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "of", rename_all = "kebab-case")]
#[ts(export_to = "view.ts")]
pub enum BookmarkScopeView {
    /// This one alone.
    Profile {
        /// Its id.
        profile: String,
    },
    /// Those of a group.
    Group { group: String },
    /// All.
    EveryProfile,
}
