//! The loop that owns all state, everything that can happen to it, and what it asks of the world.
//!
//! Not the answers to those questions (`aws`, `storage`, the shell) and no rule about a value
//! alone (`domain`). Grows by an event for each new thing that can happen.
//!
//! ```text
//! Event ──> App::handle ──> State changes ──> Window is told
//!              │ spawns slow work, which comes back as an Event
//! ```

use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender};

mod actions;
mod bookmarks;
mod by_hand;
pub mod credentials;
pub mod downloads;
pub mod drawer;
pub mod error;
pub mod event;
mod guards;
pub mod import;
mod links;
pub mod lock;
mod memory;
pub mod mfa;
mod panes;
pub mod portals;
pub mod ports;
pub mod profiles;
pub mod renewal;
pub mod sessions;
pub mod settings;
pub mod sign_out;
mod sleep;
pub mod state;
pub mod switcher;
pub mod tabs;
mod tray;
pub mod window;
mod wishes;

#[cfg(test)]
pub(crate) mod fakes;

use credentials::KeptCredentials;
use error::Error;
use event::{Event, Reply};
use ports::{
    AwsConfig, Clock, Federation, IdentityCenter, LoginSessions, MfaPrompt, PortalPrompt, Presence, ProfileBook, Sts,
    Transfers, Turns, Vault,
};
use state::State;
use switcher::Index;
use window::Window;

/// What the app may ask, and who answers.
#[derive(Clone)]
pub struct World {
    /// Secrets.
    pub vault: Arc<dyn Vault>,
    /// Whether whoever is there is the user.
    pub presence: Arc<dyn Presence>,
    /// Profiles.
    pub book: Arc<dyn ProfileBook>,
    /// Temporary credentials.
    pub sts: Arc<dyn Sts>,
    /// Changes of the book are told in the order in which they were made.
    pub book_turn: Arc<tokio::sync::Mutex<()>>,
    /// Sign-in tokens.
    pub federation: Arc<dyn Federation>,
    /// The files of the AWS CLI.
    pub aws_config: Arc<dyn AwsConfig>,
    /// Access portals.
    pub identity_center: Arc<dyn IdentityCenter>,
    /// Sessions of `aws login`.
    pub login_sessions: Arc<dyn LoginSessions>,
    /// Whoever signs in to one.
    pub portal: Arc<dyn PortalPrompt>,
    /// Whoever has an MFA device.
    pub mfa: Arc<dyn MfaPrompt>,
    /// Whose turn it is, among all processes.
    pub turns: Arc<dyn Turns>,
    /// What was got on the way to others.
    pub kept: Arc<KeptCredentials>,
    /// Downloads that Sidelight carries itself.
    pub transfers: Arc<dyn Transfers>,
    /// The time.
    pub clock: Arc<dyn Clock>,
}

/// The state, and what it needs to act.
pub struct App {
    state: State,
    world: World,
    window: Box<dyn Window>,
    events: UnboundedSender<Event>,
    /// What the switcher finds in.
    index: Index,
    /// Who waits until a locked window shows nothing any more.
    covered: Option<Reply<()>>,
}

/// However far the next deadline is: a machine that slept must notice it.
const LONGEST_WAIT: Duration = Duration::from_secs(30);

impl App {
    /// Ready to run; nothing has happened yet.
    #[must_use]
    pub fn new(state: State, world: World, window: Box<dyn Window>, events: UnboundedSender<Event>) -> Self {
        Self { state, world, window, events, index: Index::new(&[], &[], Vec::new()), covered: None }
    }

    /// Takes one event after the other until all senders are gone.
    pub async fn run(mut self, mut events: UnboundedReceiver<Event>) {
        self.touched();
        self.window.tell(&self.state);
        self.world.transfers.limit(self.state.settings.downloads.limit);
        self.read_aws();
        loop {
            let wait = self.wait();
            match tokio::time::timeout(wait, events.recv()).await {
                Ok(Some(event)) => self.handle(event),
                Ok(None) => return,
                Err(_elapsed) => self.handle(Event::Tick),
            }
            // What is already there belongs into the same picture.
            while let Ok(event) = events.try_recv() {
                self.handle(event);
            }
            self.look_around();
            self.window.place(&self.state);
            self.window.tell(&self.state);
        }
    }

    fn wait(&self) -> Duration {
        let Some(deadline) = self.state.next_deadline() else {
            return LONGEST_WAIT;
        };
        let left = deadline.duration_since(self.now());
        Duration::try_from(left).unwrap_or(Duration::ZERO).min(LONGEST_WAIT)
    }

    fn now(&self) -> Timestamp {
        self.world.clock.now()
    }

    fn handle(&mut self, event: Event) {
        self.note_time();
        match event {
            Event::User(wish) | Event::Asked(wish) if self.state.lock.is_some() && !wish.goes_through_lock() => {
                wish.refuse();
            }
            Event::User(wish) => {
                if !wish.is_of_the_windows_own() {
                    self.touched();
                }
                self.wish(wish);
            }
            Event::Asked(wish) => {
                // What is opened shall be seen; anything else is no sign of somebody there.
                if wish.opens() {
                    self.touched();
                }
                self.wish(wish);
            }
            Event::Page(tab, happened) => self.page(&tab, happened),
            Event::Closed => self.closed(),
            Event::TrayFound(is_there) => self.tray_found(is_there),
            Event::LinksStay { taken, error } => self.links_stay(taken, error),
            Event::FolderChosen(profile, folder) => self.folder_chosen(profile, folder),
            Event::UploadChosen(to, chosen, paths) => self.upload_chosen(&to, chosen, paths),
            Event::Download(happened) => self.download(happened),
            Event::BookRead { outcome, reply } => self.book_read(outcome, reply),
            Event::SignedIn { store, tab, outcome, mint } => self.signed_in(&store, &tab, outcome, mint),
            Event::Tested { profile, outcome, book } => self.tested(profile, outcome, &book),
            Event::SecretForgotten { profile, outcome } => self.secret_forgotten(&profile, outcome),
            Event::StoreRemoved { profile, outcome } => self.store_removed(&profile, outcome),
            Event::Indexed(index) => self.indexed(&index),
            Event::Touched => self.touched(),
            Event::Measured(found) => self.measured(found),
            Event::Portal(happened) => self.portal(happened),
            Event::MfaAsked(ask, reply) => self.mfa_asked(ask, reply),
            Event::SeedKept { device, code, reply } => self.seed_kept(&device, code, reply),
            Event::Renewed { store, outcome, book } => self.renewed(&store, outcome, &book),
            Event::AwsChanged => self.read_aws(),
            Event::AwsRead(outcome) => self.aws_read(outcome),
            Event::Imported { outcome, reply } => self.imported(outcome, reply),
            Event::Answered { reply, outcome } => self.answer(reply, None, outcome),
            Event::Sleeps(done) => self.sleeps(done),
            Event::Awake => self.network_may_be_back(),
            Event::CanLock(wish, outcome) => self.can_lock(wish, outcome),
            Event::Unlocked(outcome) => self.unlocked(outcome),
            Event::Tick => self.tick(),
        }
        // What was under way when the window was locked is dropped as well.
        if self.state.lock.is_some() {
            self.world.kept.forget();
        }
    }

    fn tick(&mut self) {
        let now = self.now();
        self.renew_due(now);
        self.sign_out_due(now);
        self.end_sessions(now);
        self.state.drop_old_notices(now);
        self.look_at_held_up(now);
        self.look_for_tray(now);
        if self.state.lock.is_some() {
            return;
        }
        self.forget_removed(now);
        self.warn_due(now);
        self.rest(now);
        self.cover(now);
        self.measure(now);
        self.forget_sources();
    }

    /// What follows from what is in sight now.
    fn look_around(&mut self) {
        let now = self.now();
        self.drop_gone_asks();
        self.settle_windows();
        self.note_sight(now);
        if self.state.lock.is_none() {
            self.wake_shown();
        }
    }

    /// Asks the world something that changes no state, and tells whoever asked.
    fn ask_world(
        &self,
        reply: Option<event::Reply<()>>,
        ask: impl Future<Output = Result<(), Error>> + Send + 'static,
    ) {
        let events = self.events.clone();
        tokio::spawn(async move {
            let outcome = ask.await;
            let _ = events.send(Event::Answered { reply, outcome });
        });
    }

    /// Tells whoever asked, or the user where nobody waits.
    fn answer<T>(&mut self, reply: Option<event::Reply<T>>, about: Option<String>, outcome: Result<T, Error>) {
        match (reply, outcome) {
            // Whoever asked may have gone away; then nobody is left to be told.
            (Some(reply), outcome) => drop(reply.send(outcome)),
            (None, Err(error)) => {
                let now = self.now();
                self.state.notice(now, state::NoticeBody::Failed { about, error });
            }
            (None, Ok(_)) => {}
        }
    }
}
