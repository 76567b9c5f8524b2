//! The book's bookmarks: which there are, which one a page is, and how they change.
//!
//! Not what a bookmark is (`bookmark`). Grows with what the user can do with them.

use url::{Position, Url};

use super::{Book, UNKNOWN};
use crate::domain::bookmark::{Bookmark, BookmarkId, BookmarkScope};
use crate::domain::input::InputError;
use crate::domain::link;
use crate::domain::profile::{Profile, ProfileId};
use crate::domain::sign_in::Destination;

impl Book {
    /// In the order in which they were made.
    #[must_use]
    pub fn bookmarks(&self) -> &[Bookmark] {
        &self.bookmarks
    }

    /// By id.
    #[must_use]
    pub fn bookmark(&self, id: &BookmarkId) -> Option<&Bookmark> {
        self.bookmarks.iter().find(|bookmark| bookmark.id == *id)
    }

    /// The bookmark that stands for a page in a profile; of several the one for the fewest profiles.
    /// `None` also for what is no page of the profile's console.
    #[must_use]
    pub fn bookmark_at(&self, profile: &Profile, page: &Url) -> Option<&Bookmark> {
        let partition = self.partition(&profile.partition)?;
        let page = link::clean(page);
        let region = link::region(&page).unwrap_or_else(|| profile.region.clone());
        let leads_here = |bookmark: &&Bookmark| {
            let path = bookmark.path_in(profile, Some(&region));
            let there = path.and_then(|path| Destination::page(&partition, &region, &path).ok());
            // Consoles have several hosts for one page.
            there.is_some_and(|there| there.url()[Position::BeforePath..] == page[Position::BeforePath..])
        };
        let all = self.bookmarks.iter().filter(|_| partition.is_console(&page));
        all.filter(leads_here).min_by_key(|bookmark| &bookmark.scope)
    }

    pub(super) fn save_bookmark(&mut self, bookmark: Bookmark) -> Result<(), InputError> {
        if let BookmarkScope::Profile(id) = &bookmark.scope
            && !self
                .profiles
                .iter()
                .chain(self.removed.iter().map(|removed| &removed.profile))
                .any(|known| known.id == *id)
        {
            return Err(UNKNOWN);
        }
        match self.bookmarks.iter_mut().find(|known| known.id == bookmark.id) {
            Some(known) => *known = bookmark,
            None => self.bookmarks.push(bookmark),
        }
        Ok(())
    }

    /// Last where the one that followed it is gone too.
    pub(super) fn restore_bookmark(
        &mut self,
        bookmark: Bookmark,
        before: Option<&BookmarkId>,
    ) -> Result<(), InputError> {
        let id = bookmark.id.clone();
        self.save_bookmark(bookmark)?;
        let from = self.bookmarks.iter().position(|known| known.id == id).ok_or(UNKNOWN)?;
        let back = self.bookmarks.remove(from);
        let place = before.and_then(|before| self.bookmarks.iter().position(|known| known.id == *before));
        self.bookmarks.insert(place.unwrap_or(self.bookmarks.len()), back);
        Ok(())
    }

    pub(super) fn remove_bookmark(&mut self, id: &BookmarkId) -> Result<(), InputError> {
        let at = self.bookmarks.iter().position(|known| known.id == *id).ok_or(UNKNOWN)?;
        self.bookmarks.remove(at);
        Ok(())
    }

    /// Lets go of what was for a profile alone that is gone.
    pub(super) fn forget_bookmarks_of(&mut self, profile: &ProfileId) {
        if self.profile(profile).is_some() {
            return;
        }
        self.bookmarks.retain(|bookmark| !matches!(&bookmark.scope, BookmarkScope::Profile(only) if only == profile));
    }
}

#[cfg(test)]
#[path = "bookmarks_tests.rs"]
mod tests;
