//! The layer of console webviews above the UI.
//!
//! Not where each lies (`console::placement`): that is asked whenever GTK lays out the window.

use std::cell::RefCell;
use std::rc::Rc;

use gtk::prelude::*;
use sidelight_core::domain::workspace::panes::{PaneId, Rect};
use webkit2gtk::WebView;

use super::typing::Typing;
use crate::console::{Edges, Insets};

/// A webview that shows, and its pane's share of the area.
type Shown = (WebView, PaneId, Rect);

/// The layer above the UI.
pub struct Overlay {
    layer: gtk::Overlay,
    edges: Rc<Edges>,
    shown: Rc<RefCell<Vec<Shown>>>,
    typing: Typing,
}

impl Overlay {
    /// The window that it lies in.
    pub fn window(&self) -> Option<gtk::Window> {
        self.layer.toplevel()?.downcast().ok()
    }

    /// Moves what the box holds (the UI) under a new layer.
    pub fn over(content: &gtk::Box) -> Self {
        let (layer, typing) = (gtk::Overlay::new(), Typing::default());
        for ui in content.children() {
            content.remove(&ui);
            layer.add(&ui);
            typing.listen(&ui);
        }
        content.pack_start(&layer, true, true, 0);
        let (edges, shown) = (Rc::<Edges>::default(), Rc::<RefCell<Vec<Shown>>>::default());
        let (known, placed) = (edges.clone(), shown.clone());
        layer.connect_get_child_position(move |layer, child| {
            let whole = layer.allocation();
            let window = (f64::from(whole.width()), f64::from(whole.height()));
            let shown = placed.borrow();
            let place = shown.iter().find(|(view, ..)| view.upcast_ref::<gtk::Widget>() == child);
            let place = place.and_then(|(_, pane, rect)| known.place(window, *pane, *rect));
            // What has no place yet is too small to cover anything.
            Some(place.map_or(gdk::Rectangle::new(0, 0, 1, 1), |place| {
                gdk::Rectangle::new(place.left, place.top, place.width, place.height)
            }))
        });
        layer.show_all();
        Self { layer, edges, shown, typing }
    }

    /// A webview, hidden at first.
    pub fn add(&self, view: &WebView) {
        view.set_no_show_all(true);
        view.hide();
        self.layer.add_overlay(view);
    }

    /// The webview and its page go away.
    pub fn remove(&self, view: &WebView) {
        self.shown.borrow_mut().retain(|(shown, ..)| shown != view);
        // One in a window of its own is not here.
        if view.parent().as_ref() == Some(self.layer.upcast_ref()) {
            self.layer.remove(view);
        }
    }

    /// Shows these, and hides the others only then: nothing flashes through.
    pub fn show(&self, now: Vec<Shown>) {
        let before = self.shown.replace(now.clone());
        if before == now {
            return;
        }
        self.layer.queue_resize();
        for (view, ..) in &now {
            view.show();
        }
        for (view, ..) in before.iter().filter(|(old, ..)| now.iter().all(|(view, ..)| view != old)) {
            view.hide();
        }
    }

    /// Whether the user is in the middle of a text in the UI.
    pub fn is_typed_into(&self) -> bool {
        self.typing.goes_on()
    }

    /// The text that was typed into the UI is at its end.
    pub fn end_typing(&self) {
        self.typing.end();
    }

    /// Whether the UI has the keyboard, in the window.
    pub fn ui_has_focus(&self) -> bool {
        self.layer.child().is_some_and(|ui| ui.is_focus())
    }

    /// Whether a page that shows has the keyboard, in the window.
    pub fn page_has_focus(&self) -> bool {
        self.shown.borrow().iter().any(|(view, ..)| view.is_focus())
    }

    /// The keyboard's focus goes to the UI.
    pub fn focus_ui(&self) {
        if let Some(ui) = self.layer.child() {
            ui.grab_focus();
        }
    }

    /// The UI keeps other edges of the window.
    pub fn set_area(&self, insets: Insets) {
        if self.edges.set_area(insets) {
            self.layer.queue_resize();
        }
    }

    /// The UI keeps other edges of a pane.
    pub fn set_pane(&self, pane: PaneId, insets: Insets) {
        if self.edges.set_pane(pane, insets) {
            self.layer.queue_resize();
        }
    }
}
