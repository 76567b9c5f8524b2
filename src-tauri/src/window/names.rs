//! What the window and its consoles are called: for the task switcher, a screen reader, and the
//! banner in a page, where the user wants one.
//!
//! What is hidden while the screen is shared has no name.

use std::collections::HashMap;

use sidelight_core::app::switcher::Language;
use sidelight_core::domain::workspace::TabId;

use crate::console::{Banner, Label};
use crate::view::{TabView, View};

/// The names of a moment.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Names {
    /// The window's title: the mark and the profile that shows.
    pub window: String,
    /// Each console's: mark, profile, account, and whether it only reads.
    pub consoles: HashMap<TabId, Label>,
}

impl Names {
    /// As the view says.
    pub fn of(view: &View, language: Language) -> Self {
        let active = view.tabs.iter().find(|tab| view.layout.active_tab.as_ref() == Some(&tab.id));
        let window = match active.filter(|tab| !tab.is_hidden) {
            Some(tab) => format!("{} — Sidelight", marked(tab, " · ")),
            None => "Sidelight".to_owned(),
        };
        let named = view.tabs.iter().filter(|tab| !tab.is_hidden);
        Self {
            window,
            consoles: named.map(|tab| (TabId::new(tab.id.clone()), label(tab, view.layout.banner, language))).collect(),
        }
    }
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

fn marked(tab: &TabView, between: &str) -> String {
    let word = tab.mark.word.as_ref().map(|word| format!("{word}{between}")).unwrap_or_default();
    format!("{word}{}", tab.profile_name)
}
