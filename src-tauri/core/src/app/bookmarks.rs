//! Bookmarks: a page kept for all profiles of a group, and opened in any of them.
//!
//! Not how a page becomes a template (`domain::service`). Grows with names and scopes of the user's.

use super::App;
use super::event::{Target, Wish};
use super::tabs::fresh_id;
use crate::domain::book::BookChange;
use crate::domain::bookmark::{Bookmark, BookmarkId, BookmarkName, BookmarkScope};
use crate::domain::profile::{Profile, ProfileId, Region};
use crate::domain::service::PageTemplate;
use crate::domain::workspace::{Page, TabId};

impl App {
    /// The page of a tab is bookmarked, or is not any more.
    pub(super) fn toggle_bookmark(&mut self, tab: &TabId) {
        let Some(tab) = self.state.workspace.tab(tab) else { return };
        let Some(profile) = self.state.profile_of(tab) else { return };
        let change = match self.state.book.bookmark_at(profile, &tab.page.url) {
            Some(known) => Some(BookChange::RemoveBookmark(known.id.clone())),
            None => bookmark(profile, &tab.page).map(|bookmark| BookChange::SaveBookmark(Box::new(bookmark))),
        };
        if let Some(change) = change {
            self.change_book(None, async { Ok(change) });
        }
    }

    pub(super) fn open_bookmark(
        &mut self,
        id: &BookmarkId,
        profile: ProfileId,
        region: Option<Region>,
        target: Target,
    ) {
        let known = self.state.book.bookmarks().iter().find(|bookmark| bookmark.id == *id);
        let page = self
            .state
            .profile(&profile)
            .zip(known)
            .and_then(|(profile, bookmark)| bookmark.path_in(profile, region.as_ref()));
        if let Some(page) = page {
            let region = region.map(|region| region.to_string());
            self.wish(Wish::OpenTab { profile, target: Target { page: Some(page), region, ..target }, reply: None });
        }
    }
}

/// By the page's title, else its path; for the profile's group where it has one. `None` for what is
/// no page of a console.
fn bookmark(profile: &Profile, page: &Page) -> Option<Bookmark> {
    let template = PageTemplate::of(&page.url, page.region().as_ref(), profile.account.as_ref())?;
    let words = if page.title.trim().is_empty() { page.url.path() } else { page.title.trim() };
    let name: String = words.chars().take(64).collect();
    let scope = match &profile.group {
        Some(group) => BookmarkScope::Group(group.clone()),
        None => BookmarkScope::Profile(profile.id.clone()),
    };
    Some(Bookmark {
        id: BookmarkId::parse(fresh_id().as_str()).ok()?,
        name: BookmarkName::parse(&name).ok()?,
        page: template,
        scope,
    })
}
