//! Pages of one plain colour, and whether a picture shows a colour just where it has to be.

use sidelight_tests::hand::Rect;
use sidelight_tests::screen::Picture;

/// As a picture has it: red, green, blue.
pub type Colour = (u8, u8, u8);

/// Production's, as `marks.css` has it.
pub const RED: Colour = (0xc3, 0x12, 0x1f);
pub const GREEN: Colour = (0, 200, 83);
pub const BLUE: Colour = (41, 98, 255);

/// A page that is nothing but its colour.
pub fn plain(title: &str, (red, green, blue): Colour) -> String {
    format!("<!doctype html><title>{title}</title><style>html{{background:rgb({red},{green},{blue})}}</style>")
}

/// What stands at a point.
pub fn colour(picture: &Picture, x: u16, y: u16) -> Option<Colour> {
    picture.colour(x, y).map(|[red, green, blue]| (red, green, blue))
}

/// Points of the window, each with whether it lies within the console's place by more than a border.
fn points(area: Rect, (width, height): (u16, u16)) -> Vec<(u16, u16, bool)> {
    let (right, bottom) = (area.x + area.width, area.y + area.height);
    let inside = |x: f64, y: f64| x > area.x + 4.0 && x < right - 4.0 && y > area.y + 4.0 && y < bottom - 4.0;
    let outside = |x: f64, y: f64| x < area.x - 1.0 || x > right + 1.0 || y < area.y - 1.0 || y > bottom + 1.0;
    let mut points = Vec::new();
    for y in (0..height).step_by(7) {
        for x in (0..width).step_by(7) {
            let (at_x, at_y) = (f64::from(x), f64::from(y));
            if inside(at_x, at_y) {
                points.push((x, y, true));
            } else if outside(at_x, at_y) {
                points.push((x, y, false));
            }
        }
    }
    points
}

/// Whether the console is just where it has to be, in this colour.
pub fn fits(picture: &Picture, area: Rect, size: (u16, u16), wanted: Colour) -> bool {
    points(area, size).into_iter().all(|(x, y, inside)| (colour(picture, x, y) == Some(wanted)) == inside)
}
