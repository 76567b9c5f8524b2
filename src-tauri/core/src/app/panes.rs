//! Panes: which tabs are in sight, side by side.
//!
//! Not how an area is divided (`domain::workspace::panes`). Grows with windows of their own.

use super::App;
use super::error::Error;
use super::event::PaneWish;
use super::state::{NoticeBody, Surface};
use super::tabs;
use crate::domain::workspace::panes::{Edge, PaneId, Panes};
use crate::domain::workspace::{Spot, Tab, TabId, Workspace};

/// A pane smaller than this shows nothing useful: width and height in CSS pixels.
const LEAST_PANE: (f64, f64) = (280.0, 220.0);

impl App {
    pub(super) fn panes(&mut self, wish: PaneWish) {
        match wish {
            PaneWish::Split(edge) => self.split(self.state.workspace.panes().focused(), edge, None),
            PaneWish::Close(pane) => {
                let panes = self.state.workspace.panes_mut();
                panes.close(pane.unwrap_or_else(|| panes.focused()));
            }
            PaneWish::Focus(pane) => self.focus(|_| Some(pane)),
            PaneWish::FocusBeside(edge) => self.focus(|panes| panes.beside(edge)),
            PaneWish::FocusNext { backwards } => self.focus(|panes| Some(panes.next(backwards))),
            PaneWish::Maximise => self.state.workspace.panes_mut().maximise(),
            PaneWish::MoveDivider(divider, share) => self.state.workspace.panes_mut().move_divider(divider, share),
            PaneWish::Even(divider) => self.state.workspace.panes_mut().even(divider),
            PaneWish::Put { tab, pane, edge: Some(edge) } => self.split(pane, edge, Some(&tab)),
            PaneWish::Put { tab, pane, edge: None } => self.state.workspace.put(&tab, pane, None),
            PaneWish::Arrange(arranging) => self.state.arranging = arranging,
            PaneWish::Measure { width, height } => {
                // A drawer takes from the height for a moment only.
                let before = self.state.area.filter(|_| self.state.drawer.is_some());
                self.state.area = Some((width, before.map_or(height, |(_, height)| height)));
            }
            PaneWish::Link => {
                let linked = self.state.workspace.is_linked();
                self.state.workspace.link(!linked);
            }
        }
    }

    /// The user has clicked into a page, or moved the focus to it: its pane is meant from now on.
    pub(super) fn page_focused(&mut self, tab: &TabId) {
        if self.state.in_sight().iter().any(|shown| shown.tab == tab) {
            self.state.workspace.show(tab, Spot::Here);
        }
    }

    /// Tabs leave for windows of their own, and come back where there is no page to show in one.
    pub(super) fn settle_windows(&mut self) {
        let hidden: Vec<TabId> = {
            let tabs = self.state.workspace.tabs().iter();
            tabs.filter(|tab| self.state.is_hidden(&tab.store.profile)).map(|tab| tab.id.clone()).collect()
        };
        let can = self.state.has_own_windows;
        let shows = |tab: &Tab<Error>| tab.shows_its_page() && !tab.covered && !hidden.contains(&tab.id);
        self.state.workspace.settle_windows(|tab| can && shows(tab));
    }

    /// A tab leaves for a window of its own, or comes back.
    pub(super) fn own_window(&mut self, tab: &TabId, on: bool) {
        if on && self.state.has_own_windows {
            self.state.workspace.want_window(tab);
        } else {
            self.state.workspace.move_in(tab);
            self.state.surface = Surface::Console;
            self.present();
        }
    }

    /// The workspace of the last time comes back when the profiles are known.
    pub(super) fn restore(&mut self) {
        if let Some(kept) = self.state.to_restore.take() {
            let book = self.state.book.clone();
            self.state.workspace = Workspace::restored(kept, |profile| book.profile(profile).is_some());
            self.state.frecency.retain(|profile| book.profile(profile).is_some());
        }
    }

    pub(super) fn open_layout(&mut self, name: &str) {
        let book = self.state.book.clone();
        let fresh = tabs::fresh_id;
        self.state.workspace.open_layout(name, |profile| book.profile(profile).is_some(), fresh);
        self.state.surface = Surface::Console;
    }

    fn focus(&mut self, choose: impl FnOnce(&Panes) -> Option<PaneId>) {
        let panes = self.state.workspace.panes_mut();
        if let Some(pane) = choose(panes) {
            panes.focus(pane);
        }
        self.state.surface = Surface::Console;
    }

    /// A pane beside another one, where both keep a useful size.
    fn split(&mut self, pane: PaneId, edge: Edge, tab: Option<&TabId>) {
        if self.has_room(pane, edge) {
            match tab {
                Some(tab) => self.state.workspace.put(tab, pane, Some(edge)),
                None => {
                    self.state.workspace.panes_mut().split(pane, edge, None);
                }
            }
            self.state.surface = Surface::Console;
        } else {
            let now = self.now();
            self.state.notice(now, NoticeBody::NoRoom);
        }
    }

    fn has_room(&self, pane: PaneId, edge: Edge) -> bool {
        let places = self.state.workspace.panes().places();
        let (Some((width, height)), Some((_, rect))) =
            (self.state.area, places.iter().find(|(found, _)| found.id == pane))
        else {
            return true;
        };
        let (width, height) = (width * rect.width, height * rect.height);
        match edge {
            Edge::Left | Edge::Right => width >= 2.0 * LEAST_PANE.0,
            Edge::Top | Edge::Bottom => height >= 2.0 * LEAST_PANE.1,
        }
    }
}

#[cfg(test)]
#[path = "panes_tests.rs"]
mod tests;
