//! The pages: every test that they name exists, every invariant names one, every file that they
//! name is there.

use std::collections::HashSet;

use crate::sources::{Source, all, file, is_word, root};
use crate::{holds, sees};

/// Pages whose claims are tests.
const PAGES: [&str; 2] = ["ARCHITECTURE.md", "SECURITY.md"];

/// Names of tests have at least so many underscores; names of other things have fewer.
const UNDERSCORES: usize = 3;

/// What stands between backticks.
fn quoted(page: &str) -> Vec<&str> {
    page.lines().filter(|line| !line.starts_with("```")).flat_map(|line| line.split('`').skip(1).step_by(2)).collect()
}

fn tests_named(page: &str) -> Vec<&str> {
    let is_test = |word: &&str| {
        word.matches('_').count() >= UNDERSCORES && word.chars().all(|letter| is_word(letter) && !letter.is_uppercase())
    };
    quoted(page).into_iter().filter(is_test).collect()
}

/// The names of all tests in Rust.
fn names(sources: &[Source]) -> HashSet<String> {
    let mut names = HashSet::new();
    for source in sources.iter().filter(|source| source.is(&["rs"])) {
        let code = source.code();
        for (at, mark) in code.match_indices("fn ") {
            // Its attributes stand between it and whatever came before.
            let attributes = code[..at].rsplit(['{', '}', ';']).next().unwrap_or_default();
            if attributes.contains("#[test]") || attributes.contains("#[tokio::test") {
                names.insert(code[at + mark.len()..].chars().take_while(|letter| is_word(*letter)).collect());
            }
        }
    }
    names
}

fn unknown_tests(page: &str, text: &str, names: &HashSet<String>) -> Vec<String> {
    let missing = tests_named(text).into_iter().filter(|name| !names.contains(*name));
    missing.map(|name| format!("{page} names {name}, which is no test")).collect()
}

/// Numbered lines under "## Invariants" that name no test.
fn untested_invariants(text: &str) -> Vec<String> {
    let section = text.split_once("\n## Invariants\n").map_or("", |(_, rest)| rest);
    let section = section.split_once("\n## ").map_or(section, |(section, _)| section);
    let mut invariants: Vec<String> = Vec::new();
    for line in section.lines() {
        let is_new = line.split_once(". ").is_some_and(|(number, _)| number.parse::<u32>().is_ok());
        match invariants.last_mut() {
            Some(last) if !is_new => last.push_str(line),
            _ if is_new => invariants.push(line.to_owned()),
            _ => {}
        }
    }
    if invariants.is_empty() {
        return vec!["ARCHITECTURE.md has no invariants".to_owned()];
    }
    let untested = invariants.iter().filter(|invariant| tests_named(invariant).is_empty());
    untested.map(|invariant| format!("no test proves: {invariant}")).collect()
}

/// Paths that a page names and that are not there. One that begins with a top-level name is a path.
fn missing_files(page: &str, text: &str) -> Vec<String> {
    let is_path = |word: &&str| {
        ["src-tauri/", "ui/", "tests/", "icons/"].iter().any(|top| word.starts_with(top))
            && !word.contains(['*', '<', '{', ' '])
            && !word.starts_with("ui/dist")
    };
    let missing = quoted(text).into_iter().filter(is_path).filter(|path| !root().join(path).exists());
    missing.map(|path| format!("{page} names {path}, which is not there")).collect()
}

#[test]
fn every_test_that_a_page_names_exists() {
    let names = names(&all());
    let unknown = PAGES.iter().flat_map(|page| unknown_tests(page, &file(page).text, &names));
    holds(&unknown.collect::<Vec<_>>());
    sees(&unknown_tests("A.md", "so it is (`a_test_that_never_was`)", &names), "a_test_that_never_was");
    sees(&unknown_tests("A.md", "(`a_helper_of_some_test`)", &self::names(&[helper()])), "a_helper_of_some_test");
}

fn helper() -> Source {
    Source::planted("a.rs", "#[test]\nfn a_test_with_its_name() {}\nfn a_helper_of_some_test() {}")
}

#[test]
fn every_invariant_names_its_test() {
    holds(&untested_invariants(&file("ARCHITECTURE.md").text));
    let page = "\n## Invariants\n1. This is so (`a_test_with_a_name`).\n2. And this,\n   always.\n\n## Next\n3. no\n";
    let untested = untested_invariants(page);
    sees(&untested, "And this");
    assert_eq!(untested.len(), 1, "{untested:?}");
}

#[test]
fn every_file_that_a_page_names_is_there() {
    let pages = ["README.md", "ARCHITECTURE.md", "SECURITY.md", "CONTRIBUTING.md"];
    let missing = pages.iter().flat_map(|page| missing_files(page, &file(page).text));
    holds(&missing.collect::<Vec<_>>());
    sees(&missing_files("A.md", "see `tests/none/at-all.rs`"), "tests/none/at-all.rs");
}
