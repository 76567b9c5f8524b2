//! The graphics driver: in no console's memory until its page draws with it, and there when it does.

use std::time::Duration;

use sidelight_tests::Outcome;
use sidelight_tests::pages::Pages;
use sidelight_tests::process::family::{self, WEB_PROCESS};
use sidelight_tests::stage::Stage;
use sidelight_tests::ui::Part;
use sidelight_tests::wait::wait_until;

use crate::colours::{BLUE, GREEN, fits, plain};

/// What Mesa's driver for the processor brings along.
const DRIVER: &str = "libLLVM";

/// Whether a process has no driver, or only what Mesa's EGL library brings by itself (since Mesa 24.3).
fn draws_nothing(id: u32) -> bool {
    !family::has_loaded(id, DRIVER) || family::has_loaded(id, "libgallium")
}

/// Draws one colour by WebGL, all over, and says what it then reads.
fn drawn_by_webgl((red, green, blue): (u8, u8, u8)) -> String {
    format!(
        "<!doctype html><title>nothing</title>\
         <style>html,body{{margin:0;height:100%}}canvas{{width:100%;height:100%;display:block}}</style>\
         <canvas></canvas><script>\
         const gl = document.querySelector('canvas').getContext('webgl', {{ preserveDrawingBuffer: true }});\
         gl.clearColor({red} / 255, {green} / 255, {blue} / 255, 1); gl.clear(gl.COLOR_BUFFER_BIT);\
         const pixel = new Uint8Array(4); gl.readPixels(0, 0, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, pixel);\
         document.title = 'drawn ' + pixel.join();</script>"
    )
}

#[tokio::test]
async fn the_graphics_driver_sleeps_until_a_page_draws_with_it_and_then_webgl_is_seen() -> Outcome {
    let pages = Pages::serve(&[("/plain", &plain("plain", GREEN)), ("/webgl", &drawn_by_webgl(BLUE))])?;
    let stage = Stage::open().await?;
    stage.side.run(&["edit", "acme staging", "--site", &pages.origin()])?.success()?;
    let app = stage.app.id()?;
    assert!(draws_nothing(app), "the app itself");
    let window = family::called(app, WEB_PROCESS);
    let consoles = || family::called(app, WEB_PROCESS).difference(&window).copied().collect::<Vec<u32>>();

    stage.side.run(&["open", "acme staging", "--page", &format!("{}/plain", pages.origin())])?.success()?;
    stage.wait_for_tabs("the plain page", |tabs| (tabs[0]["title"] == "plain").then_some(()))?;
    let plain = consoles();
    assert!(!plain.is_empty());
    for id in plain {
        assert!(family::has_loaded(id, "libsidelight_egl"), "ours stands before the driver");
        assert!(draws_nothing(id), "a page that draws nothing by itself");
    }

    stage.side.run(&["open", "acme staging", "--page", &format!("{}/webgl", pages.origin())])?.success()?;
    let (red, green, blue) = BLUE;
    stage.wait_for_tabs("what was drawn", |tabs| {
        tabs.iter().any(|tab| tab["title"] == format!("drawn {red},{green},{blue},255")).then_some(())
    })?;
    assert!(consoles().into_iter().any(|id| family::has_loaded(id, DRIVER)), "the driver draws");
    let window = stage.app.window(&stage.screen)?;
    let size = stage.screen.place(window)?;
    let area = stage.hand().rect(&Part::ConsoleArea).await?;
    wait_until("it on the screen", Duration::from_secs(20), || {
        let picture = stage.screen.picture()?;
        Ok(fits(&picture, area, (size.width, size.height), BLUE).then_some(()))
    })?;
    stage.close().await
}
