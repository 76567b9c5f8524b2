//! The name that a download gets on disk, whatever the page or the server calls it.
//!
//! Not whether it is free (`storage::download_folder`).

use unicode_normalization::UnicodeNormalization;

/// The most bytes that a name may have; what every file system of the three takes.
const LONGEST_NAME: usize = 200;

/// A name from outside, made into one that is a plain file's in whatever folder: no directory, no
/// control, bidirectional or zero-width character, nothing that Windows reserves, at most 200 bytes
/// with its extension kept. Never empty.
#[must_use]
pub fn safe_file_name(from_outside: &str) -> String {
    let base = from_outside.rsplit(['/', '\\']).next().unwrap_or_default();
    let kept = plain(base);
    let kept = kept.trim_matches(is_edge);
    let name = shortened(if kept.is_empty() { "download" } else { kept }, LONGEST_NAME);
    if is_reserved(&name) { shortened(&format!("_{name}"), LONGEST_NAME) } else { name }
}

/// The name with a number before its extension: `report (2).csv`.
#[must_use]
pub fn numbered(name: &str, number: u32) -> String {
    let (stem, extension) = split(name);
    let suffix = format!(" ({number}){extension}");
    format!("{}{suffix}", cut(stem, LONGEST_NAME.saturating_sub(suffix.len())).trim_end_matches(is_edge))
}

/// NFC, without what is dropped: that may have stood between characters that now compose, and composing
/// may make what is dropped.
fn plain(text: &str) -> String {
    let mut text = text.to_owned();
    loop {
        let next: String = text.chars().filter(|character| !is_dropped(*character)).nfc().collect();
        if next == text {
            return text;
        }
        text = next;
    }
}

/// What a name neither begins nor ends with.
fn is_edge(character: char) -> bool {
    character == '.' || character.is_whitespace()
}

fn is_dropped(character: char) -> bool {
    is_unseen(character) || "<>:\"/\\|?*".contains(character)
}

/// Control, bidirectional and zero-width characters (Unicode's default ignorables).
fn is_unseen(character: char) -> bool {
    character.is_control()
        || matches!(character,
            '\u{00ad}' | '\u{034f}' | '\u{061c}' | '\u{115f}'..='\u{1160}' | '\u{17b4}'..='\u{17b5}'
            | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
            | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{1bca0}'..='\u{1bca3}'
            | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
}

/// Names of devices on Windows, with whatever extension.
fn is_reserved(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default().trim_end().to_ascii_uppercase();
    match stem.as_str() {
        "CON" | "PRN" | "AUX" | "NUL" | "CONIN$" | "CONOUT$" => true,
        port => port.strip_prefix("COM").or_else(|| port.strip_prefix("LPT")).is_some_and(|digit| {
            matches!(digit, "0" | "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9" | "¹" | "²" | "³")
        }),
    }
}

fn shortened(name: &str, most: usize) -> String {
    if name.len() <= most {
        return name.to_owned();
    }
    let (stem, extension) = split(name);
    let stem = cut(stem, most - extension.len()).trim_end_matches(is_edge);
    format!("{stem}{extension}")
}

/// What is longer, or has spaces in it, ends a sentence and is no extension.
const LONGEST_EXTENSION: usize = 40;

/// Extensions that say how what stands before them is packed.
const PACKED: [&str; 5] = [".gz", ".bz2", ".xz", ".zst", ".br"];

/// Stem and extension (with its dot; `.tar.gz` and `.csv.gz` count as one); a leading dot begins no
/// extension.
fn split(name: &str) -> (&str, &str) {
    let Some((stem, extension)) = split_last(name) else { return (name, "") };
    let inner = split_last(stem).filter(|_| PACKED.iter().any(|packed| extension.eq_ignore_ascii_case(packed)));
    match inner.filter(|(_, inner)| inner.len() + extension.len() <= LONGEST_EXTENSION) {
        Some((stem, _)) => name.split_at(stem.len()),
        None => (stem, extension),
    }
}

fn split_last(name: &str) -> Option<(&str, &str)> {
    let (stem, extension) = name.rfind('.').filter(|at| *at > 0).map(|at| name.split_at(at))?;
    let fits = extension.len() <= LONGEST_EXTENSION && !extension.contains(char::is_whitespace);
    fits.then_some((stem, extension))
}

/// At most `most` bytes, cut between characters.
fn cut(text: &str, most: usize) -> &str {
    &text[..text.floor_char_boundary(most)]
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn hostile_names_become_plain_ones() {
        for (hostile, plain) in [
            ("report.csv", "report.csv"),
            ("売上 2026-10.csv", "売上 2026-10.csv"),
            ("", "download"),
            (".", "download"),
            ("..", "download"),
            ("../../etc/passwd", "passwd"),
            ("..\\..\\boot.ini", "boot.ini"),
            ("/etc/", "download"),
            (".bashrc", "bashrc"),
            ("a\u{202e}gpj.exe", "agpj.exe"),
            ("a\0b\nc", "abc"),
            ("CON", "_CON"),
            ("con.txt", "_con.txt"),
            ("lpt1.tar.gz", "_lpt1.tar.gz"),
            ("COM10", "COM10"),
            ("trailing. . .", "trailing"),
            ("  spaced  ", "spaced"),
            ("a<b>c:d\"e|f?g*h", "abcdefgh"),
            ("\u{200b}\u{feff}", "download"),
            ("e\u{301}.txt", "é.txt"),
            ("C:\\Windows\\x.dll", "x.dll"),
            ("x.txt::$DATA", "x.txt$DATA"),
            (". . hidden", "hidden"),
            ("\u{1e008}<\u{1d165}", "\u{1d165}\u{1e008}"),
        ] {
            assert_eq!(safe_file_name(hostile), plain, "{hostile:?}");
        }
    }

    #[test]
    fn a_long_name_keeps_its_extension() {
        let name = safe_file_name(&format!("{}.tar.gz", "あ".repeat(300)));
        assert!(name.len() <= 200 && name.ends_with(".tar.gz"), "{name}");
    }

    #[test]
    fn a_taken_name_gets_a_number_before_its_extension() {
        assert_eq!(numbered("report.csv", 2), "report (2).csv");
        assert_eq!(numbered("logs.tar.gz", 3), "logs (3).tar.gz");
        assert_eq!(numbered("README", 2), "README (2)");
        assert!(numbered(&"a".repeat(200), 12).len() <= 200);
    }

    proptest! {
        #[test]
        fn whatever_comes_in_a_plain_direct_child_comes_out(text in "\\PC{0,400}|.{0,60}", number in 2_u32..100_000) {
            let name = safe_file_name(&text);
            for name in [numbered(&name, number), name] {
                prop_assert!(!name.is_empty() && name.len() <= 200);
                prop_assert!(!name.contains(['/', '\\', '\0']) && !name.chars().any(is_dropped));
                prop_assert!(!name.starts_with('.') && !name.ends_with('.') && !name.ends_with(' '));
                prop_assert!(!is_reserved(&name));
                let path = std::path::Path::new("/folder").join(&name);
                prop_assert_eq!(path.parent(), Some(std::path::Path::new("/folder")));
            }
        }

        #[test]
        fn mending_twice_changes_nothing_more(text in "\\PC{0,400}") {
            let once = safe_file_name(&text);
            prop_assert_eq!(safe_file_name(&once), once);
        }
    }
}
