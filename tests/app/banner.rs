//! The banner in a page: there where the user wants it, whatever the page forbids or takes away.

use std::time::Duration;

use sidelight_tests::Outcome;
use sidelight_tests::hand::Rect;
use sidelight_tests::pages::Pages;
use sidelight_tests::screen::Modifier::Control;
use sidelight_tests::screen::Picture;
use sidelight_tests::stage::Stage;
use sidelight_tests::ui::Part;
use sidelight_tests::wait::wait_until;

use crate::colours::{Colour, GREEN, RED, colour};

/// It allows no style and no script but its own file.
const STRICT: &str = "<!doctype html><meta http-equiv=\"Content-Security-Policy\" \
    content=\"default-src 'none'; script-src 'self'\"><script src=\"/page.js\"></script>";

/// A single-page app that draws all of its document anew.
const ANEW: &str = "
    const paint = () => document.documentElement.style.setProperty('background', 'rgb(0, 200, 83)');
    paint();
    addEventListener('load', () => {
      const page = document.createElement('html');
      page.append(document.createElement('head'), document.createElement('body'));
      document.replaceChild(page, document.documentElement);
      history.pushState(null, '', '/strict?moved');
      paint();
      document.title = 'moved';
    });";

/// The page's foot on the left, and its middle.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "places on a screen")]
fn foot_and_middle(picture: &Picture, area: Rect) -> [Option<Colour>; 2] {
    let at = |x: f64, y: f64| colour(picture, x as u16, y as u16);
    let foot = at(area.x + area.width / 10.0, area.y + area.height - 2.0);
    [foot, at(area.x + area.width / 2.0, area.y + area.height / 2.0)]
}

#[tokio::test]
async fn a_banner_is_at_the_foot_of_a_strict_page_that_draws_itself_anew_and_goes_when_it_is_switched_off() -> Outcome {
    let pages = Pages::serve(&[("/strict", STRICT), ("/page.js", ANEW)])?;
    let stage = Stage::open().await?;
    stage.allow_pages_of(&[&pages.origin()])?;
    stage.open_profile("acme production").await?;
    let page = format!("{}/strict", pages.origin());
    stage.side.run(&["open", "acme production", "--page", &page])?.success()?;
    let moved = |tabs: &[serde_json::Value]| tabs.iter().any(|tab| tab["title"] == "moved").then_some(());
    stage.wait_for_tabs("the page drawn anew", moved)?;
    let area = stage.hand().rect(&Part::ConsoleArea).await?;
    let seen = || Ok::<_, sidelight_tests::HarnessError>(foot_and_middle(&stage.screen.picture()?, area));
    let insist = |what: &str, foot: Colour| {
        wait_until(what, Duration::from_secs(20), || Ok((seen()? == [Some(foot), Some(GREEN)]).then_some(())))
    };
    insist("a page without a banner", GREEN)?;
    for (choice, foot) in [("In each page too", RED), ("Only in the window's frame", GREEN)] {
        stage.screen.press(",", &[Control])?;
        stage.hand().click(&Part::Field(choice.to_owned())).await?;
        stage.screen.press("1", &[Control])?;
        stage.screen.press("2", &[Control])?;
        insist(choice, foot)?;
        stage.screen.press("F5", &[])?;
        insist(&format!("{choice}, after a reload"), foot)?;
    }
    stage.close().await
}
