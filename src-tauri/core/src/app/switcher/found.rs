//! What the switcher answers: what was found, how it reads, and what each key does with it.
//!
//! Not how it was found (`search`) nor how it is drawn (the UI). Grows by a [`Choice`] when
//! something new can be found.

use super::index::ActionId;
use crate::domain::bookmark::BookmarkId;
use crate::domain::profile::{ProfileId, Region};
use crate::domain::service::PageTemplate;
use crate::domain::workspace::TabId;

/// What the user can choose.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Choice {
    /// A profile's console.
    OpenProfile {
        /// Whose.
        profile: ProfileId,
        /// At which page; `None` for the console's home.
        page: Option<PageTemplate>,
        /// In which region; `None` for the profile's own.
        region: Option<Region>,
    },
    /// A tab that is open.
    ShowTab(TabId),
    /// A bookmark, in a profile.
    OpenBookmark {
        /// Which.
        bookmark: BookmarkId,
        /// Whose console.
        profile: ProfileId,
        /// In which region; `None` for the profile's own.
        region: Option<Region>,
    },
    /// Something that the app does.
    Act(ActionId),
}

/// One line of the answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// What it is.
    pub what: Choice,
    /// What stands first: a page, a profile, a tab's title, an action.
    pub title: Vec<Part>,
    /// What tells it apart from its like: profile, group, account, region, shortcut.
    pub detail: Vec<Part>,
    /// Higher is better; comparable within one answer.
    pub score: i32,
    /// What the keys do.
    pub keys: Keys,
}

/// A piece of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// What it names.
    pub kind: PartKind,
    /// Its text, cut where a match begins and ends.
    pub runs: Vec<Run>,
}

impl Part {
    /// The text in one piece.
    #[must_use]
    pub fn text(&self) -> String {
        self.runs.iter().map(|run| run.text.as_str()).collect()
    }
}

/// What a [`Part`] names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the words say all")]
pub enum PartKind {
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

/// Text that matches what was typed, or does not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// Never empty.
    pub text: String,
    /// To be highlighted.
    pub is_match: bool,
}

/// What the keys do with a choice; absent where a key makes no sense.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Keys {
    /// Enter.
    pub enter: Deed,
    /// Shift+Enter.
    pub shift_enter: Option<Deed>,
    /// Alt+Enter.
    pub alt_enter: Option<Deed>,
}

/// What happens to a choice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deed {
    /// Opens in the active pane.
    Open,
    /// Opens in a pane beside it.
    OpenBeside,
    /// Opens with ReadOnlyAccess as session policy.
    OpenReadOnly,
    /// Shows the tab where it is.
    Show,
    /// Shows the tab in a pane beside the active one.
    ShowBeside,
    /// Does it.
    Act,
}

impl Choice {
    /// What the keys do with it.
    #[must_use]
    pub fn keys(&self) -> Keys {
        match self {
            Self::OpenProfile { .. } | Self::OpenBookmark { .. } => {
                Keys { enter: Deed::Open, shift_enter: Some(Deed::OpenBeside), alt_enter: Some(Deed::OpenReadOnly) }
            }
            Self::ShowTab(_) => Keys { enter: Deed::Show, shift_enter: Some(Deed::ShowBeside), alt_enter: None },
            Self::Act(_) => Keys { enter: Deed::Act, shift_enter: None, alt_enter: None },
        }
    }

    /// The profile that it names; a tab and an action name none.
    #[must_use]
    pub fn profile(&self) -> Option<&ProfileId> {
        match self {
            Self::OpenProfile { profile, .. } | Self::OpenBookmark { profile, .. } => Some(profile),
            Self::ShowTab(_) | Self::Act(_) => None,
        }
    }
}
