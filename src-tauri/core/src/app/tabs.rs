//! Tabs: what the user wants of them, and what happens in their pages.
//!
//! Not which tab stands where (`panes`) nor who is signed in (`sessions`). Grows with what a page
//! can tell.

use url::Url;
use uuid::Uuid;

use super::App;
use super::error::{Cause, Error};
use super::event::{PageEvent, Reply, TabWish, Target, Wish};
use super::links::is_same_page;
use super::sessions::{self, SessionState};
use super::state::{NoticeBody, Surface};
use super::window::HistoryStep;
use crate::domain::guard::Asked;
use crate::domain::input::{Field, InputError, Problem};
use crate::domain::link;
use crate::domain::navigation::{Verdict, top_frame};
use crate::domain::profile::{AwsAccountId, ProfileId};
use crate::domain::session::StoreId;
use crate::domain::sign_in;
use crate::domain::workspace::{Page, Spot, Tab, TabId, TabState};

/// Longer titles are cut: they come from a page.
const LONGEST_TITLE: usize = 200;

/// An icon larger than this is no icon.
const LARGEST_ICON: usize = 64 * 1024;

/// An id that says nothing: a page may see it.
pub(super) fn fresh_id() -> TabId {
    TabId::new(Uuid::new_v4().simple().to_string())
}

impl App {
    pub(super) fn known(&self, tab: &TabId) -> Result<(), Error> {
        let unknown = InputError::new(Field::Name, Problem::Unknown);
        self.state.workspace.tab(tab).map(|_| ()).ok_or(unknown.into())
    }

    pub(super) fn open_tab(&mut self, id: &ProfileId, target: &Target) -> Result<TabId, Error> {
        self.open_as(fresh_id(), id, target)
    }

    fn open_as(&mut self, tab: TabId, id: &ProfileId, target: &Target) -> Result<TabId, Error> {
        let unknown = InputError::new(Field::Name, Problem::Unknown);
        let profile = self.state.profile(id).ok_or(unknown)?;
        let partition = self.state.partition_of(profile).ok_or(InputError::new(Field::Partition, Problem::Unknown))?;
        let page = match target.page.as_deref().and_then(|page| profile.own_page(page)) {
            Some(own) => own,
            None => sessions::destination(profile, &partition, target)?.url().clone(),
        };
        let access = target.access.unwrap_or_else(|| self.state.book.guards_of(profile).access());
        let store = StoreId { profile: id.clone(), access };
        self.state.workspace.open(tab.clone(), store, &page, target.spot);
        self.state.surface = Surface::Console;
        self.start(&tab);
        Ok(tab)
    }

    /// Makes the tab's webview, if it has none, and gets it to its page.
    pub(super) fn start(&mut self, tab: &TabId) {
        let Some(opened) = self.state.workspace.tab(tab) else { return };
        if self.is_leaving(&opened.store) {
            return self.wait_to_enter(tab);
        }
        let asked = self.asked_first(opened);
        if asked != Asked::Nothing {
            if let Some(held) = self.state.workspace.tab_mut(tab) {
                held.state = TabState::Held(asked);
            }
            return;
        }
        let reach = self.state.profile_of(opened).and_then(|profile| self.state.reach_of(profile));
        if let Some(reach) = reach {
            self.window.open_console(tab, &opened.store, &reach);
        }
        self.enter(tab);
    }

    pub(super) fn show_tab(&mut self, tab: &TabId) {
        if self.state.workspace.apart().any(|apart| apart.id == *tab) {
            return self.window.present_console(tab);
        }
        self.state.workspace.show(tab, Spot::Here);
        self.state.surface = Surface::Console;
    }

    /// Closes a tab; its session stays.
    pub(super) fn close_tab(&mut self, tab: &TabId) {
        if let Some(closed) = self.state.workspace.close(tab) {
            self.window.close_console(tab);
            self.state.by_hand.remove(tab);
            self.state.at_sign_in.remove(tab);
            self.left(&closed.store, tab);
            self.measure_soon();
        }
    }

    pub(super) fn reopen_tab(&mut self) {
        if let Some(closed) = self.state.workspace.take_closed() {
            let (profile, access) = (closed.store.profile, Some(closed.store.access));
            let target = Target { page: Some(closed.url.into()), access, ..Target::default() };
            // By its own id: the window may still have its history.
            let outcome = self.open_as(closed.id, &profile, &target);
            let about = self.state.profile(&profile).map(|profile| profile.name.to_string());
            self.answer(None, about, outcome.map(|_| ()));
        }
    }

    pub(super) fn with_tab(&mut self, tab: &TabId, wish: TabWish) {
        let Some(found) = self.state.workspace.tab(tab) else { return };
        match wish {
            TabWish::Back => self.window.step(tab, HistoryStep::Back),
            TabWish::Forward => self.window.step(tab, HistoryStep::Forward),
            TabWish::Stop => self.window.step(tab, HistoryStep::Stop),
            TabWish::Reload if matches!(found.state, TabState::Live | TabState::Loading) => {
                self.window.step(tab, HistoryStep::Reload);
            }
            TabWish::Reload if found.state == TabState::SigningIn => {}
            TabWish::Reload => self.start(tab),
            TabWish::Zoom(step) => {
                if let Some(zoom) = self.state.workspace.zoom(tab, step) {
                    self.window.zoom(tab, zoom);
                }
            }
            TabWish::Another => {
                let StoreId { profile, access } = found.store.clone();
                let target = Target { access: Some(access), ..Target::default() };
                self.wish(Wish::OpenTab { profile, target, reply: None });
            }
            TabWish::WithRights(access) => self.open_with_rights(tab, access),
            TabWish::CopyLink => self.copy_link(tab),
            TabWish::CopyAddress => self.copy_address(tab),
            TabWish::Bookmark => self.toggle_bookmark(tab),
            TabWish::S3Download => self.download_s3(tab),
            TabWish::S3Upload(chosen) => self.ask_upload(tab, chosen),
            TabWish::Follow => self.follow_linked(tab),
            TabWish::Uncover => self.uncover(tab),
            TabWish::OwnWindow(on) => self.own_window(tab, on),
            TabWish::Close => self.close_tab(tab),
        }
    }

    /// Something happened in a page.
    pub(super) fn page(&mut self, tab: &TabId, happened: PageEvent) {
        if self.left_for_good(tab, &happened) {
            return;
        }
        match happened {
            PageEvent::At(url) => self.page_at(tab, &url),
            PageEvent::Opened { tab: opened, page } => self.page_opened(tab, opened, page),
            PageEvent::SaysItIs(identity) => self.page_says_it_is(tab, identity),
            PageEvent::Focused => self.page_focused(tab),
            PageEvent::Matched(matches) => self.matched(tab, matches),
            PageEvent::MayRest(busy) => self.may_rest(tab, busy),
            PageEvent::ClosedItself => self.close_tab(tab),
            PageEvent::WentOutside(url) if sign_in::is_issuer(&url) => self.sign_in_again(tab),
            PageEvent::WentOutside(url) => self.went_outside(&url),
            PageEvent::Loaded => {
                self.with(tab, |tab| {
                    tab.page.progress = 1.0;
                    if tab.state == TabState::Loading {
                        tab.state = TabState::Live;
                    }
                });
                self.note_page(tab);
                self.fill_in(tab);
                self.measure_soon();
                if self.state.at_sign_in.contains(tab) {
                    self.link_refused(tab);
                }
            }
            // Nobody answers there: an engine may notice that before it asks where the page belongs.
            PageEvent::LoadFailed(url, _) if sign_in::is_issuer(&url) => self.sign_in_again(tab),
            PageEvent::LoadFailed(url, error) => self.load_failed(tab, &url, error),
            PageEvent::Crashed => self.page_failed(tab, TabState::Crashed),
            PageEvent::Loading(progress) => self.with(tab, |tab| {
                tab.page.progress = progress;
                if tab.state == TabState::Live && progress < 1.0 {
                    tab.state = TabState::Loading;
                }
            }),
            PageEvent::Titled(title) => {
                let title: String =
                    title.chars().filter(|character| !character.is_control()).take(LONGEST_TITLE).collect();
                self.with(tab, |tab| tab.page.title = title);
                self.state.workspace.note_title(tab);
            }
            PageEvent::Icon(icon) => {
                let icon = icon.filter(|icon| icon.len() <= LARGEST_ICON);
                self.with(tab, |tab| tab.page.favicon = icon);
            }
            PageEvent::History { back, forward } => self.with(tab, |tab| {
                tab.page.can_go_back = back;
                tab.page.can_go_forward = forward;
            }),
        }
    }

    /// Changes a tab whose page speaks; one that is gone, or whose page does not show, says nothing.
    fn with(&mut self, tab: &TabId, change: impl FnOnce(&mut Tab<Error>)) {
        if let Some(tab) = self.state.workspace.tab_mut(tab).filter(|tab| tab.shows_its_page()) {
            change(tab);
        }
    }

    fn page_at(&mut self, tab: &TabId, url: &Url) {
        let Some(found) = self.state.workspace.tab(tab) else { return };
        let Some(profile) = self.state.profile_of(found) else { return };
        let Some(reach) = self.state.reach_of(profile) else { return };
        if !matches!(url.scheme(), "http" | "https") {
            return;
        }
        if top_frame(&reach, url) != Verdict::Console {
            let host = url.host_str().unwrap_or_default().to_owned();
            self.page_failed(tab, TabState::Failed(Cause::Policy { host }.into()));
            self.window.close_console(tab);
            return;
        }
        if let (Some(expected), Some(found)) = (profile.account.clone(), link::account(url))
            && expected != found
        {
            return self.close_wrong(tab, expected, found);
        }
        let at_sign_in = reach
            .partition
            .federation(&profile.region)
            .is_some_and(|federation| federation.origin() == url.origin() && federation.path() == url.path());
        if at_sign_in {
            self.state.at_sign_in.insert(tab.clone());
            return;
        }
        self.state.at_sign_in.remove(tab);
        let url = link::clean(url);
        let before = found.page.url.clone();
        self.with(tab, |tab| {
            if !is_same_page(&tab.page.url, &url) {
                tab.losses = Vec::new();
            }
            tab.page.url.clone_from(&url);
        });
        // Consoles go from page to page without loading; what is loading may be on its way elsewhere.
        self.note_page(tab);
        self.entered(tab);
        if before != url {
            self.lead(tab);
        }
    }

    /// The page is another account's than the profile's: it does not stay.
    pub(super) fn close_wrong(&mut self, tab: &TabId, expected: AwsAccountId, found: AwsAccountId) {
        self.page_failed(tab, TabState::Failed(Cause::WrongAccount { expected, found }.into()));
        self.window.close_console(tab);
    }

    /// A page of the console is remembered; where one signs in or out is none.
    fn note_page(&mut self, tab: &TabId) {
        let Some(found) = self.state.workspace.tab(tab) else { return };
        let partition = self.state.profile_of(found).and_then(|profile| self.state.partition_of(profile));
        if partition.is_some_and(|partition| partition.is_console(&found.page.url)) {
            self.state.workspace.note_page(tab);
        }
    }

    /// A page that is not there is the tab's failure; a file that is not there is not.
    fn load_failed(&mut self, tab: &TabId, url: &Url, error: Error) {
        let Some(found) = self.state.workspace.tab(tab) else { return };
        let reach = self.state.profile_of(found).and_then(|profile| self.state.reach_of(profile));
        let Some(reach) = reach else { return };
        match top_frame(&reach, url) {
            Verdict::Console => self.page_failed(tab, TabState::Failed(error)),
            Verdict::SystemBrowser if !reach.partition.has_files(url) => self.went_outside(url),
            _ => {
                let about = url.host_str().map(ToOwned::to_owned);
                let now = self.now();
                self.state.notice(now, NoticeBody::Failed { about, error });
            }
        }
    }

    /// The page is not there; a tab that was entering by a link leaves the way to the others.
    fn page_failed(&mut self, tab: &TabId, state: TabState<Error>) {
        let Some(found) = self.state.workspace.tab_mut(tab) else { return };
        let store = found.store.clone();
        found.state = state;
        if matches!(self.state.sessions.get(&store), Some(SessionState::Entering { tab: entering, .. }) if entering == tab)
        {
            self.left(&store, tab);
        }
    }

    fn page_opened(&mut self, opener: &TabId, tab: TabId, page: Page) {
        match self.state.workspace.tab(opener).map(|opener| opener.store.clone()) {
            Some(store) => {
                self.state.workspace.adopt(tab.clone(), store, page, TabState::Loading);
                self.show_tab(&tab);
            }
            None => self.window.close_console(&tab),
        }
    }

    /// The console's own expiry page leads back to whoever issued the session.
    fn sign_in_again(&mut self, tab: &TabId) {
        if let Some(store) = self.state.workspace.tab(tab).map(|tab| tab.store.clone()) {
            self.renew(&store);
        }
    }

    fn went_outside(&mut self, url: &Url) {
        // Nobody is there who has proved to be the user.
        if self.state.lock.is_some() {
            return;
        }
        self.window.open_outside(&link::without_tokens(url));
        let host = url.host_str().unwrap_or_default().to_owned();
        let now = self.now();
        self.state.notice(now, NoticeBody::OpenedOutside { host });
    }

    /// Tells the asker that nobody else will.
    pub(super) fn refuse(&mut self, reply: Option<Reply<()>>, about: Option<String>, cause: Cause) {
        self.answer(reply, about, Err(cause.into()));
    }
}

#[cfg(test)]
#[path = "tabs_tests.rs"]
mod tests;
