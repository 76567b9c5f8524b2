//! Downloads as the UI is told of them.

use std::collections::HashMap;

use sidelight_core::app::error::Error;
use sidelight_core::app::state::State;
use sidelight_core::domain::download::{self, Again, Download};
use sidelight_core::domain::s3::S3Way;

use super::marks::Marks;
use super::{milliseconds, number};
use crate::view::{AgainView, DownloadState, DownloadView, DownloadsChange, FilesView};

/// All whose profiles may be seen.
pub fn views(state: &State, marks: &Marks) -> Vec<DownloadView> {
    let mut waiting: HashMap<&str, u32> = HashMap::new();
    // The oldest is the first in the queue.
    let mut views: Vec<DownloadView> = state
        .downloads
        .iter()
        .rev()
        .map(|download| {
            let place = state.carriers.waits(download).then(|| {
                let place = waiting.entry(&download.host).or_default();
                *place += 1;
                *place
            });
            (download, place)
        })
        .filter(|(download, _)| !state.is_hidden(&download.profile))
        .map(|(download, place)| view(state, download, place, marks))
        .collect();
    views.reverse();
    views
}

/// What differs; nothing where nothing does.
pub fn change(now: &[DownloadView], before: &[DownloadView]) -> Option<DownloadsChange> {
    let is_same_list = now.len() == before.len() && now.iter().zip(before).all(|(now, before)| now.id == before.id);
    let rows: Vec<DownloadView> = if is_same_list {
        now.iter().zip(before).filter(|(now, before)| now != before).map(|(now, _)| now.clone()).collect()
    } else {
        let known: HashMap<&str, &DownloadView> = before.iter().map(|row| (row.id.as_str(), row)).collect();
        now.iter().filter(|row| known.get(row.id.as_str()).is_none_or(|known| known != row)).cloned().collect()
    };
    let order = (!is_same_list).then(|| now.iter().map(|row| row.id.clone()).collect());
    (order.is_some() || !rows.is_empty()).then_some(DownloadsChange { order, rows })
}

fn view(state: &State, download: &Download<Error>, place: Option<u32>, marks: &Marks) -> DownloadView {
    use download::DownloadState as Stands;
    let (stands, error) = match &download.state {
        Stands::Queued => (DownloadState::Queued, None),
        Stands::Running => (DownloadState::Running, None),
        Stands::Paused(why) => (DownloadState::Paused, why.as_ref().map(Into::into)),
        Stands::Done => (DownloadState::Done, None),
        Stands::Failed(error) => (DownloadState::Failed, Some(error.into())),
        Stands::Cancelled => (DownloadState::Cancelled, None),
    };
    DownloadView {
        id: download.id.to_string(),
        profile: download.profile.to_string(),
        profile_name: state.profile(&download.profile).map(|profile| profile.name.to_string()).unwrap_or_default(),
        mark: marks.mark(&download.profile),
        name: download.name.clone(),
        folder: download.folder.display().to_string(),
        host: download.host.clone(),
        bytes: number(download.bytes),
        total: download.announced.length.map(number),
        speed: download.speed.filter(|_| stands == DownloadState::Running),
        link: download.address(),
        uploads: download.s3.as_ref().is_some_and(|copy| copy.way == S3Way::Up),
        files: download.files.map(|files| FilesView { done: number(files.done), all: number(files.all) }),
        has_page: download.page.is_some(),
        can_pause: state.carriers.may_pause(download),
        again: match download.again {
            Again::Never => AgainView::Never,
            Again::Anew => AgainView::Anew,
            Again::Onward => AgainView::Onward,
        },
        place,
        started_at: milliseconds(download.started_at),
        state: stands,
        error,
    }
}
