//! Watches `~/.aws`: what changes there is read again at once.
//!
//! Not what it holds (`sidelight_core::storage::aws_config`).

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use notify::{RecommendedWatcher, RecursiveMode, Watcher};
use sidelight_core::app::event::Event;
use sidelight_core::storage::aws_config::AwsFiles;
use tokio::sync::mpsc::UnboundedSender;

/// Watches as long as it is held.
pub struct AwsWatch(#[expect(dead_code, reason = "held, not read: it ends when dropped")] RecommendedWatcher);

impl AwsWatch {
    /// The folders of both files, those that are there. Editors replace files, so not the files themselves.
    ///
    /// # Errors
    /// Where the system watches nothing; the files are then read when they are looked at.
    pub fn begin(files: &AwsFiles, events: UnboundedSender<Event>) -> notify::Result<Self> {
        let watched = [files.config().to_owned(), files.credentials_file().to_owned()];
        let folders: BTreeSet<PathBuf> = watched.iter().filter_map(|file| file.parent().map(Path::to_owned)).collect();
        let mut watcher = notify::recommended_watcher(move |happened: notify::Result<notify::Event>| {
            let is_ours = happened.is_ok_and(|happened| {
                !happened.kind.is_access() && happened.paths.iter().any(|path| watched.contains(path))
            });
            if is_ours {
                // The receiver is gone only when the app ends.
                let _ = events.send(Event::AwsChanged);
            }
        })?;
        for folder in folders.iter().filter(|folder| folder.is_dir()) {
            watcher.watch(folder, RecursiveMode::NonRecursive)?;
        }
        Ok(Self(watcher))
    }
}
