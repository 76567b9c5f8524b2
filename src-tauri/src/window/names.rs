//! What the window and its consoles are called: for the task switcher, a screen reader, and the
//! banner in a page, where the user wants one; and how far the downloads are, which the title begins with.
//!
//! What is hidden while the screen is shared has no name.

use std::collections::HashMap;
use std::sync::Arc;

use sidelight_core::app::switcher::Language;
use sidelight_core::domain::workspace::TabId;

use crate::console::{Banner, Label};
use crate::view::{DownloadState, DownloadView, TabView, View};

/// The names of a moment.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Names {
    /// The window's title: the mark and the profile that shows.
    pub window: String,
    /// How far the downloads are, in percent: the title and the taskbar say it.
    pub progress: Option<u8>,
    /// Each console's: mark, profile, account, and whether it only reads.
    pub consoles: HashMap<TabId, Label>,
}

impl Names {
    /// As the view says.
    pub fn of(view: &View, language: Language) -> Self {
        let active = view.tabs.iter().find(|tab| view.layout.active_tab.as_ref() == Some(&tab.id));
        let progress = progress(&view.downloads);
        let begins = progress.map(|percent| format!("{percent} % · ")).unwrap_or_default();
        let window = match active.filter(|tab| !tab.is_hidden) {
            Some(tab) => format!("{begins}{} — Sidelight", marked(tab, " · ")),
            None => format!("{begins}Sidelight"),
        };
        let named = view.tabs.iter().filter(|tab| !tab.is_hidden);
        Self {
            window,
            progress,
            consoles: named.map(|tab| (TabId::new(tab.id.clone()), label(tab, view.layout.banner, language))).collect(),
        }
    }
}

/// How far the running downloads are whose lengths are known, together.
fn progress(downloads: &[Arc<DownloadView>]) -> Option<u8> {
    let running = downloads.iter().filter(|download| download.state == DownloadState::Running);
    let sized = running.filter_map(|download| Some((download.bytes, download.total?)));
    let (bytes, total) = sized.fold((0.0, 0.0), |(bytes, total), (one, all)| (bytes + one, total + all));
    (total > 0.0).then(|| whole_percent(100.0 * bytes / total))
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it is between 0 and 100")]
fn whole_percent(share: f64) -> u8 {
    share.clamp(0.0, 100.0) as u8
}

fn label(tab: &TabView, has_banner: bool, language: Language) -> Label {
    let name = console(tab);
    let banner = has_banner.then(|| Banner { words: name.clone(), colour: tab.mark.colour });
    Label { name, colour: tab.mark.colour, host: tab.host.clone(), language, banner }
}

fn console(tab: &TabView) -> String {
    let account = tab.account.iter().map(|account| format!(", {account}"));
    let rights = tab.read_only.then(|| ", READ-ONLY".to_owned());
    std::iter::once(marked(tab, " ")).chain(account).chain(rights).collect()
}

/// Its mark's word and its profile.
pub(super) fn marked(tab: &TabView, between: &str) -> String {
    let word = tab.mark.word.as_ref().map(|word| format!("{word}{between}")).unwrap_or_default();
    format!("{word}{}", tab.profile_name)
}
