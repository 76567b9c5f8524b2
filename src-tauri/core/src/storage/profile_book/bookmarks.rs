//! How bookmarks are spelled in `profiles.toml`: `[[bookmark]]`.
//!
//! Not what they mean (`domain::bookmark`). Grows with it.

use serde::Deserialize;
use toml_edit::Table;

use super::document::{set, set_or_remove};
use crate::domain::bookmark::{Bookmark, BookmarkId, BookmarkName, BookmarkScope};
use crate::domain::input::{Field, InputError, Problem};
use crate::domain::profile::{Group, ProfileId};
use crate::domain::service::PageTemplate;

/// Of `[[bookmark]]`. One that names no group and no profile is for every profile.
#[derive(Deserialize)]
pub(super) struct BookmarkFormat {
    id: String,
    name: String,
    page: String,
    group: Option<String>,
    profile: Option<String>,
}

impl BookmarkFormat {
    pub(super) fn bookmark(self) -> Result<Bookmark, InputError> {
        let scope = match (&self.group, &self.profile) {
            (None, None) => BookmarkScope::EveryProfile,
            (Some(group), None) => BookmarkScope::Group(Group::parse(group)?),
            (None, Some(profile)) => BookmarkScope::Profile(ProfileId::parse(profile)?),
            (Some(_), Some(_)) => return Err(InputError::new(Field::Group, Problem::Contradicts)),
        };
        Ok(Bookmark {
            id: BookmarkId::parse(&self.id)?,
            name: BookmarkName::parse(&self.name)?,
            page: PageTemplate::parse(&self.page)?,
            scope,
        })
    }
}

pub(super) fn write_bookmark(table: &mut Table, bookmark: &Bookmark) {
    let (group, profile) = match &bookmark.scope {
        BookmarkScope::EveryProfile => (None, None),
        BookmarkScope::Group(group) => (Some(group.as_str()), None),
        BookmarkScope::Profile(profile) => (None, Some(profile.as_str())),
    };
    set(table, "id", bookmark.id.as_str());
    set(table, "name", bookmark.name.as_str());
    set_page(table, &bookmark.page);
    set_or_remove(table, "group", group);
    set_or_remove(table, "profile", profile);
}

/// With a slash; one that the user wrote without stays so.
fn set_page(table: &mut Table, page: &PageTemplate) {
    let there = table.get("page").and_then(|item| item.as_str());
    if there.and_then(|there| PageTemplate::parse(there).ok()).as_ref() != Some(page) {
        set(table, "page", format!("/{}", page.as_str()));
    }
}
