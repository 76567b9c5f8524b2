//! The mouse: moved and pressed through XTEST, as a real one would be.

use x11rb::connection::Connection;
use x11rb::protocol::xproto::{BUTTON_PRESS_EVENT, BUTTON_RELEASE_EVENT, ConnectionExt as _, MOTION_NOTIFY_EVENT};
use x11rb::protocol::xtest::ConnectionExt as _;

use super::{Point, Screen};
use crate::error::Outcome;

/// How many places a drag passes on its way, so that the app sees it move.
const STEPS_OF_A_DRAG: i16 = 12;

/// A button of the mouse.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Button {
    /// The main one.
    Left,
    /// The wheel, pressed.
    Middle,
    /// The one for menus.
    Right,
    /// The wheel, one notch up.
    WheelUp,
    /// The wheel, one notch down.
    WheelDown,
    /// The thumb's "back".
    Back,
    /// The thumb's "forward".
    Forward,
}

impl Screen {
    /// Moves the mouse to a place.
    ///
    /// # Errors
    /// When the display is gone.
    pub fn point_at(&self, place: Point) -> Outcome {
        self.fake_mouse(MOTION_NOTIFY_EVENT, 0, place)
    }

    /// Moves to a place and clicks there.
    ///
    /// # Errors
    /// When the display is gone.
    pub fn click(&self, place: Point) -> Outcome {
        self.click_with(Button::Left, place)
    }

    /// Moves to a place and clicks there with a certain button.
    ///
    /// # Errors
    /// When the display is gone.
    pub fn click_with(&self, button: Button, place: Point) -> Outcome {
        self.point_at(place)?;
        self.fake_mouse(BUTTON_PRESS_EVENT, button.number(), place)?;
        self.fake_mouse(BUTTON_RELEASE_EVENT, button.number(), place)
    }

    /// Clicks twice, fast.
    ///
    /// # Errors
    /// When the display is gone.
    pub fn double_click(&self, place: Point) -> Outcome {
        self.click(place)?;
        self.click(place)
    }

    /// Presses at one place, moves in steps to another and lets go there.
    ///
    /// # Errors
    /// When the display is gone.
    pub fn drag(&self, from: Point, to: Point) -> Outcome {
        self.point_at(from)?;
        self.fake_mouse(BUTTON_PRESS_EVENT, Button::Left.number(), from)?;
        for step in 1..=STEPS_OF_A_DRAG {
            let part = |start: i16, end: i16| {
                let way = i32::from(end) - i32::from(start);
                let gone = way * i32::from(step) / i32::from(STEPS_OF_A_DRAG);
                i16::try_from(i32::from(start) + gone).unwrap_or(end)
            };
            self.point_at(Point { x: part(from.x, to.x), y: part(from.y, to.y) })?;
        }
        self.fake_mouse(BUTTON_RELEASE_EVENT, Button::Left.number(), to)
    }

    /// Where the mouse is.
    ///
    /// # Errors
    /// When the display is gone.
    pub fn pointer(&self) -> Outcome<Point> {
        let pointer = self.connection.query_pointer(self.root)?.reply()?;
        Ok(Point { x: pointer.root_x, y: pointer.root_y })
    }

    fn fake_mouse(&self, event: u8, button: u8, place: Point) -> Outcome {
        let now = x11rb::CURRENT_TIME;
        let any_device = 0;
        self.connection.xtest_fake_input(event, button, now, self.root, place.x, place.y, any_device)?.check()?;
        Ok(self.connection.flush()?)
    }
}

impl Button {
    fn number(self) -> u8 {
        match self {
            Self::Left => 1,
            Self::Middle => 2,
            Self::Right => 3,
            Self::WheelUp => 4,
            Self::WheelDown => 5,
            Self::Back => 8,
            Self::Forward => 9,
        }
    }
}
