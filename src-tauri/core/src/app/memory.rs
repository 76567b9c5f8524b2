//! Memory: what each profile's pages take, asked a moment after one came or went, and now and then
//! while any is awake.
//!
//! Not how it is measured (the shell); where that cannot be known, nothing is told.

use std::collections::HashMap;

use jiff::{SignedDuration, Timestamp};

use super::App;
use crate::domain::profile::ProfileId;
use crate::domain::workspace::TabState;

/// A page that has just loaded still works.
const SOON: SignedDuration = SignedDuration::from_secs(3);

/// Looking costs something itself.
const AGAIN: SignedDuration = SignedDuration::from_mins(1);

impl App {
    /// A page came or went.
    pub(super) fn measure_soon(&mut self) {
        let soon = self.now().checked_add(SOON).ok();
        self.state.measure_at = self.state.measure_at.min(soon).or(soon);
    }

    pub(super) fn measure(&mut self, now: Timestamp) {
        if self.state.measure_at.is_some_and(|at| at <= now) {
            let is_awake = self.state.workspace.tabs().iter().any(|tab| tab.state != TabState::Asleep);
            self.state.measure_at = is_awake.then(|| now.checked_add(AGAIN).ok()).flatten();
            self.window.measure();
        }
    }

    /// In bytes.
    pub(super) fn measured(&mut self, found: HashMap<ProfileId, u64>) {
        self.state.memory = found;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::event::{Event, PageEvent, Target, Wish};
    use crate::app::fakes::Tried;

    #[tokio::test(start_paused = true)]
    async fn memory_is_measured_a_moment_after_a_page_came_or_went_and_each_minute_while_one_is_awake() {
        let (mut tried, acme) = Tried::with_profile().await;
        tried.handle(Wish::OpenTab { profile: acme.clone(), target: Target::default(), reply: None }.into());
        tried.settle().await;
        let tab = tried.state().workspace.tabs()[0].id.clone();
        tried.handle(Event::Page(tab.clone(), PageEvent::Loaded));
        let asked_after = |tried: &mut Tried, seconds: i64| {
            tried.fake.with(|fake| fake.now += SignedDuration::from_secs(seconds));
            tried.handle(Event::Tick);
            tried.fake.with(|fake| std::mem::take(&mut fake.measured))
        };
        assert_eq!([2, 1, 30, 30].map(|seconds| asked_after(&mut tried, seconds)), [0, 1, 0, 1]);
        tried.handle(Event::Measured(HashMap::from([(acme.clone(), 123)])));
        assert_eq!(tried.state().memory.get(&acme), Some(&123));
        tried.handle(Wish::CloseTab(tab, None).into());
        assert_eq!([3, 120].map(|seconds| asked_after(&mut tried, seconds)), [1, 0]);
    }
}
