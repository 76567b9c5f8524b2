//! Candidate: what a search may answer, as numbers into the list.
//!
//! Small, since there are many before the best are known; a [`Choice`] is what remains.

use super::found::Choice;
use super::index::Index;
use super::places::PLACES;
use crate::domain::profile::Region;
use crate::domain::service::PageTemplate;

/// Something found; small, since there are many before the best are known. Numbers are places in the index.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Candidate {
    Open { profile: usize, page: Page, region: Option<usize> },
    Tab(usize),
    Action(usize),
}

/// Where in a profile.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Page {
    Home,
    Place(usize),
    Resource(PageTemplate),
    Bookmark(usize),
}

impl Page {
    pub(super) fn bookmark(&self) -> Option<usize> {
        match self {
            Self::Bookmark(at) => Some(*at),
            Self::Home | Self::Place(_) | Self::Resource(_) => None,
        }
    }
}

impl Candidate {
    /// Which of the places that lead to the same page was meant.
    pub(super) fn place(&self) -> Option<usize> {
        match self {
            Self::Open { page: Page::Place(at), .. } => Some(*at),
            Self::Open { .. } | Self::Tab(_) | Self::Action(_) => None,
        }
    }

    pub(super) fn choice(&self, index: &Index) -> Choice {
        match self {
            Self::Tab(tab) => Choice::ShowTab(index.tabs[*tab].id.clone()),
            Self::Action(action) => Choice::Act(index.actions[*action].id.clone()),
            Self::Open { profile, page, region } => {
                let profile = index.profiles[*profile].id.clone();
                let region = region.and_then(|at| Region::parse(PLACES.regions[at].code).ok());
                let page = match page {
                    Page::Home => None,
                    Page::Place(at) => Some(PageTemplate::new(PLACES.all[*at].path())),
                    Page::Resource(page) => Some(page.clone()),
                    Page::Bookmark(at) => {
                        let bookmark = index.bookmarks[*at].id.clone();
                        return Choice::OpenBookmark { bookmark, profile, region };
                    }
                };
                Choice::OpenProfile { profile, page, region }
            }
        }
    }

    /// What was chosen before, if it can still be.
    pub(super) fn known(index: &Index, choice: &Choice) -> Option<Self> {
        let profile = |id| index.by_id.get(id).copied();
        let region_at = |region: &Option<Region>| {
            let code = region.as_ref()?.as_str();
            PLACES.regions.iter().position(|known| known.code == code)
        };
        match choice {
            Choice::ShowTab(_) => None,
            Choice::Act(id) => index.actions.iter().position(|action| action.id == *id).map(Self::Action),
            Choice::OpenBookmark { bookmark, profile: id, region } => {
                let at = index.bookmarks.iter().position(|known| known.id == *bookmark)?;
                let profile =
                    profile(id).filter(|profile| index.profiles[*profile].has_bookmark(&index.bookmarks[at]))?;
                Some(Self::Open { profile, page: Page::Bookmark(at), region: region_at(region) })
            }
            Choice::OpenProfile { profile: id, page, region } => {
                let place = |page: &PageTemplate| {
                    let at = PLACES.all.iter().position(|place| place.path() == page.as_str());
                    at.map_or_else(|| Page::Resource(page.clone()), Page::Place)
                };
                let page = page.as_ref().map_or(Page::Home, place);
                Some(Self::Open { profile: profile(id)?, page, region: region_at(region) })
            }
        }
    }

    /// Whose it is, of what is somebody's.
    pub(super) fn profile(&self, index: &Index) -> Option<usize> {
        match self {
            Self::Open { profile, .. } => Some(*profile),
            Self::Tab(at) => Some(index.tabs[*at].profile),
            Self::Action(_) => None,
        }
    }
}
