//! Which EGL vendor web processes take: ours (`sidelight-egl`) before Mesa's, where Mesa's is the only one.
//!
//! Not when it is wanted (the shell knows how WebKit draws), nor what it does. Linux only. Source: libglvnd,
//! `src/EGL/icd_enumeration.md`.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::json;

use super::files::{self, RealDisk};
use super::home::Home;

/// The environment's list of vendors, which stands for libglvnd's own folders.
pub const VARIABLE: &str = "__EGL_VENDOR_LIBRARY_FILENAMES";

/// Who sets one of these has chosen already.
const CHOSEN: [&str; 2] = [VARIABLE, "__EGL_VENDOR_LIBRARY_DIRS"];

/// Where libglvnd looks, in its order.
const FOLDERS: [&str; 2] = ["/etc/glvnd/egl_vendor.d", "/usr/share/glvnd/egl_vendor.d"];

const LIBRARY: &str = "libsidelight_egl.so";
const MESA: &str = "libEGL_mesa.so.0";

/// Ours before Mesa's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EglVendors {
    /// What [`VARIABLE`] is to say.
    pub list: OsString,
    /// What a sandbox must let its process read: our library, and its entry.
    pub files: [PathBuf; 2],
}

impl EglVendors {
    /// Ours first, as of this program's own folder. `None` where it is not there, where the user or another
    /// vendor's driver has a say, or where its entry cannot be written: then every process loads the driver.
    #[must_use]
    pub fn ours_first(home: &Home) -> Option<Self> {
        if CHOSEN.iter().any(|name| env::var_os(name).is_some()) {
            return None;
        }
        let program = env::current_exe().ok()?;
        // Beside the program as it was built, or where its package puts libraries.
        let places = [program.with_file_name(LIBRARY), program.parent()?.join("../lib/sidelight").join(LIBRARY)];
        let library = places.into_iter().find_map(|place| place.canonicalize().ok())?;
        Self::before_mesa(library, &FOLDERS.map(PathBuf::from), home.egl_vendor())
    }

    fn before_mesa(library: PathBuf, folders: &[PathBuf], entry: PathBuf) -> Option<Self> {
        let [mesa] = <[PathBuf; 1]>::try_from(entries(folders)).ok()?;
        if library_of(&mesa)? != MESA {
            return None;
        }
        let list = env::join_paths([&entry, &mesa]).ok()?;
        let text = json!({ "file_format_version": "1.0.0", "ICD": { "library_path": library.to_str()? } });
        let text = format!("{text}\n");
        // Pages that are open read it, too: it is written only where it is new.
        if fs::read_to_string(&entry).ok().as_ref() != Some(&text) {
            files::create_private_folder(entry.parent()?).ok()?;
            files::replace(&RealDisk, &entry, text.as_bytes()).ok()?;
        }
        Some(Self { list, files: [library, entry] })
    }
}

/// The vendors' entries. One name in two folders is one vendor's, and the first folder's counts.
fn entries(folders: &[PathBuf]) -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = Vec::new();
    let files = folders.iter().flat_map(|folder| fs::read_dir(folder).into_iter().flatten().flatten());
    for path in files.map(|entry| entry.path()).filter(|path| path.extension().is_some_and(|kind| kind == "json")) {
        if !found.iter().any(|other| other.file_name() == path.file_name()) {
            found.push(path);
        }
    }
    found
}

fn library_of(entry: &Path) -> Option<String> {
    let entry: serde_json::Value = serde_json::from_slice(&fs::read(entry).ok()?).ok()?;
    entry["ICD"]["library_path"].as_str().map(ToOwned::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    type Outcome = Result<(), Box<dyn std::error::Error>>;

    fn vendor(folder: &Path, name: &str, library: &str) -> std::io::Result<()> {
        fs::create_dir_all(folder)?;
        let text =
            format!("{{\n \"file_format_version\" : \"1.0.0\",\n \"ICD\" : {{ \"library_path\" : \"{library}\" }}\n}}");
        fs::write(folder.join(name), text)
    }

    #[test]
    fn ours_stands_before_mesas_where_that_is_the_only_one() -> Outcome {
        let folder = tempfile::tempdir()?;
        let folders = ["etc", "usr"].map(|name| folder.path().join(name));
        vendor(&folders[1], "50_mesa.json", MESA)?;
        let (library, entry) = (folder.path().join("a \"b\"/libsidelight_egl.so"), folder.path().join("home/egl.json"));
        let vendors = EglVendors::before_mesa(library.clone(), &folders, entry.clone()).ok_or("no vendors")?;
        let listed: Vec<PathBuf> = env::split_paths(&vendors.list).collect();
        assert_eq!(listed, [entry.clone(), folders[1].join("50_mesa.json")]);
        assert_eq!(library_of(&entry).as_deref(), library.to_str());
        assert_eq!(vendors.files, [library, entry]);
        Ok(())
    }

    #[test]
    fn another_vendors_driver_is_never_pushed_aside() -> Outcome {
        let folder = tempfile::tempdir()?;
        let folders = ["etc", "usr"].map(|name| folder.path().join(name));
        let entry = folder.path().join("egl.json");
        let ours = || EglVendors::before_mesa(folder.path().join("ours.so"), &folders, entry.clone());
        assert_eq!(ours(), None, "no vendor at all");
        vendor(&folders[1], "10_nvidia.json", "libEGL_nvidia.so.0")?;
        assert_eq!(ours(), None, "another vendor alone");
        vendor(&folders[1], "50_mesa.json", MESA)?;
        assert_eq!(ours(), None, "two vendors");
        assert!(!entry.exists());
        Ok(())
    }

    #[test]
    fn a_vendor_that_the_machines_owner_set_right_counts_as_set() -> Outcome {
        let folder = tempfile::tempdir()?;
        let folders = ["etc", "usr"].map(|name| folder.path().join(name));
        vendor(&folders[0], "50_mesa.json", "/opt/driver/libEGL.so")?;
        vendor(&folders[1], "50_mesa.json", MESA)?;
        assert_eq!(EglVendors::before_mesa("/ours.so".into(), &folders, folder.path().join("egl.json")), None);
        Ok(())
    }

    #[test]
    fn a_path_that_no_list_can_hold_leaves_everything_as_it_is() -> Outcome {
        let folder = tempfile::tempdir()?;
        let folders = [folder.path().join("usr")];
        vendor(&folders[0], "50_mesa.json", MESA)?;
        assert_eq!(EglVendors::before_mesa("/ours.so".into(), &folders, folder.path().join("a:b/egl.json")), None);
        assert!(!folder.path().join("a:b").exists());
        Ok(())
    }
}
