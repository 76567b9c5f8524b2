//! Eyes and hands on a display: what a person at the screen sees and does, through X11 alone.
//!
//! It knows no page and no element: places are pixels of the root window. It is how console pages
//! are used, which WebDriver does not reach.

mod keyboard;
mod picture;
mod pointer;
mod windows;

use x11rb::connection::Connection;
use x11rb::protocol::xproto::{ConnectionExt as _, ImageFormat, Window};
use x11rb::rust_connection::RustConnection;

use crate::error::Outcome;

pub use keyboard::Modifier;
pub use picture::Picture;
pub use pointer::Button;
pub use windows::WindowPlace;

/// A place on the screen, in pixels from its upper left corner.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Point {
    /// To the right.
    pub x: i16,
    /// Down.
    pub y: i16,
}

/// A connection to a display.
pub struct Screen {
    connection: RustConnection,
    root: Window,
    width: u16,
    height: u16,
}

impl Screen {
    /// Connects to the display of this name, such as `:99`.
    ///
    /// # Errors
    /// When there is no such display.
    pub fn open(display: &str) -> Outcome<Self> {
        let (connection, number) = x11rb::connect(Some(display))?;
        let screen = &connection.setup().roots[number];
        let (root, width, height) = (screen.root, screen.width_in_pixels, screen.height_in_pixels);
        Ok(Self { connection, root, width, height })
    }

    /// What is to be seen on the whole screen now.
    ///
    /// # Errors
    /// When the display is gone.
    pub fn picture(&self) -> Outcome<Picture> {
        let all_planes = !0;
        let cookie =
            self.connection.get_image(ImageFormat::Z_PIXMAP, self.root, 0, 0, self.width, self.height, all_planes)?;
        let image = cookie.reply()?;
        Ok(Picture::of_display(self.width, self.height, &image.data))
    }
}
