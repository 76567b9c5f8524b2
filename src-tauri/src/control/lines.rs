//! Tabs and downloads as `side` prints them.

use sidelight_core::app::error::Error;
use sidelight_core::app::sessions::SessionState;
use sidelight_core::app::state::State;
use sidelight_core::control::{DownloadLine, DownloadLineState, TabLine, TabLineState};
use sidelight_core::domain::book::Book;
use sidelight_core::domain::download::{Download, DownloadState};
use sidelight_core::domain::s3::S3Way;
use sidelight_core::domain::session::Access;
use sidelight_core::domain::workspace::TabState;

pub(super) fn tab_lines(state: &State) -> Vec<TabLine> {
    let lines = state.workspace.tabs().iter().map(|tab| {
        let profile = state.profile_of(tab);
        let session = match state.sessions.get(&tab.store) {
            Some(SessionState::SignedIn(session) | SessionState::Entering { session, .. }) => Some(session),
            _ => None,
        };
        TabLine {
            tab: tab.id.to_string(),
            profile: profile.map(|profile| profile.name.to_string()).unwrap_or_default(),
            account: profile.and_then(|profile| profile.account.as_ref()).map(ToString::to_string),
            url: tab.page.url.to_string(),
            title: tab.page.title.clone(),
            state: match tab.state {
                TabState::SigningIn => TabLineState::SigningIn,
                TabState::Loading => TabLineState::Loading,
                TabState::Live => TabLineState::Live,
                TabState::Asleep | TabState::Held(_) => TabLineState::Asleep,
                TabState::Expired => TabLineState::Expired,
                TabState::Crashed => TabLineState::Crashed,
                TabState::Failed(_) => TabLineState::Failed,
            },
            pane: state.workspace.panes().of(&tab.id).map(|pane| pane.0),
            read_only: tab.store.access == Access::ReadOnly,
            ends_at: session.map(|session| session.ends_at.to_string()),
        }
    });
    lines.collect()
}

pub(super) fn download_line(book: &Book, download: &Download<Error>) -> DownloadLine {
    DownloadLine {
        id: download.id.to_string(),
        profile: book.profile(&download.profile).map(|profile| profile.name.to_string()).unwrap_or_default(),
        name: download.name.clone(),
        path: download.folder.join(&download.name).display().to_string(),
        bytes: download.bytes,
        total: download.announced.length,
        state: match download.state {
            DownloadState::Queued => DownloadLineState::Queued,
            DownloadState::Running => DownloadLineState::Running,
            DownloadState::Paused(_) => DownloadLineState::Paused,
            DownloadState::Done => DownloadLineState::Done,
            DownloadState::Failed(_) => DownloadLineState::Failed,
            DownloadState::Cancelled => DownloadLineState::Cancelled,
        },
        error: failure(download).map(ToString::to_string),
        s3: download.s3.as_ref().map(|copy| copy.at.to_string()),
        uploads: download.s3.as_ref().is_some_and(|copy| copy.way == S3Way::Up),
        files: download.files.map(|files| files.done),
        total_files: download.files.map(|files| files.all),
    }
}

pub(super) fn failure(download: &Download<Error>) -> Option<&Error> {
    match &download.state {
        DownloadState::Failed(error) | DownloadState::Paused(Some(error)) => Some(error),
        _ => None,
    }
}
