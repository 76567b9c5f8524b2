//! Dependencies: each has its line in CONTRIBUTING.md that says why it and not its neighbour, and
//! each is used.

use crate::manifest::{MANIFESTS, dependencies_of, npm_dependencies};
use crate::sources::{Source, all, file, is_word};
use crate::{holds, sees};

/// What the first cells of the table name, under this heading.
const HEADING: &str = "## Dependencies";

/// The names in the table's first cells, and whether their lines give a reason.
fn explained(page: &str) -> Vec<(String, bool)> {
    let table = page.split_once(HEADING).map_or("", |(_, rest)| rest);
    let table = table.split_once("\n## ").map_or(table, |(table, _)| table);
    let mut names = Vec::new();
    for row in table.lines().filter(|line| line.starts_with("| `")) {
        let cells: Vec<&str> = row.trim_matches('|').split(" | ").collect();
        let has_reason = cells.last().is_some_and(|reason| cells.len() > 1 && reason.split_whitespace().count() >= 3);
        names.extend(cells[0].split('`').skip(1).step_by(2).map(|name| (name.to_owned(), has_reason)));
    }
    names
}

fn faults(page: &str, used: &[String]) -> Vec<String> {
    let explained = explained(page);
    let unexplained = used.iter().filter(|name| !explained.iter().any(|(known, _)| known == *name));
    let gone = explained.iter().filter(|(name, _)| !used.contains(name));
    let bare = explained.iter().filter(|(_, has_reason)| !has_reason);
    let unexplained = unexplained.map(|name| format!("CONTRIBUTING.md does not say why {name} is used"));
    let gone = gone.map(|(name, _)| format!("CONTRIBUTING.md explains {name}, which nothing uses"));
    let bare = bare.map(|(name, _)| format!("CONTRIBUTING.md names {name} without a reason"));
    unexplained.chain(gone).chain(bare).collect()
}

fn used() -> Vec<String> {
    let of_rust = MANIFESTS.iter().flat_map(|manifest| dependencies_of(manifest));
    let of_rust = of_rust.filter(|name| !name.starts_with("sidelight"));
    let mut names: Vec<String> = of_rust.chain(npm_dependencies(&file("ui/package.json").text)).collect();
    names.sort();
    names.dedup();
    names
}

#[test]
fn every_dependency_has_its_reason_in_contributing() {
    holds(&faults(&file("CONTRIBUTING.md").text, &used()));
}

#[test]
fn a_dependency_without_a_reason_and_a_reason_without_a_dependency_are_seen() {
    let page = "## Dependencies\n\n| for | why |\n|---|---|\n| `url` | the standard of browsers, parsed |\n| `bare` | |\n\n## Next\n\
                | `other` | no row of the table |\n";
    let used = ["url", "bare", "new"].map(str::to_owned);
    sees(&faults(page, &used), "does not say why new");
    sees(&faults(page, &used), "names bare without");
    sees(&faults(page, &[]), "explains url");
    assert!(!faults(page, &used).iter().any(|fault| fault.contains("other")));
}

/// Crates that are called otherwise in code.
const OTHERWISE: [(&str, &str); 2] = [("md-5", "md5"), ("cairo-rs", "cairo")];

/// Named for a feature that another crate needs.
const FOR_A_FEATURE: [&str; 2] = ["aws-credential-types", "objc2-app-kit"];

/// Dependencies of a package that none of its sources names.
fn unused(manifest: &str, dependencies: &[String], sources: &[Source]) -> Vec<String> {
    let folder = match manifest.rsplit_once('/') {
        Some((folder, _)) => vec![folder],
        None => vec!["src-tauri/src", "src-tauri/build.rs"],
    };
    let ours: Vec<String> = sources.iter().filter(|source| source.below(&folder)).map(Source::code).collect();
    let is_named = |name: &String| {
        let otherwise = OTHERWISE.iter().find(|(known, _)| known == name);
        let name = otherwise.map_or_else(|| name.replace('-', "_"), |(_, otherwise)| (*otherwise).to_owned());
        let stands = |code: &String| code.split(|letter| !is_word(letter)).any(|word| word == name);
        ours.iter().any(stands)
    };
    let unused = dependencies.iter().filter(|name| !FOR_A_FEATURE.contains(&name.as_str()) && !is_named(name));
    unused.map(|name| format!("{manifest} names {name}, which its sources do not")).collect()
}

#[test]
fn every_dependency_is_used() {
    let sources: Vec<Source> = all().into_iter().filter(|source| source.is(&["rs"])).collect();
    let unused = MANIFESTS.iter().flat_map(|manifest| unused(manifest, &dependencies_of(manifest), &sources));
    holds(&unused.collect::<Vec<_>>());
}

#[test]
fn a_dependency_that_no_source_names_is_seen() {
    let source = Source::planted("tests/a.rs", "use serde_json::Value; // toml");
    let names = ["serde-json", "toml"].map(str::to_owned);
    let unused = unused("tests/Cargo.toml", &names, &[source]);
    assert_eq!(unused, ["tests/Cargo.toml names toml, which its sources do not"]);
}
