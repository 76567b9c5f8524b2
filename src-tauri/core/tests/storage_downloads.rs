//! What the folder of downloads promises: whole files only, inside it only, nothing replaced.

mod storage_support;

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};

use proptest::prelude::*;
use sidelight_core::app::error::{Cause, Error};
use sidelight_core::domain::download::Announced;
use sidelight_core::storage::download_folder::DownloadFolder;
use sidelight_core::storage::home::Home;
use storage_support::{Tested, names_in};

/// `outer/downloads`, so that what leaves the folder is seen.
fn folder() -> Result<(tempfile::TempDir, DownloadFolder), std::io::Error> {
    let outer = tempfile::tempdir()?;
    let inner = outer.path().join("downloads");
    fs::create_dir(&inner)?;
    let folder = DownloadFolder::new(&inner);
    Ok((outer, folder))
}

fn of_length(length: u64) -> Announced {
    Announced { length: Some(length), ..Announced::default() }
}

fn download(folder: &DownloadFolder, name: &str, bytes: &[u8]) -> Result<PathBuf, Box<dyn std::error::Error>> {
    let reservation = folder.reserve(name, None)?;
    fs::write(reservation.partial_path(), bytes)?;
    Ok(reservation.finish(&of_length(bytes.len() as u64), false)?.path)
}

#[test]
fn a_whole_file_gets_its_name_and_the_next_one_of_that_name_a_number() -> Tested {
    let (_outer, folder) = folder()?;
    for (bytes, name) in [("one", "report.csv"), ("two", "report (2).csv"), ("three", "report (3).csv")] {
        let path = download(&folder, "report.csv", bytes.as_bytes())?;
        assert_eq!(path, folder.path().join(name));
        assert_eq!(fs::read_to_string(path)?, bytes);
    }
    assert_eq!(names_in(folder.path())?.len(), 3, "no partial file is left");
    Ok(())
}

#[test]
fn two_at_once_have_two_names_whatever_the_case() -> Tested {
    let (_outer, folder) = folder()?;
    let first = folder.reserve("Report.csv", None)?;
    let second = folder.clone().reserve("report.CSV", None)?;
    assert_eq!((first.name(), second.name()), ("Report.csv", "report (2).CSV"));
    drop(first);
    assert_eq!(folder.reserve("report.csv", None)?.name(), "report.csv", "a name given up is free");
    Ok(())
}

#[test]
fn a_name_that_was_taken_meanwhile_is_not_replaced() -> Tested {
    let (_outer, folder) = folder()?;
    let reservation = folder.reserve("report.csv", None)?;
    fs::write(reservation.partial_path(), "ours")?;
    fs::write(folder.path().join("report.csv"), "theirs")?;
    assert_eq!(reservation.finish(&Announced::default(), false)?.path, folder.path().join("report (2).csv"));
    assert_eq!(fs::read_to_string(folder.path().join("report.csv"))?, "theirs");
    Ok(())
}

#[test]
fn a_file_that_was_cut_off_gets_no_name_and_leaves_nothing() -> Tested {
    let (_outer, folder) = folder()?;
    for (arrived, expected) in [(4, 10), (0, 1), (11, 10)] {
        let reservation = folder.reserve("report.csv", Some(expected))?;
        fs::write(reservation.partial_path(), vec![b'x'; arrived])?;
        let answer = reservation.finish(&of_length(expected), false);
        assert!(matches!(answer, Err(Error { cause: Cause::Damaged, .. })), "{answer:?}");
    }
    assert!(names_in(folder.path())?.is_empty());
    Ok(())
}

#[test]
fn discarding_and_dropping_leave_nothing() -> Tested {
    let (_outer, folder) = folder()?;
    folder.reserve("a", None)?.discard();
    drop(folder.reserve("b", None)?);
    let gone = folder.reserve("c", None)?;
    fs::remove_file(gone.partial_path())?;
    gone.discard();
    assert!(names_in(folder.path())?.is_empty());
    Ok(())
}

#[test]
fn more_than_the_disk_has_left_is_refused_before_a_byte_is_written() -> Tested {
    let (_outer, folder) = folder()?;
    let answer = folder.reserve("huge.iso", Some(u64::MAX)).map(drop);
    if cfg!(unix) {
        assert!(matches!(answer, Err(Error { cause: Cause::Disk { free_bytes: Some(_), .. }, .. })), "{answer:?}");
        assert!(names_in(folder.path())?.is_empty());
    }
    Ok(())
}

#[test]
fn a_folder_that_is_gone_is_a_disk_error_with_its_path() -> Tested {
    let folder = DownloadFolder::new(Path::new("/nonexistent/downloads"));
    let answer = folder.reserve("a", None).map(drop);
    assert!(
        matches!(&answer, Err(Error { cause: Cause::Disk { path, .. }, .. }) if path.starts_with("/nonexistent")),
        "{answer:?}"
    );
    Ok(())
}

#[test]
fn partial_files_of_a_killed_app_go_and_everything_else_stays() -> Tested {
    let (_outer, folder) = folder()?;
    let live = folder.reserve("live.csv", None)?;
    let written_beside = PathBuf::from(format!("{}.wkdownload", live.partial_path().display()));
    fs::write(&written_beside, "x")?;
    let kept = ["report.csv", "mine.sidelight-part", ".hidden", ".hidden.part"];
    for name in kept.into_iter().chain([".a.csv.12345678.sidelight-part", ".a.csv.12345678.sidelight-part.wkdownload"])
    {
        fs::write(folder.path().join(name), "x")?;
    }
    // A copy of a folder.
    let left = folder.reserve_folder("bucket")?;
    fs::write(left.partial_path().join("whole.csv"), "x")?;
    drop(left);
    folder.clear_stale(&HashSet::new());
    assert!(live.partial_path().exists() && written_beside.exists());
    fs::remove_file(written_beside)?;
    drop(live);
    let mut expected = kept.map(str::to_owned).to_vec();
    expected.sort();
    assert_eq!(names_in(folder.path())?, expected);
    Ok(())
}

#[test]
#[cfg(unix)]
fn a_partial_file_is_private_and_a_finished_one_never_executable() -> Tested {
    use std::os::unix::fs::PermissionsExt;
    let (_outer, folder) = folder()?;
    let mode = |path: &Path| fs::metadata(path).map(|metadata| metadata.permissions().mode() & 0o777);
    let reservation = folder.reserve("run.sh", None)?;
    assert_eq!(mode(reservation.partial_path())?, 0o600);
    fs::set_permissions(reservation.partial_path(), fs::Permissions::from_mode(0o755))?;
    let path = reservation.finish(&Announced::default(), false)?.path;
    assert_eq!(mode(&path)? & 0o133, 0, "{:o}", mode(&path)?);
    Ok(())
}

#[test]
#[cfg(unix)]
fn links_in_the_folder_are_neither_followed_nor_replaced() -> Tested {
    let (outer, folder) = folder()?;
    let victim = outer.path().join("victim");
    std::os::unix::fs::symlink(&victim, folder.path().join("report.csv"))?;
    assert_eq!(download(&folder, "report.csv", b"x")?, folder.path().join("report (2).csv"));
    let reservation = folder.reserve("other.csv", None)?;
    fs::write(&victim, "whole")?;
    fs::remove_file(reservation.partial_path())?;
    std::os::unix::fs::symlink(&victim, reservation.partial_path())?;
    assert!(reservation.finish(&Announced::default(), false).is_err(), "a partial file that became a link");
    assert_eq!(fs::read_to_string(&victim)?, "whole");
    Ok(())
}

/// Downloads under a hostile name, and checks what then exists.
fn check_name(hostile: &str) -> Tested {
    let (outer, folder) = folder()?;
    for _ in 0..2 {
        let reservation = folder.reserve(hostile, None)?;
        assert_eq!(reservation.partial_path().parent(), Some(folder.path()), "{hostile:?}");
        let path = reservation.finish(&of_length(0), false)?.path;
        assert_eq!(path.parent(), Some(folder.path()), "{hostile:?}");
        assert!(path.is_file() && path.file_name().is_some_and(|name| name.len() <= 200), "{hostile:?}");
    }
    assert_eq!(names_in(outer.path())?, ["downloads"], "{hostile:?}");
    assert_eq!(names_in(folder.path())?.len(), 2, "{hostile:?}");
    Ok(())
}

#[test]
fn hostile_names_become_files_in_the_folder() -> Tested {
    let parts = [
        "..",
        ".",
        "",
        "/",
        "\\",
        "../",
        "..\\",
        "/etc/passwd",
        "C:\\Windows\\",
        "\\\\server\\share\\",
        "~",
        "~/",
        "%2e%2e%2f",
        "file://",
        "CON",
        "nul.txt",
        "COM1.tar.gz",
        "LPT¹",
        "a:b",
        "x::$DATA",
        ".bashrc",
        ".desktop",
        "-rf",
        "--help",
        "$(reboot)",
        "`id`",
        "a\0b",
        "a\nb",
        "\u{202e}txt.exe",
        "\u{200b}",
        "\u{feff}",
        "e\u{301}",
        "🙂",
        "本番",
        " ",
        "...",
        "a. ",
    ];
    for first in parts {
        for second in ["", "x.csv", "..", "/..", "\\..\\x", "\0", "."] {
            check_name(&format!("{first}{second}"))?;
        }
    }
    check_name(&"あ".repeat(500))?;
    check_name(&format!("{}.tar.gz", "a".repeat(500)))?;
    check_name(&format!("a.{}", "b".repeat(500)))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]
    #[test]
    fn whatever_the_name_the_file_is_in_the_folder(name in "\\PC{0,300}|.{0,60}|[./\\\\:a-z ]{0,20}") {
        check_name(&name).expect("a file");
    }
}

#[test]
fn a_folder_is_hidden_until_it_is_finished_and_replaces_nothing() -> Tested {
    let (_outer, folder) = folder()?;
    fs::write(folder.path().join("bucket"), "a file of the user's")?;
    let reserved = folder.reserve_folder("../bucket")?;
    assert_eq!(reserved.name(), "bucket (2)");
    let below = reserved.at(Path::new("a/b"))?;
    below.reserve_as(".hidden".to_owned(), None)?.finish(&Announced::default(), false)?;
    assert!(below.has(".hidden", 0) && !below.has(".hidden", 1) && !below.has("other", 0));
    // Somebody takes the name.
    fs::create_dir(folder.path().join("bucket (2)"))?;
    assert_eq!(reserved.finish()?, "bucket (3)");
    assert_eq!(names_in(folder.path())?, ["bucket", "bucket (2)", "bucket (3)"]);
    assert!(folder.path().join("bucket (3)/a/b/.hidden").is_file());
    Ok(())
}

#[test]
fn a_folder_that_an_app_left_is_reopened_without_what_was_not_whole() -> Tested {
    let (_outer, folder) = folder()?;
    let left = folder.reserve_folder("bucket")?;
    let below = left.at(Path::new("a"))?;
    fs::write(below.path().join("whole"), "x")?;
    fs::write(below.path().join(".part.01234567.sidelight-part"), "x")?;
    let partial = left.partial_path().to_owned();
    assert!(folder.reopen_folder(&partial, "bucket").is_err(), "it is carried still");
    drop(left);
    let reopened = folder.reopen_folder(&partial, "bucket")?;
    let below = reopened.at(Path::new("a"))?;
    let some = below.reserve_version("b".to_owned(), "etag 1", Some(2))?;
    some.open()?.write(b"1")?;
    drop(some);
    let onward = below.reserve_version("b".to_owned(), "etag 1", Some(2))?;
    let mut file = onward.open()?;
    assert_eq!(file.length(), 1, "what had arrived is there");
    file.write(b"2")?;
    onward.finish(&Announced { length: Some(2), ..Announced::default() }, false)?;
    let other = below.reserve_version("c".to_owned(), "etag 1", None)?;
    other.open()?.write(b"1")?;
    drop(other);
    assert_eq!(below.reserve_version("c".to_owned(), "etag 2", None)?.length(), 0, "another version begins anew");
    assert_eq!(reopened.finish()?, "bucket");
    assert_eq!(names_in(&folder.path().join("bucket/a"))?, ["b", "whole"]);
    assert!(folder.reopen_folder(&folder.path().join("bucket"), "bucket").is_err(), "it was never hidden");
    Ok(())
}

#[test]
fn what_the_app_of_another_home_has_left_in_the_folder_stays() -> Tested {
    let (outer, folder) = folder()?;
    let homes = [outer.path().join("one"), outer.path().join("other")];
    let [one, other] = homes.map(|path| Home::at(&path));
    let [one, other] = [folder.clone().owned_by(&one?), folder.owned_by(&other?)];
    let partial = |folder: &DownloadFolder| {
        let partial = folder.reserve("a.csv", None)?.partial_path().to_owned();
        fs::write(&partial, "x")?;
        Ok::<_, Box<dyn std::error::Error>>(partial)
    };
    let left = [partial(&one)?, partial(&other)?];
    one.clear_stale(&HashSet::new());
    assert_eq!(left.map(|partial| partial.exists()), [false, true]);
    Ok(())
}
