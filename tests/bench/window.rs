//! The app's window as its user waits for it: the first draw, a profile that is clicked, another tab.
//!
//! What counts is what is on the screen, or what the page itself reports to the cloud; never what the
//! app says of itself.

use std::time::Instant;

use sidelight_tests::app::{App, DrivenApp};
use sidelight_tests::demo::{DemoCloud, DemoProfile};
use sidelight_tests::desktop::Desktop;
use sidelight_tests::side::Side;
use sidelight_tests::ui::Part;
use sidelight_tests::{HarnessError, Outcome};
use tokio::runtime::Runtime;

use crate::eye::{Eye, Look, Piece, window_of};
use crate::fixtures::{book_of, machine_and_cloud};
use crate::memory_use::heavy_page;
use crate::registry::Plan;
use crate::report::Figure;
use crate::timing::{LEAST, MEDIAN, P90, summary, time_until};

/// From the process's start until anything of the UI is on the screen.
pub const FIRST_PIXELS: &str = "app start to first pixels of the UI";
/// From the process's start until the window is as it stays.
pub const FIRST_DRAW: &str = "app start to window with all profiles";
/// The same for an organization's import: until the sidebar is as it stays.
pub const FIRST_DRAW_OF_MANY: &str = "app start to window with 5,000 profiles";
/// From the mouse's click on a profile's row until its page has run and reported its session.
pub const CLICK_TO_LOADED: &str = "click on a profile to page loaded";
/// From the key until the other page fills its pane.
pub const TAB_SWITCH: &str = "tab switch, Ctrl+Tab to painted";

const SIDELIGHT: &str = "Sidelight";

/// The sidebar up to its scroll bar, which fades for seconds after the start.
const SIDEBAR: u16 = 250;

/// The app's start with a few profiles.
pub fn first_draw(plan: &Plan) -> Outcome<Vec<Figure>> {
    let (desktop, cloud) = machine_and_cloud(0)?;
    cloud.register(&Side::new(desktop.surroundings())?)?;
    let (pixels, draws) = draws(plan, &desktop, |window| window)?;
    let mut figures = summary(FIRST_PIXELS, SIDELIGHT, pixels, &[LEAST, MEDIAN, P90]);
    figures.extend(summary(FIRST_DRAW, SIDELIGHT, draws, &[LEAST, MEDIAN, P90]));
    Ok(figures)
}

/// The app's start with 5,000.
pub fn first_draw_of_many(plan: &Plan) -> Outcome<Vec<Figure>> {
    let (desktop, _cloud) = machine_and_cloud(0)?;
    book_of(5_000, &desktop.sidelight_home())?;
    let (_pixels, draws) = draws(plan, &desktop, |window| Piece { width: SIDEBAR, ..window })?;
    Ok(summary(FIRST_DRAW_OF_MANY, SIDELIGHT, draws, &[LEAST, MEDIAN, P90]))
}

/// The first pixels of each start, and all that counts of the window, seen from the screen.
///
/// What counts must look as it did when an earlier start had come to rest: sidebar with all
/// profiles, empty pane, fonts and icons. Not counted is the very first start on the machine.
fn draws(plan: &Plan, desktop: &Desktop, counts: impl Fn(Piece) -> Piece) -> Outcome<(Vec<f64>, Vec<f64>)> {
    let screen = desktop.screen()?;
    let eye = Eye::open(desktop)?;
    let mut app = App::start(desktop, &[])?;
    let window = app.wait_for_window(&screen)?;
    let whole = window_of(&screen, window)?;
    let all = counts(whole);
    let at_rest = eye.wait_for_stillness(all)?;
    drop(app);

    let mut draws = Vec::new();
    for _ in 0..plan.amount(15, 3) {
        eye.time_until("an empty screen", Instant::now(), whole, Look::is_plain)?;
        let start = Instant::now();
        let app = App::start(desktop, &[])?;
        draws.push((
            eye.time_until("the first pixels", start, whole, |look| !look.is_plain())?,
            eye.time_until("the whole window", start, all, |look| *look == at_rest)?,
        ));
        drop(app);
    }
    Ok(draws.into_iter().unzip())
}

/// A click on each of many profiles, one after another, until its console has reported.
pub fn click_to_loaded(plan: &Plan) -> Outcome<Vec<Figure>> {
    let (desktop, cloud) = machine_and_cloud(plan.amount(12, 2))?;
    cloud.register(&Side::new(desktop.surroundings())?)?;
    let times = runtime()?.block_on(async {
        let app = DrivenApp::start(&desktop, &[]).await?;
        app.hand.find(&Part::Profile(first_profile(&cloud)?.name.clone())).await?;
        let mut times = Vec::new();
        for profile in cloud.profiles() {
            times.push(click(&app, &cloud, profile).await?);
        }
        app.close().await?;
        Ok::<_, HarnessError>(times)
    })?;
    // The first one also connects to STS and to the keychain, as it does for every user.
    Ok(summary(CLICK_TO_LOADED, SIDELIGHT, times, &[LEAST, MEDIAN, P90]))
}

async fn click(app: &DrivenApp, cloud: &DemoCloud, profile: &DemoProfile) -> Outcome<f64> {
    let row = app.hand.find(&Part::Profile(profile.name.clone())).await?;
    let before = cloud.last_report()?;
    let start = Instant::now();
    row.click().await?;
    time_until(&format!("the console of {}", profile.name), start, || {
        let reports = cloud.reports(before)?;
        Ok(reports.iter().any(|report| report.text("account") == profile.account))
    })
}

/// Ctrl+Tab between a console and the heavy page, by a real key, until a strip from the pane's top to
/// its bottom is as the other page stays.
pub fn tab_switch(plan: &Plan) -> Outcome<Vec<Figure>> {
    let (desktop, cloud) = machine_and_cloud(0)?;
    let side = Side::new(desktop.surroundings())?;
    cloud.register(&side)?;
    let times = runtime()?.block_on(async {
        let app = DrivenApp::start(&desktop, &[]).await?;
        let strip = open_two(&desktop, &cloud, &side, &app).await?;
        let times = switch_to_and_fro(&Eye::open(&desktop)?, strip, plan.amount(60, 6))?;
        app.close().await?;
        Ok::<_, HarnessError>(times)
    })?;
    Ok(summary(TAB_SWITCH, SIDELIGHT, times, &[LEAST, MEDIAN, P90]))
}

/// Opens the two tabs, and finds the strip in the middle of their pane.
async fn open_two(desktop: &Desktop, cloud: &DemoCloud, side: &Side, app: &DrivenApp) -> Outcome<Piece> {
    let mut profiles = cloud.profiles();
    let (Some(console), Some(heavy)) = (profiles.next(), profiles.next()) else {
        return Err(HarnessError::missing("two demo profiles"));
    };
    side.run(&["open", &console.name])?.success()?;
    cloud.wait_for_report("the console", 0, |report| report.text("account") == console.account)?;
    side.run(&["open", &heavy.name, "--page", &heavy_page(0)])?.success()?;
    cloud.wait_for_report("the heavy page", 0, |report| report.text("n") == "0")?;

    let screen = desktop.screen()?;
    let window = app.window(&screen)?;
    screen.focus(window)?;
    let corner = screen.place(window)?.corner;
    let area = app.hand.rect(&Part::ConsoleArea).await?;
    Ok(Piece {
        x: corner.x + pixels(area.x + area.width / 2.0),
        y: corner.y + pixels(area.y),
        width: 8,
        height: u16::try_from(pixels(area.height)).unwrap_or(1).max(1),
    })
}

fn switch_to_and_fro(eye: &Eye, strip: Piece, switches: usize) -> Outcome<Vec<f64>> {
    let one = eye.wait_for_stillness(strip)?;
    eye.press_ctrl_tab(|| {})?;
    eye.time_until("another page", Instant::now(), strip, |look| *look != one)?;
    let other = eye.wait_for_stillness(strip)?;
    if one == other {
        return Err(HarnessError::missing("difference between the two pages"));
    }
    let both: [&Look; 2] = [&one, &other];
    let mut times = Vec::with_capacity(switches);
    for turn in 0..switches {
        let mut start = Instant::now();
        eye.press_ctrl_tab(|| start = Instant::now())?;
        times.push(eye.time_until("the other page", start, strip, |look| look == both[turn % 2])?);
        // The page that went has its time to notice.
        eye.wait_for_stillness(strip)?;
    }
    Ok(times)
}

fn first_profile(cloud: &DemoCloud) -> Outcome<&DemoProfile> {
    cloud.profiles().next().ok_or_else(|| HarnessError::missing("demo profile"))
}

fn runtime() -> Outcome<Runtime> {
    Runtime::new().map_err(HarnessError::io("start a runtime"))
}

#[expect(clippy::cast_possible_truncation, reason = "screens are smaller than 32,768 pixels")]
fn pixels(length: f64) -> i16 {
    length.round() as i16
}
