//! Download: one file on its way from a tab to disk, its states, and the name it gets there.
//!
//! Not the transfer (the shell) nor the making of the file (`storage`). Grows with resume.

use std::fmt;

use jiff::Timestamp;
use unicode_normalization::UnicodeNormalization;

use super::profile::ProfileId;

/// A download's id, unique while the app runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct DownloadId(pub u64);

impl fmt::Display for DownloadId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "d{}", self.0)
    }
}

/// One file on its way from a tab to disk.
#[derive(Clone, Debug, PartialEq)]
pub struct Download<Failure> {
    /// Its id.
    pub id: DownloadId,
    /// Whose.
    pub profile: ProfileId,
    /// The name it has, or will have, on disk.
    pub name: String,
    /// The folder.
    pub folder: std::path::PathBuf,
    /// Where it comes from.
    pub host: String,
    /// Bytes that have arrived.
    pub bytes: u64,
    /// Bytes that the server announced.
    pub total: Option<u64>,
    /// Bytes a second, since it began.
    pub speed: Option<f64>,
    /// When it began.
    pub started_at: Timestamp,
    /// Where it stands.
    pub state: DownloadState<Failure>,
}

/// Where a download stands.
#[derive(Clone, Debug, PartialEq)]
pub enum DownloadState<Failure> {
    /// Bytes are arriving.
    Running,
    /// Whole, under its own name.
    Done,
    /// Not whole; no file is left under its name.
    Failed(Failure),
    /// The user did not want it any more.
    Cancelled,
}

impl<Failure> Download<Failure> {
    /// Whether it still does something.
    #[must_use]
    pub fn is_running(&self) -> bool {
        matches!(self.state, DownloadState::Running)
    }
}

/// The most bytes that a name may have; what every file system of the three takes.
const LONGEST_NAME: usize = 200;

/// A name from outside, made into one that is a plain file's in whatever folder: no directory, no
/// control, bidirectional or zero-width character, nothing that Windows reserves, at most 200 bytes
/// with its extension kept. Never empty.
#[must_use]
pub fn safe_file_name(from_outside: &str) -> String {
    let base = from_outside.rsplit(['/', '\\']).next().unwrap_or_default();
    // What is dropped may have stood between characters that now compose, and composing may make
    // what is dropped.
    let kept: String = base.chars().filter(is_kept).nfc().filter(is_kept).collect();
    let kept = kept.trim_matches(is_edge);
    let name = if kept.is_empty() { "download".to_owned() } else { kept.to_owned() };
    let name = if is_reserved(&name) { format!("_{name}") } else { name };
    shortened(&name, LONGEST_NAME)
}

/// The name with a number before its extension: `report (2).csv`.
#[must_use]
pub fn numbered(name: &str, number: u32) -> String {
    let (stem, extension) = split(name);
    let suffix = format!(" ({number}){extension}");
    format!("{}{suffix}", cut(stem, LONGEST_NAME.saturating_sub(suffix.len())))
}

/// What a name neither begins nor ends with.
fn is_edge(character: char) -> bool {
    character == '.' || character.is_whitespace()
}

fn is_kept(character: &char) -> bool {
    !is_dropped(*character)
}

fn is_dropped(character: char) -> bool {
    character.is_control()
        || "<>:\"/\\|?*".contains(character)
        || matches!(character,
            '\u{00ad}' | '\u{034f}' | '\u{061c}' | '\u{115f}'..='\u{1160}' | '\u{17b4}'..='\u{17b5}'
            | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
            | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}')
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
    let extension = cut(extension, 40).trim_end_matches(is_edge);
    let stem = cut(stem, most - extension.len()).trim_end_matches(is_edge);
    format!("{stem}{extension}")
}

/// Stem and extension (with its dot; `.tar.gz` counts as one); a leading dot begins no extension.
fn split(name: &str) -> (&str, &str) {
    let Some(at) = name.rfind('.').filter(|at| *at > 0) else {
        return (name, "");
    };
    let (stem, extension) = name.split_at(at);
    match stem.strip_suffix(".tar").filter(|rest| !rest.is_empty()) {
        Some(rest) => name.split_at(rest.len()),
        None => (stem, extension),
    }
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
