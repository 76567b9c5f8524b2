//! Links: what is pasted, dropped or given opens in the profile that fits; and a page goes along to
//! another profile, once or as long as the panes are linked.
//!
//! Not what a link says, nor which page that is elsewhere (`domain::link`). Grows with the kinds of
//! link that lead to a profile.

use url::Url;

use super::App;
use super::drawer::{Drawer, Purpose, Switching};
use super::error::{Cause, Error};
use super::event::{Reply, Target};
use super::state::NoticeBody;
use crate::domain::guard::Asked;
use crate::domain::input::{Field, InputError, Problem};
use crate::domain::link::{self, AccountName, Carried, Link, Page, RoleName, Side};
use crate::domain::partition::Partition;
use crate::domain::profile::{Profile, ProfileId};
use crate::domain::session::{Access, StoreId};
use crate::domain::source::Source;
use crate::domain::workspace::{Spot, TabId, TabState};

impl App {
    /// Opens what a link leads to: at once where one profile fits; several are asked about, and a
    /// link that another program gave always is.
    pub(super) fn open_link(
        &mut self,
        text: &str,
        target: &Target,
        comes_from_outside: bool,
        reply: Option<Reply<Option<TabId>>>,
    ) {
        let outcome = match self.read_link(text) {
            Ok(link) => self.follow_link(&link, target, comes_from_outside),
            Err(error) => Err(error),
        };
        self.answer(reply, None, outcome);
    }

    /// What a text says, if it is a link.
    pub(super) fn read_link(&self, text: &str) -> Result<Link, Error> {
        let partitions: Vec<Partition> = self.state.book.partitions().collect();
        let is_own = |url: &Url| self.state.book.profiles().iter().any(|profile| profile.has_own_page(url));
        link::parse(text, &partitions).or_else(|error| link::to_own_site(text, is_own).ok_or(error)).map_err(|error| {
            match error.problem {
                Problem::Missing | Problem::Malformed => Cause::Link.into(),
                _ => error.into(),
            }
        })
    }

    fn follow_link(&mut self, link: &Link, target: &Target, asks: bool) -> Result<Option<TabId>, Error> {
        let fitting: Vec<ProfileId> = self.fitting(link).into_iter().map(|profile| profile.id.clone()).collect();
        match fitting.as_slice() {
            [] => {
                let account = match &link.account {
                    Some(AccountName::Id(account)) => Some(account.to_string()),
                    Some(AccountName::Alias(alias)) => Some(alias.as_str().to_owned()),
                    None => None,
                };
                let now = self.now();
                self.state.notice(now, NoticeBody::NoProfileForLink { account, link: link.to_string() });
                Err(InputError::new(Field::Link, Problem::Unknown).into())
            }
            [only] if !asks => self.open_link_in(link, only, target).map(Some),
            _ => {
                let purpose = Purpose::Link(Box::new(link.clone()));
                self.open_drawer(Drawer::Switcher(Switching::new(purpose)));
                Ok(None)
            }
        }
    }

    /// Opens a link in one profile's console.
    pub(super) fn open_link_in(&mut self, link: &Link, id: &ProfileId, target: &Target) -> Result<TabId, Error> {
        let unknown = InputError::new(Field::Name, Problem::Unknown);
        let profile = self.state.profile(id).ok_or(unknown)?;
        let partition = self.state.partition_of(profile).ok_or(InputError::new(Field::Partition, Problem::Unknown))?;
        let region = link.region.clone().unwrap_or_else(|| profile.region.clone());
        let page = link.page_at(&partition, &region).map(String::from);
        let region = Some(region.to_string());
        self.open_tab(id, &Target { service: None, region, page, ..target.clone() })
    }

    /// The profiles that can open a link: those of its account before those whose account is not
    /// known yet, and those with its role before those with another.
    pub(super) fn fitting(&self, link: &Link) -> Vec<&Profile> {
        let fits = |profile: &&Profile| {
            let partition = self.state.partition_of(profile);
            let has_page = !matches!(&link.page, Page::OwnSite(url) if !profile.has_own_page(url));
            has_page && partition.is_some_and(|partition| link.fits(&partition, profile.account.as_ref()))
        };
        let mut fitting: Vec<&Profile> = self.state.book.profiles().iter().filter(fits).collect();
        let names_account = matches!(link.account, Some(AccountName::Id(_)));
        if names_account && fitting.iter().any(|profile| profile.account.is_some()) {
            fitting.retain(|profile| profile.account.is_some());
        }
        if let Some(role) = &link.role {
            let has_role = |profile: &&Profile| role_name(profile).is_some_and(|name| name == role.as_str());
            if fitting.iter().any(has_role) {
                fitting.retain(has_role);
            }
        }
        fitting
    }

    /// The same page in another profile, in the other pane: in the tab that shows it there already,
    /// else in a new one.
    pub(super) fn open_page_in(&mut self, from: &TabId, profile: &ProfileId, access: Option<Access>) {
        let Some(carried) = self.carried(from, profile) else { return };
        let shown = self.state.workspace.shown().find(|tab| {
            tab.id != *from
                && tab.store.profile == *profile
                && tab.shows_its_page()
                && access.is_none_or(|access| tab.store.access == access)
        });
        match shown.map(|tab| tab.id.clone()) {
            Some(tab) => {
                self.take_along(&tab, carried);
                self.state.workspace.show(&tab, Spot::Here);
            }
            None => {
                let target = Target { page: Some(carried.url.into()), access, spot: Spot::Beside, ..Target::default() };
                let about = self.state.profile(profile).map(|profile| profile.name.to_string());
                let opened = self.open_tab(profile, &target);
                if let Ok(tab) = &opened
                    && let Some(tab) = self.state.workspace.tab_mut(tab)
                {
                    tab.losses = carried.losses;
                }
                self.answer(None, about, opened.map(|_| ()));
            }
        }
    }

    /// The profile of the other pane, where there is just one other.
    pub(super) fn counterpart(&self, tab: &TabId) -> Option<StoreId> {
        let here = &self.state.workspace.tab(tab)?.store;
        let others: Vec<&StoreId> =
            self.state.workspace.shown().filter(|other| other.id != *tab).map(|other| &other.store).collect();
        match others.as_slice() {
            [only] if *only != here => Some((*only).clone()),
            _ => None,
        }
    }

    /// The same page with the other rights, in a store of its own; a held tab itself gets them.
    pub(super) fn open_with_rights(&mut self, tab: &TabId, access: Access) {
        let Some(found) = self.state.workspace.tab_mut(tab) else { return };
        if matches!(found.state, TabState::Held(_)) {
            found.store.access = access;
            let store = found.store.clone();
            // A webview that it had before is of the other store.
            self.window.close_console(tab);
            // Whoever chooses to read only has said so.
            if access == Access::ReadOnly {
                self.state.confirmed.insert(store);
            }
            return self.start(tab);
        }
        let profile = found.store.profile.clone();
        let page = Some(found.page.url.to_string());
        let about = self.state.profile(&profile).map(|profile| profile.name.to_string());
        let opened = self.open_tab(&profile, &Target { page, access: Some(access), ..Target::default() });
        self.answer(None, about, opened.map(|_| ()));
    }

    /// The focused pane's page has changed: linked panes go along, unless their guards ask first.
    pub(super) fn lead(&mut self, tab: &TabId) {
        if !self.state.workspace.is_linked() || self.state.workspace.active().is_none_or(|active| active.id != *tab) {
            return;
        }
        let others: Vec<TabId> = self
            .state
            .workspace
            .shown()
            .filter(|other| other.id != *tab && other.shows_its_page())
            .map(|other| other.id.clone())
            .collect();
        for other in others {
            let Some(profile) = self.state.workspace.tab(&other).map(|other| other.store.profile.clone()) else {
                continue;
            };
            let Some(carried) = self.carried(tab, &profile) else { continue };
            if self.asks_to_follow(tab, &profile) {
                self.state.following.insert(other.clone(), carried);
                let name = self.state.profile(&profile).map(|profile| profile.name.to_string()).unwrap_or_default();
                let now = self.now();
                self.state.notice(now, NoticeBody::NotFollowed { tab: other, name });
            } else {
                self.take_along(&other, carried);
            }
        }
    }

    /// The user lets a linked pane follow that asked first.
    pub(super) fn follow_linked(&mut self, tab: &TabId) {
        self.state
            .notices
            .retain(|notice| !matches!(&notice.body, NoticeBody::NotFollowed { tab: asking, .. } if asking == tab));
        if let Some(carried) = self.state.following.remove(tab) {
            self.take_along(tab, carried);
        }
    }

    fn asks_to_follow(&self, leader: &TabId, follower: &ProfileId) -> bool {
        let leader = self.state.workspace.tab(leader).and_then(|tab| self.state.profile_of(tab));
        let (Some(leader), Some(follower)) = (leader, self.state.profile(follower)) else { return true };
        let (from, to) = (self.state.book.guards_of(leader), self.state.book.guards_of(follower));
        to.asked_before_following(&from) != Asked::Nothing
    }

    fn take_along(&mut self, tab: &TabId, carried: Carried) {
        let Some(found) = self.state.workspace.tab_mut(tab) else { return };
        if found.page.url != carried.url {
            self.window.go_to(tab, &carried.url);
        }
        found.losses = carried.losses;
    }

    /// A tab's page as it is in another profile.
    fn carried(&self, tab: &TabId, profile: &ProfileId) -> Option<Carried> {
        let tab = self.state.workspace.tab(tab)?;
        let from = self.side(self.state.profile_of(tab)?)?;
        let to = self.side(self.state.profile(profile)?)?;
        Some(link::carry(&tab.page.url, &from, &to))
    }

    fn side(&self, profile: &Profile) -> Option<Side> {
        Side::new(&self.state.partition_of(profile)?, profile.account.as_ref(), &profile.region).ok()
    }

    /// A link to a tab's page into the clipboard, without tokens: through the access portal where the profile has one,
    /// for that says of which account it is.
    pub(super) fn copy_link(&mut self, tab: &TabId) {
        match self.shortcut_to(tab) {
            Some(shortcut) => self.put_on_clipboard(&shortcut),
            None => self.copy_address(tab),
        }
    }

    /// The address of a tab's page, without tokens, into the clipboard.
    pub(super) fn copy_address(&mut self, tab: &TabId) {
        if let Some(url) = self.state.workspace.tab(tab).map(|tab| link::shareable(&tab.page.url)) {
            self.put_on_clipboard(&url);
        }
    }

    fn shortcut_to(&self, tab: &TabId) -> Option<Url> {
        let tab = self.state.workspace.tab(tab)?;
        let profile = self.state.profile_of(tab)?;
        let Source::IdentityCenter(source) = &profile.source else { return None };
        let partition = self.state.partition_of(profile)?;
        let start_url = Url::parse(source.start_url.as_str()).ok()?;
        let role = RoleName::parse(source.permission_set.as_str()).ok()?;
        // The portal leads to pages of the console only.
        let page = Some(&tab.page.url).filter(|url| partition.is_console(url))?;
        Some(link::shortcut(&start_url, &source.account, Some(&role), Some(page)))
    }

    /// The system gives `sidelight:` links to whom it did before.
    pub(super) fn links_stay(&mut self, taken: bool, error: Error) {
        self.state.settings.takes_links = taken;
        let now = self.now();
        self.state.notice(now, NoticeBody::Failed { about: None, error });
    }

    fn put_on_clipboard(&mut self, url: &Url) {
        self.window.copy(url.as_str());
        let host = url.host_str().unwrap_or_default().to_owned();
        let now = self.now();
        self.state.notice(now, NoticeBody::Copied { host });
    }
}

/// The name of the role that a profile assumes, without its path.
fn role_name(profile: &Profile) -> Option<&str> {
    match &profile.source {
        Source::IdentityCenter(source) => Some(source.permission_set.as_str()),
        source => source.role().and_then(|role| role.arn.name().rsplit('/').next()),
    }
}

/// Whether two addresses are of the same page, whatever the console adds to them.
pub(super) fn is_same_page(one: &Url, other: &Url) -> bool {
    one.path() == other.path()
}

#[cfg(test)]
#[path = "links_tests.rs"]
mod tests;
