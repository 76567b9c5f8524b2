//! Where console webviews lie: above the UI, inside the edges that the UI keeps for itself.
//!
//! The rectangle is worked out whenever GTK lays out the window, so a resize moves console and UI
//! in the same frame.

use std::cell::Cell;
use std::rc::Rc;

use gtk::prelude::*;
use webkit2gtk::WebView;

use crate::console::Insets;

/// The layer above the UI.
pub struct Overlay {
    layer: gtk::Overlay,
    insets: Rc<Cell<Insets>>,
}

impl Overlay {
    /// Moves what the box holds (the UI) under a new layer.
    pub fn over(content: &gtk::Box) -> Self {
        let layer = gtk::Overlay::new();
        for ui in content.children() {
            content.remove(&ui);
            layer.add(&ui);
        }
        content.pack_start(&layer, true, true, 0);
        let insets = Rc::new(Cell::new(Insets::default()));
        let edges = insets.clone();
        layer.connect_get_child_position(move |layer, _child| {
            let whole = layer.allocation();
            Some(inside(whole.width(), whole.height(), edges.get()))
        });
        layer.show_all();
        Self { layer, insets }
    }

    /// A webview, hidden at first.
    pub fn add(&self, view: &WebView) {
        view.set_no_show_all(true);
        view.hide();
        self.layer.add_overlay(view);
    }

    /// The webview and its page go away.
    pub fn remove(&self, view: &WebView) {
        self.layer.remove(view);
    }

    /// The keyboard's focus goes to the UI.
    pub fn focus_ui(&self) {
        if let Some(ui) = self.layer.child() {
            ui.grab_focus();
        }
    }

    /// The UI keeps other edges.
    pub fn set_insets(&self, insets: Insets) {
        if self.insets.replace(insets) != insets {
            self.layer.queue_resize();
        }
    }
}

fn inside(width: i32, height: i32, insets: Insets) -> gdk::Rectangle {
    let whole = |pixels: f64| pixels.clamp(0.0, 100_000.0).round() as i32;
    let (left, top) = (whole(insets.left), whole(insets.top));
    gdk::Rectangle::new(
        left,
        top,
        (width - left - whole(insets.right)).max(1),
        (height - top - whole(insets.bottom)).max(1),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_console_fills_what_the_ui_leaves_and_never_less_than_a_pixel() {
        let insets = Insets { top: 80.0, right: 2.0, bottom: 2.0, left: 264.0 };
        assert_eq!(inside(1280, 800, insets), gdk::Rectangle::new(264, 80, 1014, 718));
        assert_eq!(inside(100, 50, insets), gdk::Rectangle::new(264, 80, 1, 1));
        assert_eq!(inside(100, 50, Insets { left: f64::NAN, ..Insets::default() }).x(), 0);
    }
}
