//! What the window's files promise, whatever lies in their place.

use super::*;
use crate::world::SystemClock;

type Tested = Result<(), Box<dyn std::error::Error>>;

#[derive(Clone, Copy, Debug, PartialEq, Serialize, serde::Deserialize)]
struct Number {
    #[serde(default)]
    schema: u32,
    number: u8,
}

fn number(number: u8) -> Number {
    Number { schema: 1, number }
}

fn file(spelling: Spelling) -> Result<(tempfile::TempDir, AppFile), Box<dyn std::error::Error>> {
    let folder = tempfile::tempdir()?;
    let file = AppFile::new(folder.path().join("n"), spelling, 1, Arc::new(SystemClock));
    Ok((folder, file))
}

#[test]
fn a_damaged_file_is_set_aside_and_the_state_of_the_last_start_that_is_whole_comes_back() -> Tested {
    for spelling in [Spelling::Toml, Spelling::Json] {
        let (_folder, file) = file(spelling)?;
        assert_eq!(file.load::<Number>(), Loaded { value: None, warning: None });
        for state in [1, 2, 2, 3] {
            file.save(&number(state))?;
            assert_eq!(file.load().value, Some(number(state)));
        }
        file.save(&number(4))?;
        for (damaged, restored) in [(None, Some(3)), (Some("n.1"), Some(2)), (Some("n.2"), None)] {
            if let Some(name) = damaged {
                std::fs::write(file.path.with_file_name(name), "?")?;
            }
            std::fs::write(&file.path, "4?")?;
            let loaded = file.load::<Number>();
            assert_eq!(loaded.value, restored.map(number));
            let warning = loaded.warning.ok_or("the user is told")?;
            let Cause::Corrupt { moved_to: Some(moved_to), restored_from, .. } = warning.cause else {
                return Err(format!("{warning:?}").into());
            };
            let aside = std::fs::read_to_string(moved_to)?;
            assert_eq!((aside.as_str(), restored_from.is_some()), ("4?", restored.is_some()));
            // Also where nothing changes until the end, which would write it.
            assert_eq!(file.path.exists(), restored.is_some());
        }
    }
    Ok(())
}

#[test]
fn a_file_cut_off_anywhere_is_never_taken_for_whole() -> Tested {
    for spelling in [Spelling::Toml, Spelling::Json] {
        let (_folder, file) = file(spelling)?;
        file.save(&number(255))?;
        let whole = std::fs::read(&file.path)?;
        assert_eq!(file.load().value, Some(number(255)));
        for length in 0..whole.trim_ascii_end().len() - 2 {
            std::fs::write(&file.path, &whole[..length])?;
            let loaded = file.load::<Number>();
            assert!(loaded.value == Some(number(255)) && loaded.warning.is_some(), "cut at {length}: {loaded:?}");
        }
    }
    Ok(())
}

#[test]
fn a_file_that_was_written_by_hand_needs_no_schema() -> Tested {
    let (_folder, file) = file(Spelling::Toml)?;
    std::fs::write(&file.path, "number = 7\n")?;
    assert_eq!(file.load(), Loaded { value: Some(Number { schema: 0, number: 7 }), warning: None });
    Ok(())
}

#[test]
fn a_file_of_which_an_older_state_would_be_wrong_has_none() -> Tested {
    let (folder, file) = file(Spelling::Toml)?;
    let file = file.without_generations();
    file.save(&number(1))?;
    assert_eq!(file.load().value, Some(number(1)));
    assert_eq!(std::fs::read_dir(folder.path())?.count(), 1);
    Ok(())
}

#[test]
fn a_file_of_a_newer_sidelight_is_read_as_far_as_it_is_known_and_never_overwritten() -> Tested {
    let told = Some(Error::from(Cause::Conflict));
    for (spelling, text, value) in [
        (Spelling::Toml, "schema = 2\nnumber = 7\nhue = 3\n", Some(Number { schema: 2, number: 7 })),
        (Spelling::Toml, "schema = 2\nnumber = { is = 7 }\n", None),
        (Spelling::Json, "{\"schema\":2,\"number\":[]}", None),
    ] {
        let (_folder, file) = file(spelling)?;
        std::fs::write(&file.path, text)?;
        assert_eq!(file.load(), Loaded { value, warning: told.clone() });
        file.save(&number(1))?;
        assert_eq!(std::fs::read_to_string(&file.path)?, text);
    }
    Ok(())
}

#[test]
fn a_file_that_cannot_be_read_is_left_as_it_is_and_the_user_is_told() -> Tested {
    let (_folder, file) = file(Spelling::Toml)?;
    std::fs::create_dir(&file.path)?;
    let loaded = file.load::<Number>();
    assert!(matches!(loaded.warning, Some(Error { cause: Cause::Disk { .. }, .. })), "{loaded:?}");
    file.save(&number(1))?;
    assert!(file.path.is_dir());
    Ok(())
}
