//! The switcher over a very large book: from a key until its answer is on the screen.
//!
//! What counts is the picture of the list. The display draws in software, as everything here does.

use std::time::{Duration, Instant};

use sidelight_tests::app::DrivenApp;
use sidelight_tests::desktop::{Desktop, Furnishing};
use sidelight_tests::hand::Rect;
use sidelight_tests::screen::Modifier;
use sidelight_tests::ui::Part;
use sidelight_tests::{HarnessError, Outcome};

use crate::eye::{Eye, Piece};
use crate::fixtures::book_of;
use crate::registry::Plan;
use crate::report::Figure;
use crate::timing::{LEAST, MEDIAN, P90, P95, milliseconds, summary};

/// From the key until the list shows another answer.
pub const KEYSTROKE: &str = "switcher, key to painted answer, 10,000 profiles";

/// What has not changed by then stays as it is.
const STILL: Duration = Duration::from_millis(250);

/// What is typed, one after the other; each letter changes the answer.
const QUERIES: [&str; 4] = ["0421 prod s3", "tokyo 17", "2400 test ec2", "sqs 0999"];

/// Letter by letter.
pub fn keystroke(plan: &Plan) -> Outcome<Vec<Figure>> {
    let desktop = Desktop::furnished(Furnishing::default())?;
    book_of(10_000, &desktop.sidelight_home())?;
    let runtime = tokio::runtime::Runtime::new().map_err(HarnessError::io("start a runtime"))?;
    let times = runtime.block_on(async {
        let app = DrivenApp::start(&desktop, &[]).await?;
        app.hand.find(&Part::TestId("start-page".to_owned())).await?;
        let times = typed(&desktop, &app, &QUERIES, plan.amount(2, 1)).await?;
        app.close().await?;
        Ok::<_, HarnessError>(times)
    })?;
    Ok(summary(KEYSTROKE, "Sidelight", times, &[LEAST, MEDIAN, P90, P95]))
}

/// Milliseconds for each letter of some queries, in the switcher of an app, which is closed afterwards.
pub async fn typed(desktop: &Desktop, app: &DrivenApp, queries: &[&str], rounds: usize) -> Outcome<Vec<f64>> {
    let screen = desktop.screen()?;
    let window = app.window(&screen)?;
    screen.focus(window)?;
    screen.press("k", &[Modifier::Control])?;
    let field = app.hand.rect(&Part::TestId("switcher-field".to_owned())).await?;
    let corner = screen.place(window)?.corner;
    let times = type_all(&Eye::open(desktop)?, list_below(field, corner.x, corner.y), queries, rounds)?;
    screen.press("Escape", &[])?;
    Ok(times)
}

/// The first rows of the list, below the field.
#[expect(clippy::cast_possible_truncation, reason = "screens are smaller than 32,768 pixels")]
fn list_below(field: Rect, x: i16, y: i16) -> Piece {
    let (left, top) = (field.x.round() as i16, (field.y + field.height + 16.0).round() as i16);
    Piece { x: x + left, y: y + top, width: 700, height: 120 }
}

fn type_all(eye: &Eye, list: Piece, queries: &[&str], rounds: usize) -> Outcome<Vec<f64>> {
    let mut times = Vec::new();
    for _ in 0..rounds {
        for query in queries {
            for letter in query.chars() {
                let before = eye.wait_for_stillness(list)?;
                let start = Instant::now();
                eye.press(u32::from(letter))?;
                // A blank, and a letter that leaves the first rows as they are, paint nothing new.
                if let Some(at) = eye.see(list, STILL, |now| *now != before)? {
                    times.push(milliseconds(at.saturating_duration_since(start)));
                }
            }
            for _ in query.chars() {
                eye.press(BACKSPACE)?;
            }
        }
    }
    Ok(times)
}

const BACKSPACE: u32 = 0xff08;
