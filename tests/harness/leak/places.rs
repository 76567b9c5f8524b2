//! Where the leak check looks: a text, a folder's files and names, the processes of one home.
//!
//! It only reads. Files are read as a stream, so that a download of gigabytes can be looked at.

use std::fs::File;
use std::path::{Path, PathBuf};

use aho_corasick::AhoCorasick;

use super::Leak;
use super::encodings::Encoding;
use crate::process::family;

/// All spellings of all secrets, ready to be looked for in one pass.
pub struct Search<'secrets> {
    automaton: AhoCorasick,
    names: Vec<(&'secrets str, &'static str)>,
}

impl<'secrets> Search<'secrets> {
    /// Gets ready to look for these.
    ///
    /// # Panics
    /// When there are more secrets than an automaton holds: millions.
    pub fn new(spelled: &[(&'secrets str, Encoding)]) -> Self {
        let patterns = spelled.iter().map(|(_, encoding)| &encoding.bytes);
        Self {
            automaton: AhoCorasick::new(patterns).expect("a handful of secrets"),
            names: spelled.iter().map(|(name, encoding)| (*name, encoding.name)).collect(),
        }
    }

    /// Looks at a text.
    pub fn text(&self, place: &str, text: &[u8]) -> Vec<Leak> {
        let hits = self.automaton.find_overlapping_iter(text);
        hits.map(|hit| self.leak(hit.pattern().as_usize(), place)).collect()
    }

    /// Looks at every file below a folder, and at the files' names.
    pub fn folder(&self, folder: &Path, exempt: &[PathBuf]) -> Vec<Leak> {
        let mut found = Vec::new();
        let mut folders = vec![folder.to_owned()];
        while let Some(folder) = folders.pop() {
            // A folder or file that went away while we looked holds nothing any more.
            let entries = std::fs::read_dir(&folder).into_iter().flatten().flatten();
            for entry in entries {
                let path = entry.path();
                let Ok(kind) = entry.file_type() else { continue };
                let name = path.to_string_lossy();
                found.extend(self.text(&format!("the name of {name}"), name.as_bytes()));
                if exempt.contains(&path) {
                    continue;
                }
                if kind.is_dir() {
                    folders.push(path);
                } else if kind.is_file() {
                    found.extend(self.file(&path));
                }
            }
        }
        found
    }

    /// Looks at what the system shows of every process that lives in `home`.
    pub fn programs_of(&self, home: &Path) -> Vec<Leak> {
        family::living_in(home).into_iter().flat_map(|id| self.program(id)).collect()
    }

    /// Looks at what the system shows of a process and of all it started.
    pub fn family_of(&self, ancestor: u32) -> Vec<Leak> {
        let ids = family::descendants(ancestor).into_iter().chain([ancestor]);
        ids.flat_map(|id| self.program(id)).collect()
    }

    fn program(&self, id: u32) -> Vec<Leak> {
        let name = family::name_of(id);
        let shown = family::shown_of(id).into_iter();
        shown.flat_map(|(file, shown)| self.text(&format!("{file} of {name}"), &shown)).collect()
    }

    fn file(&self, path: &Path) -> Vec<Leak> {
        let Ok(file) = File::open(path) else {
            return Vec::new();
        };
        let place = path.display().to_string();
        let hits = self.automaton.stream_find_iter(file);
        hits.flatten().map(|hit| self.leak(hit.pattern().as_usize(), &place)).collect()
    }

    fn leak(&self, pattern: usize, place: &str) -> Leak {
        let (secret, spelling) = self.names[pattern];
        Leak { secret: secret.to_owned(), spelling, place: place.to_owned() }
    }
}
