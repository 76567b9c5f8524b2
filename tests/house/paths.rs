//! Paths in Rust code: `a::b::c`, also out of `use a::{b, c::d}`, with `super` resolved.
//!
//! Not what they may lead to (`direction`).

use crate::sources::{is_word, line_of};

/// A path as it is written, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PathUse {
    /// Its parts.
    pub parts: Vec<String>,
    /// Its line, counted from 1.
    pub line: usize,
}

impl PathUse {
    /// With `::` between the parts.
    pub fn text(&self) -> String {
        self.parts.join("::")
    }

    /// Whether it begins with all of `start` (`app::error`).
    pub fn leads_into(&self, start: &str) -> bool {
        let start: Vec<&str> = start.split("::").collect();
        self.parts.len() >= start.len() && self.parts.iter().zip(start).all(|(part, wanted)| part == wanted)
    }
}

/// Every path of two or more parts in code without words.
pub fn paths(code: &str) -> Vec<PathUse> {
    let tokens = tokens(code);
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let follows = at > 0 && matches!(tokens[at - 1].0, "::" | ".");
        if !follows && is_name(tokens[at].0) {
            at = path(&tokens, at, code, &[], &mut found);
        } else {
            at += 1;
        }
    }
    found.retain(|path| path.parts.len() > 1);
    found
}

/// As [`paths`], with those through `self` and `super` spelled from `crate`. `module` is where the
/// code stands, such as `["domain", "book"]`.
pub fn absolute(code: &str, module: &[&str]) -> Vec<PathUse> {
    let mut found = paths(code);
    for path in &mut found {
        let ups = path.parts.iter().take_while(|part| *part == "super").count();
        if ups > 0 {
            let base = module.len().saturating_sub(ups);
            let rest = path.parts.split_off(ups);
            path.parts = std::iter::once("crate").chain(module[..base].iter().copied()).map(str::to_owned).collect();
            path.parts.extend(rest);
        }
    }
    found
}

/// Reads a path that begins at `at`; answers where it ends.
fn path(tokens: &[(&str, usize)], at: usize, code: &str, before: &[String], found: &mut Vec<PathUse>) -> usize {
    let mut parts = before.to_vec();
    let line = line_of(code, tokens[at].1);
    let mut here = at;
    loop {
        parts.push(tokens[here].0.to_owned());
        here += 1;
        if tokens.get(here).is_none_or(|token| token.0 != "::") {
            break;
        }
        match tokens.get(here + 1).map(|token| token.0) {
            Some(name) if is_name(name) => here += 1,
            Some("{") => return group(tokens, here + 2, code, &parts, found),
            _ => {
                here += 1;
                break;
            }
        }
    }
    found.push(PathUse { parts, line });
    here
}

/// Reads what stands between braces in a `use`.
fn group(tokens: &[(&str, usize)], at: usize, code: &str, before: &[String], found: &mut Vec<PathUse>) -> usize {
    let mut here = at;
    while let Some((token, _)) = tokens.get(here) {
        match *token {
            "}" => return here + 1,
            name if is_name(name) && name != "as" => here = path(tokens, here, code, before, found),
            _ => here += 1,
        }
    }
    here
}

fn is_name(token: &str) -> bool {
    token.chars().next().is_some_and(|letter| letter.is_alphabetic() || letter == '_')
}

/// Names, `::`, and single other letters, with their places.
fn tokens(code: &str) -> Vec<(&str, usize)> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while at < code.len() {
        let rest = &code[at..];
        let word: usize = rest.chars().take_while(|letter| is_word(*letter)).map(char::len_utf8).sum();
        let length = match rest {
            _ if word > 0 => word,
            _ if rest.starts_with("::") => 2,
            _ => rest.chars().next().map_or(1, char::len_utf8),
        };
        if !rest.starts_with(char::is_whitespace) {
            tokens.push((&rest[..length], at));
        }
        at += length;
    }
    tokens
}

#[test]
fn groups_are_opened_and_super_is_resolved() {
    let texts = |code: &str| absolute(code, &["domain", "book"]).iter().map(PathUse::text).collect::<Vec<_>>();
    assert_eq!(texts("use a::{b, c::{d, e::f}};"), ["a::b", "a::c::d", "a::c::e::f"]);
    assert_eq!(
        texts("use super::mark::Mark; use super::super::app::App;"),
        ["crate::domain::mark::Mark", "crate::app::App"]
    );
    assert_eq!(texts("let x = thing.a::<B>(); y::<C>(z::w())"), ["z::w"]);
}
