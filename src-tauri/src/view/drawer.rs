//! What the UI is told of the drawer under the top bar: it moves the panes and covers none.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::MarkView;

/// The drawer and what is in it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, TS)]
#[serde(tag = "kind", rename_all = "kebab-case", rename_all_fields = "camelCase")]
#[ts(export_to = "view.ts")]
pub enum DrawerView {
    /// There is none.
    #[default]
    Closed,
    /// One line that finds, and what it found.
    Switcher {
        /// What is looked for.
        purpose: PurposeView,
        /// What the answer is to; what is typed meanwhile is in the field alone.
        query: String,
        /// Best first.
        found: Vec<FoundView>,
    },
    /// Find in the focused pane's page.
    Find {
        text: String,
        /// How many were found; `None` while nothing was looked for.
        matches: Option<u32>,
    },
    /// The layouts that were saved; their names are in `LayoutView.layouts`.
    Layouts,
}

/// What the switcher looks for.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(tag = "for", rename_all = "kebab-case", rename_all_fields = "camelCase")]
#[ts(export_to = "view.ts")]
pub enum PurposeView {
    Anything,
    /// The profile in which this page opens, in the other pane.
    PageIn {
        /// The page's title, or its path.
        page: String,
    },
    /// The profile in which a link opens: several fit, or it came from outside.
    Link {
        /// The link, without tokens.
        link: String,
    },
}

/// One line of the answer.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "view.ts")]
pub struct FoundView {
    pub kind: FoundKindView,
    /// Of the profile that it is in.
    pub mark: Option<MarkView>,
    /// What stands first: a page, a profile, a tab's title, an action.
    pub title: Vec<PartView>,
    /// What tells it apart from its like.
    pub detail: Vec<PartView>,
    /// What Enter does.
    pub enter: DeedView,
    /// What Shift+Enter does.
    pub shift_enter: Option<DeedView>,
    /// What Alt+Enter does.
    pub alt_enter: Option<DeedView>,
}

#[derive(Clone, Copy, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "kebab-case")]
#[ts(export_to = "view.ts")]
pub enum FoundKindView {
    Profile,
    Page,
    Tab,
    Bookmark,
    Action,
    /// What was typed is a link itself.
    Link,
}

/// A piece of a line.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[ts(export_to = "view.ts")]
pub struct PartView {
    pub kind: PartKindView,
    /// Its text, cut where a match begins and ends.
    pub runs: Vec<RunView>,
}

#[derive(Clone, Copy, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "kebab-case")]
#[ts(export_to = "view.ts")]
pub enum PartKindView {
    Profile,
    Group,
    Account,
    Service,
    Page,
    Resource,
    Region,
    Tab,
    Bookmark,
    Action,
    Shortcut,
}

#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "view.ts")]
pub struct RunView {
    pub text: String,
    /// It matches what was typed.
    pub is_match: bool,
}

/// What happens to a choice.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "kebab-case")]
#[ts(export_to = "view.ts")]
pub enum DeedView {
    Open,
    OpenBeside,
    OpenReadOnly,
    Show,
    ShowBeside,
    Act,
}

/// A drawer to be opened.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
#[ts(export_to = "view.ts")]
pub enum DrawerKind {
    Switcher,
    /// The switcher, for the profile in which the focused pane's page opens.
    PageIn,
    Find,
    Layouts,
}

/// With which key something was chosen.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
#[ts(export_to = "view.ts")]
pub enum ChosenBy {
    Enter,
    ShiftEnter,
    AltEnter,
}
