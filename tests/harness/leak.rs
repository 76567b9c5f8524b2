//! The leak check: secrets planted by a test must not turn up anywhere but in the keychain.
//!
//! It remembers what it is told, looks when it is told, and collects what it finds; the machine's
//! end makes a test fail. It never prints a secret, only its name and where it was. It grows with
//! every new place the app can write to and every new way it can spell a string.

mod encodings;
mod places;

#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use encodings::Encoding;

/// Shorter secrets would be found by chance.
const SHORTEST: usize = 16;

/// One machine's leak check; clones share what they know and find.
#[derive(Clone, Default)]
pub struct LeakCheck {
    inner: Arc<Mutex<Inner>>,
}

#[derive(Default)]
struct Inner {
    secrets: Vec<Secret>,
    folders: Vec<PathBuf>,
    exempt: Vec<PathBuf>,
    home: Option<PathBuf>,
    titles: Option<Titles>,
    found: Vec<Leak>,
}

struct Secret {
    name: String,
    bytes: Vec<u8>,
}

/// Answers with the titles of all windows of the machine's display.
type Titles = Box<dyn Fn() -> Vec<String> + Send>;

/// A secret that was found where it must not be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leak {
    /// The name under which the secret was registered.
    pub secret: String,
    /// How it was spelled.
    pub spelling: &'static str,
    /// Where it was.
    pub place: String,
}

impl LeakCheck {
    /// Registers a secret under a name that may be printed.
    ///
    /// # Panics
    /// When the secret is so short that it would be found by chance.
    pub fn watch(&self, name: &str, secret: impl AsRef<[u8]>) {
        let bytes = secret.as_ref().to_vec();
        assert!(bytes.len() >= SHORTEST, "{name} is too short for a canary");
        let name = name.to_owned();
        self.lock().secrets.push(Secret { name, bytes });
    }

    /// Adds a folder to be searched at the end, with everything below it.
    pub fn search_folder(&self, folder: &Path) {
        self.lock().folders.push(folder.to_owned());
    }

    /// Leaves a folder or file out: the keychain's own, or what the user was given.
    pub fn leave_out(&self, place: &Path) {
        self.lock().exempt.push(place.to_owned());
    }

    /// Tells whose processes are looked at: those with this HOME.
    pub fn search_programs_of(&self, home: &Path) {
        self.lock().home = Some(home.to_owned());
    }

    /// Tells how to learn the titles of all windows.
    pub fn search_titles(&self, titles: impl Fn() -> Vec<String> + Send + 'static) {
        self.lock().titles = Some(Box::new(titles));
    }

    /// Looks at a text a test came by: a message of the UI, an output, an error.
    pub fn look_at(&self, place: &str, text: impl AsRef<[u8]>) {
        let mut inner = self.lock();
        let found = inner.search(|search| search.text(place, text.as_ref()));
        inner.found.extend(found);
    }

    /// Looks at the arguments and environment of every process of the machine, and at the titles
    /// of its windows, as they are now.
    pub fn look_at_live_programs(&self) {
        let mut inner = self.lock();
        let mut found = match &inner.home {
            Some(home) => inner.search(|search| search.programs_of(home)),
            None => Vec::new(),
        };
        let titles = inner.titles.as_ref().map(|titles| titles());
        for title in titles.unwrap_or_default() {
            found.extend(inner.search(|search| search.text("a window's title", title.as_bytes())));
        }
        inner.found.extend(found);
    }

    /// Looks at the arguments and environment of a process and all it started: an app that keeps its
    /// memory to itself hides whose home it lives in too.
    pub fn look_at_family(&self, ancestor: u32) {
        let mut inner = self.lock();
        let found = inner.search(|search| search.family_of(ancestor));
        inner.found.extend(found);
    }

    /// Looks through the folders.
    pub fn look_at_files(&self) {
        let mut inner = self.lock();
        let mut found = Vec::new();
        for folder in &inner.folders {
            found.extend(inner.search(|search| search.folder(folder, &inner.exempt)));
        }
        inner.found.extend(found);
    }

    /// What was found until now, each place once.
    pub fn found(&self) -> Vec<Leak> {
        let mut found = self.lock().found.clone();
        found.sort_by(|one, other| (&one.secret, &one.place).cmp(&(&other.secret, &other.place)));
        found.dedup();
        found
    }

    /// Everything once more, and then a panic if anything was ever found.
    ///
    /// # Panics
    /// When a secret was found, naming the secret, its spelling and the place.
    pub fn finish(&self) {
        self.look_at_files();
        let found = self.found();
        let lines = found.iter().map(Leak::to_string).collect::<Vec<_>>();
        assert!(found.is_empty(), "secrets leaked:\n{}", lines.join("\n"));
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Inner {
    fn search(&self, look: impl FnOnce(&places::Search) -> Vec<Leak>) -> Vec<Leak> {
        let spelled = self.secrets.iter().flat_map(|secret| {
            let spellings = encodings::of(&secret.bytes).into_iter();
            spellings.map(|encoding| (secret.name.as_str(), encoding))
        });
        let spelled: Vec<(&str, Encoding)> = spelled.collect();
        if spelled.is_empty() {
            return Vec::new();
        }
        look(&places::Search::new(&spelled))
    }
}

impl std::fmt::Display for Leak {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { secret, spelling, place } = self;
        write!(formatter, "{secret}, {spelling}, in {place}")
    }
}
