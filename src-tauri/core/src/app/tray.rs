//! Tray: the app's icon there, which it may go on behind when its window is closed. Then nobody looks at a pane's tab.
//!
//! Not the icon (the shell), nor what it shows (the view). A window that nothing brings back is not left closed.

use jiff::{SignedDuration, Timestamp};

use super::App;
use super::error::Error;
use super::settings::Tray;
use super::state::State;
use crate::domain::workspace::Tab;

impl State {
    /// The tabs that somebody may be looking at: in panes, unless the window is in the tray, and in windows of their
    /// own.
    pub(super) fn seen(&self) -> impl Iterator<Item = &Tab<Error>> {
        let shown = self.workspace.shown().filter(|_| !self.in_tray);
        shown.chain(self.workspace.apart())
    }

    /// Whether the app goes on without its window: only where an icon brings it back.
    #[must_use]
    pub fn stays_in_tray(&self) -> bool {
        matches!(self.settings.tray, Tray::Stays | Tray::Starts) && self.has_tray == Some(true)
    }
}

/// A panel may come after the app, and is back soon where it is started anew.
const PANEL_COMES: SignedDuration = SignedDuration::from_secs(5);

impl App {
    pub(super) fn tray_found(&mut self, is_there: bool) {
        self.state.has_tray = Some(is_there);
        self.state.present_at = (!is_there).then(|| self.now() + PANEL_COMES);
    }

    /// A window that nothing brings back comes by itself.
    pub(super) fn look_for_tray(&mut self, now: Timestamp) {
        if self.state.present_at.take_if(|at| *at <= now).is_some() && self.state.in_tray {
            self.present();
        }
    }

    /// The user has closed the window.
    pub(super) fn closed(&mut self) {
        if self.state.stays_in_tray() {
            self.state.in_tray = true;
            self.window.hide();
        }
    }

    /// The window comes to the front, from the tray too.
    pub(super) fn present(&mut self) {
        self.state.in_tray = false;
        self.window.present();
    }
}

#[cfg(test)]
mod tests {
    use jiff::SignedDuration;

    use crate::app::event::{Event, Wish};
    use crate::app::fakes::Tried;
    use crate::app::settings::Tray;

    #[tokio::test]
    async fn the_app_stays_only_where_an_icon_brings_its_window_back() {
        let mut tried = Tried::new();
        tried.handle(Wish::SetTray(Tray::Stays).into());
        assert!(!tried.state().stays_in_tray(), "the desktop was not asked yet");
        tried.handle(Event::TrayFound(true));
        assert!(tried.state().stays_in_tray());
        tried.handle(Event::TrayFound(false));
        assert!(!tried.state().stays_in_tray(), "the desktop's tray is gone");
        tried.handle(Event::TrayFound(true));
        tried.handle(Wish::SetTray(Tray::Shows).into());
        assert!(!tried.state().stays_in_tray());
        assert!(tried.fake.said().is_empty());
    }

    #[tokio::test]
    async fn a_window_that_is_closed_goes_into_the_tray_and_comes_back_by_whoever_asks() {
        let mut tried = Tried::new();
        tried.handle(Event::Closed);
        assert!(tried.fake.said().is_empty(), "nothing would bring it back");
        tried.handle(Wish::SetTray(Tray::Stays).into());
        tried.handle(Event::TrayFound(true));
        tried.handle(Event::Closed);
        assert_eq!(tried.fake.said(), ["window hidden"]);
        assert!(tried.state().in_tray);
        tried.handle(Wish::Present.into());
        assert_eq!(tried.fake.said(), ["window in front"]);
        assert!(!tried.state().in_tray);
    }

    #[tokio::test]
    async fn a_window_that_nothing_brings_back_comes_by_itself_after_a_while() {
        let mut tried = Tried::new();
        tried.handle(Wish::SetTray(Tray::Stays).into());
        tried.handle(Event::TrayFound(true));
        tried.handle(Event::Closed);
        tried.fake.said();
        let passes = |tried: &mut Tried, seconds: i64| {
            tried.fake.with(|fake| fake.now += SignedDuration::from_secs(seconds));
            tried.handle(Event::Tick);
        };
        // A panel that is started anew is no reason to come.
        tried.handle(Event::TrayFound(false));
        passes(&mut tried, 4);
        tried.handle(Event::TrayFound(true));
        passes(&mut tried, 60);
        assert!(tried.fake.said().is_empty());
        tried.handle(Event::TrayFound(false));
        assert!(tried.state().next_deadline().is_some());
        passes(&mut tried, 5);
        assert_eq!(tried.fake.said(), ["window in front"]);
        passes(&mut tried, 60);
        assert!(tried.fake.said().is_empty(), "it is there");
    }
}
