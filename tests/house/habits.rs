//! Habits: tests that wait for something instead of sleeping and are all run, lints that are
//! expected with a reason, no notes to oneself.

use crate::sources::{Source, all, line_of};
use crate::{holds, sees};

/// The one poll of the tests.
const WAIT: &str = "tests/harness/wait.rs";

/// Whoever else may sleep: a lock of another process's, which no system waits for with a deadline; and
/// the bench, which must look oftener than the harness does.
const SLEEPERS: [&str; 3] = [WAIT, "src-tauri/core/src/storage/lock.rs", "tests/bench/timing.rs"];

/// Sleeps of any thread, and of a test's task: the app's tasks may wait between two tries.
fn sleepers(sources: &[Source]) -> Vec<String> {
    let mut wrong = Vec::new();
    for source in sources.iter().filter(|source| source.is(&["rs"]) && !SLEEPERS.contains(&source.path.as_str())) {
        let code = source.code();
        let is_a_test = source.path.contains("tests/");
        for (at, _) in code.match_indices(if is_a_test { "::sleep(" } else { "thread::sleep" }) {
            wrong.push(format!("{}:{} sleeps: wait for a condition", source.path, line_of(&code, at)));
        }
    }
    wrong
}

/// Tests that nobody runs. A test may be another test's second process, and says so.
fn ignored(sources: &[Source]) -> Vec<String> {
    let mut wrong = Vec::new();
    for source in sources.iter().filter(|source| source.is(&["rs"])) {
        let code = source.code();
        for (at, _) in code.match_indices("#[ignore") {
            let line = source.text[at..].lines().next().unwrap_or_default();
            if !line.contains("the other tests start it") {
                wrong.push(format!("{}:{} is never run", source.path, line_of(&code, at)));
            }
        }
    }
    let marks = [".skip(", ".only(", "test.todo", "it.todo"];
    for source in sources.iter().filter(|source| source.path.ends_with(".test.ts")) {
        for mark in marks {
            let found = source.text.match_indices(mark);
            wrong.extend(found.map(|(at, _)| format!("{}:{} is not run", source.path, line_of(&source.text, at))));
        }
    }
    wrong
}

/// Lints that are switched off, instead of expected with a reason.
fn bare_allowances(sources: &[Source]) -> Vec<String> {
    let mut wrong = Vec::new();
    for source in sources.iter().filter(|source| source.is(&["rs"])) {
        let code = source.code();
        for start in ["#[allow(", "#![allow(", "#[expect(", "#![expect("] {
            for (at, _) in code.match_indices(start) {
                let end = code[at..].find(']').map_or(code.len(), |length| at + length);
                if !code[at..end].contains("reason") {
                    wrong.push(format!("{}:{} gives no reason", source.path, line_of(&code, at)));
                }
            }
        }
    }
    let marks = ["eslint-disable", "@ts-ignore", "@ts-nocheck"];
    for source in sources.iter().filter(|source| source.is(&["ts", "svelte"])) {
        for line in source.text.lines().filter(|line| marks.iter().any(|mark| line.contains(mark))) {
            if !line.contains(" -- ") {
                wrong.push(format!("{}: {} gives no reason", source.path, line.trim()));
            }
        }
    }
    wrong
}

fn notes_to_oneself(sources: &[Source]) -> Vec<String> {
    let words = [concat!("TO", "DO"), concat!("FIX", "ME"), concat!("XX", "X:"), concat!("HA", "CK")];
    let mut wrong = Vec::new();
    for source in sources {
        for word in words {
            let found = source.text.match_indices(word);
            wrong.extend(found.map(|(at, _)| format!("{}:{} has a {word}", source.path, line_of(&source.text, at))));
        }
    }
    wrong
}

#[test]
fn nothing_sleeps_but_the_three_that_must() {
    holds(&sleepers(&all()));
    let planted = "std::thread::sleep(Duration::from_secs(1));";
    sees(&sleepers(&[Source::planted("tests/app/window.rs", planted)]), "window.rs:1");
    sees(&sleepers(&[Source::planted("a/tests/b.rs", "tokio::time::sleep(Duration::ZERO).await;")]), "b.rs:1");
    holds(&sleepers(&[Source::planted(WAIT, planted)]));
}

#[test]
fn every_test_is_run() {
    holds(&ignored(&all()));
    sees(&ignored(&[Source::planted("a.rs", "#[test]\n#[ignore]\nfn a() {}")]), "a.rs:2");
    sees(&ignored(&[Source::planted("a.rs", "#[ignore = \"slow\"]\nfn a() {}")]), "a.rs:1");
    sees(&ignored(&[Source::planted("ui/a.test.ts", "it.skip('x', () => {})")]), "a.test.ts:1");
}

#[test]
fn a_lint_is_never_switched_off_without_a_reason() {
    holds(&bare_allowances(&all()));
    sees(&bare_allowances(&[Source::planted("a.rs", "#[allow(dead_code)]\nfn a() {}")]), "a.rs:1");
    sees(&bare_allowances(&[Source::planted("a.ts", "// eslint-disable-next-line no-console")]), "a.ts");
}

#[test]
fn there_are_no_notes_to_oneself() {
    holds(&notes_to_oneself(&all()));
    let planted = format!("// {}: later", concat!("TO", "DO"));
    sees(&notes_to_oneself(&[Source::planted("a.rs", &planted)]), "a.rs:1");
}
