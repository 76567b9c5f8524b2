//! The windows of a display: found by process, class or title; moved, resized and given the keyboard.
//!
//! There is no window manager, so these requests go straight to the windows.

use x11rb::connection::Connection;
use x11rb::protocol::xproto::{
    Atom, AtomEnum, ClientMessageEvent, ConfigureWindowAux, ConnectionExt as _, EventMask, InputFocus, MapState, Window,
};

use super::{Point, Screen};
use crate::error::Outcome;

/// Where a window is on the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WindowPlace {
    /// Its upper left corner.
    pub corner: Point,
    /// Its width in pixels.
    pub width: u16,
    /// Its height in pixels.
    pub height: u16,
}

impl Screen {
    /// The visible windows of a process, the largest first.
    ///
    /// # Errors
    /// When the display is gone.
    pub fn windows_of_process(&self, id: u32) -> Outcome<Vec<Window>> {
        let property = self.atom("_NET_WM_PID")?;
        self.visible_windows(|window| {
            let cookie = self.connection.get_property(false, window, property, AtomEnum::CARDINAL, 0, 1)?;
            let reply = cookie.reply();
            Ok(reply.is_ok_and(|reply| reply.value32().is_some_and(|mut ids| ids.any(|own| own == id))))
        })
    }

    /// The visible windows of a class, such as `sidelight`, whatever its case; the largest first.
    ///
    /// # Errors
    /// When the display is gone.
    pub fn windows_of_class(&self, class: &str) -> Outcome<Vec<Window>> {
        self.visible_windows(|window| {
            let named = self.text_property(window, AtomEnum::WM_CLASS.into())?;
            Ok(named.split('\0').any(|name| name.eq_ignore_ascii_case(class)))
        })
    }

    /// A window's title.
    ///
    /// # Errors
    /// When the display is gone.
    pub fn title(&self, window: Window) -> Outcome<String> {
        let modern = self.text_property(window, self.atom("_NET_WM_NAME")?)?;
        if modern.is_empty() {
            return self.text_property(window, AtomEnum::WM_NAME.into());
        }
        Ok(modern)
    }

    /// The titles of all windows, hidden ones too.
    ///
    /// # Errors
    /// When the display is gone.
    pub fn titles(&self) -> Outcome<Vec<String>> {
        let mut titles = Vec::new();
        for window in self.all_windows()? {
            titles.push(self.title(window)?);
        }
        titles.retain(|title| !title.is_empty());
        Ok(titles)
    }

    /// Where a window is.
    ///
    /// # Errors
    /// When the window or the display is gone.
    pub fn place(&self, window: Window) -> Outcome<WindowPlace> {
        let size = self.connection.get_geometry(window)?.reply()?;
        let cookie = self.connection.translate_coordinates(window, self.root, 0, 0)?;
        let corner = cookie.reply()?;
        Ok(WindowPlace { corner: Point { x: corner.dst_x, y: corner.dst_y }, width: size.width, height: size.height })
    }

    /// Moves and resizes a window.
    ///
    /// # Errors
    /// When the window or the display is gone.
    pub fn set_place(&self, window: Window, place: WindowPlace) -> Outcome {
        let wanted = ConfigureWindowAux::new()
            .x(i32::from(place.corner.x))
            .y(i32::from(place.corner.y))
            .width(u32::from(place.width))
            .height(u32::from(place.height));
        self.connection.configure_window(window, &wanted)?.check()?;
        Ok(self.connection.flush()?)
    }

    /// Gives a window the keyboard.
    ///
    /// # Errors
    /// When the window or the display is gone.
    pub fn focus(&self, window: Window) -> Outcome {
        let now = x11rb::CURRENT_TIME;
        let cookie = self.connection.set_input_focus(InputFocus::PARENT, window, now)?;
        cookie.check()?;
        Ok(self.connection.flush()?)
    }

    /// Takes the keyboard from all windows, as another program's window would.
    ///
    /// # Errors
    /// When the display is gone.
    pub fn unfocus(&self) -> Outcome {
        self.connection.set_input_focus(InputFocus::NONE, x11rb::NONE, x11rb::CURRENT_TIME)?.check()?;
        Ok(self.connection.flush()?)
    }

    /// Closes a window, as its title bar's button does (ICCCM 4.2.8.1).
    ///
    /// # Errors
    /// When the display is gone.
    pub fn close(&self, window: Window) -> Outcome {
        let (protocols, delete) = (self.atom("WM_PROTOCOLS")?, self.atom("WM_DELETE_WINDOW")?);
        let message = ClientMessageEvent::new(32, window, protocols, [delete, x11rb::CURRENT_TIME, 0, 0, 0]);
        self.connection.send_event(false, window, EventMask::NO_EVENT, message)?;
        Ok(self.connection.flush()?)
    }

    fn visible_windows(&self, wanted: impl Fn(Window) -> Outcome<bool>) -> Outcome<Vec<Window>> {
        let mut found = Vec::new();
        for window in self.all_windows()? {
            let attributes = self.connection.get_window_attributes(window)?.reply();
            let visible = attributes.is_ok_and(|it| it.map_state == MapState::VIEWABLE);
            if visible
                && wanted(window)?
                && let Ok(place) = self.place(window)
            {
                found.push((u32::from(place.width) * u32::from(place.height), window));
            }
        }
        found.sort_by_key(|&(area, _)| std::cmp::Reverse(area));
        Ok(found.into_iter().map(|(_, window)| window).collect())
    }

    fn all_windows(&self) -> Outcome<Vec<Window>> {
        let mut windows = vec![self.root];
        let mut next = 0;
        while let Some(&window) = windows.get(next) {
            // A window that went away meanwhile has no children.
            if let Ok(tree) = self.connection.query_tree(window)?.reply() {
                windows.extend(tree.children);
            }
            next += 1;
        }
        Ok(windows.split_off(1))
    }

    fn text_property(&self, window: Window, property: Atom) -> Outcome<String> {
        let longest = 1024;
        let cookie = self.connection.get_property(false, window, property, AtomEnum::ANY, 0, longest)?;
        let value = cookie.reply().map(|reply| reply.value).unwrap_or_default();
        Ok(String::from_utf8_lossy(&value).into_owned())
    }

    fn atom(&self, name: &str) -> Outcome<Atom> {
        let only_if_exists = false;
        let cookie = self.connection.intern_atom(only_if_exists, name.as_bytes())?;
        Ok(cookie.reply()?.atom)
    }
}
