//! What the app tells the window to do. It is told, never asked: what happens there comes back
//! as an event.
//!
//! Not how it is done (the shell). Grows with what a window can do.

use std::path::Path;

use url::Url;

use super::error::Error;
use super::state::State;
use super::switcher::Language;
use crate::domain::download::DownloadId;
use crate::domain::navigation::Reach;
use crate::domain::profile::ProfileId;
use crate::domain::s3::S3Uri;
use crate::domain::session::StoreId;
use crate::domain::sign_in::SignInUrl;
use crate::domain::workspace::TabId;

/// The window, its console webviews, and the desktop around it. No call waits.
pub trait Window: Send {
    /// A console webview in a browser store of its own; empty and hidden at first.
    fn open_console(&self, tab: &TabId, store: &StoreId, reach: &Reach);
    /// The webview enters by a sign-in link.
    fn sign_in(&self, tab: &TabId, url: SignInUrl);
    /// The webview goes to a page.
    fn go_to(&self, tab: &TabId, url: &Url);
    /// Back, forward, reload or stop.
    fn step(&self, tab: &TabId, step: HistoryStep);
    /// 1 is 100 %.
    fn zoom(&self, tab: &TabId, zoom: f64);
    /// The webview goes away; its history is kept for a tab of the same id, where the engine allows.
    fn close_console(&self, tab: &TabId);
    /// Its page is asked whether it may sleep; answered by an event.
    fn ask_to_rest(&self, tab: &TabId);
    /// Which webviews show, and where: as [`State::in_sight`] says, and those in windows of their own.
    fn place(&self, state: &State);
    /// Whose pages take how much memory; answered by an event, where it can be known.
    fn measure(&self);
    /// No page of a store is awake: its processes may go. Its data on disk stays.
    fn rest_store(&self, store: &StoreId);
    /// A profile's browser data is removed, of both its stores; answered by an event. All its webviews are closed before.
    fn remove_store(&self, profile: &ProfileId);
    /// A page that belongs elsewhere is offered to the system browser.
    fn open_outside(&self, url: &Url);
    /// A file is shown in the system's file browser.
    fn show_file(&self, path: &Path);
    /// A file is opened by the system's program for it.
    fn open_file(&self, path: &Path);
    /// The user is asked where an offered download goes, beginning with this place; answered by an event.
    fn ask_where(&self, id: DownloadId, place: &Path);
    /// The user is asked for the folder of a profile's downloads; answered by an event if they choose one.
    fn ask_folder(&self, profile: &ProfileId, folder: &Path);
    /// The user is asked what goes to S3 from here; answered by an event if they choose something.
    fn ask_upload(&self, to: &UploadTo, chosen: Chosen);
    /// The page's engine takes a download that was offered, into a folder and under a name; `keep_time`:
    /// the file gets the time of its last change on the server.
    fn begin_download(&self, id: DownloadId, folder: &Path, name: &str, keep_time: bool);
    /// The page's engine lets go of a download that was offered; nothing more is told of it.
    fn leave_download(&self, id: DownloadId);
    /// The page's engine stops a download; `keep`: what has arrived stays. Answered by an event.
    fn stop_download(&self, id: DownloadId, keep: bool);
    /// A text is looked for in a page; an empty one ends it. Answered by an event.
    fn find(&self, tab: &TabId, text: &str, step: FindStep);
    /// A user's name is filled into an account's own sign-in page; nothing is sent.
    fn fill_in(&self, tab: &TabId, name: &str);
    /// A text goes to the clipboard.
    fn copy(&self, text: &str);
    /// The keyboard's focus goes to a part of the UI.
    fn focus_ui(&self, cue: Cue);
    /// The keyboard's focus goes to the focused pane's page, where one shows.
    fn focus_page(&self);
    /// The keyboard's focus goes from the page to the UI, or back.
    fn switch_focus(&self);
    /// The user is told by the system, wherever they look.
    fn notify(&self, notification: &Notification, language: Language);
    /// The system gives `sidelight:` links to this program from now on, or no more; answered by an event where it does
    /// not.
    fn take_links(&self, on: bool);
    /// The window comes to the front.
    fn present(&self);
    /// The window goes; the icon in the tray stays.
    fn hide(&self);
    /// A tab's own window comes to the front.
    fn present_console(&self, tab: &TabId);
    /// The UI is told what there is now.
    fn tell(&self, state: &State);
}

/// What the user must know while they look elsewhere.
#[derive(Clone, Debug, PartialEq)]
pub enum Notification {
    /// Sessions with open tabs end soon.
    EndsSoon {
        /// Whose, each by its mark's word and its name.
        profiles: Vec<String>,
        /// In how many minutes the first one ends.
        minutes: u64,
    },
    /// A download that took long is whole, has failed, or waits.
    Download {
        /// The file.
        name: String,
        /// Whose, by its mark's word and its name.
        profile: String,
        /// Why it is not whole.
        error: Option<Error>,
        /// It goes on by itself.
        waits: bool,
    },
}

/// Where in the UI the keyboard's focus goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cue {
    /// The filter of the profiles.
    Filter,
    /// The tab strip.
    Tabs,
    /// The drawer, which has just opened.
    Drawer,
    /// The field of a code that is asked for.
    Code,
}

/// Where something goes that the user chooses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UploadTo {
    /// With whose credentials, and which rights.
    pub store: StoreId,
    /// Into which folder of S3.
    pub folder: S3Uri,
}

/// What the user chooses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Chosen {
    /// One file or more.
    Files,
    /// One folder.
    Folder,
}

/// Which match is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FindStep {
    /// The first one of a new text.
    Anew,
    /// The next one.
    Next,
    /// The one before.
    Previous,
}

/// A step of a page's history.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HistoryStep {
    /// The page before.
    Back,
    /// The page after.
    Forward,
    /// The same page anew.
    Reload,
    /// No more loading.
    Stop,
}
