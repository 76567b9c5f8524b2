//! The workspace file: open tabs by their pages, the panes, layouts by name, and recent pages.
//!
//! Not a session, and no token: addresses are clean. A damaged file is set aside, and the app starts
//! without tabs; a file of a newer Sidelight is left as it is.

mod format;

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::files::{self, RealDisk};
use super::home::Home;
use crate::app::error::{Cause, Error};
use crate::app::ports::Clock;
use crate::domain::workspace::kept::Kept;
use format::Format;

/// `workspace.toml`.
#[derive(Clone)]
pub struct WorkspaceFile {
    path: PathBuf,
    clock: Arc<dyn Clock>,
    is_newer: Arc<AtomicBool>,
}

impl WorkspaceFile {
    /// In its place.
    #[must_use]
    pub fn new(home: &Home, clock: Arc<dyn Clock>) -> Self {
        Self { path: home.workspace(), clock, is_newer: Arc::default() }
    }

    /// As it was left; nothing where the file says nothing that makes sense.
    #[must_use]
    pub fn load(&self) -> Kept {
        let text = match files::read(&self.path) {
            Ok(Some(bytes)) => String::from_utf8_lossy(&bytes).into_owned(),
            Ok(None) => return Kept::default(),
            Err(error) => {
                tracing::warn!(%error, "the workspace is not read");
                self.is_newer.store(true, Ordering::Relaxed);
                return Kept::default();
            }
        };
        match toml_edit::de::from_str::<Format>(&text) {
            Ok(format) if format.is_newer() => {
                self.is_newer.store(true, Ordering::Relaxed);
                Kept::default()
            }
            Ok(format) => format.into(),
            Err(_) => {
                if let Err(error) = files::set_aside(&RealDisk, &self.path, self.clock.now()) {
                    tracing::warn!(%error, "the damaged workspace is not set aside");
                }
                Kept::default()
            }
        }
    }

    /// Keeps it; a file that could not be read, or that is of a newer Sidelight, stays as it is.
    ///
    /// # Errors
    /// `Disk`.
    pub fn save(&self, kept: &Kept) -> Result<(), Error> {
        if self.is_newer.load(Ordering::Relaxed) {
            return Ok(());
        }
        let text = toml_edit::ser::to_string_pretty(&Format::from(kept))
            .map_err(|error| Error::detailed(Cause::Bug, error.to_string()))?;
        files::replace(&RealDisk, &self.path, text.as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::profile::ProfileId;
    use crate::domain::session::{Access, StoreId};
    use crate::domain::workspace::panes::{Edge, PaneId};
    use crate::domain::workspace::{Page, Spot, TabId, TabState, Workspace};
    use crate::world::SystemClock;
    use url::Url;

    type Tested = Result<(), Box<dyn std::error::Error>>;

    fn file() -> Result<(tempfile::TempDir, WorkspaceFile), Box<dyn std::error::Error>> {
        let folder = tempfile::tempdir()?;
        let home = Home::at(folder.path())?;
        Ok((folder, WorkspaceFile::new(&home, Arc::new(SystemClock))))
    }

    fn three_panes() -> Result<Kept, Box<dyn std::error::Error>> {
        let mut workspace = Workspace::<()>::default();
        for (number, access) in [(1, Access::Full), (2, Access::ReadOnly), (3, Access::Full)] {
            let id = TabId::new(format!("tab{number}"));
            let store = StoreId { profile: ProfileId::parse(&format!("p{number}"))?, access };
            let url = Url::parse("https://eu-west-1.console.aws.amazon.com/s3/buckets?region=eu-west-1#x")?;
            let page = Page { title: "S3 \"buckets\"\u{2028}本番".to_owned(), ..Page::at(&url) };
            workspace.adopt(id.clone(), store, page, TabState::Live);
            workspace.note_page(&id);
            match number {
                1 => workspace.show(&id, Spot::Here),
                2 => workspace.show(&id, Spot::Beside),
                _ => workspace.put(&id, PaneId(1), Some(Edge::Bottom)),
            }
        }
        workspace.save_layout("acme prod | acme staging".to_owned());
        Ok(workspace.kept())
    }

    #[test]
    fn what_was_left_comes_back() -> Tested {
        let (_folder, file) = file()?;
        assert_eq!(file.load(), Kept::default());
        let kept = three_panes()?;
        file.save(&kept)?;
        let loaded = file.load();
        assert_eq!((&loaded.tabs, loaded.focused), (&kept.tabs, kept.focused));
        assert_eq!((&loaded.recent, loaded.recent.list().len()), (&kept.recent, 3));
        assert_eq!(loaded.layouts[0].name, "acme prod | acme staging");
        // Splits are numbered anew when they are arranged.
        let arranged = |kept: Kept| Workspace::<()>::restored(kept, |_| true).panes().clone();
        assert_eq!(arranged(loaded), arranged(kept));
        Ok(())
    }

    #[test]
    fn a_file_cut_off_anywhere_never_panics_and_never_names_a_tab_twice() -> Tested {
        let (_folder, file) = file()?;
        file.save(&three_panes()?)?;
        let whole = std::fs::read(&file.path)?;
        for length in 0..whole.len() {
            std::fs::write(&file.path, &whole[..length])?;
            let restored = Workspace::<()>::restored(file.load(), |_| true);
            assert!(restored.tabs().len() <= 3, "cut at {length}");
        }
        Ok(())
    }

    #[test]
    fn a_recent_page_that_makes_no_sense_is_left_out_and_the_rest_comes_back() -> Tested {
        let (_folder, file) = file()?;
        let page = |profile: &str, url: &str| format!("[[recent]]\nprofile = \"{profile}\"\nurl = \"{url}\"\n");
        let good = page("a", "https://eu-west-1.console.aws.amazon.com/s3?SigninToken=x");
        let text =
            [page("../a", "https://a.example/"), page("a", "file:///etc/passwd"), page("a", "s3"), good].concat();
        std::fs::write(&file.path, text)?;
        let recent = file.load().recent;
        let urls: Vec<&str> = recent.list().iter().map(|page| page.url.as_str()).collect();
        assert_eq!(urls, ["https://eu-west-1.console.aws.amazon.com/s3"]);
        Ok(())
    }

    #[test]
    fn a_damaged_file_is_set_aside() -> Tested {
        let (folder, file) = file()?;
        std::fs::write(&file.path, "tab = [")?;
        assert_eq!(file.load(), Kept::default());
        let parent = file.path.parent().unwrap_or(folder.path());
        let names: Vec<_> = std::fs::read_dir(parent)?
            .filter_map(|entry| Some(entry.ok()?.file_name().to_string_lossy().into_owned()))
            .collect();
        assert!(names.iter().any(|name| name.contains("damaged")), "{names:?}");
        Ok(())
    }

    #[test]
    fn a_file_of_a_newer_sidelight_is_never_overwritten() -> Tested {
        let (_folder, file) = file()?;
        std::fs::write(&file.path, "schema = 2\n")?;
        assert_eq!(file.load(), Kept::default());
        file.save(&three_panes()?)?;
        assert_eq!(std::fs::read_to_string(&file.path)?, "schema = 2\n");
        Ok(())
    }
}
