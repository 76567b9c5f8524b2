//! Bookmarks: to what the UI is told, and back from its form.

use sidelight_core::app::error::Error;
use sidelight_core::app::state::State;
use sidelight_core::domain::bookmark::{Bookmark, BookmarkScope};
use sidelight_core::domain::profile::{Group, ProfileId};

use crate::view::{BookmarkScopeView, BookmarkView};

/// Those that may be seen, as they were made.
pub fn bookmarks(state: &State) -> Vec<BookmarkView> {
    let shown = state.book.bookmarks().iter().filter(|bookmark| !state.is_bookmark_hidden(bookmark));
    shown.map(Into::into).collect()
}

impl From<&Bookmark> for BookmarkView {
    fn from(bookmark: &Bookmark) -> Self {
        Self {
            id: bookmark.id.to_string(),
            name: bookmark.name.to_string(),
            page: format!("/{}", bookmark.page.as_str()),
            scope: match &bookmark.scope {
                BookmarkScope::Profile(profile) => BookmarkScopeView::Profile { profile: profile.to_string() },
                BookmarkScope::Group(group) => BookmarkScopeView::Group { group: group.to_string() },
                BookmarkScope::EveryProfile => BookmarkScopeView::EveryProfile,
            },
        }
    }
}

impl TryFrom<BookmarkScopeView> for BookmarkScope {
    type Error = Error;

    fn try_from(scope: BookmarkScopeView) -> Result<Self, Error> {
        Ok(match scope {
            BookmarkScopeView::Profile { profile } => Self::Profile(ProfileId::parse(&profile)?),
            BookmarkScopeView::Group { group } => Self::Group(Group::parse(&group)?),
            BookmarkScopeView::EveryProfile => Self::EveryProfile,
        })
    }
}
