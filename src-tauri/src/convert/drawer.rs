//! From the drawer to what the UI is told of it.

use sidelight_core::app::drawer::{Drawer, Offer, Purpose};
use sidelight_core::app::state::State;
use sidelight_core::app::switcher::{Choice, Deed, Part, PartKind};
use sidelight_core::domain::profile::ProfileId;

use super::Marks;
use crate::view::{DeedView, DrawerView, FoundKindView, FoundView, PartKindView, PartView, PurposeView, RunView};

/// The drawer, with the marks of what was found.
pub fn drawer(state: &State, marks: &Marks) -> DrawerView {
    match &state.drawer {
        None => DrawerView::Closed,
        Some(Drawer::Layouts) => DrawerView::Layouts,
        Some(Drawer::Find(finding)) => DrawerView::Find { text: finding.text.clone(), matches: finding.matches },
        Some(Drawer::Switcher(switching)) => DrawerView::Switcher {
            purpose: purpose(state, &switching.purpose),
            query: switching.query.clone(),
            found: switching.offers.iter().map(|offer| found(state, marks, offer)).collect(),
        },
    }
}

fn purpose(state: &State, purpose: &Purpose) -> PurposeView {
    match purpose {
        Purpose::Anything => PurposeView::Anything,
        Purpose::Link(link) => PurposeView::Link { link: link.to_string() },
        Purpose::PageIn(tab) => {
            let seen = state.workspace.tab(tab).filter(|tab| !state.is_hidden(&tab.store.profile));
            let page = seen.map(|tab| &tab.page);
            let words =
                page.map(|page| if page.title.is_empty() { page.url.path().to_owned() } else { page.title.clone() });
            PurposeView::PageIn { page: words.unwrap_or_default() }
        }
    }
}

fn found(state: &State, marks: &Marks, offer: &Offer) -> FoundView {
    let found = &offer.found;
    let profile: Option<ProfileId> = match &found.what {
        Choice::ShowTab(tab) => state.workspace.tab(tab).map(|tab| tab.store.profile.clone()),
        choice => choice.profile().cloned(),
    };
    FoundView {
        kind: if offer.is_link { FoundKindView::Link } else { kind(&found.what) },
        mark: profile.map(|profile| marks.mark(&profile)),
        title: found.title.iter().map(Into::into).collect(),
        detail: found.detail.iter().map(Into::into).collect(),
        enter: found.keys.enter.into(),
        shift_enter: found.keys.shift_enter.map(Into::into),
        alt_enter: found.keys.alt_enter.map(Into::into),
    }
}

fn kind(choice: &Choice) -> FoundKindView {
    match choice {
        Choice::OpenProfile { page: None, .. } => FoundKindView::Profile,
        Choice::OpenProfile { .. } => FoundKindView::Page,
        Choice::ShowTab(_) => FoundKindView::Tab,
        Choice::OpenBookmark { .. } => FoundKindView::Bookmark,
        Choice::Act(_) => FoundKindView::Action,
    }
}

impl From<&Part> for PartView {
    fn from(part: &Part) -> Self {
        let runs = part.runs.iter().map(|run| RunView { text: run.text.clone(), is_match: run.is_match });
        let kind = match part.kind {
            PartKind::Profile => PartKindView::Profile,
            PartKind::Group => PartKindView::Group,
            PartKind::Account => PartKindView::Account,
            PartKind::Service => PartKindView::Service,
            PartKind::Page => PartKindView::Page,
            PartKind::Resource => PartKindView::Resource,
            PartKind::Region => PartKindView::Region,
            PartKind::Tab => PartKindView::Tab,
            PartKind::Bookmark => PartKindView::Bookmark,
            PartKind::Action => PartKindView::Action,
            PartKind::Shortcut => PartKindView::Shortcut,
        };
        Self { kind, runs: runs.collect() }
    }
}

impl From<Deed> for DeedView {
    fn from(deed: Deed) -> Self {
        match deed {
            Deed::Open => Self::Open,
            Deed::OpenBeside => Self::OpenBeside,
            Deed::OpenReadOnly => Self::OpenReadOnly,
            Deed::Show => Self::Show,
            Deed::ShowBeside => Self::ShowBeside,
            Deed::Act => Self::Act,
        }
    }
}
