//! A short cut through large books: profiles in the spelling that Sidelight itself writes are read
//! line by line, several times faster than by a whole TOML parser.
//!
//! It only ever says yes: whatever is not plain is TOML's to read, and what is read here is what
//! TOML would read (a property test holds the two together). Must not grow into a parser.

use std::borrow::Cow;

use serde::Deserialize;

use super::format::{BookFormat, ProfileFormat, Text, is_known};
use super::sources::{AccessKeyFormat, MoreOfRole};
use crate::domain::book::Book;

/// Reads a book of our own schema; `None` where only a whole parser can tell.
pub(super) fn read(text: &str) -> Option<Book> {
    if text.contains("\"\"\"") || text.contains("'''") {
        return None;
    }
    let mut rest = String::new();
    let mut profiles = Vec::new();
    for piece in pieces(text) {
        if piece.starts_with("[[profile]]\n") {
            let profile = match plain_profile(piece) {
                Some(plain) => plain.profile(),
                None => unusual_profile(piece)?.profile(),
            };
            profiles.push(profile.ok()?);
        } else {
            // A cut in the middle of a value of many lines would join what does not belong together.
            toml::de::DeTable::parse(piece).ok()?;
            rest.push_str(piece);
        }
    }
    let rest: BookFormat = toml::from_str(&rest).ok()?;
    if !is_known(rest.schema) || rest.profile.is_some() {
        return None;
    }
    let (_, partitions, removed, rules, bookmarks) = rest.into_parts().ok()?;
    Book::from_parts(profiles, partitions, removed, rules, bookmarks).ok()
}

/// The text, cut before each line that begins an array's table.
fn pieces(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let end = rest.find("\n[[").map_or(rest.len(), |at| at + 1);
        let (piece, after) = rest.split_at(end);
        rest = after;
        (!piece.is_empty()).then_some(piece)
    })
}

/// A piece with something unusual in it, such as a key of the user's own; but no table that is
/// not the profile's, because that might be there twice.
fn unusual_profile(piece: &str) -> Option<ProfileFormat<'_>> {
    #[derive(Deserialize)]
    struct OneProfile<'a> {
        #[serde(borrow)]
        profile: (ProfileFormat<'a>,),
    }
    let mut headers = piece.lines().skip(1).map(str::trim_start).filter(|line| line.starts_with('['));
    let is_one = headers.all(|header| header.starts_with("[profile."));
    is_one.then(|| toml::from_str::<OneProfile>(piece).ok()).flatten().map(|one| one.profile.0)
}

fn plain_profile(piece: &str) -> Option<ProfileFormat<'_>> {
    if piece.bytes().any(|byte| (byte < b' ' && byte != b'\n') || byte == 0x7f) {
        return None;
    }
    let [mut id, mut name, mut group, mut account, mut partition, mut region, mut mark] = [const { None }; 7];
    let mut lines = piece.lines().skip(1);
    for line in lines.by_ref().take_while(|line| *line != "[profile.access_key]") {
        let (slot, value) = match pair(line)? {
            None => continue,
            Some(("id", value)) => (&mut id, value),
            Some(("name", value)) => (&mut name, value),
            Some(("group", value)) => (&mut group, value),
            Some(("account", value)) => (&mut account, value),
            Some(("partition", value)) => (&mut partition, value),
            Some(("region", value)) => (&mut region, value),
            Some(("mark", value)) => (&mut mark, value),
            Some(_) => return None,
        };
        put(slot, plain_text(value)?)?;
    }
    let access_key = plain_access_key(lines)?;
    let (id, name, partition, region) = (id?, name?, partition?, region?);
    Some(ProfileFormat {
        id,
        name,
        group,
        account,
        partition,
        region,
        mark,
        guards: None,
        sites: Vec::new(),
        access_key: Some(access_key),
        role: None,
        identity_center: None,
        config_profile: None,
        sign_in_page: None,
        removed_at: None,
        removed_before: None,
    })
}

fn plain_access_key<'a>(lines: impl Iterator<Item = &'a str>) -> Option<AccessKeyFormat<'a>> {
    let [mut id, mut role, mut external_id, mut session_policy] = [const { None }; 4];
    let mut duration_seconds = None;
    for line in lines {
        let (slot, value) = match pair(line)? {
            None => continue,
            Some(("duration_seconds", value)) => {
                put(&mut duration_seconds, plain_number(value)?)?;
                continue;
            }
            Some(("id", value)) => (&mut id, value),
            Some(("role", value)) => (&mut role, value),
            Some(("external_id", value)) => (&mut external_id, value),
            Some(("session_policy", value)) => (&mut session_policy, value),
            Some(_) => return None,
        };
        put(slot, plain_text(value)?)?;
    }
    Some(AccessKeyFormat { id: id?, role, external_id, session_policy, duration_seconds, more: MoreOfRole::default() })
}

/// Key and value of a line; `Some(None)` for one that says nothing.
#[expect(clippy::option_option, reason = "not plain, says nothing, and a pair are three answers")]
fn pair(line: &str) -> Option<Option<(&str, &str)>> {
    if line.is_empty() || line.starts_with('#') { Some(None) } else { line.split_once(" = ").map(Some) }
}

/// A key that is there twice is TOML's to refuse.
fn put<Value>(slot: &mut Option<Value>, value: Value) -> Option<()> {
    slot.replace(value).is_none().then_some(())
}

/// The only thing on its line, and without an escape.
fn plain_text(value: &str) -> Option<Text<'_>> {
    let quote = value.chars().next().filter(|first| matches!(first, '"' | '\''))?;
    let inner = value.strip_prefix(quote)?.strip_suffix(quote)?;
    (!inner.contains([quote, '\\'])).then_some(Cow::Borrowed(inner))
}

/// Decimal digits; TOML refuses a zero before others.
fn plain_number(value: &str) -> Option<u32> {
    let is_plain = value.bytes().all(|byte| byte.is_ascii_digit()) && !value.starts_with('0');
    is_plain.then(|| value.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::format;
    use super::*;

    fn by_toml(text: &str) -> Option<Book> {
        let format: BookFormat = toml::from_str(text).ok()?;
        if !is_known(format.schema) {
            return None;
        }
        let (profiles, partitions, removed, rules, bookmarks) = format.into_parts().ok()?;
        Book::from_parts(profiles, partitions, removed, rules, bookmarks).ok()
    }

    const ACCESS_KEY: &str =
        "[profile.access_key]\nid = \"AKIAIOSFODNN7EXAMPLE\"\nrole = \"arn:aws:iam::111122223333:role/Admin\"\n";

    #[test]
    fn a_book_in_our_own_spelling_is_read_by_the_short_cut() {
        let text = format!(
            "schema = 1\n\n[[profile]]\nid = \"a\"\nname = 'a \"b\"'\npartition = \"aws\"\nregion = \"us-east-1\"\n{ACCESS_KEY}duration_seconds = 3600\n\n{}\n",
            format::END
        );
        assert!(plain_profile(text.split_at(12).1).is_some());
        assert_eq!(read(&text), by_toml(&text));
        assert!(read(&text).is_some_and(|book| book.profiles().len() == 1));
    }

    /// Lines that are plain, odd or wrong, in any order.
    fn line() -> impl Strategy<Value = String> {
        let own = [
            "[[profile]]",
            "[[profile]]",
            "[[removed]]",
            "[[partition]]",
            "[profile.access_key]",
            "[mine]",
            "[[profile.mine]]",
            "id = \"a\"",
            "id = \"b\"",
            "id = \"c\"",
            "name = \"n\"",
            "name = 'm'",
            "name = \"\\u0061\"",
            "name = \"a\"b\"",
            "'name' = \"x\"",
            "partition = \"aws\"",
            "partition = \"aws\" # usual",
            "region = \"us-east-1\"",
            "region=\"us-east-1\"",
            "mark = \"P\"",
            "guards = { read_only = true }",
            "[profile.guards]",
            "cover_after_minutes = 5",
            "[[rule]]\non = \"name\"\npattern = \"p\"\nword = \"P\"",
            "[[bookmark]]\nid = \"k\"\nname = \"n\"\npage = \"/s3\"",
            "duration_seconds = 3600",
            "duration_seconds = 0",
            "duration_seconds = 03600",
            "duration_seconds = 3_600",
            "role = \"arn:aws:iam::111122223333:role/Admin\"",
            "id = \"AKIAIOSFODNN7EXAMPLE\"",
            "session_policy = \"x\"",
            "mine = [",
            "[[1]],",
            "]",
            "mine = \"\"\"",
            "\"\"\"",
            "'''",
            "# comment",
            "",
            "profile = []",
            "\tname = \"t\"",
            "mine = 1\r",
            "schema = 1",
        ];
        proptest::sample::select(own.map(str::to_owned).to_vec())
    }

    fn whole(id: &str) -> String {
        format!(
            "[[profile]]\nid = \"{id}\"\nname = \"{id}\"\npartition = \"aws\"\nregion = \"us-east-1\"\n{ACCESS_KEY}"
        )
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4_000))]
        #[test]
        fn what_the_short_cut_reads_is_what_toml_reads(
            before in proptest::collection::vec(line(), 0..4),
            between in proptest::collection::vec(line(), 0..4),
            after in proptest::collection::vec(line(), 0..4),
            cut in 0_usize..40,
        ) {
            let [before, between, after] = [before, between, after].map(|lines| lines.join("\n"));
            let text = format!("schema = 1\n{before}\n{}{between}\n{}{after}\n", whole("x"), whole("y"));
            for text in [&text, &text[..text.floor_char_boundary(text.len().saturating_sub(cut))]] {
                if let Some(book) = read(text) {
                    prop_assert_eq!(Some(book), by_toml(text), "{}", text);
                }
            }
        }
    }
}
