//! The display, and eyes and hands on it.

use sidelight_tests::Outcome;
use sidelight_tests::desktop::{Desktop, Furnishing};
use sidelight_tests::keyring::KeyringState;
use sidelight_tests::screen::{Modifier, Point};

/// A machine that has a display of this size and little else.
fn display_of(size: (u16, u16)) -> Outcome<Desktop> {
    Desktop::furnished(Furnishing { display: Some(size), bus: false, keyring: KeyringState::None })
}

#[test]
fn a_fresh_display_is_black_and_of_the_size_asked_for() -> Outcome {
    let desktop = display_of((640, 480))?;
    let picture = desktop.screen()?.picture()?;
    assert_eq!(picture.size(), (640, 480));
    assert!(picture.is_plain());
    assert_eq!(picture.colour(320, 240), Some([0, 0, 0]));
    assert_eq!(picture.colour(640, 0), None);
    Ok(())
}

#[test]
fn a_picture_becomes_a_png_file_with_its_folder() -> Outcome {
    let desktop = display_of((64, 48))?;
    let file = desktop.home().join("pictures/screen.png");
    desktop.screen()?.picture()?.save(&file)?;
    let bytes = std::fs::read(&file).expect("the file was written");
    assert!(bytes.starts_with(b"\x89PNG\r\n"));
    Ok(())
}

#[test]
fn the_mouse_and_the_keyboard_reach_the_display() -> Outcome {
    let desktop = display_of((640, 480))?;
    let screen = desktop.screen()?;
    screen.click(Point { x: 10, y: 20 })?;
    screen.drag(Point { x: 10, y: 20 }, Point { x: 300, y: 200 })?;
    assert_eq!(screen.pointer()?, Point { x: 300, y: 200 });
    screen.press("k", &[Modifier::Control])?;
    screen.press("F5", &[Modifier::Shift])?;
    screen.type_text("Acme (production) ~/_%")?;
    assert!(screen.press("月", &[]).is_err(), "the layout has no such key");
    Ok(())
}

#[test]
fn a_display_without_windows_has_no_titles() -> Outcome {
    let desktop = display_of((64, 48))?;
    assert_eq!(desktop.screen()?.titles()?, Vec::<String>::new());
    Ok(())
}
