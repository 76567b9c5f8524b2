//! The keychain's states, as a user of `side` meets them.

use std::fs;

use sidelight_tests::demo::{DemoCloud, PARTITION};
use sidelight_tests::desktop::{Desktop, Furnishing};
use sidelight_tests::keyring::KeyringState;
use sidelight_tests::side::Side;
use sidelight_tests::{HarnessError, Outcome};

fn furnished(bus: bool, keyring: KeyringState) -> Outcome<Desktop> {
    Desktop::furnished(Furnishing { display: None, bus, keyring })
}

fn with_profiles(desktop: &Desktop) -> Outcome<(DemoCloud, Side)> {
    let cloud = DemoCloud::start()?;
    cloud.watch_secrets(desktop.leaks());
    let side = Side::new(desktop.surroundings())?.watched_by(desktop.leaks());
    cloud.register(&side)?;
    Ok((cloud, side))
}

#[test]
fn a_secret_is_read_by_the_next_process_and_survives_a_restarted_keychain() -> Outcome {
    let mut desktop = furnished(true, KeyringState::Unlocked)?;
    let (_cloud, side) = with_profiles(&desktop)?;
    side.run(&["test", "acme production"])?.success()?;
    desktop.keyring()?.restart()?;
    side.run(&["test", "acme production"])?.success()?;
    Ok(())
}

#[test]
fn a_locked_keychain_says_so_and_nothing_is_lost() -> Outcome {
    let mut desktop = furnished(true, KeyringState::Unlocked)?;
    let (_cloud, side) = with_profiles(&desktop)?;
    desktop.keyring()?.lock()?;
    let refused = side.run(&["test", "acme production"])?;
    assert_eq!(refused.code, Some(5), "{}", refused.complaints);
    assert!(refused.complaints.contains("The keychain is locked"), "{}", refused.complaints);
    desktop.keyring()?.restart()?;
    side.run(&["test", "acme production"])?.success()?;
    Ok(())
}

#[test]
fn a_missing_keychain_is_not_an_empty_one() -> Outcome {
    let mut desktop = furnished(true, KeyringState::Unlocked)?;
    let (_cloud, side) = with_profiles(&desktop)?;
    desktop.keyring()?.stop()?;
    let refused = side.run(&["test", "acme production"])?;
    assert_eq!(refused.code, Some(5), "{}", refused.complaints);
    assert!(refused.complaints.contains("No keychain answers"), "{}", refused.complaints);
    Ok(())
}

#[test]
fn an_entry_that_is_gone_is_called_missing() -> Outcome {
    let desktop = furnished(true, KeyringState::Unlocked)?;
    let (_cloud, side) = with_profiles(&desktop)?;
    let mut clear = desktop.command("secret-tool");
    clear.args(["clear", "service", "sidelight"]);
    desktop.launch("secret-tool", clear)?.wait_for_end(std::time::Duration::from_secs(20))?;
    let refused = side.run(&["test", "acme production"])?;
    assert_eq!(refused.code, Some(5), "{}", refused.complaints);
    assert!(refused.complaints.contains("no secret for this profile"), "{}", refused.complaints);
    Ok(())
}

#[test]
fn doctor_gives_a_verdict_and_a_remedy_for_each_part() -> Outcome {
    let mut desktop = furnished(true, KeyringState::Unlocked)?;
    let (_cloud, side) = with_profiles(&desktop)?;
    desktop.keyring()?.stop()?;
    let printed = side.run(&["doctor"])?;
    assert_eq!(printed.code, Some(1), "{}", printed.output);
    for part in ["keychain", "sandbox", "network", "clock"] {
        assert!(printed.output.to_lowercase().contains(part), "{part}: {}", printed.output);
    }
    Ok(())
}

#[test]
fn keys_of_awss_csv_go_into_the_keychain_and_those_that_are_known_are_left_alone() -> Outcome {
    let desktop = furnished(true, KeyringState::Unlocked)?;
    let cloud = DemoCloud::start()?;
    cloud.watch_secrets(desktop.leaks());
    let side = Side::new(desktop.surroundings())?.watched_by(desktop.leaks());
    cloud.register_partition(&side)?;
    let profile = cloud.announcement().profiles[0].clone();
    let file = desktop.home().join("new_user_credentials.csv");
    let (id, secret) = (&profile.access_key_id, &profile.secret_access_key);
    let text =
        format!("\u{feff}User name,Password,Access key ID,Secret access key\r\nbob,,{id},{secret}\r\neve,,,\r\n");
    fs::write(&file, text).map_err(HarnessError::io("write the CSV"))?;
    desktop.leaks().leave_out(&file);
    let path = file.to_string_lossy().into_owned();
    side.run(&["import", &path, "--dry-run"])?.success()?;
    assert_eq!(side.json(&["ls"])?.as_array().map(Vec::len), Some(0));
    side.run(&["import", &path, "--group", "Acme"])?.success()?;
    side.run(&["import", &path])?.success()?;
    let profiles = side.json(&["ls"])?;
    assert_eq!(profiles.as_array().map(Vec::len), Some(1), "{profiles}");
    assert_eq!((&profiles[0]["name"], &profiles[0]["group"]), (&"bob".into(), &"Acme".into()));
    // As on another machine, where the book has come without secrets.
    let mut clear = desktop.command("secret-tool");
    clear.args(["clear", "service", "sidelight"]);
    desktop.launch("secret-tool", clear)?.wait_for_end(std::time::Duration::from_secs(20))?;
    side.run(&["import", &path])?.success()?;
    side.run(&["edit", "bob", "--partition", PARTITION])?.success()?;
    assert_eq!(side.json(&["test", "bob"])?["account"], profile.account);

    fs::write(&file, format!("Access key ID,Secret access key\n{id},\n")).map_err(HarnessError::io("write the CSV"))?;
    let refused = side.run(&["import", &path])?;
    assert_eq!(refused.code, Some(2));
    assert!(refused.complaints.contains("line 2"), "{}", refused.complaints);
    Ok(())
}
