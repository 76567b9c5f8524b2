//! A picture of the screen: its pixels, and its PNG file.
//!
//! Comparing pictures is a test's matter.

use std::fs::File;
use std::io::BufWriter;
use std::path::Path;

use crate::error::{HarnessError, Outcome};

/// A colour: red, green, blue.
pub type Colour = [u8; 3];

/// The pixels of a screen.
#[derive(Clone, PartialEq, Eq)]
pub struct Picture {
    width: u16,
    height: u16,
    colours: Vec<u8>,
}

impl Picture {
    /// From what an X server with 24 bits of colour answers: blue, green, red, nothing.
    pub(super) fn of_display(width: u16, height: u16, pixels: &[u8]) -> Self {
        let colours = pixels.chunks_exact(4);
        let colours = colours.flat_map(|pixel| [pixel[2], pixel[1], pixel[0]]);
        Self { width, height, colours: colours.collect() }
    }

    /// Width and height in pixels.
    pub fn size(&self) -> (u16, u16) {
        (self.width, self.height)
    }

    /// The colour at a place, or nothing beyond the edges.
    pub fn colour(&self, x: u16, y: u16) -> Option<Colour> {
        if x >= self.width || y >= self.height {
            return None;
        }
        let start = 3 * (usize::from(y) * usize::from(self.width) + usize::from(x));
        self.colours.get(start..start + 3)?.try_into().ok()
    }

    /// Whether all pixels have one colour: nothing has been drawn.
    pub fn is_plain(&self) -> bool {
        let first = self.colours.first_chunk::<3>();
        self.colours.chunks_exact(3).all(|pixel| first.is_some_and(|first| pixel == first))
    }

    /// Writes it as PNG, making the folder where it is missing.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn save(&self, path: &Path) -> Outcome {
        let action = || HarnessError::io(format!("write {}", path.display()));
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder).map_err(action())?;
        }
        let file = BufWriter::new(File::create(path).map_err(action())?);
        let failed = |source| HarnessError::Picture { path: path.to_owned(), source };
        let mut encoder = png::Encoder::new(file, self.width.into(), self.height.into());
        encoder.set_color(png::ColorType::Rgb);
        encoder.set_depth(png::BitDepth::Eight);
        let mut writer = encoder.write_header().map_err(failed)?;
        writer.write_image_data(&self.colours).map_err(failed)?;
        writer.finish().map_err(failed)
    }
}
