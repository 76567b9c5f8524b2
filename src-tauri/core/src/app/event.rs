//! Event: everything that can happen, in one closed list.
//!
//! Not what follows (the files beside this one). A new cause of change is a new variant here.

use std::path::PathBuf;

use tokio::sync::oneshot;
use url::Url;

use super::error::Error;
use super::ports::LoadedBook;
use super::sessions::{SignedIn, Tested};
use super::state::{Language, SleepAfter, Surface, Theme, WindowFrame};
use crate::domain::action::Action;
use crate::domain::book::Book;
use crate::domain::download::DownloadId;
use crate::domain::draft::{PartitionDraft, ProfileDraft};
use crate::domain::partition::PartitionName;
use crate::domain::profile::{Group, ProfileId};
use crate::domain::secret::SecretAccessKey;
use crate::domain::session::{Access, StoreId};
use crate::domain::shortcut::Chord;
use crate::domain::workspace::panes::{DividerId, Edge, PaneId};
use crate::domain::workspace::{Busy, Page, Spot, TabChoice, TabId, ZoomStep};

/// Where an answer goes, if somebody waits for one.
pub type Reply<T> = oneshot::Sender<Result<T, Error>>;

/// Everything that can happen.
#[derive(Debug)]
pub enum Event {
    /// The user wants something, in the window or through `side`.
    User(Wish),
    /// Something happened in a console page.
    Page(TabId, PageEvent),
    /// Something happened to a download.
    Download(DownloadEvent),
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
    },
    /// A test of a profile came to its end.
    Tested {
        /// Whose.
        profile: ProfileId,
        /// What it found.
        outcome: Result<Tested, Error>,
    },
    /// A removed profile's secret is gone from the keychain, or could not be removed.
    SecretForgotten {
        /// Whose.
        profile: ProfileId,
        /// Whether.
        outcome: Result<(), Error>,
    },
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

/// What the user wants.
#[derive(Debug)]
pub enum Wish {
    /// A new tab of a profile.
    OpenTab {
        /// Whose.
        profile: ProfileId,
        /// Where.
        target: Target,
        /// Told when the tab is there.
        reply: Option<Reply<TabId>>,
    },
    /// A new tab of a profile that `side` names.
    OpenNamed {
        /// The profile's name or id.
        name: String,
        /// Where.
        target: Target,
        /// Told when the tab is there.
        reply: Option<Reply<TabId>>,
    },
    /// The profile's tab shown last, or a first one.
    ShowProfile(ProfileId),
    /// A tab.
    ShowTab(TabId, Option<Reply<()>>),
    /// Another tab, by its place.
    ChooseTab(TabChoice),
    /// A tab gone.
    CloseTab(TabId, Option<Reply<()>>),
    /// The tab back that was closed last.
    ReopenTab,
    /// Something with the tab that shows.
    WithActive(TabWish),
    /// Something with a tab.
    With(TabId, TabWish),
    /// Something with the panes.
    Panes(PaneWish),
    /// What an action of the table says.
    Act(Action),
    /// Other keys for an action; `None` for the table's own.
    Bind(Action, Option<Vec<Chord>>, Option<Reply<()>>),
    /// A profile kept: its secret first (`None` leaves the one in the keychain), then the book.
    SaveProfile {
        /// Whose.
        profile: ProfileId,
        /// As typed.
        draft: Box<ProfileDraft>,
        /// Its secret.
        secret: Option<SecretAccessKey>,
        /// Told when both are kept.
        reply: Option<Reply<()>>,
    },
    /// A copy of a profile under a free name, secret included.
    DuplicateProfile {
        /// Of which.
        profile: ProfileId,
        /// The copy's id.
        copy: ProfileId,
    },
    /// A profile set aside, to be forgotten after a while.
    RemoveProfile {
        /// Which.
        profile: ProfileId,
        /// Not after a while but at once.
        at_once: bool,
        /// Told when it is set aside.
        reply: Option<Reply<()>>,
    },
    /// A removed profile back.
    UndoRemove(ProfileId),
    /// A profile elsewhere in the list.
    MoveProfile {
        /// Which.
        profile: ProfileId,
        /// Its group there.
        group: Option<Group>,
        /// Before which; `None` for the group's end.
        before: Option<ProfileId>,
    },
    /// Whether a profile works.
    TestProfile(ProfileId),
    /// An own partition kept.
    SavePartition(Box<PartitionDraft>, Option<Reply<()>>),
    /// An own partition gone.
    RemovePartition(PartitionName, Option<Reply<()>>),
    /// The book read again: another process has changed it.
    ReadBook(Option<Reply<()>>),
    /// A download stopped.
    CancelDownload(DownloadId),
    /// A download's file shown in the system's file browser.
    ShowDownload(DownloadId),
    /// An ended download off the list.
    RemoveDownload(DownloadId),
    /// All ended downloads off the list.
    ClearDownloads,
    /// A notice gone.
    DismissNotice(u64),
    /// Another page right of the sidebar.
    Show(Surface),
    /// A wider or narrower sidebar, in CSS pixels.
    SetSidebarWidth(f64),
    /// Dark, light or as the system.
    SetTheme(Theme),
    /// English, Japanese or as the system.
    SetLanguage(Language),
    /// The window's new place and size, to be restored at the next start.
    NoteWindow(WindowFrame),
    /// Tabs that no pane shows put to sleep, as far as their pages may.
    SleepOthers,
    /// How long a tab stays awake that no pane shows; `None` for always.
    SetSleepAfter(Option<SleepAfter>),
    /// The panes as they are, kept under a name.
    SaveLayout(String),
    /// The panes as a layout says.
    OpenLayout(String),
    /// A layout gone.
    RemoveLayout(String),
    /// The window in front.
    Present,
}

/// What the user wants of a tab.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TabWish {
    /// The page before.
    Back,
    /// The page after.
    Forward,
    /// The page anew; signs in again where there is no session.
    Reload,
    /// No more loading.
    Stop,
    /// Larger or smaller.
    Zoom(ZoomStep),
    /// Another tab of the same profile.
    Another,
    /// Gone.
    Close,
}

/// What the user wants of the panes.
#[derive(Clone, Debug, PartialEq)]
pub enum PaneWish {
    /// A new one at an edge of the focused one, still empty.
    Split(Edge),
    /// One gone (the focused one by default); its tab stays open.
    Close(Option<PaneId>),
    /// The keyboard's wishes go to this one.
    Focus(PaneId),
    /// … to the one beside the focused one.
    FocusBeside(Edge),
    /// … to the next one in reading order, or the one before.
    FocusNext {
        /// The one before.
        backwards: bool,
    },
    /// The focused one has all of the area, or gives it back.
    Maximise,
    /// The first neighbour's share of the two, 0 to 1.
    MoveDivider(DividerId, f64),
    /// All parts of the divider's split alike.
    Even(DividerId),
    /// A tab into a pane, or into a new one at its edge.
    Put {
        /// Which.
        tab: TabId,
        /// Where.
        pane: PaneId,
        /// At which edge; `None` for the pane itself.
        edge: Option<Edge>,
    },
    /// A tab is being dragged, or no more: meanwhile the consoles make room for what is drawn.
    Arrange(bool),
    /// How large the panes' area is, in CSS pixels.
    Measure {
        /// From left to right.
        width: f64,
        /// From top to bottom.
        height: f64,
    },
    /// Navigation in one is followed in the others, or no more.
    Link,
}

/// Where a tab opens.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Target {
    /// A service's id; the console's home without one.
    pub service: Option<String>,
    /// A region; the profile's own without one.
    pub region: Option<String>,
    /// A page, instead of a service.
    pub page: Option<String>,
    /// With which rights; the profile's own habit without them.
    pub access: Option<Access>,
    /// In which pane.
    pub spot: Spot,
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
    /// It has the keyboard's focus now.
    Focused,
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
    /// It has a name and begins.
    Started {
        /// Its id.
        id: DownloadId,
        /// Whose.
        profile: ProfileId,
        /// The name on disk.
        name: String,
        /// The folder.
        folder: PathBuf,
        /// Where it comes from.
        host: String,
        /// What the server announced.
        total: Option<u64>,
    },
    /// More has arrived.
    Progress {
        /// Its id.
        id: DownloadId,
        /// Altogether.
        bytes: u64,
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
    /// It is not whole.
    Failed {
        /// Its id.
        id: DownloadId,
        /// Why.
        error: Error,
    },
    /// The user did not want it any more.
    Cancelled {
        /// Its id.
        id: DownloadId,
    },
}

impl From<Wish> for Event {
    fn from(wish: Wish) -> Self {
        Self::User(wish)
    }
}
