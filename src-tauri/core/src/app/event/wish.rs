//! Wish: what the user wants, in the window or through `side`.
//!
//! Not what follows (`app::wishes`). A new control of the window is a new variant here.

mod layout;

use secrecy::SecretString;

use super::Reply;
use crate::app::credentials::GivenSeed;
use crate::app::downloads::WantedCopy;
use crate::app::ports::SignInBy;
use crate::app::settings::{Bandwidth, Language, Minutes, Switch, Theme, Tray, WindowFrame};
use crate::app::state::Surface;
use crate::app::window::Chosen;
use crate::domain::action::Action;
use crate::domain::assigned::Portal;
use crate::domain::bookmark::{BookmarkId, BookmarkName, BookmarkScope};
use crate::domain::download::DownloadId;
use crate::domain::draft::{PartitionDraft, ProfileDraft};
use crate::domain::import::{Choice, Given};
use crate::domain::partition::PartitionName;
use crate::domain::profile::{Group, ProfileId};
use crate::domain::rule::Rule;
use crate::domain::secret::SecretAccessKey;
use crate::domain::service::PageTemplate;
use crate::domain::session::Access;
use crate::domain::shortcut::Chord;
use crate::domain::source::MfaSerial;
use crate::domain::workspace::{Spot, TabChoice, TabId, ZoomStep};
pub use layout::{DrawerWish, PaneWish};

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
    /// What a console address, an ARN or another link leads to, in the profile that fits.
    OpenLink {
        /// As pasted, dropped or given.
        text: String,
        /// With which rights, in which pane.
        target: Target,
        /// Another program gave it: it only ever opens after a yes.
        comes_from_outside: bool,
        /// Told when the tab is there; `None` where the user is asked first.
        reply: Option<Reply<Option<TabId>>>,
    },
    /// A page again that a profile showed.
    OpenRecent {
        /// Whose.
        profile: ProfileId,
        /// Its address below the console.
        page: String,
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
    /// Something with the drawer.
    Drawer(DrawerWish),
    /// A held tab may sign in: a yes, or the profile's name as typed.
    ConfirmOpen {
        /// Which.
        tab: TabId,
        /// What was typed.
        name: Option<String>,
        /// Told whether it fits.
        reply: Option<Reply<()>>,
    },
    /// Other clients' names hidden, or shown again.
    ShareScreen(bool),
    /// Rules in place of those before; none brings the ready-made ones back.
    SetRules(Vec<Rule>, Option<Reply<()>>),
    /// What an action of the table says.
    Act(Action),
    /// An action, by a key that was pressed in a tab's own window.
    ActIn(TabId, Action),
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
    /// A profile signed in again, its tabs on their own pages.
    Renew(ProfileId),
    /// A profile signed out; `None` for all.
    SignOut(Option<ProfileId>, Option<Reply<()>>),
    /// What a profile's pages have left behind removed.
    ForgetBrowserData(ProfileId),
    /// A setting on or off.
    Switch(Switch, bool),
    /// Something done with a bookmark.
    Bookmark(BookmarkId, BookmarkWish, Option<Reply<()>>),
    /// Everything covered until the user has proved to be there.
    Lock,
    /// The window has drawn that it is locked.
    Covered,
    /// The user asked to prove it.
    Unlock,
    /// The window locked after that long without a hand on it; `None` for never.
    SetLockAfter(Option<Minutes>),
    /// The code that an MFA device shows.
    GiveCode {
        /// Which device.
        device: MfaSerial,
        /// As typed.
        code: SecretString,
        /// Told whether it is one.
        reply: Option<Reply<()>>,
    },
    /// No code: the sign-in that waits for it is given up.
    CancelCode(MfaSerial),
    /// An MFA device's seed in the keychain, so that its codes need not be typed.
    KeepSeed {
        /// Which device.
        device: MfaSerial,
        /// As the user has it.
        seed: GivenSeed,
        /// Told when it is kept.
        reply: Option<Reply<()>>,
    },
    /// That seed gone.
    ForgetSeed(MfaSerial, Option<Reply<()>>),
    /// What an access portal assigns.
    ListPortal {
        /// Which.
        portal: Portal,
        /// How one signs in.
        by: SignInBy,
        /// Told when it begins.
        reply: Option<Reply<()>>,
    },
    /// No more of it.
    CancelPortal,
    /// The page to sign in at in the clipboard.
    CopyPortalLink,
    /// Profiles for what was chosen there.
    AddAssigned(Vec<Choice>, Option<Reply<()>>),
    /// The page on which one chooses what to import.
    FindImports,
    /// What was chosen there imported.
    Import(Vec<Choice>, Option<Reply<()>>),
    /// What a file of the user's holds imported.
    ImportFile {
        /// Its name.
        file: String,
        /// What it holds.
        given: Given,
        /// Who waits.
        reply: Option<Reply<()>>,
    },
    /// An own partition kept.
    SavePartition(Box<PartitionDraft>, Option<Reply<()>>),
    /// An own partition gone.
    RemovePartition(PartitionName, Option<Reply<()>>),
    /// The book read again: another process has changed it.
    ReadBook(Option<Reply<()>>),
    /// What the user wants of a download.
    Download(DownloadId, DownloadWish),
    /// Where downloads go, but for profiles with folders of their own.
    SetDownloadPlaces {
        /// Into a folder by the profile's name.
        by_profile: bool,
        /// The user is asked each time.
        asks: bool,
        /// Files get the time of their last change on the server.
        keep_time: bool,
        /// All together are no faster; `None` for no limit.
        limit: Option<Bandwidth>,
    },
    /// A folder of a profile's own, which the user chooses.
    ChooseDownloadFolder(ProfileId),
    /// No such folder any more.
    ForgetDownloadFolder(ProfileId),
    /// Something copied from S3, or to it.
    Copy {
        /// With whose credentials: the profile's name or id.
        profile: String,
        /// What.
        wanted: Box<WantedCopy>,
        /// Told its id when it is in the list.
        reply: Option<Reply<DownloadId>>,
    },
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
    SetSleepAfter(Option<Minutes>),
    /// The icon in the tray.
    SetTray(Tray),
    /// The panes as they are, kept under a name.
    SaveLayout(String),
    /// The panes as a layout says.
    OpenLayout(String),
    /// A layout gone.
    RemoveLayout(String),
    /// The window in front.
    Present,
}

/// What the user wants of a download.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DownloadWish {
    /// Stop it, and keep nothing of it.
    Cancel,
    /// Stop it, and keep what has arrived.
    Pause,
    /// Go on, or begin again.
    Again,
    /// The object that is there already replaced by what is uploaded.
    Replace,
    /// Its file opened by the system's program for it.
    Open,
    /// Its file shown in the system's file browser.
    Show,
    /// Its address in the clipboard, without what may let somebody in.
    CopyLink,
    /// The page opened that it was begun on.
    OpenPage,
    /// Off the list; its file stays.
    Remove,
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
    /// Its page with the other rights.
    WithRights(Access),
    /// A link to its page in the clipboard: through the access portal, where the profile has one.
    CopyLink,
    /// Its page's address in the clipboard.
    CopyAddress,
    /// Its page bookmarked, or not any more.
    Bookmark,
    /// What its page of S3 shows downloaded, with the profile's own credentials.
    S3Download,
    /// What the user chooses uploaded to where its page of S3 is.
    S3Upload(Chosen),
    /// A linked pane that asked first goes along.
    Follow,
    /// Its covered page shown again.
    Uncover,
    /// In a window of its own, or back in a pane.
    OwnWindow(bool),
    /// Gone.
    Close,
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

/// What is done with a bookmark.
#[derive(Debug)]
pub enum BookmarkWish {
    /// It has these words from now on.
    Save {
        /// As the user calls it.
        name: BookmarkName,
        /// Which page.
        page: PageTemplate,
        /// For which profiles.
        scope: BookmarkScope,
    },
    /// It is gone, and can be taken back for a while.
    Remove,
    /// It is there again.
    UndoRemove,
}
