//! The drawer under the top bar: the switcher, find in page, and saved layouts.
//!
//! Not the search itself (`switcher`). Native pages cover whatever lies below them, so the drawer
//! moves the panes. Grows with what one line can ask.

use std::sync::Arc;

use super::App;
use super::event::{DrawerWish, Event, Target, Wish};
use super::state::Surface;
use super::switcher::{self, Choice, Context, Deed, Found, Index, Keys};
use super::window::{Cue, FindStep};
use crate::domain::action::Action;
use crate::domain::link::Link;
use crate::domain::profile::ProfileId;
use crate::domain::session::Access;
use crate::domain::workspace::{Spot, TabId};

/// What is in the drawer.
#[derive(Clone, Debug, PartialEq)]
pub enum Drawer {
    /// One line that finds.
    Switcher(Switching),
    /// Find in a page.
    Find(Finding),
    /// The saved layouts.
    Layouts,
}

/// A search under way.
#[derive(Clone, Debug, PartialEq)]
pub struct Switching {
    /// What is looked for.
    pub purpose: Purpose,
    /// What the answer is to.
    pub query: String,
    /// Best first.
    pub offers: Vec<Offer>,
}

/// What the switcher looks for.
#[derive(Clone, Debug, PartialEq)]
pub enum Purpose {
    /// Anything.
    Anything,
    /// The profile in which this tab's page opens.
    PageIn(TabId),
    /// The profile in which this link opens.
    Link(Box<Link>),
}

/// One line of the answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Offer {
    /// How it reads, and what it is.
    pub found: Found,
    /// What was typed is a link, and this profile opens it.
    pub is_link: bool,
}

/// A text that is looked for in a page.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// Whose page.
    pub tab: TabId,
    /// The text.
    pub text: String,
    /// How often it is there, once the page has said.
    pub matches: Option<u32>,
}

/// With which key a line was taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the words say all")]
pub enum ChosenBy {
    Enter,
    ShiftEnter,
    AltEnter,
}

/// As many lines as a drawer shows.
const OFFERS: usize = 12;

/// From so many the profiles among them are picked.
const SEARCHED: usize = 400;

impl Switching {
    /// With nothing typed yet.
    #[must_use]
    pub fn new(purpose: Purpose) -> Self {
        Self { purpose, query: String::new(), offers: Vec::new() }
    }
}

impl App {
    pub(super) fn drawer(&mut self, wish: DrawerWish) {
        match wish {
            DrawerWish::Switcher => self.open_drawer(Drawer::Switcher(Switching::new(Purpose::Anything))),
            DrawerWish::PageIn => {
                if let Some(tab) = self.active_tab() {
                    self.open_drawer(Drawer::Switcher(Switching::new(Purpose::PageIn(tab))));
                }
            }
            DrawerWish::Find => {
                if let Some(tab) = self.active_tab() {
                    self.open_drawer(Drawer::Find(Finding { tab, text: String::new(), matches: None }));
                }
            }
            DrawerWish::Layouts => self.open_drawer(Drawer::Layouts),
            DrawerWish::Hide => {
                self.hide_drawer();
                self.window.focus_page();
            }
            DrawerWish::Search(query) => self.search(query),
            DrawerWish::Choose(at, by) => self.choose_offer(at, by),
            DrawerWish::FindText(text) => self.find(text),
            DrawerWish::FindStep(step) => self.find_step(step),
        }
    }

    pub(super) fn active_tab(&self) -> Option<TabId> {
        self.state.workspace.active().map(|tab| tab.id.clone())
    }

    /// Opens a drawer in place of another; the UI gets the keyboard.
    pub(super) fn open_drawer(&mut self, drawer: Drawer) {
        self.hide_drawer();
        if let Drawer::Switcher(_) = &drawer {
            self.index.show_tabs(self.state.workspace.tabs());
        }
        self.state.drawer = Some(drawer);
        self.state.surface = Surface::Console;
        self.search(String::new());
        self.window.focus_ui(Cue::Drawer);
    }

    fn hide_drawer(&mut self) {
        if let Some(Drawer::Find(finding)) = self.state.drawer.take() {
            self.window.find(&finding.tab, "", FindStep::Anew);
        }
    }

    /// The list of what can be found is made anew; answered by [`Event::Indexed`].
    pub(super) fn index_again(&mut self) {
        let (book, events) = (self.state.book.clone(), self.events.clone());
        let actions = actions(&self.state.settings.bindings);
        tokio::task::spawn_blocking(move || {
            let index = Index::new(book.profiles(), book.bookmarks(), actions);
            // The receiver is gone only when the app ends.
            let _ = events.send(Event::Indexed(Arc::new(index)));
        });
    }

    pub(super) fn indexed(&mut self, index: &Arc<Index>) {
        self.index = Index::clone(index);
        self.index.show_tabs(self.state.workspace.tabs());
        self.search_again();
    }

    /// What is open was found under other circumstances.
    pub(super) fn search_again(&mut self) {
        if let Some(Drawer::Switcher(switching)) = &self.state.drawer {
            let query = switching.query.clone();
            self.search(query);
        }
    }

    fn search(&mut self, query: String) {
        let Some(Drawer::Switcher(switching)) = &self.state.drawer else { return };
        let offers = match &switching.purpose {
            Purpose::Anything => match self.read_link(&query) {
                Ok(link) => self.offers_for_link(&link, ""),
                Err(_) => self.found(&query, OFFERS).into_iter().map(plain).collect(),
            },
            Purpose::PageIn(tab) => self.offers_for_page(tab, &query),
            Purpose::Link(link) => self.offers_for_link(link, &query),
        };
        if let Some(Drawer::Switcher(switching)) = &mut self.state.drawer {
            switching.query = query;
            switching.offers = offers;
        }
    }

    fn found(&self, query: &str, limit: usize) -> Vec<Found> {
        let active = self.state.workspace.active().map(|tab| &tab.store.profile);
        let hidden = self.state.hidden_profiles();
        let context = Context {
            now: self.now(),
            active,
            hidden: &hidden,
            frecency: &self.state.frecency,
            language: self.state.settings.spoken(),
        };
        switcher::search(&self.index, query, &context, limit)
    }

    /// Profiles alone, as a query finds them; those of the tab's group first while nothing is typed.
    fn offers_for_page(&self, tab: &TabId, query: &str) -> Vec<Offer> {
        let Some(here) = self.state.workspace.tab(tab).map(|tab| tab.store.profile.clone()) else { return Vec::new() };
        let group = self.state.profile(&here).and_then(|profile| profile.group.clone());
        let mut offers = self.profiles_found(query, |profile| *profile != here);
        if query.trim().is_empty() && group.is_some() {
            let is_of_group = |offer: &Offer| {
                let profile = offer.found.what.profile().and_then(|id| self.state.profile(id));
                profile.is_some_and(|profile| profile.group == group)
            };
            offers.sort_by_key(|offer| !is_of_group(offer));
        }
        offers.truncate(OFFERS);
        for offer in &mut offers {
            // It opens beside the page that it is taken from, whichever key is pressed.
            offer.found.keys = Keys { enter: Deed::OpenBeside, shift_enter: None, alt_enter: Some(Deed::OpenReadOnly) };
        }
        offers
    }

    fn offers_for_link(&self, link: &Link, query: &str) -> Vec<Offer> {
        let fitting: Vec<ProfileId> = self.fitting(link).into_iter().map(|profile| profile.id.clone()).collect();
        let mut offers = self.profiles_found(query, |profile| fitting.contains(profile));
        offers.truncate(OFFERS);
        offers.iter_mut().for_each(|offer| offer.is_link = true);
        offers
    }

    fn profiles_found(&self, query: &str, fits: impl Fn(&ProfileId) -> bool) -> Vec<Offer> {
        let is_profile = |found: &Found| matches!(&found.what, Choice::OpenProfile { profile, page: None, region: None } if fits(profile));
        let all = self.state.book.profiles().len() + SEARCHED;
        let limit = if query.trim().is_empty() { all } else { SEARCHED };
        self.found(query, limit).into_iter().filter(is_profile).map(plain).collect()
    }

    fn choose_offer(&mut self, at: usize, by: ChosenBy) {
        let Some(Drawer::Switcher(switching)) = &self.state.drawer else { return };
        let Some(offer) = switching.offers.get(at).cloned() else { return };
        let keys = offer.found.keys;
        let deed = match by {
            ChosenBy::Enter => Some(keys.enter),
            ChosenBy::ShiftEnter => keys.shift_enter,
            ChosenBy::AltEnter => keys.alt_enter,
        };
        let Some(deed) = deed else { return };
        let (purpose, query) = (switching.purpose.clone(), switching.query.clone());
        let now = self.now();
        self.state.frecency.visit(&offer.found.what, now);
        self.hide_drawer();
        self.window.focus_page();
        match (purpose, offer.found.what.profile().cloned()) {
            (Purpose::PageIn(tab), Some(profile)) => self.open_page_in(&tab, &profile, access_of(deed)),
            (Purpose::Link(link), Some(profile)) => self.take_link(&link, &profile, deed),
            (Purpose::Anything, Some(profile)) if offer.is_link => {
                if let Ok(link) = self.read_link(&query) {
                    self.take_link(&link, &profile, deed);
                }
            }
            _ => self.take(offer.found.what, deed),
        }
    }

    fn take_link(&mut self, link: &Link, profile: &ProfileId, deed: Deed) {
        let about = self.state.profile(profile).map(|profile| profile.name.to_string());
        let opened = self.open_link_in(link, profile, &target_of(deed));
        self.answer(None, about, opened.map(|_| ()));
    }

    fn take(&mut self, choice: Choice, deed: Deed) {
        match choice {
            Choice::OpenProfile { profile, page: None, region: None } if deed == Deed::Open => {
                self.wish(Wish::ShowProfile(profile));
            }
            Choice::OpenProfile { profile, page, region } => {
                let page = self.state.profile(&profile).zip(page).and_then(|(profile, page)| {
                    page.at(region.as_ref().unwrap_or(&profile.region), profile.account.as_ref())
                });
                let target = Target { page, region: region.map(|region| region.to_string()), ..target_of(deed) };
                self.wish(Wish::OpenTab { profile, target, reply: None });
            }
            Choice::ShowTab(tab) => {
                let spot = if deed == Deed::ShowBeside { Spot::Beside } else { Spot::Here };
                self.state.workspace.show(&tab, spot);
                self.state.surface = Surface::Console;
            }
            Choice::OpenBookmark { bookmark, profile, region } => {
                self.open_bookmark(&bookmark, profile, region, target_of(deed));
            }
            Choice::Act(action) => {
                if let Some(action) = Action::by_id(action.as_str()) {
                    self.act(action);
                }
            }
        }
    }

    fn find(&mut self, text: String) {
        if let Some(Drawer::Find(finding)) = &mut self.state.drawer {
            finding.text = text;
            finding.matches = None;
            self.window.find(&finding.tab, &finding.text, FindStep::Anew);
        }
    }

    pub(super) fn find_step(&mut self, step: FindStep) {
        match &self.state.drawer {
            Some(Drawer::Find(finding)) => self.window.find(&finding.tab, &finding.text, step),
            _ => self.drawer(DrawerWish::Find),
        }
    }

    /// A page has said how often the text is there.
    pub(super) fn matched(&mut self, tab: &TabId, matches: u32) {
        if let Some(Drawer::Find(finding)) = &mut self.state.drawer
            && finding.tab == *tab
        {
            finding.matches = Some(matches);
        }
    }
}

fn plain(found: Found) -> Offer {
    Offer { found, is_link: false }
}

fn access_of(deed: Deed) -> Option<Access> {
    (deed == Deed::OpenReadOnly).then_some(Access::ReadOnly)
}

fn target_of(deed: Deed) -> Target {
    let spot = if deed == Deed::OpenBeside { Spot::Beside } else { Spot::Here };
    Target { access: access_of(deed), spot, ..Target::default() }
}

/// The table of actions as the switcher has it.
fn actions(bindings: &crate::domain::shortcut::Bindings) -> Vec<switcher::Action> {
    let found = |fact: &crate::domain::action::Fact| switcher::Action {
        id: switcher::ActionId::new(fact.id),
        english: fact.en.to_owned(),
        japanese: fact.ja.to_owned(),
        words: String::new(),
        shortcut: bindings.chords(fact.action).first().map(ToString::to_string),
    };
    Action::all().iter().map(found).collect()
}

#[cfg(test)]
#[path = "drawer_tests.rs"]
mod tests;
