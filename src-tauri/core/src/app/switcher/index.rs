//! Index: everything that can be found, and the words by which it is.
//!
//! Built anew when the book, the bookmarks or the actions change; tabs, which change all day, are
//! exchanged alone. It holds what a line shows, so that a search asks nobody else.

use std::collections::HashMap;

use super::fold::fold;
use super::places::PLACES;
use super::words::Words;
use crate::domain::bookmark::Bookmark;
use crate::domain::link;
use crate::domain::profile::{AwsAccountId, Group, Profile, ProfileId, ProfileName, Region};
use crate::domain::workspace::{Tab, TabId};

/// An action's id: a word of the app's own.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ActionId(String);

impl ActionId {
    /// From a word.
    #[must_use]
    pub fn new(word: &str) -> Self {
        Self(word.to_owned())
    }

    /// The word.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Something that the app does by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Action {
    /// Its id.
    pub id: ActionId,
    /// What it does, in English.
    pub english: String,
    /// What it does, in Japanese.
    pub japanese: String,
    /// What people type instead, with blanks between.
    pub words: String,
    /// Its keys, as they are shown.
    pub shortcut: Option<String>,
}

/// Everything that can be found.
#[derive(Clone, Debug)]
pub struct Index {
    pub(super) profiles: Vec<ProfileLine>,
    pub(super) profile_words: Words,
    /// By folded name.
    pub(super) by_name: HashMap<String, Vec<usize>>,
    pub(super) by_id: HashMap<ProfileId, usize>,
    pub(super) bookmarks: Vec<Bookmark>,
    pub(super) bookmark_words: Words,
    pub(super) actions: Vec<Action>,
    pub(super) action_words: Words,
    pub(super) tabs: Vec<TabLine>,
    pub(super) tab_words: Words,
}

/// What is known of a profile.
#[derive(Clone, Debug)]
pub(super) struct ProfileLine {
    pub(super) id: ProfileId,
    pub(super) name: ProfileName,
    pub(super) group: Option<Group>,
    pub(super) account: Option<AwsAccountId>,
    pub(super) region: Region,
    /// Of its name, without blanks.
    pub(super) letters: usize,
    /// Among all regions.
    pub(super) region_at: Option<usize>,
    /// The built-in partition; `None` for an own one.
    pub(super) partition: Option<&'static str>,
}

/// What is known of a tab.
#[derive(Clone, Debug)]
pub(super) struct TabLine {
    pub(super) id: TabId,
    pub(super) title: String,
    pub(super) profile: usize,
    /// The service at which it is.
    pub(super) place: Option<usize>,
    /// Among all regions.
    pub(super) region_at: Option<usize>,
}

impl Index {
    /// Of the book's profiles in the user's order, of bookmarks and actions; without tabs.
    #[must_use]
    pub fn new(profiles: &[Profile], bookmarks: &[Bookmark], actions: Vec<Action>) -> Self {
        let mut index = Self {
            profiles: Vec::with_capacity(profiles.len()),
            profile_words: Words::default(),
            by_name: HashMap::with_capacity(profiles.len()),
            by_id: HashMap::with_capacity(profiles.len()),
            bookmarks: bookmarks.to_vec(),
            bookmark_words: Words::default(),
            actions,
            action_words: Words::default(),
            tabs: Vec::new(),
            tab_words: Words::default(),
        };
        for profile in profiles {
            index.add_profile(profile);
        }
        for (at, bookmark) in index.bookmarks.iter().enumerate() {
            index.bookmark_words.add(at, bookmark.name.as_str(), 100);
        }
        for (at, action) in index.actions.iter().enumerate() {
            for (text, weight) in [(&action.english, 95), (&action.japanese, 95), (&action.words, 90)] {
                index.action_words.add(at, text, weight);
            }
            if let Some(keys) = &action.shortcut {
                index.action_words.add_whole(at, &fold(keys), 90);
            }
        }
        index
    }

    fn add_profile(&mut self, profile: &Profile) {
        let at = self.profiles.len();
        let words = &mut self.profile_words;
        words.add(at, profile.name.as_str(), 97);
        if let Some(group) = &profile.group {
            words.add(at, group.as_str(), 85);
        }
        if let Some(account) = &profile.account {
            words.add_whole(at, account.as_str(), 97);
        }
        if let Some(mark) = &profile.mark {
            words.add(at, mark.as_str(), 90);
        }
        match profile.partition.as_str() {
            "aws" => {}
            "aws-cn" => words.add(at, "aws-cn china 中国 ちゅうごく", 60),
            "aws-us-gov" => words.add(at, "aws-us-gov govcloud", 60),
            own => words.add(at, own, 60),
        }
        self.by_name.entry(fold(profile.name.as_str())).or_default().push(at);
        self.by_id.insert(profile.id.clone(), at);
        let regions = &PLACES.regions;
        let of_partition = regions.iter().find(|region| region.partition == profile.partition.as_str());
        self.profiles.push(ProfileLine {
            id: profile.id.clone(),
            name: profile.name.clone(),
            group: profile.group.clone(),
            account: profile.account.clone(),
            region: profile.region.clone(),
            letters: profile.name.as_str().chars().filter(|letter| !letter.is_whitespace()).count(),
            region_at: regions.iter().position(|region| region.code == profile.region.as_str()),
            partition: of_partition.map(|region| region.partition),
        });
    }

    /// Exchanges the tabs for those that are open now. A tab of an unknown profile is left out.
    pub fn show_tabs<Failure>(&mut self, tabs: &[Tab<Failure>]) {
        self.tabs.clear();
        self.tab_words = Words::default();
        for tab in tabs {
            let Some(profile) = self.by_id.get(&tab.store.profile).copied() else { continue };
            let at = self.tabs.len();
            let (host, path) = link::shown(&tab.page.url);
            self.tab_words.add(at, &tab.page.title, 90);
            self.tab_words.add(at, &path.replace('/', " "), 70);
            let region = tab.page.region();
            let title = if tab.page.title.trim().is_empty() { format!("{host}{path}") } else { tab.page.title.clone() };
            self.tabs.push(TabLine {
                id: tab.id.clone(),
                title,
                profile,
                place: PLACES.at(&path),
                region_at: region
                    .and_then(|region| PLACES.regions.iter().position(|known| known.code == region.as_str())),
            });
        }
    }
}

impl ProfileLine {
    /// Whether a bookmark is for it, and leads somewhere: to a page that names the account, only once that is known.
    pub(super) fn has_bookmark(&self, bookmark: &Bookmark) -> bool {
        bookmark.scope.holds(&self.id, self.group.as_ref())
            && (self.account.is_some() || !bookmark.page.needs_account())
    }

    /// Whether a region can be opened in it: its partition's, and AWS's for an emulator.
    pub(super) fn has_region(&self, region: usize) -> bool {
        PLACES.regions.get(region).is_some_and(|region| region.partition == self.partition.unwrap_or("aws"))
    }
}
