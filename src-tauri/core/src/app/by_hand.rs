//! Signing in by hand, on the account's own page; and whose session a page says that it shows.
//!
//! Not the page (AWS's). The user's password never passes here.

use jiff::{SignedDuration, Timestamp};
use url::Url;

use super::App;
use super::sessions::SessionState;
use crate::domain::session::{Identity, Session, SessionEnd, StoreId};
use crate::domain::source::Source;
use crate::domain::workspace::{TabId, TabState};

/// AWS does not say how long such a session lasts, and allows no longer one.
const LONGEST: SignedDuration = SignedDuration::from_hours(12);

impl App {
    /// A tab of a profile whose user signs in by hand goes to the account's own page; true where it
    /// is of one. A browser that is signed in still is sent on from there.
    pub(super) fn enters_by_hand(&mut self, tab: &TabId, store: &StoreId, wanted: &Url) -> bool {
        let Some(profile) = self.state.profile(&store.profile) else { return false };
        let Source::Page(page) = &profile.source else { return false };
        let partition = self.state.partition_of(profile);
        let own = partition.and_then(|partition| partition.sign_in_page(&page.account));
        let page = own.unwrap_or_else(|| wanted.clone());
        if let Some(tab) = self.state.workspace.tab_mut(tab) {
            tab.state = TabState::Loading;
        }
        self.state.by_hand.insert(tab.clone(), wanted.clone());
        self.window.go_to(tab, &page);
        true
    }

    /// A page has loaded: where it asks for a user's name, the profile's is filled in.
    pub(super) fn fill_in(&self, tab: &TabId) {
        let found = self.state.workspace.tab(tab).filter(|_| self.state.by_hand.contains_key(tab));
        let profile = found.and_then(|tab| self.state.profile_of(tab));
        if let Some(Source::Page(page)) = profile.map(|profile| &profile.source)
            && let Some(user) = &page.user
        {
            self.window.fill_in(tab, user.as_str());
        }
    }

    /// A console page says whose session it shows: another account's does not stay, and one that
    /// the user signed in to by hand is a session from now on.
    pub(super) fn page_says_it_is(&mut self, tab: &TabId, identity: Identity) {
        let Some(found) = self.state.workspace.tab(tab).filter(|tab| tab.shows_its_page()) else { return };
        // Who is to be signed in there is not yet.
        if self.state.at_sign_in.contains(tab) {
            return;
        }
        let (store, url) = (found.store.clone(), found.page.url.clone());
        let Some(profile) = self.state.profile(&store.profile).cloned() else { return };
        let Some(partition) = self.state.partition_of(&profile) else { return };
        if !partition.is_console(&url) {
            return;
        }
        if let Some(expected) = profile.account.clone().filter(|expected| *expected != identity.account) {
            return self.close_wrong(tab, expected, identity.account);
        }
        if !matches!(profile.source, Source::Page(_)) {
            return;
        }
        self.note_account(&store.profile, &identity);
        let known = matches!(
            self.state.sessions.get(&store),
            Some(SessionState::SignedIn(session)) if session.identity == identity
        );
        if !known {
            let started_at = self.now();
            let ends_at = started_at.checked_add(LONGEST).unwrap_or(Timestamp::MAX);
            let session = Session { identity, started_at, ends_at, end: SessionEnd::Unknown };
            self.state.sessions.insert(store.clone(), SessionState::SignedIn(session));
        }
        self.go_on_by_hand(&store);
        self.come_back(&store);
    }

    /// Tabs that waited for the user's hand go where they wanted to.
    fn go_on_by_hand(&mut self, store: &StoreId) {
        let tabs: Vec<TabId> = self.state.workspace.of(store).map(|tab| tab.id.clone()).collect();
        for tab in tabs {
            let Some(wanted) = self.state.by_hand.remove(&tab) else { continue };
            let is_there = self.state.workspace.tab(&tab).is_some_and(|tab| tab.page.url.path() == wanted.path());
            if !is_there {
                self.window.go_to(&tab, &wanted);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::error::Cause;
    use crate::app::event::{PageEvent, Target, Wish};
    use crate::app::fakes::{Tried, draft, full};
    use crate::domain::draft::ProfileDraft;
    use crate::domain::profile::ProfileId;
    use crate::domain::source::SourceKind;

    const CONSOLE: &str = "https://eu-central-1.console.aws.amazon.com/console/home";

    async fn opened() -> (Tried, ProfileId, TabId) {
        let mut tried = Tried::new();
        let draft = ProfileDraft {
            source: SourceKind::Page,
            sign_in_account: "acme-prod".to_owned(),
            user_name: "bob".to_owned(),
            ..draft("client")
        };
        let profile = ProfileId::parse("client").expect("a plain word is an id");
        let wish = Wish::SaveProfile { profile: profile.clone(), draft: Box::new(draft), secret: None, reply: None };
        tried.handle(wish.into());
        tried.settle().await;
        let page = Some("/s3/buckets".to_owned());
        let target = Target { page, ..Target::default() };
        tried.handle(Wish::OpenTab { profile: profile.clone(), target, reply: None }.into());
        let tab = tried.state().workspace.active().expect("a tab was opened").id.clone();
        (tried, profile, tab)
    }

    fn page(tried: &mut Tried, tab: &TabId, happened: PageEvent) {
        tried.handle(crate::app::event::Event::Page(tab.clone(), happened));
    }

    fn identity(account: &str) -> PageEvent {
        let identity = Identity::from_arn(&format!("arn:aws:iam::{account}:user/bob"));
        PageEvent::SaysItIs(identity.expect("it is an ARN"))
    }

    #[tokio::test(start_paused = true)]
    async fn the_accounts_own_page_opens_with_the_name_filled_in_and_the_console_is_recognised() {
        let (mut tried, profile, tab) = opened().await;
        let said = tried.fake.said();
        assert!(said.contains(&"tab goes to /console/".to_owned()) && !said.iter().any(|said| said.contains("Assume")));
        page(&mut tried, &tab, PageEvent::Loaded);
        assert_eq!(tried.fake.said(), ["bob filled in"]);
        page(&mut tried, &tab, PageEvent::At(Url::parse(CONSOLE).expect("it is a URL")));
        page(&mut tried, &tab, identity("111122223333"));
        let session = tried.state().sessions.get(&full(&profile)).cloned();
        assert!(matches!(session, Some(SessionState::SignedIn(session)) if session.end == SessionEnd::Unknown));
        assert!(tried.fake.said().contains(&"tab goes to /s3/buckets".to_owned()));
    }

    #[tokio::test(start_paused = true)]
    async fn a_console_of_another_account_closes_whoever_signed_in() {
        let (mut tried, profile, tab) = opened().await;
        page(&mut tried, &tab, PageEvent::At(Url::parse(CONSOLE).expect("it is a URL")));
        page(&mut tried, &tab, identity("111122223333"));
        tried.settle().await;
        assert_eq!(
            tried.state().profile(&profile).and_then(|profile| profile.account.clone()).map(|id| id.to_string()),
            Some("111122223333".to_owned())
        );
        page(&mut tried, &tab, identity("444455556666"));
        let state = tried.state().workspace.tab(&tab).map(|tab| tab.state.clone());
        assert!(matches!(state, Some(TabState::Failed(error)) if matches!(error.cause, Cause::WrongAccount { .. })));
    }
}
