//! A quick eye on the display: small pieces of it, looked at whenever the display says that something was drawn (the
//! X Damage extension), and keys pressed without a question in between.
//!
//! Not for scenarios: those have the harness's `Screen`, which is slower and more careful. An eye that looked again and
//! again would take the processor from what is measured.

use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec};
use rustix::io::Errno;
use sidelight_tests::desktop::Desktop;
use sidelight_tests::screen::Screen;
use sidelight_tests::wait::wait_until;
use sidelight_tests::{HarnessError, Outcome};
use x11rb::connection::Connection;
use x11rb::protocol::damage::{ConnectionExt as _, ReportLevel};
use x11rb::protocol::xproto::{ConnectionExt as _, ImageFormat, KEY_PRESS_EVENT, KEY_RELEASE_EVENT, Window};
use x11rb::protocol::xtest::ConnectionExt as _;
use x11rb::rust_connection::RustConnection;

use crate::timing::milliseconds;

const CONTROL: u32 = 0xffe3;
const TAB: u32 = 0xff09;

/// How many looks must see the same until a picture counts as still: a second and a half.
const STILL: usize = 150;

/// A rectangle of the screen, in its pixels.
#[derive(Clone, Copy, Debug)]
pub struct Piece {
    /// From the left edge.
    pub x: i16,
    /// From the upper edge.
    pub y: i16,
    /// Its width.
    pub width: u16,
    /// Its height.
    pub height: u16,
}

/// A piece as it looked.
#[derive(Clone, PartialEq, Eq)]
pub struct Look(Vec<u8>);

/// A connection of its own to the display.
pub struct Eye {
    connection: RustConnection,
    root: Window,
    control: u8,
    tab: u8,
}

impl Eye {
    /// Opens the machine's display.
    ///
    /// # Errors
    /// When the machine has none.
    pub fn open(desktop: &Desktop) -> Outcome<Self> {
        let display = desktop.surroundings().get("DISPLAY").and_then(|name| name.to_str());
        let (connection, number) = x11rb::connect(display)?;
        let root = connection.setup().roots[number].root;
        let (control, tab) = (key(&connection, CONTROL)?, key(&connection, TAB)?);
        connection.damage_query_version(1, 1)?.reply()?;
        // Of the whole screen, each drawing by itself: nothing has to be taken back.
        let damage =
            connection.generate_id().map_err(|error| HarnessError::missing(format!("damage's id: {error}")))?;
        connection.damage_create(damage, root, ReportLevel::RAW_RECTANGLES)?.check()?;
        Ok(Self { connection, root, control, tab })
    }

    /// What a piece looks like now.
    ///
    /// # Errors
    /// When the display is gone.
    pub fn look(&self, piece: Piece) -> Outcome<Look> {
        let Piece { x, y, width, height } = piece;
        let cookie = self.connection.get_image(ImageFormat::Z_PIXMAP, self.root, x, y, width, height, !0)?;
        Ok(Look(cookie.reply()?.data))
    }

    /// Waits until a piece has something on it and has not changed for a while.
    ///
    /// # Errors
    /// [`HarnessError::Late`].
    pub fn wait_for_stillness(&self, piece: Piece) -> Outcome<Look> {
        let mut last = self.look(piece)?;
        let mut same = 0;
        wait_until("a still picture", Duration::from_secs(60), || {
            let now = self.look(piece)?;
            same = if now == last && !now.is_plain() { same + 1 } else { 0 };
            last = now;
            Ok((same >= STILL).then(|| last.clone()))
        })
    }

    /// Presses Ctrl+Tab. Control is held down before, so that the caller's time begins with Tab.
    ///
    /// # Errors
    /// When the display is gone.
    pub fn press_ctrl_tab(&self, tab_is_next: impl FnOnce()) -> Outcome {
        self.fake(KEY_PRESS_EVENT, self.control)?;
        tab_is_next();
        self.fake(KEY_PRESS_EVENT, self.tab)?;
        self.fake(KEY_RELEASE_EVENT, self.tab)?;
        self.fake(KEY_RELEASE_EVENT, self.control)
    }

    /// Presses a key by its keysym.
    ///
    /// # Errors
    /// When the display is gone, or has no such key.
    pub fn press(&self, keysym: u32) -> Outcome {
        let code = key(&self.connection, keysym)?;
        self.fake(KEY_PRESS_EVENT, code)?;
        self.fake(KEY_RELEASE_EVENT, code)
    }

    /// When a piece first looked as `wanted`, by the drawing before the look that saw it; nothing where it does not
    /// before `within` is over.
    ///
    /// # Errors
    /// When the display is gone.
    pub fn see(&self, piece: Piece, within: Duration, wanted: impl Fn(&Look) -> bool) -> Outcome<Option<Instant>> {
        let end = Instant::now() + within;
        let mut drawn = Instant::now();
        loop {
            if wanted(&self.look(piece)?) {
                return Ok(Some(drawn));
            }
            match self.wait_for_drawing(end)? {
                Some(at) => drawn = at,
                None => return Ok(None),
            }
        }
    }

    /// [`Self::see`] what must come, in milliseconds from `start`.
    ///
    /// # Errors
    /// [`HarnessError::Late`] naming `what` after a minute.
    pub fn time_until(&self, what: &str, start: Instant, piece: Piece, wanted: impl Fn(&Look) -> bool) -> Outcome<f64> {
        let late = || HarnessError::Late { what: what.to_owned(), seconds: start.elapsed().as_secs_f64() };
        let seen = self.see(piece, Duration::from_secs(60), wanted)?.ok_or_else(late)?;
        Ok(milliseconds(seen.saturating_duration_since(start)))
    }

    /// When something was drawn of which nobody knows yet; nothing where that is not before `end`.
    fn wait_for_drawing(&self, end: Instant) -> Outcome<Option<Instant>> {
        loop {
            let mut is_drawn = false;
            while self.connection.poll_for_event()?.is_some() {
                is_drawn = true;
            }
            if is_drawn {
                return Ok(Some(Instant::now()));
            }
            let left = end.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return Ok(None);
            }
            let mut said = [PollFd::new(self.connection.stream(), PollFlags::IN)];
            let left = Timespec::try_from(left).ok();
            match rustix::event::poll(&mut said, left.as_ref()) {
                Ok(_) | Err(Errno::INTR) => {}
                Err(error) => return Err(HarnessError::io("wait for the display")(error.into())),
            }
        }
    }

    fn fake(&self, event: u8, code: u8) -> Outcome {
        let cookie = self.connection.xtest_fake_input(event, code, x11rb::CURRENT_TIME, self.root, 0, 0, 0)?;
        Ok(cookie.check()?)
    }
}

impl Look {
    /// Whether it has one colour only: nothing has been drawn.
    pub fn is_plain(&self) -> bool {
        let first = self.0.get(..4);
        self.0.chunks_exact(4).all(|pixel| first == Some(pixel))
    }
}

/// Where a window is on the screen, all of it.
pub fn window_of(screen: &Screen, window: Window) -> Outcome<Piece> {
    let place = screen.place(window)?;
    Ok(Piece { x: place.corner.x, y: place.corner.y, width: place.width, height: place.height })
}

fn key(connection: &RustConnection, keysym: u32) -> Outcome<u8> {
    let (first, last) = (connection.setup().min_keycode, connection.setup().max_keycode);
    let layout = connection.get_keyboard_mapping(first, last - first + 1)?.reply()?;
    let mut rows = layout.keysyms.chunks(usize::from(layout.keysyms_per_keycode).max(1));
    let row = rows.position(|row| row.first() == Some(&keysym));
    let code = row.and_then(|row| u8::try_from(row).ok()).map(|row| first + row);
    code.ok_or_else(|| HarnessError::missing(format!("key {keysym:#x}")))
}
