//! The keychain's states, as a user of `side` meets them.

use sidelight_tests::Outcome;
use sidelight_tests::demo::DemoCloud;
use sidelight_tests::desktop::{Desktop, Furnishing};
use sidelight_tests::keyring::KeyringState;
use sidelight_tests::side::Side;

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
