//! Bookmarks: a page kept for all profiles of a group, opened in any of them, changed and taken off again.
//!
//! Not how a page becomes a template (`domain::service`).

use super::App;
use super::error::Cause;
use super::event::{BookmarkWish, Reply, Target, Wish};
use super::state::{Notice, NoticeBody};
use super::tabs::fresh_id;
use crate::domain::book::{Book, BookChange};
use crate::domain::bookmark::{Bookmark, BookmarkId, BookmarkName, BookmarkScope};
use crate::domain::input::{Field, InputError, Problem};
use crate::domain::profile::{Profile, ProfileId, Region};
use crate::domain::service::PageTemplate;
use crate::domain::workspace::{Page, TabId};

impl App {
    /// The page of a tab is bookmarked, or is not any more.
    pub(super) fn toggle_bookmark(&mut self, tab: &TabId) {
        let Some(tab) = self.state.workspace.tab(tab) else { return };
        let Some(profile) = self.state.profile_of(tab) else { return };
        if let Some(known) = self.state.book.bookmark_at(profile, &tab.page.url) {
            let id = known.id.clone();
            return self.remove_bookmark(id, None);
        }
        if let Some(bookmark) = bookmark(profile, &tab.page) {
            self.save_bookmark(bookmark, None);
        }
    }

    pub(super) fn with_bookmark(&mut self, id: &BookmarkId, wish: BookmarkWish, reply: Option<Reply<()>>) {
        let known = self.state.book.bookmark(id).cloned();
        match (wish, known) {
            (BookmarkWish::Save { name, page, scope }, Some(known)) => {
                self.save_bookmark(Bookmark { id: known.id, name, page, scope }, reply);
            }
            (BookmarkWish::Remove, Some(known)) => self.remove_bookmark(known.id, reply),
            (BookmarkWish::UndoRemove, _) => match self.removed_bookmark(id) {
                Some((removed, before)) => {
                    self.change_book(reply, async move { Ok(BookChange::RestoreBookmark(Box::new(removed), before)) })
                }
                None => self.refuse(reply, None, Cause::Bug),
            },
            (BookmarkWish::Save { .. } | BookmarkWish::Remove, None) => {
                self.refuse(reply, None, Cause::Input(InputError::new(Field::Name, Problem::Unknown)));
            }
        }
    }

    fn save_bookmark(&mut self, bookmark: Bookmark, reply: Option<Reply<()>>) {
        self.change_book(reply, async { Ok(BookChange::SaveBookmark(Box::new(bookmark))) });
    }

    fn remove_bookmark(&mut self, id: BookmarkId, reply: Option<Reply<()>>) {
        self.change_book(reply, async { Ok(BookChange::RemoveBookmark(id)) });
    }

    /// The one that a notice offers back, and which followed it.
    fn removed_bookmark(&self, id: &BookmarkId) -> Option<(Bookmark, Option<BookmarkId>)> {
        self.state.notices.iter().find_map(|notice| match &notice.body {
            NoticeBody::BookmarkRemoved(removed, before) if removed.id == *id => {
                Some(((**removed).clone(), before.clone()))
            }
            _ => None,
        })
    }

    /// A change of ours holds: what it removed is offered back, and what is there again is not.
    pub(super) fn offer_removed_bookmarks(&mut self, before: &Book) {
        let (book, now) = (self.state.book.clone(), self.now());
        let is_there = |gone: &Bookmark| {
            let same =
                |known: &Bookmark| known.id == gone.id || (&known.page, &known.scope) == (&gone.page, &gone.scope);
            book.bookmarks().iter().any(same)
        };
        let is_back = |notice: &Notice| matches!(&notice.body, NoticeBody::BookmarkRemoved(gone, _) if is_there(gone));
        self.state.notices.retain(|notice| !is_back(notice));
        // Those of a profile that is gone for good went along.
        let has_profile = |gone: &&Bookmark| match &gone.scope {
            BookmarkScope::Profile(profile) => book.profile(profile).is_some(),
            BookmarkScope::Group(_) | BookmarkScope::EveryProfile => true,
        };
        for gone in before.bookmarks().iter().filter(|known| !is_there(known)).filter(has_profile) {
            let behind = before.bookmarks().iter().skip_while(|known| known.id != gone.id).skip(1);
            let next = behind.map(|known| &known.id).find(|id| book.bookmark(id).is_some()).cloned();
            self.state.notice(now, NoticeBody::BookmarkRemoved(Box::new(gone.clone()), next));
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

#[cfg(test)]
#[path = "bookmarks_tests.rs"]
mod tests;
