//! Where each object of a bucket goes below one folder: no two to the same place, none outside, and the
//! same ones at every time that the keys come in the same order (S3 lists them in that of their bytes).

use std::collections::{HashMap, HashSet};
use std::path::PathBuf;

use crate::domain::download::{numbered, safe_file_name};

/// Where one object goes, below the folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// Into this file.
    File {
        /// Its folder.
        folder: PathBuf,
        /// Its name there.
        name: String,
    },
    /// It stands for a folder, as the console makes them: an empty object whose key ends in `/`.
    Folder(PathBuf),
}

/// The places that were given so far.
#[derive(Debug, Default)]
pub struct Places {
    /// In lower case: some file systems take `A` and `a` for one.
    taken: HashSet<String>,
    /// What a part of keys is called in the folder that it is in.
    folders: HashMap<(String, String), String>,
}

impl Places {
    /// A place for a key, without what the keys of all begin with.
    pub fn give(&mut self, key: &str) -> Place {
        let mut parts: Vec<&str> = key.split('/').collect();
        let last = parts.pop().unwrap_or_default();
        let mut folder = String::new();
        for part in parts {
            folder = self.folder(folder, part);
        }
        if last.is_empty() && !folder.is_empty() {
            return Place::Folder(folder.into());
        }
        let path = self.free(&folder, last);
        let name = path.rsplit('/').next().unwrap_or_default().to_owned();
        Place::File { folder: folder.into(), name }
    }

    fn folder(&mut self, parent: String, part: &str) -> String {
        let known = (parent, part.to_owned());
        if let Some(path) = self.folders.get(&known) {
            return path.clone();
        }
        let path = self.free(&known.0, part);
        self.folders.insert(known, path.clone());
        path
    }

    fn free(&mut self, parent: &str, part: &str) -> String {
        let wanted = file_name(part);
        let names = std::iter::once(wanted.clone()).chain((2..).map(|number| numbered(&wanted, number)));
        let paths = names.map(|name| if parent.is_empty() { name } else { format!("{parent}/{name}") });
        let mut free = paths.filter(|path| self.taken.insert(path.to_lowercase()));
        // The numbers do not end.
        free.next().unwrap_or_default()
    }
}

/// As a download's, but hidden files stay hidden: whoever copies a folder wants them as they are.
fn file_name(part: &str) -> String {
    let name = safe_file_name(part);
    let is_hidden = part.starts_with('.') && part.trim_start_matches('.').starts_with(name.as_str());
    // What ends so is taken for one that is not whole.
    if is_hidden && !name.ends_with("-part") { format!(".{name}") } else { name }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::Component;

    use proptest::prelude::*;

    use super::*;

    fn path(place: &Place) -> PathBuf {
        match place {
            Place::File { folder, name } => folder.join(name),
            Place::Folder(folder) => folder.clone(),
        }
    }

    #[test]
    fn keys_become_folders_and_files() {
        let mut places = Places::default();
        let mut given = |key| path(&places.give(key)).display().to_string();
        assert_eq!(given("2026/"), "2026");
        assert_eq!(given("2026/10.csv"), "2026/10.csv");
        assert_eq!(given("2026/10.CSV"), "2026/10 (2).CSV", "one file where case does not count");
        assert_eq!(given("2026/../../x"), "2026/download/download/x", "nothing leads out");
        assert_eq!(given("2026/.htaccess"), "2026/.htaccess");
        assert_eq!(given("2026/.a.sidelight-part"), "2026/a.sidelight-part", "it is whole");
    }

    #[test]
    fn an_object_that_is_named_as_a_folder_gives_way() {
        let mut places = Places::default();
        assert_eq!(path(&places.give("a")), PathBuf::from("a"));
        assert_eq!(path(&places.give("a/b")), PathBuf::from("a (2)/b"));
        assert_eq!(path(&places.give("a/c")), PathBuf::from("a (2)/c"));
    }

    proptest! {
        #[test]
        fn no_two_keys_get_one_place_and_none_is_outside(keys in prop::collection::btree_set("[aA./\\\\ \u{0}:~é-]{0,12}", 1..20)) {
            let mut places = Places::default();
            let mut files = BTreeSet::new();
            let mut folders = BTreeSet::new();
            for key in &keys {
                let place = places.give(key);
                let path = path(&place);
                prop_assert!(path.components().all(|part| matches!(part, Component::Normal(_))), "{path:?}");
                prop_assert!(!path.as_os_str().is_empty());
                let lower = path.to_string_lossy().to_lowercase();
                match place {
                    Place::File { .. } => prop_assert!(files.insert(lower)),
                    Place::Folder(_) => drop(folders.insert(lower)),
                }
            }
            prop_assert!(files.is_disjoint(&folders));
            let again: Vec<Place> = { let mut places = Places::default(); keys.iter().map(|key| places.give(key)).collect() };
            let mut places = Places::default();
            prop_assert_eq!(keys.iter().map(|key| places.give(key)).collect::<Vec<_>>(), again);
        }
    }
}
