//! The workspace file: open tabs by their pages, the panes, layouts by name, and recent pages.
//!
//! Not a session, and no token: addresses are clean. Not how it is kept (`app_file`).

mod format;

use std::sync::Arc;

use super::app_file::{AppFile, Loaded, Spelling};
use super::home::Home;
use crate::app::error::Error;
use crate::app::ports::Clock;
use crate::domain::workspace::kept::Kept;
use format::{Format, SCHEMA};

/// `workspace.toml`.
#[derive(Clone)]
pub struct WorkspaceFile(AppFile);

impl WorkspaceFile {
    /// In its place.
    #[must_use]
    pub fn new(home: &Home, clock: Arc<dyn Clock>) -> Self {
        Self(AppFile::new(home.workspace(), Spelling::Toml, SCHEMA, clock))
    }

    /// As it was left; nothing where the file says nothing that makes sense.
    #[must_use]
    pub fn load(&self) -> Loaded<Kept> {
        self.0.load::<Format>().map(|format| format.map(Into::into).unwrap_or_default())
    }

    /// Keeps it, unless the file is to be left as it is.
    ///
    /// # Errors
    /// `Disk`.
    pub fn save(&self, kept: &Kept) -> Result<(), Error> {
        self.0.save(&Format::from(kept))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

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
        assert_eq!(file.load().value, Kept::default());
        let kept = three_panes()?;
        file.save(&kept)?;
        let loaded = file.load().value;
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
        let (folder, file) = file()?;
        let path = Home::at(folder.path())?.workspace();
        file.save(&three_panes()?)?;
        let whole = std::fs::read(&path)?;
        for length in 0..whole.len() {
            std::fs::write(&path, &whole[..length])?;
            let restored = Workspace::<()>::restored(file.load().value, |_| true);
            let ids: HashSet<_> = restored.tabs().iter().map(|tab| &tab.id).collect();
            assert_eq!(ids.len(), restored.tabs().len(), "cut at {length}");
        }
        Ok(())
    }

    #[test]
    fn a_recent_page_that_makes_no_sense_is_left_out_and_the_rest_comes_back() -> Tested {
        let (folder, file) = file()?;
        let page = |profile: &str, url: &str| format!("[[recent]]\nprofile = \"{profile}\"\nurl = \"{url}\"\n");
        let good = page("a", "https://eu-west-1.console.aws.amazon.com/s3?SigninToken=x");
        let text =
            [page("../a", "https://a.example/"), page("a", "file:///etc/passwd"), page("a", "s3"), good].concat();
        std::fs::write(Home::at(folder.path())?.workspace(), format!("schema = 1\n{text}"))?;
        let recent = file.load().value.recent;
        let urls: Vec<&str> = recent.list().iter().map(|page| page.url.as_str()).collect();
        assert_eq!(urls, ["https://eu-west-1.console.aws.amazon.com/s3"]);
        Ok(())
    }
}
