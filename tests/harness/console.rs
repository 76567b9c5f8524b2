//! A hand in console pages, which WebDriver does not reach: the demo console reports where its
//! elements are, and the mouse clicks there.
//!
//! It needs the pane's place from the UI, so the page must be the one that shows.

use x11rb::protocol::xproto::Window;

use crate::demo::Report;
use crate::error::{HarnessError, Outcome};
use crate::hand::Rect;
use crate::screen::{Point, Screen};

/// The console that shows in a window.
pub struct Console<'screen> {
    screen: &'screen Screen,
    window: Window,
    area: Rect,
}

impl<'screen> Console<'screen> {
    /// The console in this part of the window, as the UI gives the part's place.
    pub fn new(screen: &'screen Screen, window: Window, area: Rect) -> Self {
        Self { screen, window, area }
    }

    /// Clicks an action of the page that sent this report.
    ///
    /// # Errors
    /// When the page has no such action, or it is outside the pane.
    pub fn click(&self, page: &Report, action: &str) -> Outcome {
        self.screen.click(self.place_of(page, action)?)
    }

    /// The middle of an action on the screen.
    ///
    /// # Errors
    /// As [`Console::click`].
    pub fn place_of(&self, page: &Report, action: &str) -> Outcome<Point> {
        let missing = || HarnessError::missing(format!("action {action:?} on {}", page.text("path")));
        let [left, top, width, height] = page.action(action).ok_or_else(missing)?;
        let (x, y) = (left + width / 2.0, top + height / 2.0);
        if x < 0.0 || y < 0.0 || x >= self.area.width || y >= self.area.height {
            return Err(HarnessError::missing(format!("action {action:?} within the pane: it is at {x}, {y}")));
        }
        self.place(x, y)
    }

    /// A place of the pane on the screen.
    ///
    /// # Errors
    /// When the window is gone.
    pub fn place(&self, x: f64, y: f64) -> Outcome<Point> {
        let corner = self.screen.place(self.window)?.corner;
        let on_screen = |corner: i16, offset: f64| corner.saturating_add(rounded(offset));
        Ok(Point { x: on_screen(corner.x, self.area.x + x), y: on_screen(corner.y, self.area.y + y) })
    }
}

#[expect(clippy::cast_possible_truncation, reason = "screens are smaller than 32,768 pixels")]
fn rounded(pixels: f64) -> i16 {
    pixels.round() as i16
}
