//! The top level of the checkout: six names that stay, pages to read, and nothing else.

use std::fs;

use crate::sources::{file, root};
use crate::{holds, sees};

/// The project's user asked for them.
const NAMES: [&str; 6] = ["Cargo.toml", "src-tauri", "ui", "icons", "tests", "tauri.conf.json"];

/// Pages and settings beside them.
const PAGES: [&str; 14] = [
    "README.md",
    "ARCHITECTURE.md",
    "SECURITY.md",
    "CONTRIBUTING.md",
    "CHANGELOG.md",
    "LICENSE",
    "LICENSE-APACHE",
    "LICENSE-MIT",
    "Cargo.lock",
    "clippy.toml",
    "deny.toml",
    "rustfmt.toml",
    "rust-toolchain.toml",
    "CODE_OF_CONDUCT.md",
];

/// What is missing or unknown among `entries`, given what is never kept (`ignored`).
fn surprises(entries: &[String], ignored: &str) -> Vec<String> {
    let is_made = |entry: &str| {
        ignored.lines().any(|line| line.trim_end_matches('/').strip_prefix('/').is_some_and(|made| made == entry))
    };
    let missing = NAMES.iter().filter(|name| !entries.iter().any(|entry| entry == *name));
    let missing = missing.map(|name| format!("{name} is missing from the top level"));
    let is_unknown = |entry: &&String| {
        let entry = entry.as_str();
        !(NAMES.contains(&entry) || PAGES.contains(&entry) || entry.starts_with('.') || is_made(entry))
    };
    let unknown = entries.iter().filter(is_unknown);
    let unknown =
        unknown.map(|entry| format!("{entry} is new at the top level: it belongs below one of the six names"));
    missing.chain(unknown).collect()
}

#[test]
fn the_top_level_has_its_six_names_and_no_others() {
    let entries = fs::read_dir(root()).into_iter().flatten().flatten();
    let entries: Vec<String> = entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    holds(&surprises(&entries, &file(".gitignore").text));
}

#[test]
fn a_missing_name_and_a_new_one_are_seen() {
    let mut entries: Vec<String> = NAMES.map(str::to_owned).to_vec();
    entries.push("target".to_owned());
    holds(&surprises(&entries, "/target/\n"));
    sees(&surprises(&entries, ""), "target is new");
    entries.retain(|entry| entry != "icons");
    sees(&surprises(&entries, "/target/\n"), "icons is missing");
}

#[test]
fn every_page_that_a_reader_looks_for_is_there() {
    let pages = ["README.md", "ARCHITECTURE.md", "SECURITY.md", "CONTRIBUTING.md", "CHANGELOG.md"];
    let licenses = ["LICENSE", "LICENSE-APACHE", "LICENSE-MIT"];
    let missing = pages.iter().chain(&licenses).filter(|page| !root().join(page).is_file());
    holds(&missing.map(|page| format!("{page} is missing")).collect::<Vec<_>>());
}
