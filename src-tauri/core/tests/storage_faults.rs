//! What the book survives: steps of a write that fail, a writer that is killed, writers at once.

mod storage_support;

use std::fs::{self, File};
use std::io;
use std::path::Path;
use std::process::Stdio;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use proptest::test_runner::{RngAlgorithm, TestRng};
use sidelight_core::app::error::{Cause, Error};
use sidelight_core::app::ports::{LoadedBook, ProfileBook};
use sidelight_core::domain::book::BookChange;
use sidelight_core::storage::files::{Disk, RealDisk};
use sidelight_core::storage::home::Home;
use sidelight_core::storage::profile_book::BookFile;
use storage_support::{Standing, Tested, book_in, child_process, full_profile, profile, save};

/// A disk whose n-th step fails; a write that fails has written half.
struct Faulty {
    steps: AtomicUsize,
    failing: usize,
    kind: io::ErrorKind,
}

impl Faulty {
    fn at(failing: usize, kind: io::ErrorKind) -> Arc<Self> {
        Arc::new(Self { steps: AtomicUsize::new(0), failing, kind })
    }

    fn step(&self) -> io::Result<()> {
        let step = self.steps.fetch_add(1, Ordering::Relaxed);
        if step == self.failing { Err(self.kind.into()) } else { Ok(()) }
    }
}

impl Disk for Faulty {
    fn create(&self, path: &Path) -> io::Result<File> {
        self.step().and_then(|()| RealDisk.create(path))
    }

    fn write(&self, file: &mut File, bytes: &[u8]) -> io::Result<()> {
        if let Err(error) = self.step() {
            RealDisk.write(file, &bytes[..bytes.len() / 2])?;
            return Err(error);
        }
        RealDisk.write(file, bytes)
    }

    fn sync(&self, file: &File) -> io::Result<()> {
        self.step().and_then(|()| RealDisk.sync(file))
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.step().and_then(|()| RealDisk.rename(from, to))
    }

    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        self.step().and_then(|()| RealDisk.sync_folder(folder))
    }
}

fn faulty_book(folder: &Path, disk: Arc<Faulty>) -> Result<BookFile, Error> {
    Ok(BookFile::on_disk(&Home::at(folder)?, Arc::new(Standing), disk))
}

#[test]
fn whichever_step_of_a_write_fails_the_old_file_stays_and_the_error_names_it() -> Tested {
    for kind in [io::ErrorKind::StorageFull, io::ErrorKind::ReadOnlyFilesystem, io::ErrorKind::PermissionDenied] {
        for earlier_writes in 0..4 {
            let mut failures = 0;
            loop {
                let folder = tempfile::tempdir()?;
                let book = book_in(folder.path())?;
                for number in 0..earlier_writes {
                    book.apply(save(full_profile(&format!("p{number}"), &format!("p{number}"))?))?;
                }
                let file = folder.path().join("profiles.toml");
                let before = fs::read(&file).ok();
                let known = book.load()?;
                let disk = Faulty::at(failures, kind);
                let answer = faulty_book(folder.path(), disk)?.apply(save(profile("new", "new")?));
                let Err(error) = answer else { break };
                failures += 1;
                let Cause::Disk { path, free_bytes } = error.cause else { return Err(error.into()) };
                assert!(path.starts_with(folder.path().canonicalize()?));
                assert_eq!(free_bytes.is_some(), kind == io::ErrorKind::StorageFull && cfg!(unix));
                assert_eq!(fs::read(&file).ok(), before, "step {failures} of write {earlier_writes}");
                assert_eq!(book.load()?, known);
                let left = fs::read_dir(folder.path())?
                    .flatten()
                    .any(|entry| entry.file_name().to_string_lossy().starts_with('.'));
                assert!(!left, "no unfinished file is left");
                assert!(book.apply(save(profile("new", "new")?)).is_ok(), "once the disk is well it goes on");
            }
            assert!(failures >= 5, "create, write, sync, rename and sync of the folder have failed, {failures}");
        }
    }
    Ok(())
}

#[test]
fn a_damaged_file_that_cannot_be_set_aside_is_not_overwritten() -> Tested {
    let folder = tempfile::tempdir()?;
    book_in(folder.path())?.apply(save(profile("a", "a")?))?;
    let good = book_in(folder.path())?.apply(save(profile("b", "b")?))?;
    let file = folder.path().join("profiles.toml");
    fs::copy(&file, folder.path().join("profiles.toml.1"))?;
    fs::write(&file, "damaged")?;
    let names = || fs::read_dir(folder.path()).map(|entries| entries.flatten().count());
    let before = names()?;

    let loaded = faulty_book(folder.path(), Faulty::at(0, io::ErrorKind::PermissionDenied))?.load()?;
    assert_eq!((&loaded.book, loaded.read_only), (&good, true));
    assert!(matches!(&loaded.warning, Some(Error { cause: Cause::Corrupt { moved_to: None, .. }, .. })));
    let answer =
        faulty_book(folder.path(), Faulty::at(0, io::ErrorKind::PermissionDenied))?.apply(save(profile("c", "c")?));
    assert!(matches!(answer, Err(Error { cause: Cause::Corrupt { .. }, .. })), "{answer:?}");
    assert_eq!((fs::read_to_string(&file)?.as_str(), names()?), ("damaged", before));
    Ok(())
}

#[test]
fn a_restored_file_that_cannot_be_written_back_is_shown_and_comes_back_later() -> Tested {
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("profiles.toml");
    book_in(folder.path())?.apply(save(profile("a", "a")?))?;
    let good = book_in(folder.path())?.apply(save(profile("b", "b")?))?;
    fs::copy(&file, folder.path().join("profiles.toml.1"))?;
    fs::write(&file, "damaged")?;
    let loaded = faulty_book(folder.path(), Faulty::at(2, io::ErrorKind::StorageFull))?.load()?;
    assert_eq!((&loaded.book, loaded.read_only), (&good, true));
    let loaded = book_in(folder.path())?.load()?;
    assert_eq!((&loaded.book, loaded.read_only), (&good, false));
    assert_eq!(book_in(folder.path())?.load()?, LoadedBook { book: good, read_only: false, warning: None });
    Ok(())
}

/// What the child does, by `SIDELIGHT_TEST`: `FOLDER forever` saves until it is killed, with the
/// book's size always known; `FOLDER NAME COUNT` saves so many profiles of its own.
#[test]
#[ignore = "the writing process: the other tests start it"]
fn child() -> Tested {
    let told = std::env::var("SIDELIGHT_TEST")?;
    let words: Vec<&str> = told.split(' ').collect();
    match words[..] {
        [folder, "forever"] => {
            let book = book_in(Path::new(folder))?;
            for round in 0_u64.. {
                let mut change = full_profile(&format!("p{}", round % 3), &format!("p{}", round % 3))?;
                change.mark = None;
                change.name = sidelight_core::domain::profile::ProfileName::parse(&format!("p{} {round}", round % 3))?;
                book.apply(BookChange::Save(Box::new(change)))?;
            }
            Ok(())
        }
        [folder, name, count] => {
            let book = book_in(Path::new(folder))?;
            for number in 0..count.parse::<u32>()? {
                book.apply(save(profile(&format!("{name}-{number}"), &format!("{name} {number}"))?))?;
            }
            Ok(())
        }
        _ => Err("not understood".into()),
    }
}

#[test]
fn a_writer_killed_at_any_moment_leaves_the_old_or_the_new_state() -> Tested {
    let folder = tempfile::tempdir()?;
    let book = book_in(folder.path())?;
    for name in ["p0", "p1", "p2"] {
        book.apply(save(full_profile(name, name)?))?;
    }
    let mut random = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let mut changed = 0;
    for _ in 0..60 {
        let before = book.load()?.book;
        let mut writer = child_process()?
            .env("SIDELIGHT_TEST", format!("{} forever", folder.path().display()))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()?;
        let until = Duration::from_micros(5_000 + u64::from(rand_below(&mut random, 40_000)));
        wait(until);
        writer.kill()?;
        writer.wait()?;
        let loaded = book.load()?;
        assert_eq!((loaded.warning, loaded.read_only), (None, false));
        assert_eq!(loaded.book.profiles().len(), 3, "no profile is lost");
        changed += u32::from(loaded.book != before);
    }
    assert!(changed >= 10, "the writer was at work when it was killed ({changed} of 60)");
    book.apply(save(profile("last", "last")?))?;
    let left = fs::read_dir(folder.path())?
        .flatten()
        .filter(|entry| entry.file_name().to_string_lossy().starts_with('.'))
        .count();
    assert_eq!(left, 0, "what killed writers left is swept");
    Ok(())
}

fn rand_below(random: &mut TestRng, most: u32) -> u32 {
    use proptest::prelude::Rng;
    random.next_u32() % most
}

/// Lets a process run for a while: nothing to be waited for, the moment is the test.
fn wait(time: Duration) {
    let (_never, nothing) = std::sync::mpsc::channel::<()>();
    let until = Instant::now() + time;
    while let Some(rest) = until.checked_duration_since(Instant::now()).filter(|rest| !rest.is_zero()) {
        let _ = nothing.recv_timeout(rest);
    }
}

#[test]
fn writers_at_once_lose_nothing_of_each_other() -> Tested {
    let folder = tempfile::tempdir()?;
    let writers: Vec<_> = ["a", "b", "c"]
        .into_iter()
        .map(|name| {
            child_process()?
                .env("SIDELIGHT_TEST", format!("{} {name} 40", folder.path().display()))
                .stdout(Stdio::null())
                .stderr(Stdio::inherit())
                .spawn()
        })
        .collect::<Result<_, io::Error>>()?;
    for mut writer in writers {
        assert!(writer.wait()?.success());
    }
    let loaded = book_in(folder.path())?.load()?;
    assert_eq!((loaded.book.profiles().len(), loaded.warning), (120, None));
    Ok(())
}

/// A volume of 256 KiB, where the user may mount one; else there is nothing to fill up.
#[test]
#[cfg(target_os = "linux")]
fn on_a_disk_that_fills_up_the_book_stays_whole() -> Tested {
    let outer = tempfile::tempdir()?;
    let volume = outer.path().join("volume");
    fs::create_dir(&volume)?;
    let inner = format!(
        "mount -t tmpfs -o size=256k tmpfs {0} && SIDELIGHT_TEST='{0} full 2000' {1} --exact child --ignored; \
         cp {0}/profiles.toml {2}/ && df --output=avail {0} | tail -1",
        volume.display(),
        std::env::current_exe()?.display(),
        outer.path().display(),
    );
    let output = std::process::Command::new("unshare")
        .args(["--user", "--map-root-user", "--mount", "sh", "-c", &inner])
        .output()?;
    let words = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    assert!(
        words.contains("Disk") && words.contains("free_bytes: Some("),
        "user namespaces and tmpfs are needed: {words}"
    );
    let loaded = book_in(outer.path())?.load()?;
    assert!(loaded.warning.is_none() && loaded.book.profiles().len() > 10, "{words}");
    Ok(())
}
