//! What a Wayland compositor shows: consoles in their places, keys, popups and files, all as on X11.

use sidelight_tests::Outcome;
use sidelight_tests::console::Console;
use sidelight_tests::desktop::Desktop;
use sidelight_tests::pages::Pages;
use sidelight_tests::screen::Modifier::Control;
use sidelight_tests::screen::Point;
use sidelight_tests::stage::Stage;
use sidelight_tests::ui::Part;

use crate::colours::{BLUE, GREEN, plain};
use crate::panes::{insist, side_by_side_on};

/// In the sidebar, where the compositor's pointer hides no pixel of a page.
const BESIDE_THE_CONSOLES: Point = Point { x: 20, y: 700 };
const BUCKET: &str = "acme-prod-reports-3333";
const KEY: &str = "logs.tar.gz";

#[tokio::test]
async fn on_wayland_consoles_stand_side_by_side_in_their_places_and_the_drawer_moves_them() -> Outcome {
    let pages = Pages::serve(&[("/green", &plain("green", GREEN)), ("/blue", &plain("blue", BLUE))])?;
    let stage = side_by_side_on(Desktop::on_wayland()?, &pages).await?;
    stage.screen.point_at(BESIDE_THE_CONSOLES)?;
    insist(&stage, "green beside blue", &[GREEN, BLUE]).await?;

    let area = stage.hand().rect(&Part::ConsoleArea).await?;
    let console = Console::new(&stage.screen, stage.app.window(&stage.screen)?, area);
    stage.screen.click(console.place(area.width / 2.0, area.height / 2.0)?)?;
    stage.screen.press("k", &[Control])?;
    stage.has_the_keyboard("switcher-field").await?;
    stage.screen.point_at(BESIDE_THE_CONSOLES)?;
    insist(&stage, "both below the switcher", &[GREEN, BLUE]).await?;
    let lower = stage.hand().rect(&Part::ConsoleArea).await?;
    assert!(lower.y > area.y + 100.0, "{lower:?} is no lower than {area:?}");
    stage.screen.type_text("borealis ec2")?;
    stage.screen.press("Return", &[])?;
    stage.wait_for_page_in_sight("borealis", "/ec2/")?;
    stage.close().await
}

#[tokio::test]
async fn on_wayland_a_popup_stays_in_its_profile_and_a_file_arrives_byte_for_byte() -> Outcome {
    let stage = Stage::open_on(Desktop::on_wayland()?, &[]).await?;
    let account = stage.profile("acme production")?.account.clone();
    stage.open_profile("acme production").await?;
    stage.open_page("acme production", "/cloudformation/home?region=eu-central-1#/stacks")?;
    let before = stage.cloud.last_report()?;
    stage.act(&account, "open-window:").await?;
    let popup = stage.cloud.wait_for_report("the popup", before, |report| report.field("opener") == true)?;
    assert_eq!(popup.text("cookie_account"), account);

    stage.open_page("acme production", &format!("/s3/buckets/{BUCKET}?region=eu-central-1&tab=objects"))?;
    stage.act(&account, &format!("download:{KEY}")).await?;
    assert!(stage.downloaded(KEY)? == stage.cloud.object(BUCKET, KEY)?, "the bytes differ");
    stage.close().await
}
