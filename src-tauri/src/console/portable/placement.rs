//! Where a console lies: inside the edges that the UI keeps for itself.

use tauri::{LogicalPosition, LogicalSize, Rect};

use crate::console::Insets;

/// What the UI leaves of a window, in logical pixels; never less than one.
pub fn inside(window: LogicalSize<f64>, insets: Insets) -> Rect {
    let edge = |pixels: f64| if pixels.is_finite() { pixels.clamp(0.0, 100_000.0).round() } else { 0.0 };
    let (left, top) = (edge(insets.left), edge(insets.top));
    let width = (window.width - left - edge(insets.right)).max(1.0);
    let height = (window.height - top - edge(insets.bottom)).max(1.0);
    Rect { position: LogicalPosition::new(left, top).into(), size: LogicalSize::new(width, height).into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn placed(width: f64, height: f64, insets: Insets) -> (LogicalPosition<f64>, LogicalSize<f64>) {
        let rect = inside(LogicalSize::new(width, height), insets);
        (rect.position.to_logical(1.0), rect.size.to_logical(1.0))
    }

    #[test]
    fn a_console_fills_what_the_ui_leaves_and_never_less_than_a_pixel() {
        let insets = Insets { top: 80.0, right: 2.0, bottom: 2.0, left: 264.0 };
        let at = LogicalPosition::new(264.0, 80.0);
        assert_eq!(placed(1280.0, 800.0, insets), (at, LogicalSize::new(1014.0, 718.0)));
        assert_eq!(placed(100.0, 50.0, insets), (at, LogicalSize::new(1.0, 1.0)));
        let unknown = Insets { left: f64::NAN, ..Insets::default() };
        assert_eq!(placed(100.0, 50.0, unknown).0, LogicalPosition::new(0.0, 0.0));
    }
}
