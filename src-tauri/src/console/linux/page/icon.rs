//! A page's icon as the UI can show it: a small PNG in a `data:` URL, drawn by us, so that nothing
//! of the page's own bytes reaches the UI.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use cairo::{Context, Format, ImageSurface, Surface};

/// Device pixels of a side: sharp at 16 CSS pixels on a dense screen.
const SIDE: i32 = 32;

/// `None` where the icon cannot be drawn.
pub fn data_url(icon: &Surface) -> Option<String> {
    let image = ImageSurface::try_from(icon.clone()).ok()?;
    let longest = image.width().max(image.height());
    if longest <= 0 {
        return None;
    }
    let small = ImageSurface::create(Format::ARgb32, SIDE, SIDE).ok()?;
    let context = Context::new(&small).ok()?;
    let scale = f64::from(SIDE) / f64::from(longest);
    context.scale(scale, scale);
    context.set_source_surface(&image, 0.0, 0.0).ok()?;
    context.paint().ok()?;
    drop(context);
    let mut png = Vec::new();
    small.write_to_png(&mut png).ok()?;
    Some(format!("data:image/png;base64,{}", STANDARD.encode(png)))
}
