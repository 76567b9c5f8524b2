//! What a damaged book leads to: it is set aside, nothing is lost, and the app always starts.

mod storage_support;

use std::fs;
use std::path::Path;

use proptest::prelude::*;
use sidelight_core::app::error::{Cause, Error};
use sidelight_core::app::ports::{LoadedBook, ProfileBook};
use sidelight_core::domain::book::Book;
use storage_support::{Tested, book_in, filled, profile, save};

/// Puts `bytes` under the book's name, loads, and checks that nothing was lost.
fn check_damaged(folder: &Path, bytes: &[u8], good: &LoadedBook) -> Tested {
    let file = folder.join("profiles.toml");
    fs::write(&file, bytes)?;
    let loaded = book_in(folder)?.load()?;
    let Some(Error { cause: Cause::Corrupt { moved_to: Some(moved_to), restored_from, .. }, .. }) = &loaded.warning
    else {
        return Err(format!("no warning: {loaded:?}").into());
    };
    assert_eq!(fs::read(moved_to)?, bytes, "the damaged file was kept");
    assert!(restored_from.is_some());
    assert_eq!((&loaded.book, loaded.read_only), (&good.book, false), "the last generation was loaded");
    assert_eq!(book_in(folder)?.load()?, *good, "the second time nothing is wrong any more");
    fs::remove_file(moved_to)?;
    Ok(())
}

#[test]
fn a_file_cut_off_at_any_byte_is_set_aside_and_the_last_generation_restored() -> Tested {
    let folder = tempfile::tempdir()?;
    filled(folder.path())?;
    let file = folder.path().join("profiles.toml");
    let whole = fs::read(&file)?;
    fs::copy(folder.path().join("profiles.toml.1"), &file)?;
    let good = book_in(folder.path())?.load()?;
    // Without the last line break it is whole still.
    for length in 0..whole.len() - 1 {
        check_damaged(folder.path(), &whole[..length], &good)?;
    }
    for filled in [vec![0; whole.len()], vec![0xff; 10], [&whole[..40], &[0; 40], &whole[80..]].concat()] {
        check_damaged(folder.path(), &filled, &good)?;
    }
    Ok(())
}

#[test]
fn a_second_damaged_file_in_the_same_second_gets_a_name_of_its_own() -> Tested {
    let folder = tempfile::tempdir()?;
    filled(folder.path())?;
    for words in ["first", "second", "third"] {
        fs::write(folder.path().join("profiles.toml"), words)?;
        book_in(folder.path())?.load()?;
    }
    for (name, words) in [("", "first"), ("-2", "second"), ("-3", "third")] {
        let aside = folder.path().join(format!("profiles.toml.damaged-20261123T130000Z{name}"));
        assert_eq!(fs::read_to_string(aside)?, words);
    }
    Ok(())
}

#[test]
fn a_flipped_bit_never_panics_and_never_loses_the_file() -> Tested {
    let folder = tempfile::tempdir()?;
    filled(folder.path())?;
    let file = folder.path().join("profiles.toml");
    let whole = fs::read(&file)?;
    for at in 0..whole.len() {
        let mut flipped = whole.clone();
        flipped[at] ^= 1 << (at % 8);
        fs::write(&file, &flipped)?;
        let loaded = book_in(folder.path())?.load()?;
        let kept = match &loaded.warning {
            Some(Error { cause: Cause::Corrupt { moved_to: Some(moved_to), .. }, .. }) => {
                assert!(!loaded.book.profiles().is_empty());
                moved_to.clone()
            }
            _ => file.clone(),
        };
        assert_eq!(fs::read(&kept)?, flipped, "byte {at}");
        if kept != file {
            fs::remove_file(kept)?;
        }
    }
    Ok(())
}

#[test]
fn with_every_generation_damaged_all_are_set_aside_and_the_app_starts() -> Tested {
    let folder = tempfile::tempdir()?;
    filled(folder.path())?;
    for name in ["profiles.toml", "profiles.toml.1", "profiles.toml.2"] {
        fs::write(folder.path().join(name), format!("{name} is damaged"))?;
    }
    let book = book_in(folder.path())?;
    let loaded = book.load()?;
    assert!(matches!(
        &loaded.warning,
        Some(Error { cause: Cause::Corrupt { restored_from: None, moved_to: Some(_), .. }, .. })
    ));
    assert_eq!((loaded.book, loaded.read_only), (Book::default(), false));
    book.apply(save(profile("new", "new")?))?;
    assert_eq!(book.load()?.warning, None);
    for name in ["profiles.toml", "profiles.toml.1", "profiles.toml.2"] {
        let aside = folder.path().join(format!("{name}.damaged-20261123T130000Z"));
        assert_eq!(fs::read_to_string(aside)?, format!("{name} is damaged"));
    }
    Ok(())
}

#[test]
fn a_file_that_is_gone_beside_its_generations_comes_back() -> Tested {
    let folder = tempfile::tempdir()?;
    filled(folder.path())?;
    fs::remove_file(folder.path().join("profiles.toml"))?;
    let loaded = book_in(folder.path())?.load()?;
    assert!(matches!(
        &loaded.warning,
        Some(Error { cause: Cause::Corrupt { restored_from: Some(_), moved_to: None, .. }, .. })
    ));
    assert_eq!(loaded.book.profiles().len(), 3);
    assert_eq!(book_in(folder.path())?.load()?.warning, None);
    Ok(())
}

#[test]
fn a_change_on_a_damaged_file_mends_the_file_and_says_so_instead_of_changing() -> Tested {
    let folder = tempfile::tempdir()?;
    filled(folder.path())?;
    fs::write(folder.path().join("profiles.toml"), "schema = ")?;
    let book = book_in(folder.path())?;
    let answer = book.apply(save(profile("new", "new")?));
    assert!(matches!(answer, Err(Error { cause: Cause::Corrupt { moved_to: Some(_), .. }, .. })), "{answer:?}");
    assert_eq!(book.load()?.book.profiles().len(), 3);
    assert!(book.apply(save(profile("new", "new")?)).is_ok(), "the second time it is done");
    Ok(())
}

#[test]
fn a_file_that_cannot_be_read_is_an_error_and_stays() -> Tested {
    let folder = tempfile::tempdir()?;
    fs::create_dir(folder.path().join("profiles.toml"))?;
    let book = book_in(folder.path())?;
    assert!(matches!(book.load(), Err(Error { cause: Cause::Disk { .. }, .. })));
    assert!(matches!(book.apply(save(profile("a", "a")?)), Err(Error { cause: Cause::Disk { .. }, .. })));
    assert!(folder.path().join("profiles.toml").is_dir());
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]
    #[test]
    fn whatever_lies_in_the_file_loading_never_panics(bytes in proptest::collection::vec(any::<u8>(), 0..300), text in "\\PC{0,200}") {
        let folder = tempfile::tempdir().expect("a temporary folder");
        for content in [bytes, text.into_bytes()] {
            std::fs::write(folder.path().join("profiles.toml"), content).expect("a file");
            let loaded = book_in(folder.path()).expect("a home").load().expect("an answer");
            prop_assert!(loaded.book.profiles().is_empty());
        }
    }
}
