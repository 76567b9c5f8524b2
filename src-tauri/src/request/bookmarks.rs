//! What the UI may want of a bookmark.

use serde::Deserialize;
use sidelight_core::app::error::Error;
use sidelight_core::app::event;
use sidelight_core::domain::bookmark::BookmarkName;
use sidelight_core::domain::service::PageTemplate;
use ts_rs::TS;

use crate::view::BookmarkScopeView;

/// What the user wants of a bookmark.
#[derive(Debug, Deserialize, TS)]
#[serde(tag = "wish", rename_all = "kebab-case")]
#[ts(export_to = "view.ts")]
pub enum BookmarkWish {
    /// Another name, page or set of profiles.
    Save {
        name: String,
        /// A path below a console's host, with `{region}` and `{account}` where those go.
        page: String,
        scope: BookmarkScopeView,
    },
    /// Remove it.
    Remove,
    /// Take that back.
    UndoRemove,
}

impl TryFrom<BookmarkWish> for event::BookmarkWish {
    type Error = Error;

    fn try_from(wish: BookmarkWish) -> Result<Self, Error> {
        Ok(match wish {
            BookmarkWish::Save { name, page, scope } => Self::Save {
                name: BookmarkName::parse(&name)?,
                page: PageTemplate::parse(&page)?,
                scope: scope.try_into()?,
            },
            BookmarkWish::Remove => Self::Remove,
            BookmarkWish::UndoRemove => Self::UndoRemove,
        })
    }
}
