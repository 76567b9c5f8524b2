//! Sleep: a tab that nobody looks at lets go of its page, and gets it back when it is looked at.
//!
//! Not whether a page is busy (the window asks it). A tab that comes back after a restart is asleep
//! as well. Grows with what keeps a tab awake.

use jiff::{SignedDuration, Timestamp};

use super::App;
use super::error::Error;
use super::sessions::SessionState;
use super::settings::Settings;
use super::state::Surface;
use crate::domain::session::StoreId;
use crate::domain::workspace::{Busy, Tab, TabId, TabState};

/// A page that was busy, or that says nothing, is asked again after this.
const ASK_AGAIN: SignedDuration = SignedDuration::from_mins(1);

/// When a tab shall sleep, or its page be asked whether it may.
pub(super) fn due(tab: &Tab<Error>, settings: &Settings) -> Option<Timestamp> {
    if tab.state != TabState::Live {
        return None;
    }
    let due = tab.hidden_since?.checked_add(settings.sleep_after?.duration()).ok()?;
    match tab.kept_awake.map(|(asked, _)| asked).max(tab.asked_to_rest) {
        Some(asked) => asked.checked_add(ASK_AGAIN).ok().map(|again| again.max(due)),
        None => Some(due),
    }
}

impl App {
    /// Notes since when each tab is out of sight.
    pub(super) fn note_sight(&mut self, now: Timestamp) {
        let seen: Vec<TabId> = self.state.seen().map(|tab| tab.id.clone()).collect();
        for tab in self.state.workspace.tabs_mut() {
            if seen.contains(&tab.id) {
                tab.hidden_since = None;
                tab.kept_awake = None;
                tab.asked_to_rest = None;
            } else {
                tab.hidden_since.get_or_insert(now);
            }
        }
    }

    /// A sleeping tab that is looked at gets its page.
    pub(super) fn wake_shown(&mut self) {
        if self.state.surface != Surface::Console || self.state.in_tray {
            return;
        }
        let asleep = |tab: &&Tab<Error>| tab.state == TabState::Asleep;
        let tabs: Vec<TabId> = self.state.workspace.shown().filter(asleep).map(|tab| tab.id.clone()).collect();
        for tab in tabs {
            self.start(&tab);
        }
    }

    /// Tabs whose time has come are asked whether they may sleep.
    pub(super) fn rest(&mut self, now: Timestamp) {
        let is_due = |tab: &&Tab<Error>| due(tab, &self.state.settings).is_some_and(|due| due <= now);
        let tabs: Vec<TabId> = self.state.workspace.tabs().iter().filter(is_due).map(|tab| tab.id.clone()).collect();
        self.ask_to_rest(&tabs, now);
    }

    pub(super) fn sleep_others(&mut self) {
        let now = self.now();
        let seen: Vec<TabId> = self.state.seen().map(|tab| tab.id.clone()).collect();
        let may = |tab: &&Tab<Error>| tab.state == TabState::Live && !seen.contains(&tab.id);
        let tabs: Vec<TabId> = self.state.workspace.tabs().iter().filter(may).map(|tab| tab.id.clone()).collect();
        self.ask_to_rest(&tabs, now);
    }

    fn ask_to_rest(&mut self, tabs: &[TabId], now: Timestamp) {
        for id in tabs {
            let Some(tab) = self.state.workspace.tab(id) else { continue };
            let mut downloads = self.state.downloads.iter().filter(|download| download.profile == tab.store.profile);
            if downloads.any(|download| download.is_running()) {
                self.keep_awake(id, now, Busy::Downloading);
            } else {
                self.window.ask_to_rest(id);
                if let Some(tab) = self.state.workspace.tab_mut(id) {
                    tab.asked_to_rest = Some(now);
                }
            }
        }
    }

    fn keep_awake(&mut self, tab: &TabId, now: Timestamp, busy: Busy) {
        if let Some(tab) = self.state.workspace.tab_mut(tab) {
            tab.kept_awake = Some((now, busy));
        }
    }

    /// A page has answered. Meanwhile its tab may have come into sight.
    pub(super) fn may_rest(&mut self, id: &TabId, busy: Option<Busy>) {
        if let Some(tab) = self.state.workspace.tab_mut(id) {
            tab.asked_to_rest = None;
        }
        if self.said_for_renewal(id, busy) {
            return;
        }
        let now = self.now();
        let in_sight = self.state.seen().any(|tab| tab.id == *id);
        match busy {
            Some(busy) => self.keep_awake(id, now, busy),
            None if !in_sight => self.fall_asleep(id),
            None => {}
        }
    }

    fn fall_asleep(&mut self, id: &TabId) {
        let Some(tab) = self.state.workspace.tab_mut(id).filter(|tab| tab.state == TabState::Live) else { return };
        tab.state = TabState::Asleep;
        tab.kept_awake = None;
        let store = tab.store.clone();
        self.window.close_console(id);
        self.rest_store(&store);
        self.measure_soon();
    }

    /// With its last page asleep, a store's own processes go too, and with them the session's
    /// cookies: the next tab that wakes signs in.
    fn rest_store(&mut self, store: &StoreId) {
        let is_awake = |tab: &Tab<Error>| tab.state != TabState::Asleep;
        if !self.state.workspace.of(store).any(is_awake)
            && matches!(self.state.sessions.get(store), Some(SessionState::SignedIn(_) | SessionState::Ended(_)))
        {
            self.forget_session(store);
            self.window.rest_store(store);
        }
    }
}

#[cfg(test)]
#[path = "sleep_tests.rs"]
mod tests;
