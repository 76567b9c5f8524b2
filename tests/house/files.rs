//! Files: short enough to be read at once, and beginning with what they are; no layer without one.

use crate::sources::{Source, all, rust_products};
use crate::{holds, sees};

/// Lines.
const LONGEST: usize = 400;

/// Folders that must hold what they are there for, and their kind of file.
const LAYERS: [(&str, &str); 11] = [
    ("src-tauri/core/src/domain", "rs"),
    ("src-tauri/core/src/app", "rs"),
    ("src-tauri/core/src/aws", "rs"),
    ("src-tauri/core/src/storage", "rs"),
    ("src-tauri/core/src/control", "rs"),
    ("src-tauri/cli/src/commands", "rs"),
    ("src-tauri/src/console", "rs"),
    ("src-tauri/demo/src", "rs"),
    ("src-tauri/xtask/src", "rs"),
    ("ui/src/components", "svelte"),
    ("ui/src/lib", "ts"),
];

/// Less code than this is no layer.
const LEAST: usize = 100;

fn too_long(sources: &[Source]) -> Vec<String> {
    let lines = |source: &Source| source.text.lines().count();
    let long = sources.iter().filter(|source| lines(source) > LONGEST);
    long.map(|source| format!("{} has {} lines, {LONGEST} are allowed", source.path, lines(source))).collect()
}

fn without_header(sources: &[Source]) -> Vec<String> {
    let has_one = |source: &Source| {
        let first = source.text.trim_start_matches("#!/usr/bin/env python3\n").lines().next().unwrap_or_default();
        match source.path.rsplit_once('.').map(|(_, kind)| kind) {
            Some("rs") => first.starts_with("//! "),
            Some("ts" | "mjs") => first.starts_with("// ") || first.starts_with("/*"),
            Some("py") => first.starts_with("\"\"\"") || first.starts_with("# "),
            _ => true,
        }
    };
    let bare = sources.iter().filter(|source| !has_one(source));
    bare.map(|source| format!("{} does not begin with what it is", source.path)).collect()
}

fn empty_layers(sources: &[Source]) -> Vec<String> {
    let lines_of_code = |folder: &str, kind: &str| -> usize {
        let inside = sources.iter().filter(|source| source.is(&[kind]) && source.below(&[folder]));
        inside.map(|source| source.product().lines().filter(|line| !line.trim().is_empty()).count()).sum()
    };
    let empty = LAYERS.iter().filter(|(folder, kind)| lines_of_code(folder, kind) < LEAST);
    empty.map(|(folder, _)| format!("{folder} is empty, or nearly so")).collect()
}

#[test]
fn no_source_file_is_longer_than_four_hundred_lines() {
    holds(&too_long(&all()));
    sees(&too_long(&[Source::planted("a.css", &"x\n".repeat(401))]), "a.css has 401 lines");
    holds(&too_long(&[Source::planted("a.css", &"x\n".repeat(400))]));
}

#[test]
fn every_module_begins_with_what_it_is() {
    holds(&without_header(&all()));
    sees(&without_header(&[Source::planted("a.rs", "use std::fmt;\n")]), "a.rs");
    sees(&without_header(&[Source::planted("a.ts", "export {};\n")]), "a.ts");
    sees(&without_header(&[Source::planted("a.py", "import os\n")]), "a.py");
}

#[test]
fn no_layer_is_empty() {
    let mut sources = rust_products();
    sources.extend(all().into_iter().filter(|source| !source.is(&["rs"])));
    holds(&empty_layers(&sources));
    sources.retain(|source| !source.below(&["src-tauri/core/src/storage"]));
    sees(&empty_layers(&sources), "src-tauri/core/src/storage is empty");
}
