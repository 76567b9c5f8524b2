//! Workspace: which tabs exist, in which order, which panes show them, and which may come back.
//!
//! Not a webview in sight: the loop tells the window what follows. Grows with places for a tab.

pub mod kept;
mod own_window;
pub mod panes;
mod tab;

use url::Url;

use super::profile::ProfileId;
use super::recent::RecentPages;
use super::session::{Access, StoreId};
use kept::Layout;
pub use own_window::OwnWindow;
use panes::{Edge, PaneId, Panes};
pub use tab::{Busy, Page, Tab, TabId, TabState};

/// A tab that was closed.
#[derive(Clone, Debug, PartialEq)]
pub struct ClosedTab {
    /// The id that it had: the window may still know its history by it.
    pub id: TabId,
    /// Whose console, with which rights.
    pub store: StoreId,
    /// Its page.
    pub url: Url,
}

/// All tabs, and the panes that show some of them.
#[derive(Clone, Debug, PartialEq)]
pub struct Workspace<Failure> {
    tabs: Vec<Tab<Failure>>,
    panes: Panes,
    recent: Vec<TabId>,
    closed: Vec<ClosedTab>,
    linked: bool,
    layouts: Vec<Layout>,
    recent_pages: RecentPages,
}

impl<Failure> Default for Workspace<Failure> {
    fn default() -> Self {
        Self {
            tabs: Vec::new(),
            panes: Panes::default(),
            recent: Vec::new(),
            closed: Vec::new(),
            linked: false,
            layouts: Vec::new(),
            recent_pages: RecentPages::default(),
        }
    }
}

/// How many closed tabs can come back.
const CLOSED_KEPT: usize = 25;

/// The steps of the zoom, as browsers have them.
const ZOOM_STEPS: [f64; 14] = [0.3, 0.5, 0.67, 0.8, 0.9, 1.0, 1.1, 1.2, 1.33, 1.5, 1.7, 2.0, 2.4, 3.0];

/// A step of the zoom.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ZoomStep {
    /// Larger.
    In,
    /// Smaller.
    Out,
    /// 100 %.
    Reset,
}

/// Which tab to go to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TabChoice {
    /// The one to the right, around the end.
    Next,
    /// The one to the left, around the start.
    Previous,
    /// Counted from 0.
    At(usize),
    /// The last one.
    Last,
}

/// Where a tab shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Spot {
    /// In the focused pane.
    #[default]
    Here,
    /// In the other pane, which is made where there is one only.
    Beside,
    /// In a window of its own, as soon as its page shows; until then in the focused pane.
    OwnWindow,
}

impl<Failure> Workspace<Failure> {
    /// In the order of the strip: tabs of a profile stand together.
    #[must_use]
    pub fn tabs(&self) -> &[Tab<Failure>] {
        &self.tabs
    }

    /// By id.
    #[must_use]
    pub fn tab(&self, id: &TabId) -> Option<&Tab<Failure>> {
        self.tabs.iter().find(|tab| tab.id == *id)
    }

    /// By id, to be changed.
    pub fn tab_mut(&mut self, id: &TabId) -> Option<&mut Tab<Failure>> {
        self.tabs.iter_mut().find(|tab| tab.id == *id)
    }

    /// All, to be changed.
    pub fn tabs_mut(&mut self) -> impl Iterator<Item = &mut Tab<Failure>> {
        self.tabs.iter_mut()
    }

    /// A store's tabs.
    pub fn of<'a>(&'a self, store: &'a StoreId) -> impl Iterator<Item = &'a Tab<Failure>> {
        self.tabs.iter().filter(move |tab| tab.store == *store)
    }

    /// A profile's tabs, whatever their rights.
    pub fn of_profile<'a>(&'a self, profile: &'a ProfileId) -> impl Iterator<Item = &'a Tab<Failure>> {
        self.tabs.iter().filter(move |tab| tab.store.profile == *profile)
    }

    /// The panes.
    #[must_use]
    pub fn panes(&self) -> &Panes {
        &self.panes
    }

    /// The panes, to be changed; what they show are tabs of here, as long as nothing else is put in.
    pub fn panes_mut(&mut self) -> &mut Panes {
        &mut self.panes
    }

    /// The focused pane's tab.
    #[must_use]
    pub fn active(&self) -> Option<&Tab<Failure>> {
        self.panes.active().and_then(|id| self.tab(id))
    }

    /// The tabs in sight.
    pub fn shown(&self) -> impl Iterator<Item = &Tab<Failure>> {
        self.panes.places().into_iter().filter_map(|(pane, _)| self.tab(pane.tab.as_ref()?))
    }

    /// Whether navigation in one pane is followed in the others.
    #[must_use]
    pub fn is_linked(&self) -> bool {
        self.linked && self.panes.all().len() > 1
    }

    /// Panes follow each other, or do so no more.
    pub fn link(&mut self, linked: bool) {
        self.linked = linked;
    }

    /// Whether a closed tab can come back.
    #[must_use]
    pub fn can_reopen(&self) -> bool {
        !self.closed.is_empty()
    }

    /// Opens a tab behind the profile's others and shows it.
    pub fn open(&mut self, id: TabId, store: StoreId, page: &Url, spot: Spot) {
        self.adopt(id.clone(), store, Page::at(page), TabState::SigningIn);
        self.show(&id, spot);
    }

    /// Takes in a tab that a page opened, or that is asleep: behind the profile's others, not shown yet.
    pub fn adopt(&mut self, id: TabId, store: StoreId, page: Page, state: TabState<Failure>) {
        let same = |tab: &Tab<Failure>| tab.store.profile == store.profile;
        let at = self.tabs.iter().rposition(same).map_or(self.tabs.len(), |last| last + 1);
        self.tabs.insert(at, Tab::new(id, store, page, state));
    }

    /// Shows a tab, also one that had a window of its own; one that is not there changes nothing.
    pub fn show(&mut self, id: &TabId, spot: Spot) {
        if !self.comes_into_a_pane(id) {
            return;
        }
        self.recent.retain(|other| other != id);
        self.recent.push(id.clone());
        match spot {
            Spot::Here => self.panes.show(id),
            Spot::OwnWindow => {
                self.panes.show(id);
                self.want_window(id);
            }
            Spot::Beside if self.panes.all().len() == 1 => {
                self.panes.split(self.panes.focused(), Edge::Right, Some(id.clone()));
            }
            Spot::Beside => self.panes.show_in(self.panes.next(false), id),
        }
    }

    /// Puts a tab into a pane, or into a new one at its edge.
    pub fn put(&mut self, id: &TabId, pane: PaneId, edge: Option<Edge>) {
        if !self.comes_into_a_pane(id) {
            return;
        }
        match edge {
            Some(edge) => {
                self.panes.split(pane, edge, Some(id.clone()));
            }
            None => self.panes.show_in(pane, id),
        }
        self.recent.retain(|other| other != id);
        self.recent.push(id.clone());
    }

    /// The profile's tab with these rights, or with any, that was shown last; where none was shown
    /// since the start, its last in the strip.
    #[must_use]
    pub fn last_of(&self, profile: &ProfileId, access: Option<Access>) -> Option<&TabId> {
        let fits = |tab: &Tab<Failure>| {
            tab.store.profile == *profile && access.is_none_or(|access| tab.store.access == access)
        };
        let shown = self.recent.iter().rev().find(|id| self.tab(id).is_some_and(fits));
        shown.or_else(|| self.tabs.iter().rev().find(|tab| fits(tab)).map(|tab| &tab.id))
    }

    /// The tab that a choice means.
    #[must_use]
    pub fn choose(&self, choice: TabChoice) -> Option<&TabId> {
        let count = self.tabs.len();
        let here = self.panes.active().and_then(|id| self.tabs.iter().position(|tab| tab.id == *id));
        let at = match choice {
            TabChoice::Next => here.map(|here| (here + 1) % count),
            TabChoice::Previous => here.map(|here| (here + count - 1) % count),
            TabChoice::At(at) => Some(at),
            TabChoice::Last => count.checked_sub(1),
        };
        at.and_then(|at| self.tabs.get(at)).map(|tab| &tab.id)
    }

    /// Closes a tab and remembers it; the one shown before it shows again.
    pub fn close(&mut self, id: &TabId) -> Option<Tab<Failure>> {
        let at = self.tabs.iter().position(|tab| tab.id == *id)?;
        let tab = self.tabs.remove(at);
        self.leave_panes(id, at);
        self.closed.push(ClosedTab { id: tab.id.clone(), store: tab.store.clone(), url: tab.page.url.clone() });
        if self.closed.len() > CLOSED_KEPT {
            self.closed.remove(0);
        }
        Some(tab)
    }

    /// Whether a tab is there; it has no window of its own any more.
    fn comes_into_a_pane(&mut self, id: &TabId) -> bool {
        let tab = self.tab_mut(id);
        tab.map(|tab| tab.own_window = OwnWindow::No).is_some()
    }

    /// No pane shows a tab any more; where nothing is left to show, the one that was shown before it, or
    /// its neighbour in the strip.
    fn leave_panes(&mut self, id: &TabId, at: usize) {
        self.recent.retain(|other| other != id);
        self.panes.forget(id);
        if self.panes.all().len() == 1 && self.panes.active().is_none() {
            let stays = |tab: &&Tab<Failure>| tab.own_window != OwnWindow::Open;
            let mut around = self.tabs.iter().skip(at).chain(self.tabs.iter().take(at).rev()).filter(stays);
            if let Some(next) = self.recent.last().cloned().or_else(|| around.next().map(|tab| tab.id.clone())) {
                self.panes.show(&next);
            }
        }
    }

    /// The tab that was closed last, to be opened again.
    pub fn take_closed(&mut self) -> Option<ClosedTab> {
        self.closed.pop()
    }

    /// Lets go of the closed tabs and the recent pages of a profile that is gone.
    pub fn forget(&mut self, profile: &ProfileId) {
        self.closed.retain(|closed| closed.store.profile != *profile);
        self.recent_pages.forget(profile);
    }

    /// Where each profile was lately.
    #[must_use]
    pub fn recent_pages(&self) -> &RecentPages {
        &self.recent_pages
    }

    /// Notes that a tab's page is seen, if it is there.
    pub fn note_page(&mut self, id: &TabId) {
        if let Some(tab) = self.tabs.iter().find(|tab| tab.id == *id && matches!(tab.state, TabState::Live)) {
            self.recent_pages.note(&tab.store.profile, &tab.page.url, &tab.page.title);
        }
    }

    /// Notes what a tab's page is called, if it is there and was seen.
    pub fn note_title(&mut self, id: &TabId) {
        if let Some(tab) = self.tabs.iter().find(|tab| tab.id == *id && matches!(tab.state, TabState::Live)) {
            self.recent_pages.retitle(&tab.store.profile, &tab.page.url, &tab.page.title);
        }
    }

    /// Zooms a tab; answers its new zoom.
    pub fn zoom(&mut self, id: &TabId, step: ZoomStep) -> Option<f64> {
        let tab = self.tab_mut(id)?;
        tab.zoom = match step {
            ZoomStep::Reset => 1.0,
            ZoomStep::In => ZOOM_STEPS.into_iter().find(|zoom| *zoom > tab.zoom + 0.001).unwrap_or(3.0),
            ZoomStep::Out => ZOOM_STEPS.into_iter().rfind(|zoom| *zoom < tab.zoom - 0.001).unwrap_or(0.3),
        };
        Some(tab.zoom)
    }
}

#[cfg(test)]
#[path = "workspace/tests.rs"]
mod tests;
