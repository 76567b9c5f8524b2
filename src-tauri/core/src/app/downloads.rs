//! Downloads: the list, as events of the transfers change it.
//!
//! Not the transfer (the shell) nor the file (`storage`). Grows with pause and resume.

use super::App;
use super::error::Error;
use super::event::DownloadEvent;
use crate::domain::download::{Download, DownloadId, DownloadState};

/// Ended downloads that the list keeps.
const KEPT: usize = 500;

impl App {
    pub(super) fn download(&mut self, happened: DownloadEvent) {
        match happened {
            DownloadEvent::Started { id, profile, name, folder, host, total } => {
                let started_at = self.now();
                self.state.downloads.insert(
                    0,
                    Download {
                        id,
                        profile,
                        name,
                        folder,
                        host,
                        bytes: 0,
                        total,
                        speed: None,
                        started_at,
                        state: DownloadState::Running,
                    },
                );
                self.state.downloads.truncate(KEPT.max(self.running()));
            }
            DownloadEvent::Progress { id, bytes } => {
                let now = self.now();
                self.change_download(id, |download| {
                    download.bytes = bytes;
                    let seconds = now.duration_since(download.started_at).as_secs_f64();
                    download.speed = (seconds >= 0.5).then(|| precise(bytes) / seconds);
                });
            }
            DownloadEvent::Finished { id, name, bytes } => self.change_download(id, |download| {
                download.name = name;
                download.bytes = bytes;
                download.state = DownloadState::Done;
            }),
            DownloadEvent::Failed { id, error } => {
                self.change_download(id, |download| download.state = DownloadState::Failed(error));
            }
            DownloadEvent::Cancelled { id } => {
                self.change_download(id, |download| download.state = DownloadState::Cancelled);
            }
        }
    }

    fn running(&self) -> usize {
        self.state.downloads.iter().filter(|download| download.is_running()).count()
    }

    /// Changes a running one: what has ended stays as it ended.
    fn change_download(&mut self, id: DownloadId, change: impl FnOnce(&mut Download<Error>)) {
        let running = self.state.downloads.iter_mut().find(|download| download.id == id && download.is_running());
        if let Some(download) = running {
            change(download);
        }
    }

    pub(super) fn show_download(&mut self, id: DownloadId) {
        let Some(download) = self.state.downloads.iter().find(|download| download.id == id) else { return };
        let path = match download.state {
            DownloadState::Done => download.folder.join(&download.name),
            _ => download.folder.clone(),
        };
        self.window.show_file(&path);
    }

    pub(super) fn remove_download(&mut self, id: DownloadId) {
        self.state.downloads.retain(|download| download.id != id || download.is_running());
    }

    pub(super) fn clear_downloads(&mut self) {
        self.state.downloads.retain(Download::is_running);
    }
}

#[expect(clippy::cast_precision_loss, reason = "a speed for people; exact to 9 PB")]
fn precise(bytes: u64) -> f64 {
    bytes as f64
}
