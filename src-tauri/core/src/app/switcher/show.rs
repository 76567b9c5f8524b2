//! How what was found reads: its parts, and what in them matches what was typed.
//!
//! Not what was found (`search`). The words are in the caller's language.

use super::cut;
use super::fold::fold;
use super::found::{Choice, Found, Part, PartKind, Run};
use super::index::{Index, ProfileLine};
use super::places::PLACES;
use super::words::Token;
use crate::domain::profile::{ProfileId, Region};
use crate::domain::service::{PageTemplate, Service};

/// The language of the answer's words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(missing_docs, reason = "the words say all")]
pub enum Language {
    #[default]
    English,
    Japanese,
}

/// What is needed to show something.
pub(super) struct Showing<'a> {
    pub(super) index: &'a Index,
    pub(super) language: Language,
    pub(super) tokens: &'a [&'a Token],
}

impl Showing<'_> {
    /// `place` is the one that was meant, where several lead to the page.
    pub(super) fn found(&self, what: Choice, place: Option<usize>, score: i32) -> Found {
        let (title, detail) = self.parts(&what, place);
        Found { keys: what.keys(), what, title, detail, score }
    }

    fn parts(&self, what: &Choice, place: Option<usize>) -> (Vec<Part>, Vec<Part>) {
        let index = self.index;
        match what {
            Choice::OpenProfile { profile, page: None, region } => {
                let Some(line) = self.line(profile) else { return Default::default() };
                (vec![self.part(PartKind::Profile, line.name.as_str())], self.about(line, region.as_ref()))
            }
            Choice::OpenProfile { profile, page: Some(page), region } => {
                (self.page(page, place), self.in_profile(profile, region.as_ref()))
            }
            Choice::OpenBookmark { bookmark, profile, region } => {
                let name = index.bookmarks.iter().find(|known| known.id == *bookmark);
                let name = name.map(|known| self.part(PartKind::Bookmark, known.name.as_str()));
                (name.into_iter().collect(), self.in_profile(profile, region.as_ref()))
            }
            Choice::ShowTab(id) => {
                let Some(tab) = index.tabs.iter().find(|tab| tab.id == *id) else { return Default::default() };
                let profile = &index.profiles[tab.profile];
                let mut detail = vec![self.part(PartKind::Profile, profile.name.as_str())];
                detail.extend(tab.region_at.map(|at| self.region(PLACES.regions[at].code)));
                (vec![self.part(PartKind::Tab, &tab.title)], detail)
            }
            Choice::Act(id) => {
                let Some(action) = index.actions.iter().find(|action| action.id == *id) else {
                    return Default::default();
                };
                let words = self.in_language(&action.english, &action.japanese);
                let shortcut = action.shortcut.as_ref().map(|keys| Part::plain(PartKind::Shortcut, keys));
                (vec![self.part(PartKind::Action, words)], shortcut.into_iter().collect())
            }
        }
    }

    fn line(&self, profile: &ProfileId) -> Option<&ProfileLine> {
        self.index.by_id.get(profile).and_then(|at| self.index.profiles.get(*at))
    }

    fn in_language<'a>(&self, english: &'a str, japanese: &'a str) -> &'a str {
        match self.language {
            Language::English => english,
            Language::Japanese => japanese,
        }
    }

    /// A page by the names of its service and itself; one that we do not know by its path.
    fn page(&self, page: &PageTemplate, place: Option<usize>) -> Vec<Part> {
        let path = page.as_str();
        let service_name = |service: &Service| {
            let name = self.in_language(service.name, service.japanese.unwrap_or(service.name));
            self.part(PartKind::Service, name)
        };
        let by_path = || PLACES.all.iter().find(|place| place.path() == path);
        if let Some(place) = place.and_then(|at| PLACES.all.get(at)).or_else(by_path) {
            let page = place.page.map(|page| self.part(PartKind::Page, self.in_language(page.name, page.japanese)));
            return std::iter::once(service_name(place.service)).chain(page).collect();
        }
        for place in PLACES.all.iter().filter(|place| place.page.is_none()) {
            let Some(resource) = &place.service.resource else { continue };
            let Some((before, after)) = resource.path.split_once("{name}") else { continue };
            let name = path.strip_prefix(before).and_then(|rest| rest.strip_suffix(after));
            if let Some(name) = name.filter(|name| !name.is_empty()) {
                let kind = self.part(PartKind::Page, self.in_language(resource.name, resource.japanese));
                return vec![service_name(place.service), kind, self.part(PartKind::Resource, name)];
            }
        }
        vec![self.part(PartKind::Page, path)]
    }

    fn in_profile(&self, profile: &ProfileId, region: Option<&Region>) -> Vec<Part> {
        let Some(line) = self.line(profile) else { return Vec::new() };
        let profile = self.part(PartKind::Profile, line.name.as_str());
        std::iter::once(profile).chain(self.about(line, region)).collect()
    }

    fn about(&self, line: &ProfileLine, region: Option<&Region>) -> Vec<Part> {
        let group = line.group.as_ref().map(|group| self.part(PartKind::Group, group.as_str()));
        let account = line.account.as_ref().map(|account| self.part(PartKind::Account, account.as_str()));
        let region = self.region(region.unwrap_or(&line.region).as_str());
        group.into_iter().chain(account).chain([region]).collect()
    }

    fn region(&self, code: &str) -> Part {
        let known = PLACES.regions.iter().find(|region| region.code == code);
        self.part(PartKind::Region, known.map_or(code, |region| self.in_language(region.place, region.japanese)))
    }

    fn part(&self, kind: PartKind, text: &str) -> Part {
        Part { kind, runs: runs(text, self.tokens) }
    }
}

impl Part {
    fn plain(kind: PartKind, text: &str) -> Self {
        Self { kind, runs: runs(text, &[]) }
    }
}

/// Cuts a text where a match begins or ends: at what was typed where the text has it, else at the
/// word that was meant.
fn runs(text: &str, tokens: &[&Token]) -> Vec<Run> {
    let mut folded = String::with_capacity(text.len());
    // For each byte of the folded text, the letter from which it comes.
    let mut from = Vec::with_capacity(text.len());
    for (at, letter) in text.chars().enumerate() {
        folded.push_str(&fold(letter.encode_utf8(&mut [0; 4])));
        from.resize(folded.len(), at);
    }
    let mut is_match = vec![false; text.chars().count()];
    let words = word_ranges(text);
    for token in tokens {
        if let Some(at) = best_place(&folded, &token.text) {
            from[at..at + token.text.len()].iter().for_each(|letter| is_match[*letter] = true);
            continue;
        }
        let meant = words.iter().filter(|(word, _)| token.fits(&cut::words(word)));
        meant.for_each(|(_, range)| is_match[range.clone()].fill(true));
    }
    let mut runs: Vec<Run> = Vec::new();
    for (letter, is_match) in text.chars().zip(is_match) {
        match runs.last_mut() {
            Some(run) if run.is_match == is_match => run.text.push(letter),
            _ => runs.push(Run { text: letter.to_string(), is_match }),
        }
    }
    runs
}

/// Where a text has what was typed, best at the beginning of a word.
fn best_place(folded: &str, typed: &str) -> Option<usize> {
    let begins_word = |at: usize| !folded[..at].chars().next_back().is_some_and(char::is_alphanumeric);
    let mut places = folded.match_indices(typed).map(|(at, _)| at);
    places.clone().find(|at| begins_word(*at)).or_else(|| places.next().filter(|_| typed.len() >= 3))
}

/// The words between blanks and marks, and where their letters are.
fn word_ranges(text: &str) -> Vec<(String, std::ops::Range<usize>)> {
    let mut words: Vec<(String, std::ops::Range<usize>)> = Vec::new();
    for (at, letter) in text.chars().enumerate().filter(|(_, letter)| letter.is_alphanumeric() || *letter == 'ー') {
        match words.last_mut() {
            Some((word, range)) if range.end == at => {
                word.push(letter);
                range.end = at + 1;
            }
            _ => words.push((letter.to_string(), at..at + 1)),
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, query: &str) -> String {
        let tokens: Vec<Token> = query.split(' ').map(|token| Token::new(fold(token))).collect();
        let runs = runs(text, &tokens.iter().collect::<Vec<_>>());
        runs.iter().map(|run| if run.is_match { format!("[{}]", run.text) } else { run.text.clone() }).collect()
    }

    #[test]
    fn what_was_typed_is_marked_and_else_the_word_that_was_meant() {
        for (text, query, marked) in [
            ("acme prod", "prod", "acme [prod]"),
            ("acme prod", "ac", "[ac]me prod"),
            ("ACME-Prod", "ｐｒｏ", "ACME-[Pro]d"),
            ("acme prod", "production", "acme [prod]"),
            ("Lambda", "lamda", "[Lambda]"),
            ("東京", "とうきょう", "[東京]"),
            ("アクメ 本番", "akume", "[アクメ] 本番"),
            ("São Paulo", "sao", "[São] Paulo"),
            ("S3", "sqs", "S3"),
            ("Straße", "x", "Straße"),
        ] {
            assert_eq!(shown(text, query), marked, "{query} in {text}");
        }
    }
}
