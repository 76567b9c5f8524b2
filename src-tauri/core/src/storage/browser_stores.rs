//! Browser data of profiles: a private folder for each store, keyed by the profile's own id.
//!
//! Not what a web engine keeps in it. Grows never: a store belongs to one profile, and its
//! read-only sessions have one of their own.

use std::fs;
use std::io;
use std::path::PathBuf;

use super::files;
use super::home::Home;
use crate::app::error::Error;
use crate::domain::profile::ProfileId;
use crate::domain::session::StoreId;

/// An empty folder within a store, which its processes can be known by.
pub const TAG: &str = "tag";

/// The folder of all browser stores.
#[derive(Clone, Debug)]
pub struct BrowserStores {
    home: Home,
}

impl BrowserStores {
    /// Of this home.
    #[must_use]
    pub fn new(home: &Home) -> Self {
        Self { home: home.clone() }
    }

    /// A store's folder; made, for this user only, where it is missing.
    ///
    /// # Errors
    /// `Disk`.
    pub fn make(&self, store: &StoreId) -> Result<PathBuf, Error> {
        let folder = self.home.browser_store(store);
        files::create_private_folder(&self.home.browser_stores())?;
        files::create_private_folder(&folder)?;
        files::create_private_folder(&folder.join(TAG))?;
        Ok(folder)
    }

    /// Removes both of a profile's folders with all that is in them; none there is fine. A link is
    /// removed, not followed.
    ///
    /// # Errors
    /// `Disk`.
    pub fn remove(&self, profile: &ProfileId) -> Result<(), Error> {
        for store in StoreId::both(profile) {
            let folder = self.home.browser_store(&store);
            let removed = match fs::symlink_metadata(&folder) {
                Ok(found) if found.is_dir() => fs::remove_dir_all(&folder),
                Ok(_) => fs::remove_file(&folder),
                Err(error) => Err(error),
            };
            if let Err(error) = removed
                && error.kind() != io::ErrorKind::NotFound
            {
                return Err(files::disk_error(&folder)(error));
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_store_is_private_and_goes_with_all_it_holds_and_nothing_else() -> Result<(), Box<dyn std::error::Error>> {
        let folder = tempfile::tempdir()?;
        let home = Home::at(folder.path())?;
        let stores = BrowserStores::new(&home);
        let acme = ProfileId::parse("acme")?;
        let [full, read_only] = StoreId::both(&acme);
        let [other, _] = StoreId::both(&ProfileId::parse("other")?);
        fs::write(stores.make(&full)?.join("cookies"), "x")?;
        fs::write(stores.make(&read_only)?.join("cookies"), "x")?;
        let kept = stores.make(&other)?.join("cookies");
        fs::write(&kept, "x")?;
        stores.remove(&acme)?;
        stores.remove(&acme)?;
        let gone = |store| !home.browser_store(store).exists();
        assert!(gone(&full) && gone(&read_only) && kept.exists());
        Ok(())
    }

    #[cfg(unix)]
    #[test]
    fn a_link_in_a_stores_place_is_not_followed() -> Result<(), Box<dyn std::error::Error>> {
        let folder = tempfile::tempdir()?;
        let elsewhere = tempfile::tempdir()?;
        fs::write(elsewhere.path().join("mine"), "x")?;
        let home = Home::at(folder.path())?;
        let [acme, _] = StoreId::both(&ProfileId::parse("acme")?);
        files::create_private_folder(&home.browser_stores())?;
        std::os::unix::fs::symlink(elsewhere.path(), home.browser_store(&acme))?;
        BrowserStores::new(&home).remove(&acme.profile)?;
        assert!(elsewhere.path().join("mine").exists() && !home.browser_store(&acme).exists());
        Ok(())
    }
}
