//! Small answers for the app's questions, for tests of the loop: they can be told to fail. What
//! the world answers is in `world`, what the window is told is here.

#[cfg(test)]
mod world;

use std::collections::HashMap;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use jiff::{SignedDuration, Timestamp};
use tokio::sync::mpsc::{self, UnboundedReceiver};
use tokio::sync::oneshot;
use url::Url;

use super::credentials::KeptCredentials;
use super::error::Cause;
use super::event::Event;
use super::ports::{Clock, CopyOrder, FoundInAws, Granted};
use super::state::State;
use super::switcher::{Frecency, Language};
use super::window::{Chosen, Cue, FindStep, HistoryStep, Notification, UploadTo, Window};
use super::{App, World};
use crate::domain::book::{Book, BookChange};
use crate::domain::download::DownloadId;
use crate::domain::draft::ProfileDraft;
use crate::domain::navigation::Reach;
use crate::domain::profile::{Profile, ProfileId};
use crate::domain::secret::{MfaCode, SecretId, SessionCredentials};
use crate::domain::session::{Access, Identity, StoreId};
use crate::domain::sign_in::SignInUrl;
use crate::domain::source::SessionDuration;
use crate::domain::workspace::TabId;
use crate::domain::workspace::kept::Kept;

/// An app among fakes, and what it did.
pub struct Tried {
    pub app: App,
    pub events: UnboundedReceiver<Event>,
    pub fake: Fake,
}

/// What the fakes hold and were asked, shared by all of them.
#[derive(Clone, Default)]
pub struct Fake(Arc<Mutex<Inner>>);

#[derive(Default)]
pub struct Inner {
    pub now: Timestamp,
    /// Downloads that Sidelight carries, and whether they were stopped.
    pub carried: Vec<(DownloadId, oneshot::Receiver<()>)>,
    pub copied: Option<CopyOrder>,
    /// The disk is full.
    pub is_full: bool,
    /// How often memory was measured.
    pub measured: usize,
    /// One process' memory.
    pub kept: Arc<KeptCredentials>,
    pub secrets: HashMap<SecretId, String>,
    /// What a person types, in order.
    pub codes: Vec<&'static str>,
    /// Codes that STS does not take.
    pub refused_codes: Vec<&'static str>,
    /// How long a refused one was on its way.
    pub on_the_way: SignedDuration,
    pub aws_is_ahead: SignedDuration,
    pub aws: FoundInAws,
    pub signed_in_to_portal: bool,
    pub book: Book,
    pub vault_fails: Option<Cause>,
    /// Whoever is there does not prove to be the user.
    pub is_a_stranger: bool,
    pub book_fails: Option<Cause>,
    pub book_is_unread: Option<Cause>,
    pub role_maximum: Option<u32>,
    /// Seconds, as for a root user's key.
    pub key_maximum: Option<u32>,
    pub answers_for: Option<&'static str>,
    pub sts_fails: Option<Cause>,
    pub refuses_length: bool,
    pub note_of_turns: Option<i64>,
    /// STS answers for the account that the role names.
    pub answers_by_role: bool,
    /// Everything that was asked or told, in order.
    pub said: Vec<String>,
}

impl Tried {
    pub fn new() -> Self {
        let fake = Fake::default();
        fake.with(|fake| fake.now = "2026-11-23T12:00:00Z".parse().expect("a time"));
        let (sender, events) = mpsc::unbounded_channel();
        let app = App::new(State::default(), fake.world(), Box::new(fake.clone()), sender);
        Self { app, events, fake }
    }

    /// With one saved profile, `acme`, behind a role of 111122223333.
    pub async fn with_profile() -> (Self, ProfileId) {
        let mut tried = Self::new();
        let profile = profile("acme", Some("arn:aws:iam::111122223333:role/Admin"));
        tried.fake.with(|fake| {
            fake.secrets.insert(SecretId::AccessKey(profile.id.clone()), "secret".to_owned());
            fake.book.apply(BookChange::Save(Box::new(profile.clone()))).expect("the book is empty");
        });
        tried.handle(super::event::Wish::ReadBook(None).into());
        tried.settle().await;
        (tried, profile.id)
    }

    /// Started again on the same machine, with a workspace that was kept.
    pub fn restarted(before: &Self, kept: Kept) -> Self {
        let (sender, events) = mpsc::unbounded_channel();
        let fake = before.fake.clone();
        let state = State::with(before.state().settings.clone(), kept, Frecency::default());
        let app = App::new(state, fake.world(), Box::new(fake.clone()), sender);
        fake.said();
        Self { app, events, fake }
    }

    /// As where the engine can do it.
    pub fn can_have_own_windows(&mut self) {
        self.app.state.has_own_windows = true;
    }

    /// What follows after each batch of events.
    pub fn look_around(&mut self) {
        self.app.look_around();
    }

    pub fn handle(&mut self, event: Event) {
        self.app.handle(event);
    }

    /// Handles what comes back from spawned work until nothing is under way.
    pub async fn settle(&mut self) {
        loop {
            let next = tokio::time::timeout(std::time::Duration::from_millis(200), self.events.recv());
            match next.await {
                Ok(Some(event)) => self.app.handle(event),
                _ => return,
            }
        }
    }

    pub fn state(&self) -> &State {
        &self.app.state
    }

    /// The tabs whose webviews show, in reading order.
    pub fn shown(&self) -> Vec<TabId> {
        self.state().in_sight().into_iter().map(|shown| shown.tab.clone()).collect()
    }
}

/// The profile's store with full rights.
pub fn full(profile: &ProfileId) -> StoreId {
    StoreId { profile: profile.clone(), access: Access::Full }
}

/// A checked profile.
pub fn profile(name: &str, role: Option<&str>) -> Profile {
    let draft = ProfileDraft { role_arn: role.unwrap_or_default().to_owned(), ..draft(name) };
    let id = ProfileId::parse(name).expect("the case has a plain name");
    draft.finish(id, &Book::default()).expect("the case is a profile")
}

/// A draft that can be saved.
pub fn draft(name: &str) -> ProfileDraft {
    ProfileDraft {
        name: name.to_owned(),
        access_key_id: "AKIAIOSFODNN7EXAMPLE".to_owned(),
        region: "eu-central-1".to_owned(),
        ..ProfileDraft::default()
    }
}

impl Fake {
    pub fn with<T>(&self, ask: impl FnOnce(&mut Inner) -> T) -> T {
        ask(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    pub fn world(&self) -> World {
        World {
            vault: Arc::new(self.clone()),
            presence: Arc::new(self.clone()),
            book: Arc::new(self.clone()),
            book_turn: Arc::default(),
            sts: Arc::new(self.clone()),
            federation: Arc::new(self.clone()),
            aws_config: Arc::new(self.clone()),
            identity_center: Arc::new(self.clone()),
            login_sessions: Arc::new(self.clone()),
            portal: Arc::new(self.clone()),
            mfa: Arc::new(self.clone()),
            turns: Arc::new(self.clone()),
            kept: self.with(|fake| fake.kept.clone()),
            transfers: Arc::new(self.clone()),
            clock: Arc::new(self.clone()),
        }
    }

    pub fn said(&self) -> Vec<String> {
        self.with(|fake| std::mem::take(&mut fake.said))
    }

    fn say(&self, what: impl Into<String>) {
        self.with(|fake| fake.said.push(what.into()));
    }

    fn granted(&self, arn: &str, duration: SessionDuration) -> Granted {
        let expires_at = self.with(|fake| fake.now) + SignedDuration::from_secs(duration.seconds().into());
        Granted {
            credentials: Arc::new(SessionCredentials::new(
                "ASIA".into(),
                "s".to_owned().into(),
                "t".to_owned().into(),
                expires_at,
            )),
            identity: Identity::from_arn(arn).expect("the case has an ARN"),
        }
    }

    fn refuses(&self, code: &MfaCode) -> bool {
        self.with(|fake| {
            let refuses = fake.refused_codes.contains(&code.expose());
            if refuses {
                fake.now += fake.on_the_way;
            }
            refuses
        })
    }

    fn account(&self) -> &'static str {
        self.with(|fake| fake.answers_for).unwrap_or("111122223333")
    }
}

impl Clock for Fake {
    fn now(&self) -> Timestamp {
        self.with(|fake| fake.now)
    }
}

impl Window for Fake {
    fn open_console(&self, _: &TabId, store: &StoreId, _: &Reach) {
        let rights = if store.access == Access::ReadOnly { " (read-only)" } else { "" };
        self.say(format!("console of {}{rights} opened", store.profile));
    }
    fn sign_in(&self, _: &TabId, _: SignInUrl) {
        self.say("tab enters by link");
    }
    fn go_to(&self, _: &TabId, url: &Url) {
        self.say(format!("tab goes to {}", url.path()));
    }
    fn step(&self, _: &TabId, step: HistoryStep) {
        self.say(format!("{step:?}"));
    }
    fn zoom(&self, _: &TabId, zoom: f64) {
        self.say(format!("zoom {zoom}"));
    }
    fn find(&self, _: &TabId, text: &str, step: FindStep) {
        self.say(format!("find {text:?} {step:?}"));
    }
    fn fill_in(&self, _: &TabId, name: &str) {
        self.say(format!("{name} filled in"));
    }
    fn copy(&self, text: &str) {
        self.say(format!("{text} copied"));
    }
    fn focus_ui(&self, cue: Cue) {
        self.say(format!("{cue:?} has the keyboard"));
    }
    fn focus_page(&self) {
        self.say("page has the keyboard");
    }
    fn switch_focus(&self) {
        self.say("focus switched");
    }
    fn rest_store(&self, store: &StoreId) {
        self.say(format!("store of {} rests", store.profile));
    }
    fn ask_to_rest(&self, _: &TabId) {
        self.say("tab asked to rest");
    }
    fn close_console(&self, _: &TabId) {
        self.say("console closed");
    }
    fn place(&self, _: &State) {}
    fn remove_store(&self, profile: &ProfileId) {
        self.say(format!("browser data of {profile} removed"));
    }
    fn open_outside(&self, url: &Url) {
        self.say(format!("{} opened outside", url.host_str().unwrap_or_default()));
    }
    fn show_file(&self, path: &Path) {
        self.say(format!("{} shown", path.display()));
    }
    fn open_file(&self, path: &Path) {
        self.say(format!("{} opened", path.display()));
    }
    fn ask_where(&self, id: DownloadId, place: &Path) {
        self.say(format!("asked where {id} goes: {}", place.display()));
    }
    fn ask_upload(&self, to: &UploadTo, chosen: Chosen) {
        self.say(format!("ask for {chosen:?} to {}", to.folder));
    }
    fn ask_folder(&self, profile: &ProfileId, folder: &Path) {
        self.say(format!("asked for the folder of {profile}: {}", folder.display()));
    }
    fn begin_download(&self, id: DownloadId, folder: &Path, name: &str, _: bool) {
        self.say(format!("{id} begun as {}", folder.join(name).display()));
    }
    fn leave_download(&self, id: DownloadId) {
        self.say(format!("{id} left"));
    }
    fn stop_download(&self, id: DownloadId, keep: bool) {
        self.say(format!("{id} {}", if keep { "paused" } else { "cancelled" }));
    }
    fn notify(&self, notification: &Notification, _: Language) {
        self.say(match notification {
            Notification::EndsSoon { profiles, minutes } => {
                format!("notified: {} in {minutes} min", profiles.join(", "))
            }
            Notification::Download { name, waits: true, .. } => format!("notified: {name} waits"),
            Notification::Download { name, error, .. } => {
                format!("notified: {name} {}", if error.is_some() { "is not whole" } else { "is whole" })
            }
        });
    }
    fn take_links(&self, on: bool) {
        self.say(format!("links {}", if on { "taken" } else { "left" }));
    }
    fn present(&self) {
        self.say("window in front");
    }
    fn hide(&self) {
        self.say("window hidden");
    }
    fn measure(&self) {
        self.with(|fake| fake.measured += 1);
    }
    fn present_console(&self, _: &TabId) {
        self.say("own window in front");
    }
    fn tell(&self, _: &State) {}
}
