//! Names from outside: what each of the table becomes, and that a download under it stays in its folder.
//!
//! The rows are `file_names.tsv` beside this file; its header says what the columns are. What else the folder
//! promises is in `storage_downloads.rs`.

use std::collections::{BTreeMap, HashSet};
use std::fs::{self, Permissions};
use std::path::{Component, Path, PathBuf};
use std::str::Chars;
use std::time::SystemTime;

use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::TestCaseResult;
use sidelight_core::domain::download::{Announced, numbered, safe_file_name};
use sidelight_core::storage::download_folder::DownloadFolder;
use unicode_normalization::{UnicodeNormalization, is_nfc};

type Tested = Result<(), Box<dyn std::error::Error>>;

const ROWS: &str = include_str!("file_names.tsv");

struct Row {
    /// Of the file, for whoever has to look.
    line: usize,
    group: &'static str,
    name: String,
    expected: String,
}

fn rows() -> Vec<Row> {
    let lines = ROWS.lines().enumerate().filter(|(_, line)| !line.is_empty() && !line.starts_with('#'));
    let rows = lines.map(|(index, line)| {
        let [group, name, expected] = line.split('\t').collect::<Vec<_>>()[..] else {
            panic!("line {}: three columns, with tabs between", index + 1);
        };
        let expected = if expected == "=" { name } else { expected };
        Row {
            line: index + 1,
            group,
            name: spelled_out(&mut name.chars()),
            expected: spelled_out(&mut expected.chars()),
        }
    });
    rows.collect()
}

/// Reads a cell's escapes up to its end, or to that of what is repeated.
fn spelled_out(left: &mut Chars<'_>) -> String {
    let mut text = String::new();
    while let Some(next) = left.next() {
        if next != '\\' {
            text.push(next);
            continue;
        }
        match left.next().expect("an escape") {
            '0' => text.push('\0'),
            't' => text.push('\t'),
            'n' => text.push('\n'),
            'r' => text.push('\r'),
            's' => text.push(' '),
            '\\' => text.push('\\'),
            'u' => {
                let digits: String = left.skip(1).take_while(|next| *next != '}').collect();
                let character = u32::from_str_radix(&digits, 16).ok().and_then(char::from_u32);
                text.push(character.expect("a character's number"));
            }
            '{' => {
                let times: String = left.take_while(|next| *next != '*').collect();
                text.push_str(&spelled_out(left).repeat(times.parse().expect("how often")));
            }
            '}' => break,
            other => panic!("{other:?} is no escape"),
        }
    }
    text
}

#[test]
fn every_name_of_the_table_becomes_what_its_row_tells() {
    let mut wrong = Vec::new();
    for Row { line, group, name, expected } in rows() {
        let found = safe_file_name(&name);
        if found != expected {
            wrong.push(format!("line {line}, {group}: {name:?}\n  became   {found:?}\n  expected {expected:?}"));
        }
        if let Err(failed) = insist_on_a_plain_name(&expected) {
            wrong.push(format!("line {line}, {group}: nothing may be expected to become {expected:?}: {failed}"));
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn the_table_has_four_hundred_names_and_none_twice() {
    let mut names = HashSet::new();
    for row in rows() {
        assert!(names.insert(row.name), "line {}: this name is there twice", row.line);
    }
    assert!(names.len() >= 400, "{}", names.len());
}

/// A folder of downloads some levels below a root, with files in every folder on the way that hostile names aim at.
struct Watched {
    root: tempfile::TempDir,
    canaries: BTreeMap<PathBuf, Seen>,
    folder: DownloadFolder,
    /// What has been downloaded: its name on disk, and the name from outside, which is its content.
    downloads: BTreeMap<String, String>,
}

/// What is seen of a file or folder outside.
#[derive(Debug, PartialEq)]
struct Seen {
    /// Nothing for a folder.
    content: Option<Vec<u8>>,
    permissions: Permissions,
    modified: Option<SystemTime>,
}

impl Watched {
    fn new() -> Result<Self, Box<dyn std::error::Error>> {
        let root = tempfile::tempdir()?;
        let mut level = root.path().to_owned();
        for below in ["home", "me", "downloads"] {
            for canary in ["canary", "passwd", "boot.ini", "x.txt", "x.csv", ".bashrc", "etc/passwd", "share/x.txt"] {
                let canary = level.join(canary);
                fs::create_dir_all(canary.parent().unwrap_or(&level))?;
                fs::write(&canary, canary.as_os_str().as_encoded_bytes())?;
            }
            level.push(below);
            fs::create_dir(&level)?;
        }
        let mut watched =
            Self { root, canaries: BTreeMap::new(), folder: DownloadFolder::new(&level), downloads: BTreeMap::new() };
        watched.canaries = watched.outside()?;
        Ok(watched)
    }

    fn outside(&self) -> Result<BTreeMap<PathBuf, Seen>, std::io::Error> {
        let mut seen = BTreeMap::new();
        let mut folders = vec![self.root.path().to_owned()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder)? {
                let path = entry?.path();
                if path == self.folder.path() {
                    continue;
                }
                let metadata = fs::symlink_metadata(&path)?;
                let (content, modified) = if metadata.is_dir() {
                    folders.push(path.clone());
                    (None, None)
                } else {
                    (Some(fs::read(&path)?), Some(metadata.modified()?))
                };
                seen.insert(path, Seen { content, permissions: metadata.permissions(), modified });
            }
        }
        Ok(seen)
    }

    /// Downloads under a name from outside; answers the name on disk.
    fn download(&mut self, from_outside: &str) -> Result<String, Box<dyn std::error::Error>> {
        let reservation = self.folder.reserve(from_outside, None)?;
        assert_eq!(reservation.partial_path().parent(), Some(self.folder.path()), "{from_outside:?}");
        fs::write(reservation.partial_path(), from_outside)?;
        executable::make(reservation.partial_path())?;
        let announced = Announced { length: Some(from_outside.len() as u64), ..Announced::default() };
        let path = reservation.finish(&announced, false)?.path;
        assert_eq!(path.parent(), Some(self.folder.path()), "{from_outside:?}");
        let name = path.file_name().and_then(|name| name.to_str()).ok_or("a name")?.to_owned();
        let replaced = self.downloads.insert(name.clone(), from_outside.to_owned());
        assert_eq!(replaced, None, "{from_outside:?} took the name of another");
        Ok(name)
    }

    /// Nothing outside but the canaries, as they were; inside nothing but the downloads, plain and not executable.
    fn insist(&self) -> Tested {
        assert_eq!(self.outside()?, self.canaries);
        let mut inside = BTreeMap::new();
        for entry in fs::read_dir(self.folder.path())? {
            let entry = entry?;
            let metadata = fs::symlink_metadata(entry.path())?;
            assert!(metadata.is_file() && !executable::is(&metadata), "{:?}: {metadata:?}", entry.path());
            let name = entry.file_name().into_string().map_err(|name| format!("{name:?} is no text"))?;
            inside.insert(name, fs::read_to_string(entry.path())?);
        }
        assert_eq!(inside, self.downloads);
        Ok(())
    }
}

#[cfg(unix)]
mod executable {
    use std::fs::{self, Metadata, Permissions};
    use std::os::unix::fs::PermissionsExt;
    use std::path::Path;

    pub(super) fn make(file: &Path) -> std::io::Result<()> {
        fs::set_permissions(file, Permissions::from_mode(0o777))
    }

    pub(super) fn is(metadata: &Metadata) -> bool {
        metadata.permissions().mode() & 0o111 != 0
    }
}

/// Where a file's name alone says whether it can be run.
#[cfg(not(unix))]
mod executable {
    pub(super) fn make(_file: &std::path::Path) -> std::io::Result<()> {
        Ok(())
    }

    pub(super) fn is(_metadata: &std::fs::Metadata) -> bool {
        false
    }
}

#[test]
fn a_download_under_every_name_of_the_table_is_a_new_file_in_the_folder_and_nothing_else_happens() -> Tested {
    let mut watched = Watched::new()?;
    let mut taken = HashSet::new();
    for Row { line, name, expected, .. } in rows() {
        let found = watched.download(&name)?;
        let candidates = (2..1000).map(|number| numbered(&expected, number));
        // Some file systems take `A` and `a` for one.
        let not_taken = std::iter::once(expected.clone())
            .chain(candidates)
            .find(|candidate| *candidate == found || !taken.contains(&candidate.to_lowercase()));
        assert_eq!(not_taken.as_ref(), Some(&found), "line {line}: {name:?}");
        taken.insert(found.to_lowercase());
    }
    watched.insist()
}

/// What the rules promise of any name, in words of their own: not those of the function.
fn insist_on_a_plain_name(name: &str) -> TestCaseResult {
    prop_assert!(!name.is_empty() && name.len() <= 200, "{} bytes", name.len());
    for character in name.chars() {
        prop_assert!(!character.is_control() && !"<>:\"/\\|?*".contains(character), "{character:?}");
        prop_assert!(!is_invisible(character), "{character:?}");
    }
    for edge in [name.chars().next(), name.chars().next_back()].into_iter().flatten() {
        prop_assert!(edge != '.' && !edge.is_whitespace(), "{edge:?} at an edge");
    }
    prop_assert!(is_nfc(name), "not NFC");
    let (device, _) = name.split_once('.').unwrap_or((name, ""));
    let device = device.trim_end_matches(' ').to_ascii_uppercase();
    let is_port = ["COM", "LPT"].iter().filter_map(|port| device.strip_prefix(port)).any(|number| {
        number.chars().count() == 1 && number.chars().all(|digit| digit.is_ascii_digit() || "¹²³".contains(digit))
    });
    prop_assert!(!is_port && !["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"].contains(&&*device), "a device");
    let parts: Vec<Component<'_>> = Path::new(name).components().collect();
    prop_assert_eq!(parts, [Component::Normal(name.as_ref())]);
    Ok(())
}

/// Bidirectional controls, joiners, fillers, selectors, tags.
fn is_invisible(character: char) -> bool {
    matches!(u32::from(character),
        0xad | 0x34f | 0x61c | 0x115f | 0x1160 | 0x17b4 | 0x17b5 | 0x180b..=0x180f | 0x200b..=0x200f
        | 0x2028..=0x202e | 0x2060..=0x206f | 0x3164 | 0xfe00..=0xfe0f | 0xfeff | 0xffa0 | 0xfff9..=0xfffb
        | 0xe0000..=0xe0fff)
}

#[rustfmt::skip]
const DROPPED: &[&str] = &[
    "\0", "\t", "\n", "\r", "\u{1b}", "\u{7f}", "\u{85}", "\u{9b}", "<", ">", ":", "\"", "|", "?", "*", "\u{ad}",
    "\u{34f}", "\u{61c}", "\u{180e}", "\u{200b}", "\u{200d}", "\u{200e}", "\u{202a}", "\u{202e}", "\u{2028}",
    "\u{2060}", "\u{2066}", "\u{2069}", "\u{3164}", "\u{fe0f}", "\u{feff}", "\u{fffb}", "\u{e0061}", "\u{e0100}",
];

#[rustfmt::skip]
const PIECES: &[&str] = &[
    "/", "\\", "../", "..\\", "/..", "\\..", ".", "..", "...", " ", ". ", " .", "\u{a0}", "\u{3000}", "\u{2003}",
    "C:", "C:\\", "\\\\?\\C:\\", "\\\\.\\", "\\\\server\\share\\", "\\??\\", "~", "~/", "file://", "s3://bucket/",
    "CON", "con", "PRN", "AUX", "nul", "COM1", "lpt9", "COM¹", "LPT³", "CONIN$", "conout$", "COM", "LPT", "1", "³", "_",
    "::$DATA", ":x", "$", "%2e%2e%2f", "%5c", "%00", "&#47;", "=?utf-8?B?", "À¯", "\\u002f", "\\ud83d", "\u{fffd}",
    ".csv", ".txt", ".exe", ".tar", ".gz", ".tar.gz", ".lnk", ".{2227A280-3AEA-1069-A2DE-08002B30309D}", ".bashrc",
    ".ssh", "desktop.ini", "Thumbs.db", "Icon\r", ".sidelight-part", ".wkdownload", "download", " (2)",
    "-", "--", "-rf", "$(id)", "`id`", ";", "&&", "'", "!", "#", "{a,b}", "[a-z]", "=cmd", "%s%n", "<img src=x>",
    "e", "\u{301}", "\u{308}", "\u{323}", "\u{338}", "\u{340}", "\u{37e}", "\u{1fef}", "\u{212a}", "\u{2126}", "=",
    "\u{fb2a}", "\u{958}", "\u{2000}", "\u{f900}", "\u{1e008}", "\u{1d165}", "か", "\u{3099}", "ハ", "\u{309a}",
    "\u{1112}", "\u{1161}", "\u{11ab}", "가", "\u{11a8}", "／", "＼", "．", "․", "…", "∕", "：", "¥", "≮",
    "売上", "﨑", "보고서", "报告", "تقرير", "می\u{200c}خواهم", "דוח", "รายงาน", "रिपोर्ट", "Việt", "Отчёт", "ß", "İ",
    "🚀", "👨\u{200d}👩\u{200d}👧", "❤\u{fe0f}", "🇯🇵", "👍🏽", "1\u{fe0f}\u{20e3}", "\u{83}\\\u{81}[", "å£²ä¸\u{8a}",
];

#[rustfmt::skip]
const WRITTEN: &[&str] = &[
    "report", "売上", "がぞう", "パスワード", "神社", "한글", "각", "报告", "تقرير", "مُحَمَّد", "דוח", "รายงาน", "रिपोर्ट",
    "প্রতিবেদন", "Việt", "Отчёт", "Αναφορά", "Ångström", "Żółć", "Straße", "İı", "🚀", "👍🏽", "2026",
];

fn hostile() -> impl Strategy<Value = String> {
    let long = (
        select(&["a", "b.", "あ", "😀", "e\u{301}", "\u{1112}\u{1161}\u{11ab}", "\u{335}", "\u{200b}"][..]),
        1..260_usize,
    )
        .prop_map(|(text, times)| text.repeat(times));
    let piece = prop_oneof![
        12 => select(PIECES).prop_map(str::to_owned),
        2 => select(DROPPED).prop_map(str::to_owned),
        1 => long,
    ];
    prop::collection::vec(piece, 0..9).prop_map(|pieces| pieces.concat())
}

/// Words in people's own writing, composed, with what may stand between.
fn written() -> impl Strategy<Value = String> {
    let more = prop::collection::vec((select(&["", " ", "-", "_", ".", "..", "・", "／"][..]), select(WRITTEN)), 0..4);
    let name = (select(WRITTEN), more, select(&["", ".csv", ".tar.gz"][..])).prop_map(|(first, more, extension)| {
        let more: String = more.into_iter().flat_map(<[&str; 2]>::from).collect();
        format!("{first}{more}{extension}")
    });
    name.prop_filter("longer than a name may be", |name| name.len() <= 200)
}

proptest! {
    #[test]
    fn whatever_the_pieces_a_plain_name_comes_out(
        name in prop_oneof![8 => hostile(), 1 => any::<String>()],
        number in 2..10_000_u32,
    ) {
        let safe = safe_file_name(&name);
        insist_on_a_plain_name(&safe)?;
        prop_assert_eq!(&safe_file_name(&safe), &safe, "mended twice");
        let other = numbered(&safe, number);
        insist_on_a_plain_name(&other)?;
        prop_assert_ne!(&safe, &other);
        prop_assert_eq!(&safe_file_name(&other), &other, "mended twice");
    }

    #[test]
    fn only_what_stands_behind_the_last_separator_counts(
        before in hostile(),
        separator in select(&["/", "\\"][..]),
        name in hostile(),
    ) {
        prop_assert_eq!(safe_file_name(&format!("{before}{separator}{name}")), safe_file_name(&name));
    }

    #[test]
    fn what_is_dropped_changes_nothing_wherever_it_stands(
        name in hostile(),
        dropped in prop::collection::vec((any::<prop::sample::Index>(), select(DROPPED)), 1..12),
    ) {
        let mut characters: Vec<String> = name.chars().map(String::from).collect();
        for (at, dropped) in dropped {
            characters.insert(at.index(characters.len() + 1), dropped.to_owned());
        }
        prop_assert_eq!(safe_file_name(&characters.concat()), safe_file_name(&name));
    }

    #[test]
    fn names_in_peoples_own_writing_survive_in_either_normal_form(name in written()) {
        prop_assert_eq!(&safe_file_name(&name), &name);
        prop_assert_eq!(&safe_file_name(&name.nfd().collect::<String>()), &name);
    }

    #[test]
    fn a_long_name_keeps_its_extension_and_as_much_else_as_fits(
        stem in select(&["a", "é", "あ", "😀", "\u{1112}\u{1161}\u{11ab}"][..]),
        times in 201..400_usize,
        extension in select(&["", ".b", ".csv", ".parquet", ".tar.gz", ".あああ"][..]),
    ) {
        let stem: String = stem.repeat(times).nfc().collect();
        let safe = safe_file_name(&format!("{stem}{extension}"));
        let kept = safe.strip_suffix(extension).expect("the extension");
        prop_assert!(stem.starts_with(kept) && (197..=200).contains(&safe.len()), "{safe}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]
    #[test]
    fn whatever_the_pieces_the_downloads_are_new_files_in_the_folder(names in prop::collection::vec(hostile(), 1..6)) {
        let mut watched = Watched::new().expect("folders");
        for name in names.iter().chain(&names) {
            watched.download(name).expect("a file");
        }
        watched.insist().expect("readable folders");
    }
}
