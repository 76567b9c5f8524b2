//! Where consoles lie: each inside of its pane, and in there inside of the edges that the UI keeps.
//!
//! Worked out whenever the window is laid out, so that a resize moves consoles and UI in the same
//! frame. Not how a webview is moved (the engines).

use std::cell::{Cell, RefCell};
use std::collections::HashMap;

use sidelight_core::domain::workspace::panes::{PaneId, Rect};

/// How much of an area's edges belongs to the UI, in CSS pixels.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Insets {
    /// From the top edge.
    pub top: f64,
    /// From the right edge.
    pub right: f64,
    /// From the bottom edge.
    pub bottom: f64,
    /// From the left edge.
    pub left: f64,
}

/// A console's place in whole logical pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    pub left: i32,
    pub top: i32,
    pub width: i32,
    pub height: i32,
}

/// What the UI has said of its edges.
#[derive(Debug, Default)]
pub struct Edges {
    area: Cell<Option<Insets>>,
    panes: RefCell<HashMap<PaneId, Insets>>,
}

impl Edges {
    /// The window's edges around all panes; true where they are new.
    pub fn set_area(&self, insets: Insets) -> bool {
        self.area.replace(Some(insets)) != Some(insets)
    }

    /// A pane's edges around its console; true where they are new.
    pub fn set_pane(&self, pane: PaneId, insets: Insets) -> bool {
        self.panes.borrow_mut().insert(pane, insets) != Some(insets)
    }

    /// Where the console of a pane lies in a window of this size, in logical pixels. `None` until
    /// the UI has said where its edges are: nothing shall cover it meanwhile.
    pub fn place(&self, window: (f64, f64), pane: PaneId, rect: Rect) -> Option<Place> {
        let (area, inner) = (self.area.get()?, *self.panes.borrow().get(&pane)?);
        let width = window.0 - edge(area.left) - edge(area.right);
        let height = window.1 - edge(area.top) - edge(area.bottom);
        let (left, right) = between(edge(area.left), width, rect.left, rect.width, (inner.left, inner.right));
        let (top, bottom) = between(edge(area.top), height, rect.top, rect.height, (inner.top, inner.bottom));
        Some(Place { left, top, width: (right - left).max(1), height: (bottom - top).max(1) })
    }
}

/// Both ends of a share of a length, without its edges.
fn between(start: f64, length: f64, from: f64, share: f64, edges: (f64, f64)) -> (i32, i32) {
    (whole(start + length * from + edge(edges.0)), whole(start + length * (from + share) - edge(edges.1)))
}

fn edge(pixels: f64) -> f64 {
    if pixels.is_finite() { pixels.clamp(0.0, 100_000.0) } else { 0.0 }
}

#[expect(clippy::cast_possible_truncation, reason = "kept within 100,000 pixels")]
fn whole(pixels: f64) -> i32 {
    edge(pixels).round() as i32
}

#[cfg(test)]
mod tests {
    use super::*;

    const LEFT_HALF: Rect = Rect { width: 0.5, ..Rect::WHOLE };
    const RIGHT_HALF: Rect = Rect { left: 0.5, width: 0.5, ..Rect::WHOLE };

    fn edges() -> Edges {
        let edges = Edges::default();
        edges.set_area(Insets { top: 40.0, left: 264.0, ..Insets::default() });
        edges.set_pane(PaneId(1), Insets { top: 92.0, right: 3.0, bottom: 3.0, left: 3.0 });
        edges
    }

    #[test]
    fn a_console_fills_what_the_ui_leaves_of_its_pane() {
        let place = edges().place((1280.0, 800.0), PaneId(1), Rect::WHOLE);
        assert_eq!(place, Some(Place { left: 267, top: 132, width: 1010, height: 665 }));
        let place = edges().place((1280.0, 800.0), PaneId(1), RIGHT_HALF);
        assert_eq!(place, Some(Place { left: 775, top: 132, width: 502, height: 665 }));
    }

    #[test]
    fn neighbours_never_overlap_whatever_the_windows_width() {
        let edges = edges();
        edges.set_pane(PaneId(2), Insets::default());
        for width in 820..1200 {
            let window = (f64::from(width), 700.0);
            let left = edges.place(window, PaneId(1), LEFT_HALF).expect("the edges are known");
            let right = edges.place(window, PaneId(2), RIGHT_HALF).expect("the edges are known");
            assert!(left.left + left.width <= right.left, "{width}");
            assert!(right.left + right.width <= width, "{width}");
        }
    }

    #[test]
    fn nothing_covers_the_ui_before_its_edges_are_known_and_no_place_is_less_than_a_pixel() {
        assert_eq!(edges().place((1280.0, 800.0), PaneId(2), Rect::WHOLE), None);
        let place = edges().place((100.0, 50.0), PaneId(1), Rect::WHOLE).expect("the edges are known");
        assert_eq!((place.width, place.height), (1, 1));
        let unknown = Insets { left: f64::NAN, ..Insets::default() };
        edges().set_pane(PaneId(3), unknown);
        assert!(edges().place((f64::NAN, 50.0), PaneId(1), Rect::WHOLE).is_some());
    }
}
