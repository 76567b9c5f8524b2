//! A short cut through large books: profiles in the spelling that Sidelight itself writes are read
//! line by line, several times faster than by a whole TOML parser.
//!
//! It only ever says yes: whatever is not plain is TOML's to read, and what is read here is what
//! TOML would read (a property test holds the two together). Must not grow into a parser.

use serde::Deserialize;

use super::format::{AccessKeyFormat, BookFormat, ProfileFormat, Text};

const PROFILE: &str = "[[profile]]\n";

/// Reads a book; `None` where only a whole parser can tell.
pub(super) fn read(text: &str) -> Option<BookFormat<'_, String>> {
    let spans_lines = text.contains("\"\"\"") || text.contains("'''");
    if spans_lines || !text.contains(PROFILE) {
        return None;
    }
    let mut rest = String::new();
    let mut profiles = Vec::new();
    for piece in pieces(text) {
        if piece.starts_with(PROFILE) {
            profiles.push(plain_profile(piece).or_else(|| any_profile(piece))?);
        } else {
            rest.push_str(piece);
        }
    }
    let rest: BookFormat<'_, String> = toml::from_str(&rest).ok()?;
    rest.profile.is_none().then_some(BookFormat { profile: Some(profiles), ..rest })
}

/// The text, cut before each line that begins an array's table.
fn pieces(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let end = rest.get(1..)?.find("\n[[").map_or(rest.len(), |at| at + 2);
        let (piece, after) = rest.split_at(end);
        rest = after;
        Some(piece)
    })
}

