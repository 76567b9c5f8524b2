//! Downloads as the UI is told of them.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use sidelight_core::app::error::Error;
use sidelight_core::app::state::State;
use sidelight_core::domain::download::{self, Again, Download, DownloadId};
use sidelight_core::domain::s3::S3Way;

use super::marks::Marks;
use super::{milliseconds, number};
use crate::view::{AddedDownload, AgainView, DownloadState, DownloadView, DownloadsChange, FilesView};

/// Rows as they were made last: one is made anew only when something in it is new.
#[derive(Default)]
pub struct Rows {
    made: HashMap<DownloadId, (Arc<Download<Error>>, Arc<DownloadView>)>,
}

impl Rows {
    /// All whose profiles may be seen.
    pub fn of(&mut self, state: &State, marks: &Marks) -> Vec<Arc<DownloadView>> {
        let mut waiting: HashMap<&str, u32> = HashMap::new();
        let mut rows = Vec::with_capacity(state.downloads.len());
        // The oldest is the first in the queue.
        for download in state.downloads.iter().rev() {
            let place = state.carriers.waits(download).then(|| {
                let place = waiting.entry(&download.host).or_default();
                *place += 1;
                *place
            });
            if !state.is_hidden(&download.profile) {
                rows.push(self.row(state, download, place, marks));
            }
        }
        rows.reverse();
        if self.made.len() > state.downloads.len() {
            let ids: HashSet<DownloadId> = state.downloads.iter().map(|download| download.id).collect();
            self.made.retain(|id, _| ids.contains(id));
        }
        rows
    }

    fn row(
        &mut self,
        state: &State,
        download: &Arc<Download<Error>>,
        place: Option<u32>,
        marks: &Marks,
    ) -> Arc<DownloadView> {
        if let Some((of, row)) = self.made.get(&download.id)
            && Arc::ptr_eq(of, download)
            && row.place == place
            && row.can_pause == state.carriers.may_pause(download)
        {
            return row.clone();
        }
        let row = Arc::new(view(state, download, place, marks));
        self.made.insert(download.id, (download.clone(), row.clone()));
        row
    }
}

/// What differs; nothing where nothing does. Those that stay keep their order.
pub fn change(now: &[Arc<DownloadView>], before: &[Arc<DownloadView>]) -> Option<DownloadsChange> {
    let differs = |now: &Arc<DownloadView>, before: &Arc<DownloadView>| !Arc::ptr_eq(now, before) && now != before;
    let mut change = DownloadsChange::default();
    if now.len() == before.len() && now.iter().zip(before).all(|(now, before)| now.id == before.id) {
        let rows = now.iter().zip(before).filter(|(now, before)| differs(now, before));
        change.changed = rows.map(|(now, _)| now.clone()).collect();
    } else {
        let mut known: HashMap<&str, &Arc<DownloadView>> = before.iter().map(|row| (row.id.as_str(), row)).collect();
        for (place, row) in (0..).zip(now) {
            match known.remove(row.id.as_str()) {
                None => change.added.push(AddedDownload { place, row: row.clone() }),
                Some(before) if differs(row, before) => change.changed.push(row.clone()),
                Some(_) => {}
            }
        }
        change.gone = known.into_keys().map(ToOwned::to_owned).collect();
    }
    (change != DownloadsChange::default()).then_some(change)
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

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use sidelight_core::domain::download::{Announced, DownloadState as Stands};
    use sidelight_core::domain::profile::ProfileId;

    use super::*;

    fn download(number: u64) -> Arc<Download<Error>> {
        Arc::new(Download {
            id: DownloadId(number),
            profile: ProfileId::parse("acme").expect("a plain word is an id"),
            name: format!("{number}.csv"),
            lost_name: false,
            folder: "/downloads".into(),
            host: "reports.s3.amazonaws.com".to_owned(),
            link: None,
            page: None,
            bytes: 0,
            announced: Announced::default(),
            speed: None,
            started_at: Timestamp::UNIX_EPOCH,
            partial: None,
            again: Again::Onward,
            s3: None,
            files: None,
            state: Stands::Queued,
        })
    }

    fn three() -> State {
        let mut state = State::default();
        state.downloads = [3, 2, 1].map(download).to_vec();
        state
    }

    fn told(rows: &mut Rows, state: &State) -> Vec<Arc<DownloadView>> {
        rows.of(state, &Marks::of(&state.book))
    }

    #[test]
    fn a_row_is_made_anew_only_where_something_in_it_is_new() {
        let mut state = three();
        let mut rows = Rows::default();
        let before = told(&mut rows, &state);
        let places: Vec<_> = before.iter().map(|row| (row.id.as_str(), row.place)).collect();
        assert_eq!(places, [("d3", Some(3)), ("d2", Some(2)), ("d1", Some(1))]);

        Arc::make_mut(&mut state.downloads[0]).bytes = 7;
        let now = told(&mut rows, &state);
        assert!(Arc::ptr_eq(&before[1], &now[1]) && Arc::ptr_eq(&before[2], &now[2]));
        let changed = change(&now, &before).expect("one differs");
        assert_eq!((changed.changed.len(), changed.changed[0].bytes), (1, 7.0));
        assert!(changed.gone.is_empty() && changed.added.is_empty());
        assert_eq!(change(&told(&mut rows, &state), &now), None);
    }

    #[test]
    fn a_change_says_what_is_gone_and_where_what_is_new_belongs() {
        let mut state = three();
        let mut rows = Rows::default();
        let before = told(&mut rows, &state);
        state.downloads = vec![download(5), state.downloads[0].clone(), download(4), state.downloads[2].clone()];
        let now = told(&mut rows, &state);
        let change = change(&now, &before).expect("it differs");
        assert_eq!(change.gone, ["d2"]);
        let added: Vec<_> = change.added.iter().map(|added| (added.place, added.row.id.as_str())).collect();
        assert_eq!(added, [(0, "d5"), (2, "d4")]);
        assert!(change.changed.is_empty(), "there are as many before them as there were");
        assert_eq!(rows.made.len(), 4, "what is gone is not kept");
    }
}
