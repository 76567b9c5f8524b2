//! The switcher over a very large book: from a key until its answer is on the screen.
//!
//! What counts is the picture of the list. Beside it stands how long the engine takes to show the
//! letter itself in the field, which asks nobody: the display draws in software, as everything here does.

use std::time::Instant;

use sidelight_tests::app::DrivenApp;
use sidelight_tests::desktop::{Desktop, Furnishing};
use sidelight_tests::hand::Rect;
use sidelight_tests::ui::Part;
use sidelight_tests::{HarnessError, Outcome};

use crate::eye::{Eye, Piece};
use crate::fixtures::ten_thousand_profiles;
use crate::registry::Plan;
use crate::report::Figure;
use crate::timing::{LEAST, MEDIAN, P90, P95, milliseconds, summary};

/// From the key until the list shows another answer.
pub const KEYSTROKE: &str = "switcher, key to painted answer, 10,000 profiles";

/// What is typed, one after the other; each letter changes the answer.
const QUERIES: [&str; 4] = ["0421 prod s3", "tokyo 17", "2400 test ec2", "sqs 0999"];

/// Letter by letter.
pub fn keystroke(plan: &Plan) -> Outcome<Vec<Figure>> {
    let desktop = Desktop::furnished(Furnishing::default())?;
    ten_thousand_profiles(&desktop.sidelight_home())?;
    let runtime = tokio::runtime::Runtime::new().map_err(HarnessError::io("start a runtime"))?;
    let times = runtime.block_on(async {
        let app = DrivenApp::start(&desktop, &[]).await?;
        let screen = desktop.screen()?;
        let window = app.window(&screen)?;
        screen.focus(window)?;
        app.hand.find(&Part::TestId("start-page".to_owned())).await?;
        screen.press("k", &[sidelight_tests::screen::Modifier::Control])?;
        let field = app.hand.rect(&Part::TestId("switcher-field".to_owned())).await?;
        let corner = screen.place(window)?.corner;
        let (field, list) = field_and_list(field, corner.x, corner.y);
        let times = type_all(&Eye::open(&desktop)?, field, list, plan.amount(2, 1))?;
        app.close().await?;
        Ok::<_, HarnessError>(times)
    })?;
    let ranks = [LEAST, MEDIAN, P90, P95];
    let mut figures = summary(KEYSTROKE, "Sidelight", times.answers, &ranks);
    figures.extend(summary(KEYSTROKE, "its own letter", times.letters, &ranks));
    Ok(figures)
}

/// The field, without the caret at its end, and the first rows of the list below it.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "screens are smaller than 32,768 pixels")]
fn field_and_list(field: Rect, x: i16, y: i16) -> (Piece, Piece) {
    let (left, top, height) = (x + field.x.round() as i16, y + field.y.round() as i16, field.height.round() as u16);
    let below = top + height as i16 + 16;
    (Piece { x: left, y: top, width: 300, height }, Piece { x: left, y: below, width: 700, height: 120 })
}

/// When something changed, after the key: in the list, and in the field itself, which shows the letter.
#[derive(Default)]
struct Times {
    answers: Vec<f64>,
    letters: Vec<f64>,
}

fn type_all(eye: &Eye, field: Piece, list: Piece, rounds: usize) -> Outcome<Times> {
    let mut times = Times::default();
    for _ in 0..rounds {
        for query in QUERIES {
            for letter in query.chars() {
                times.letters.extend(press(eye, letter, field)?);
                eye.press(BACKSPACE)?;
                // A blank, and a letter that leaves the first rows as they are, paint nothing new.
                times.answers.extend(press(eye, letter, list)?);
            }
            for _ in query.chars() {
                eye.press(BACKSPACE)?;
            }
        }
    }
    Ok(times)
}

/// From the key until a piece of the screen looks otherwise, in milliseconds.
fn press(eye: &Eye, letter: char, piece: Piece) -> Outcome<Option<f64>> {
    let before = eye.wait_for_stillness(piece)?;
    let start = Instant::now();
    eye.press(u32::from(letter))?;
    let changed = eye.wait_until_changed_or_still(piece, &before)?;
    Ok(changed.map(|at| milliseconds(at.duration_since(start))))
}

const BACKSPACE: u32 = 0xff08;
