//! Event: everything that can happen, in one closed list.
//!
//! Not what follows (the files beside this one). A new cause of change is a new variant here.

mod wish;

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;

use tokio::sync::oneshot;
use url::Url;

use super::error::Error;
use super::import::Imported;
use super::lock::LockWish;
use super::portals::PortalEvent;
use super::ports::{FoundInAws, LoadedBook, MfaAsk};
use super::sessions::{SignedIn, Tested};
use super::switcher::Index;
use super::window::{Chosen, UploadTo};
use crate::domain::book::Book;
use crate::domain::download::{Announced, DownloadId, Files, Offer, Source};
use crate::domain::profile::ProfileId;
use crate::domain::secret::MfaCode;
use crate::domain::session::{Identity, StoreId};
use crate::domain::source::MfaSerial;
use crate::domain::workspace::{Busy, Page, TabId};
pub use wish::{BookmarkWish, DownloadWish, DrawerWish, PaneWish, TabWish, Target, Wish};

/// Where an answer goes, if somebody waits for one.
pub type Reply<T> = oneshot::Sender<Result<T, Error>>;

/// Everything that can happen.
#[derive(Debug)]
pub enum Event {
    /// The user wants something in the window.
    User(Wish),
    /// A program wants something through `side`, or the system through a second start.
    Asked(Wish),
    /// Something happened in a console page.
    Page(TabId, PageEvent),
    /// Something happened to a download.
    Download(DownloadEvent),
    /// The user has closed the window, which the app outlives in the tray.
    Closed,
    /// The desktop has a tray that shows the app's icon, or has none any more.
    TrayFound(bool),
    /// The system could not be told where `sidelight:` links go.
    LinksStay {
        /// They come here, as before.
        taken: bool,
        /// Why.
        error: Error,
    },
    /// The user has chosen where a profile's downloads go.
    FolderChosen(ProfileId, PathBuf),
    /// The user has chosen what goes to S3.
    UploadChosen(UploadTo, Chosen, Vec<PathBuf>),
    /// The book was changed, or read again.
    BookRead {
        /// What it holds now.
        outcome: Result<BookOutcome, Error>,
        /// Who asked.
        reply: Option<Reply<()>>,
    },
    /// A sign-in came to its end.
    SignedIn {
        /// Whose.
        store: StoreId,
        /// The tab that enters by the link.
        tab: TabId,
        /// The session and the link.
        outcome: Result<SignedIn, Error>,
        /// Which link this is: another one may have been asked for since.
        mint: u64,
    },
    /// Something happened on the way into an access portal.
    Portal(PortalEvent),
    /// A sign-in waits for a code of an MFA device.
    MfaAsked(MfaAsk, Reply<MfaCode>),
    /// A device's seed is in the keychain, or not; with the first code that it made.
    SeedKept {
        /// Of which device.
        device: MfaSerial,
        /// Made now.
        code: Result<MfaCode, Error>,
        /// Who asked.
        reply: Option<Reply<()>>,
    },
    /// A renewal has its link, or not.
    Renewed {
        /// Whose.
        store: StoreId,
        /// The session and the link.
        outcome: Result<SignedIn, Error>,
        /// The book that it was asked with: the profile may be somebody else meanwhile.
        book: Arc<Book>,
    },
    /// A file of `~/.aws` has changed.
    AwsChanged,
    /// What `~/.aws` holds was read.
    AwsRead(Result<FoundInAws, Error>),
    /// What was chosen was imported, or not.
    Imported {
        /// What it did.
        outcome: Result<Imported, Error>,
        /// Who asked.
        reply: Option<Reply<()>>,
    },
    /// The world did what was asked of it, or not; nothing else follows.
    Answered {
        /// Who asked.
        reply: Option<Reply<()>>,
        /// Whether.
        outcome: Result<(), Error>,
    },
    /// A test of a profile came to its end.
    Tested {
        /// Whose.
        profile: ProfileId,
        /// What it found.
        outcome: Result<Tested, Error>,
        /// As in [`Self::Renewed`].
        book: Arc<Book>,
    },
    /// A removed profile's secret is gone from the keychain, or could not be removed.
    SecretForgotten {
        /// Whose.
        profile: ProfileId,
        /// Whether.
        outcome: Result<(), Error>,
    },
    /// A profile's browser data is gone from the disk, or could not be removed.
    StoreRemoved {
        /// Whose.
        profile: ProfileId,
        /// Whether.
        outcome: Result<(), Error>,
    },
    /// What the switcher can find was listed anew.
    Indexed(Arc<Index>),
    /// A hand is on keyboard or mouse.
    Touched,
    /// What each profile's pages take, in bytes.
    Measured(HashMap<ProfileId, u64>),
    /// The machine is about to sleep; let go of when everything is covered.
    Sleeps(Reply<()>),
    /// The machine is awake again.
    Awake,
    /// The system could open a lock again, or not.
    CanLock(LockWish, Result<(), Error>),
    /// The user has proved to be there, or not.
    Unlocked(Result<(), Error>),
    /// A deadline has passed.
    Tick,
}

/// What the book held after reading or changing it.
#[derive(Debug)]
pub enum BookOutcome {
    /// It was read from the file.
    Loaded(LoadedBook),
    /// It was changed by the app.
    Changed(Book),
}

/// What happens in a console page.
#[derive(Debug)]
pub enum PageEvent {
    /// It is at another address (also without loading).
    At(Url),
    /// It has another title.
    Titled(String),
    /// It has another icon.
    Icon(Option<String>),
    /// It loads; 0 to 1.
    Loading(f64),
    /// It has loaded.
    Loaded,
    /// An address could not be loaded; what was there before still is.
    LoadFailed(Url, Error),
    /// Where the history leads.
    History {
        /// A page before.
        back: bool,
        /// A page after.
        forward: bool,
    },
    /// Its process ended.
    Crashed,
    /// It opened a window of its own, which the shell made into a tab of the same profile.
    Opened {
        /// The new tab.
        tab: TabId,
        /// What it shows.
        page: Page,
    },
    /// Whose session it says that it shows, by the console's own cookie.
    SaysItIs(Identity),
    /// It has the keyboard's focus now.
    Focused,
    /// How often the text is there that is looked for.
    Matched(u32),
    /// It was asked whether it may sleep: what it is busy with.
    MayRest(Option<Busy>),
    /// It closed itself.
    ClosedItself,
    /// It wanted to go to a page that belongs elsewhere.
    WentOutside(Url),
}

/// What happens to a download.
#[derive(Debug)]
pub enum DownloadEvent {
    /// A page or a server offers it; nothing of it is taken before the loop says where it goes.
    Offered(Box<Offer>),
    /// The user has said where it goes; nothing where they do not want it.
    Placed {
        /// Its id.
        id: DownloadId,
        /// Folder and name.
        place: Option<PathBuf>,
    },
    /// It has a name, and a hidden file that is filled.
    Began {
        /// Its id.
        id: DownloadId,
        /// The name on disk.
        name: String,
        /// The folder.
        folder: PathBuf,
        /// The hidden file.
        partial: PathBuf,
    },
    /// More has arrived.
    Progress {
        /// Its id.
        id: DownloadId,
        /// Altogether.
        bytes: u64,
        /// How many files of how many, where it is a folder.
        files: Option<Files>,
    },
    /// S3 has begun a multipart upload for it.
    Uploading {
        /// Its id.
        id: DownloadId,
        /// The upload's.
        upload: String,
    },
    /// The server says more of it, or has another version of it now.
    Announced {
        /// Its id.
        id: DownloadId,
        /// What it says.
        announced: Announced,
    },
    /// It is whole and has its name.
    Finished {
        /// Its id.
        id: DownloadId,
        /// The name that it got.
        name: String,
        /// Altogether.
        bytes: u64,
    },
    /// How it is asked for, which an earlier run of the app has kept.
    Recalled {
        /// Its id.
        id: DownloadId,
        /// How; or why that is not known.
        source: Result<Source, Error>,
    },
    /// Sidelight has not got the answer that the page's engine has, or has no place for it: nothing of it has been
    /// taken.
    Declined {
        /// Its id.
        id: DownloadId,
        /// Why.
        error: Error,
        /// The name that the server's answer says, where the page's engine could not read it.
        name: Option<String>,
    },
    /// The page's engine stopped before the end, or has lost what it held.
    PageStopped {
        /// Its id.
        id: DownloadId,
        /// Why; nothing where it was told to.
        error: Option<Error>,
        /// What has arrived and is kept in the hidden file; nothing where that is gone.
        kept: Option<u64>,
    },
    /// Sidelight stopped before its end.
    Stopped {
        /// Its id.
        id: DownloadId,
        /// Why; nothing where it was told to.
        error: Option<Error>,
        /// What has arrived and is kept in the hidden file; nothing where that is gone.
        kept: Option<u64>,
    },
}

impl From<Wish> for Event {
    fn from(wish: Wish) -> Self {
        Self::User(wish)
    }
}
