//! Home: where everything of Sidelight's lies on this machine.
//!
//! Only places, no contents. Grows by a method for each further thing that is kept.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use directories::{BaseDirs, ProjectDirs, UserDirs};

use super::{files, platform};
use crate::app::error::{Cause, Error};
use crate::domain::session::{Access, StoreId};

/// Where everything lies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Home {
    config: PathBuf,
    data: PathBuf,
    state: PathBuf,
    control_socket: PathBuf,
}

impl Home {
    /// One folder for everything where `SIDELIGHT_HOME` (given here) has a value, else the
    /// platform's own places.
    ///
    /// # Errors
    /// `Disk` where that one folder cannot be made, or where the user has no home folder.
    pub fn from_environment(sidelight_home: Option<OsString>) -> Result<Self, Error> {
        match sidelight_home.filter(|folder| !folder.is_empty()) {
            Some(folder) => Self::at(Path::new(&folder)),
            None => Self::of_the_platform(),
        }
    }

    /// Everything in one folder, which is made where it is missing.
    ///
    /// # Errors
    /// `Disk` where it cannot be made.
    pub fn at(folder: &Path) -> Result<Self, Error> {
        let folder = std::path::absolute(folder).map_err(files::disk_error(folder))?;
        if !folder.is_dir() {
            files::create_private_folder(&folder)?;
        }
        // Two spellings of one folder must lead to one socket.
        let folder = folder.canonicalize().map_err(files::disk_error(&folder))?;
        let word = format!("sidelight-{:08x}", short_hash(&folder));
        Ok(Self {
            control_socket: platform::control_socket(runtime_folder().as_deref(), &folder, &word),
            config: folder.clone(),
            data: folder.clone(),
            state: folder,
        })
    }

    fn of_the_platform() -> Result<Self, Error> {
        let places = ProjectDirs::from("", "", "sidelight")
            .ok_or_else(|| Error::detailed(Cause::Disk { path: "~".into(), free_bytes: None }, "no home folder"))?;
        let state = places.state_dir().unwrap_or_else(|| places.data_local_dir()).to_owned();
        Ok(Self {
            control_socket: platform::control_socket(runtime_folder().as_deref(), &state, "sidelight"),
            config: places.config_dir().to_owned(),
            data: places.data_local_dir().to_owned(),
            state,
        })
    }

    /// The profiles: `profiles.toml`.
    #[must_use]
    pub fn book(&self) -> PathBuf {
        self.config.join("profiles.toml")
    }

    /// The settings: `settings.toml`.
    #[must_use]
    pub fn settings(&self) -> PathBuf {
        self.config.join("settings.toml")
    }

    /// Open tabs and panes.
    #[must_use]
    pub fn workspace(&self) -> PathBuf {
        self.state.join("workspace.toml")
    }

    /// What was chosen in the switcher before.
    #[must_use]
    pub fn chosen(&self) -> PathBuf {
        self.state.join("chosen.toml")
    }

    /// The folder of all browser stores.
    #[must_use]
    pub fn browser_stores(&self) -> PathBuf {
        self.data.join("stores")
    }

    /// A store's own browser data, keyed by nothing but its profile's id and its rights.
    #[must_use]
    pub fn browser_store(&self, store: &StoreId) -> PathBuf {
        self.browser_stores().join(match store.access {
            Access::Full => store.profile.to_string(),
            // No id has a dot: this is no other profile's folder.
            Access::ReadOnly => format!("{}.read-only", store.profile),
        })
    }

    /// The browser data of the window's own UI; not below [`Self::browser_stores`], so that no
    /// profile's id can name it.
    #[must_use]
    pub fn ui_store(&self) -> PathBuf {
        self.data.join("ui-store")
    }

    /// The list of downloads.
    #[must_use]
    pub fn downloads_list(&self) -> PathBuf {
        self.state.join("downloads.json")
    }

    /// The folder of the locks for what one process does at a time.
    #[must_use]
    pub fn turns(&self) -> PathBuf {
        self.state.join("turns")
    }

    /// Whoever holds this file's lock is the app.
    #[must_use]
    pub fn lock(&self) -> PathBuf {
        self.state.join("sidelight.lock")
    }

    /// Where the running app listens to `side`: a socket's path on Unix, a pipe's name on Windows.
    #[must_use]
    pub fn control_socket(&self) -> PathBuf {
        self.control_socket.clone()
    }

    /// The user's folder for downloads; made where it is missing.
    ///
    /// # Errors
    /// `Disk` where there is none and none can be made.
    pub fn downloads(&self) -> Result<PathBuf, Error> {
        let user = UserDirs::new();
        let folder = user
            .as_ref()
            .and_then(UserDirs::download_dir)
            .map(Path::to_owned)
            .or_else(|| user.as_ref().map(|user| user.home_dir().join("Downloads")))
            .unwrap_or_else(|| self.data.join("Downloads"));
        std::fs::create_dir_all(&folder).map_err(files::disk_error(&folder))?;
        Ok(folder)
    }
}

fn runtime_folder() -> Option<PathBuf> {
    BaseDirs::new().and_then(|places| places.runtime_dir().map(Path::to_owned))
}

/// FNV-1a: the app and `side` may be of different builds, so the hash must never change; the
/// standard library's may.
fn short_hash(path: &Path) -> u32 {
    path.as_os_str()
        .as_encoded_bytes()
        .iter()
        .fold(0x811c_9dc5, |hash: u32, byte| (hash ^ u32::from(*byte)).wrapping_mul(0x0100_0193))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::profile::ProfileId;

    #[test]
    fn one_folder_holds_everything_and_no_profile_can_name_the_uis_store() -> Result<(), Box<dyn std::error::Error>> {
        let folder = tempfile::tempdir()?;
        let home = Home::at(&folder.path().join("home"))?;
        let real = folder.path().canonicalize()?.join("home");
        assert_eq!(home.book(), real.join("profiles.toml"));
        let [store, read_only] = StoreId::both(&ProfileId::parse("ui-store")?);
        assert_ne!(home.browser_store(&store), home.browser_store(&read_only));
        assert_eq!(home.browser_store(&store), real.join("stores").join("ui-store"));
        assert_ne!(home.ui_store().parent(), Some(home.browser_stores().as_path()));
        Ok(())
    }

    #[test]
    fn two_spellings_of_a_folder_lead_to_one_socket_and_two_folders_to_two() -> Result<(), Box<dyn std::error::Error>> {
        let folder = tempfile::tempdir()?;
        let home = Home::at(&folder.path().join("a"))?;
        assert_eq!(home, Home::at(&folder.path().join("a/../a"))?);
        assert_ne!(home.control_socket(), Home::at(&folder.path().join("b"))?.control_socket());
        Ok(())
    }

    #[test]
    #[cfg(unix)]
    fn a_socket_path_is_short_however_long_the_homes_path_is() {
        let long = PathBuf::from(format!("/{}", "long/".repeat(40)));
        for runtime in [None, Some(long.as_path()), Some(Path::new("/run/user/1000"))] {
            let socket = platform::control_socket(runtime, &long, "sidelight-0123abcd");
            assert!(socket.as_os_str().len() <= 103, "{}", socket.display());
        }
    }
}
