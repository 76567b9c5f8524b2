//! Which EGL vendor web processes take: ours (`sidelight-egl`) before Mesa's, where Mesa's is the only one.
//!
//! Not when it is wanted (the shell knows how WebKit draws), nor what it does. Linux only. Source: libglvnd,
//! `src/EGL/icd_enumeration.md`; a path in an entry counts from the entry since libglvnd 1.4.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

/// The environment's list of vendors, which stands for libglvnd's own folders.
pub const VARIABLE: &str = "__EGL_VENDOR_LIBRARY_FILENAMES";

/// Who sets one of these has chosen already.
const CHOSEN: [&str; 2] = [VARIABLE, "__EGL_VENDOR_LIBRARY_DIRS"];

/// Where libglvnd looks.
const FOLDERS: [&str; 2] = ["/etc/glvnd/egl_vendor.d", "/usr/share/glvnd/egl_vendor.d"];

/// Ours, and the entry that names it; they lie in one folder.
const FILES: [&str; 2] = ["libsidelight_egl.so", "sidelight_egl.json"];

/// The one vendor that ours hands on to.
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
    /// Ours first. `None` where it does not lie with this program, or where the user or another vendor's driver has
    /// a say: then every process opens the driver.
    #[must_use]
    pub fn ours_first() -> Option<Self> {
        if CHOSEN.iter().any(|name| env::var_os(name).is_some()) {
            return None;
        }
        let program = env::current_exe().ok()?;
        let beside = program.parent()?;
        // As it was built, or as its package lays it out.
        let places = [beside.to_owned(), beside.join("../lib/sidelight")];
        places.iter().find_map(|place| Self::before_mesa(place, &FOLDERS.map(PathBuf::from)))
    }

    fn before_mesa(ours: &Path, folders: &[PathBuf]) -> Option<Self> {
        let files = FILES.map(|name| ours.join(name).canonicalize().ok());
        let [Some(library), Some(entry)] = files else { return None };
        let [mesa] = <[PathBuf; 1]>::try_from(entries(folders)).ok()?;
        if library_of(&mesa)? != MESA {
            return None;
        }
        Some(Self { list: env::join_paths([&entry, &mesa]).ok()?, files: [library, entry] })
    }
}

/// The vendors' entries. libglvnd loads them all, of one name too.
fn entries(folders: &[PathBuf]) -> Vec<PathBuf> {
    let files = folders.iter().flat_map(|folder| fs::read_dir(folder).into_iter().flatten().flatten());
    files.map(|entry| entry.path()).filter(|path| path.extension().is_some_and(|kind| kind == "json")).collect()
}

fn library_of(entry: &Path) -> Option<String> {
    let entry: serde_json::Value = serde_json::from_slice(&fs::read(entry).ok()?).ok()?;
    entry["ICD"]["library_path"].as_str().map(ToOwned::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    type Outcome = Result<(), Box<dyn std::error::Error>>;

    /// Ours, as it is built, and a machine's folders of vendors.
    fn machine(ours: &str) -> Result<(tempfile::TempDir, PathBuf, [PathBuf; 2]), std::io::Error> {
        let folder = tempfile::tempdir()?;
        let place = folder.path().canonicalize()?.join(ours);
        fs::create_dir_all(&place)?;
        for name in FILES {
            fs::write(place.join(name), "")?;
        }
        let folders = ["etc", "usr"].map(|name| folder.path().join(name));
        Ok((folder, place, folders))
    }

    fn vendor(folder: &Path, name: &str, library: &str) -> std::io::Result<()> {
        fs::create_dir_all(folder)?;
        let icd = format!("\"ICD\" : {{ \"library_path\" : \"{library}\" }}");
        fs::write(folder.join(name), format!("{{\n \"file_format_version\" : \"1.0.0\",\n {icd}\n}}"))
    }

    #[test]
    fn ours_stands_before_mesas_where_that_is_the_only_one() -> Outcome {
        let (_folder, place, folders) = machine("a folder")?;
        vendor(&folders[1], "50_mesa.json", MESA)?;
        let vendors = EglVendors::before_mesa(&place, &folders).ok_or("no vendors")?;
        let listed: Vec<PathBuf> = env::split_paths(&vendors.list).collect();
        assert_eq!(listed, [place.join("sidelight_egl.json"), folders[1].join("50_mesa.json")]);
        assert_eq!(vendors.files, FILES.map(|name| place.join(name)));
        Ok(())
    }

    #[test]
    fn another_vendors_driver_is_never_pushed_aside() -> Outcome {
        for (folder, name, library) in [
            (1, "10_nvidia.json", "libEGL_nvidia.so.0"),
            (0, "50_mesa.json", "/opt/driver/libEGL.so"),
            (0, "90_mesa.json", "libEGL_mesa.so.0"),
        ] {
            let (_folder, place, folders) = machine("ours")?;
            assert_eq!(EglVendors::before_mesa(&place, &folders), None, "no vendor at all");
            vendor(&folders[folder], name, library)?;
            vendor(&folders[1], "50_mesa.json", MESA)?;
            assert_eq!(EglVendors::before_mesa(&place, &folders), None, "{name} beside Mesa's");
        }
        let (_folder, place, folders) = machine("ours")?;
        vendor(&folders[1], "10_nvidia.json", "libEGL_nvidia.so.0")?;
        assert_eq!(EglVendors::before_mesa(&place, &folders), None, "another vendor alone");
        Ok(())
    }

    #[test]
    fn without_a_file_of_ours_or_in_a_place_that_no_list_can_hold_all_is_as_it_was() -> Outcome {
        let (_folder, place, folders) = machine("a:b")?;
        vendor(&folders[1], "50_mesa.json", MESA)?;
        assert_eq!(EglVendors::before_mesa(&place, &folders), None, "a colon parts a list");
        let (_folder, place, folders) = machine("ours")?;
        vendor(&folders[1], "50_mesa.json", MESA)?;
        fs::remove_file(place.join(FILES[1]))?;
        assert_eq!(EglVendors::before_mesa(&place, &folders), None, "no entry");
        Ok(())
    }
}
