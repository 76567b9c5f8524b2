//! Workspace: which tabs exist, in which order, which one shows, and which may come back.
//!
//! Not a webview in sight: the loop tells the window what follows. Grows with panes.

use std::fmt;

use url::Url;

use super::link;
use super::profile::{ProfileId, Region};
use super::sign_in::Destination;

/// A tab's id: random, so that a page that sees it learns nothing.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TabId(String);

impl TabId {
    /// From a random word.
    #[must_use]
    pub fn new(random: String) -> Self {
        Self(random)
    }

    /// As the window and `side` spell it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for TabId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// One console page of one profile.
#[derive(Clone, Debug, PartialEq)]
pub struct Tab<Failure> {
    /// Its id.
    pub id: TabId,
    /// Whose console.
    pub profile: ProfileId,
    /// Where it stands.
    pub state: TabState<Failure>,
    /// What it shows, or shall show once signed in.
    pub page: Page,
    /// 1 is 100 %.
    pub zoom: f64,
}

/// Where a tab stands.
#[derive(Clone, Debug, PartialEq)]
pub enum TabState<Failure> {
    /// It waits for the profile's sign-in.
    SigningIn,
    /// A page is loading.
    Loading,
    /// A page is there.
    Live,
    /// The session behind it has ended.
    Expired,
    /// The page's process ended.
    Crashed,
    /// It could not be signed in or loaded.
    Failed(Failure),
}

/// What a tab shows.
#[derive(Clone, Debug, PartialEq)]
pub struct Page {
    /// Without tokens.
    pub url: Url,
    /// As the page says; empty while unknown.
    pub title: String,
    /// Its icon, as a `data:` URL.
    pub favicon: Option<String>,
    /// 0 to 1.
    pub progress: f64,
    /// A page to go back to.
    pub can_go_back: bool,
    /// A page to go forward to.
    pub can_go_forward: bool,
}

impl Page {
    /// Nothing known but the address.
    #[must_use]
    pub fn at(url: &Url) -> Self {
        Self {
            url: link::clean(url),
            title: String::new(),
            favicon: None,
            progress: 0.0,
            can_go_back: false,
            can_go_forward: false,
        }
    }

    /// The region that the address names.
    #[must_use]
    pub fn region(&self) -> Option<Region> {
        link::region(&self.url)
    }
}

impl<Failure> Tab<Failure> {
    /// Whether its webview has something to show (else the app's own words stand there).
    #[must_use]
    pub fn shows_its_page(&self) -> bool {
        matches!(self.state, TabState::Loading | TabState::Live)
    }
}

/// A tab that was closed.
#[derive(Clone, Debug, PartialEq)]
pub struct ClosedTab {
    /// Whose console.
    pub profile: ProfileId,
    /// Its page.
    pub url: Url,
}

/// All tabs.
#[derive(Clone, Debug, PartialEq)]
pub struct Workspace<Failure> {
    tabs: Vec<Tab<Failure>>,
    active: Option<TabId>,
    recent: Vec<TabId>,
    closed: Vec<ClosedTab>,
}

impl<Failure> Default for Workspace<Failure> {
    fn default() -> Self {
        Self { tabs: Vec::new(), active: None, recent: Vec::new(), closed: Vec::new() }
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

    /// A profile's tabs.
    pub fn of<'a>(&'a self, profile: &'a ProfileId) -> impl Iterator<Item = &'a Tab<Failure>> {
        self.tabs.iter().filter(move |tab| tab.profile == *profile)
    }

    /// The one that shows.
    #[must_use]
    pub fn active(&self) -> Option<&Tab<Failure>> {
        self.active.as_ref().and_then(|id| self.tab(id))
    }

    /// Whether a closed tab can come back.
    #[must_use]
    pub fn can_reopen(&self) -> bool {
        !self.closed.is_empty()
    }

    /// Opens a tab behind the profile's others and shows it.
    pub fn open(&mut self, id: TabId, profile: ProfileId, destination: &Destination) {
        self.adopt(id.clone(), profile, Page::at(destination.url()), TabState::SigningIn);
        self.show(&id);
    }

    /// Takes in a tab that a page opened: behind the profile's others, not shown yet.
    pub fn adopt(&mut self, id: TabId, profile: ProfileId, page: Page, state: TabState<Failure>) {
        let at = self.tabs.iter().rposition(|tab| tab.profile == profile).map_or(self.tabs.len(), |last| last + 1);
        self.tabs.insert(at, Tab { id, profile, state, page, zoom: 1.0 });
    }

    /// Shows a tab; one that is not there changes nothing.
    pub fn show(&mut self, id: &TabId) {
        if self.tab(id).is_none() {
            return;
        }
        self.recent.retain(|other| other != id);
        self.recent.push(id.clone());
        self.active = Some(id.clone());
    }

    /// The profile's tab that was shown last.
    #[must_use]
    pub fn last_of(&self, profile: &ProfileId) -> Option<&TabId> {
        self.recent.iter().rev().find(|id| self.tab(id).is_some_and(|tab| tab.profile == *profile))
    }

    /// The tab that a choice means.
    #[must_use]
    pub fn choose(&self, choice: TabChoice) -> Option<&TabId> {
        let count = self.tabs.len();
        let here = self.active.as_ref().and_then(|id| self.tabs.iter().position(|tab| tab.id == *id));
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
        self.recent.retain(|other| other != id);
        if self.active.as_ref() == Some(id) {
            self.active = self
                .recent
                .last()
                .cloned()
                .or_else(|| self.tabs.get(at).or_else(|| self.tabs.last()).map(|tab| tab.id.clone()));
        }
        self.closed.push(ClosedTab { profile: tab.profile.clone(), url: tab.page.url.clone() });
        if self.closed.len() > CLOSED_KEPT {
            self.closed.remove(0);
        }
        Some(tab)
    }

    /// The tab that was closed last, to be opened again.
    pub fn take_closed(&mut self) -> Option<ClosedTab> {
        self.closed.pop()
    }

    /// Forgets closed tabs of a profile that is gone.
    pub fn forget_closed_of(&mut self, profile: &ProfileId) {
        self.closed.retain(|closed| closed.profile != *profile);
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
mod tests {
    use super::*;
    use crate::domain::input::InputError;
    use crate::domain::partition::Partition;
    use crate::domain::service::service;

    type Tested = Result<(), InputError>;

    fn workspace(tabs: &[(&str, &str)]) -> Result<Workspace<()>, InputError> {
        let aws = Partition::built_in().next().expect("there are built-in partitions");
        let home = Destination::service(&aws, &Region::parse("us-east-1")?, service("home")?)?;
        let mut workspace = Workspace::default();
        for (tab, profile) in tabs {
            workspace.open(id(tab), ProfileId::parse(profile)?, &home);
        }
        Ok(workspace)
    }

    fn id(tab: &str) -> TabId {
        TabId::new(tab.to_owned())
    }

    fn order(workspace: &Workspace<()>) -> Vec<&str> {
        workspace.tabs().iter().map(|tab| tab.id.as_str()).collect()
    }

    fn active(workspace: &Workspace<()>) -> Option<&str> {
        workspace.active().map(|tab| tab.id.as_str())
    }

    #[test]
    fn tabs_of_a_profile_stand_together() -> Tested {
        assert_eq!(order(&workspace(&[("1", "a"), ("2", "b"), ("3", "a")])?), ["1", "3", "2"]);
        Ok(())
    }

    #[test]
    fn closing_goes_back_to_the_tab_shown_before() -> Tested {
        let mut workspace = workspace(&[("1", "a"), ("2", "b"), ("3", "c")])?;
        workspace.show(&id("1"));
        workspace.close(&id("1"));
        assert_eq!(active(&workspace), Some("3"));
        workspace.close(&id("2"));
        assert_eq!(active(&workspace), Some("3"));
        workspace.close(&id("3"));
        assert_eq!(active(&workspace), None);
        assert_eq!(workspace.take_closed().map(|tab| tab.profile.to_string()), Some("c".to_owned()));
        Ok(())
    }

    #[test]
    fn next_and_previous_go_around() -> Tested {
        let workspace = workspace(&[("1", "a"), ("2", "b"), ("3", "c")])?;
        let chosen = |choice| workspace.choose(choice).map(TabId::as_str);
        assert_eq!(chosen(TabChoice::Next), Some("1"));
        assert_eq!(chosen(TabChoice::Previous), Some("2"));
        assert_eq!(chosen(TabChoice::At(1)), Some("2"));
        assert_eq!(chosen(TabChoice::At(7)), None);
        assert_eq!(chosen(TabChoice::Last), Some("3"));
        assert_eq!(Workspace::<()>::default().choose(TabChoice::Next), None);
        Ok(())
    }

    #[test]
    fn zoom_goes_by_steps_and_stops_at_its_ends() -> Tested {
        let mut workspace = workspace(&[("1", "a")])?;
        assert_eq!(workspace.zoom(&id("1"), ZoomStep::In), Some(1.1));
        for _ in 0..20 {
            workspace.zoom(&id("1"), ZoomStep::Out);
        }
        assert_eq!(workspace.zoom(&id("1"), ZoomStep::Out), Some(0.3));
        assert_eq!(workspace.zoom(&id("1"), ZoomStep::Reset), Some(1.0));
        Ok(())
    }

    #[test]
    fn a_profiles_last_shown_tab_is_found() -> Tested {
        let mut workspace = workspace(&[("1", "a"), ("2", "a"), ("3", "b")])?;
        workspace.show(&id("1"));
        workspace.show(&id("3"));
        let profile = ProfileId::parse("a")?;
        assert_eq!(workspace.last_of(&profile).map(TabId::as_str), Some("1"));
        Ok(())
    }
}
