//! Whether the window looks as it looked when somebody approved of it.
//!
//! Approved pictures lie in `tests/approved`, made small: one of their pixels is a field of 8 by 8 of the
//! screen's. So letters that differ (times, session ids) hardly count, and what moved, vanished or changed
//! its colour does. `SIDELIGHT_APPROVE=1` writes them anew: look at `target/screens` before.

use std::fs::File;
use std::io::{BufReader, BufWriter};
use std::path::{Path, PathBuf};
use std::time::Duration;

use sidelight_tests::binaries::workspace;
use sidelight_tests::screen::{Picture, Screen};
use sidelight_tests::wait::wait_until;
use sidelight_tests::{HarnessError, Outcome};

use crate::looks::album;

/// Set, pictures are written instead of compared.
const APPROVE: &str = "SIDELIGHT_APPROVE";

/// A field's side in pixels.
const FIELD: u16 = 8;

/// A field differs when a channel is off by more than this, of 255.
const TREMBLE: u8 = 24;

/// How long the window has to come to look so.
const PATIENCE: Duration = Duration::from_secs(20);

/// So many looks in a row must see the same, so that nothing is still on its way.
const STILL: usize = 4;

/// So many fields of a thousand may differ.
const TOLERATED: usize = 25;

/// Waits until the screen looks like the approved picture of this name, or writes that. What is seen is
/// kept under `target/screens`.
///
/// # Errors
/// When it does not come to look so, naming both files; or there is no approved one.
pub fn insist_on_likeness(screen: &Screen, name: &str) -> Outcome {
    let approved = workspace().join("tests/approved").join(format!("{name}.png"));
    let seen = album()?.join(format!("{name}.png"));
    let (mut different, mut still) = (0, Still::default());
    let alike = wait_until("the approved look", PATIENCE, || {
        let Some(picture) = still.look_at(screen)? else { return Ok(None) };
        let (width, height, now) = small(picture);
        picture.save(&seen)?;
        if std::env::var_os(APPROVE).is_some() {
            return write(&approved, width, height, &now).map(Some);
        }
        let before = read(&approved, (width, height))?;
        let fields = before.chunks_exact(3).zip(now.chunks_exact(3));
        let all = fields.len();
        different = fields.filter(|(one, other)| differ(one, other)).count();
        Ok((different * 1000 <= TOLERATED * all).then_some(()))
    });
    alike.map_err(|error| match error {
        HarnessError::Late { .. } => {
            // A second try would write over it.
            let unlike = seen.with_file_name(format!("{name}-unlike.png"));
            let kept = if std::fs::copy(&seen, &unlike).is_ok() { unlike } else { seen };
            let (approved, seen) = (approved.display(), kept.display());
            HarnessError::missing(format!("likeness: {different} fields of {seen} are not as in {approved}"))
        }
        error => error,
    })
}

/// Keeps what is seen under `target/screens`, for a person to look at.
///
/// # Errors
/// When the screen does not come to rest, or the picture cannot be written.
pub fn keep(screen: &Screen, name: &str) -> Outcome {
    let mut still = Still::default();
    wait_until("a screen at rest", PATIENCE, || {
        let Some(picture) = still.look_at(screen)? else { return Ok(None) };
        picture.save(&album()?.join(format!("{name}.png"))).map(Some)
    })
}

/// The screen, until it has stopped moving.
#[derive(Default)]
struct Still {
    last: Option<Picture>,
    same: usize,
}

impl Still {
    fn look_at(&mut self, screen: &Screen) -> Outcome<Option<&Picture>> {
        let picture = screen.picture()?;
        self.same = if self.last.as_ref() == Some(&picture) { self.same + 1 } else { 0 };
        let picture = self.last.insert(picture);
        Ok((self.same >= STILL).then_some(picture))
    }
}

fn differ(one: &[u8], other: &[u8]) -> bool {
    one.iter().zip(other).any(|(one, other)| one.abs_diff(*other) > TREMBLE)
}

/// The mean colour of each field, row by row.
fn small(picture: &Picture) -> (u16, u16, Vec<u8>) {
    let (width, height) = picture.size();
    let (width, height) = (width / FIELD, height / FIELD);
    let mut means = Vec::with_capacity(usize::from(width) * usize::from(height) * 3);
    for row in 0..height {
        for column in 0..width {
            let pixels = (0..FIELD).flat_map(|y| (0..FIELD).map(move |x| (column * FIELD + x, row * FIELD + y)));
            let mut sums = [0_u32; 3];
            for colour in pixels.filter_map(|(x, y)| picture.colour(x, y)) {
                sums.iter_mut().zip(colour).for_each(|(sum, channel)| *sum += u32::from(channel));
            }
            means.extend(sums.map(|sum| u8::try_from(sum / u32::from(FIELD * FIELD)).unwrap_or(u8::MAX)));
        }
    }
    (width, height, means)
}

fn write(path: &Path, width: u16, height: u16, colours: &[u8]) -> Outcome {
    let failed = |source| HarnessError::Picture { path: PathBuf::from(path), source };
    let file = File::create(path).map_err(HarnessError::io(format!("write {}", path.display())))?;
    let mut encoder = png::Encoder::new(BufWriter::new(file), width.into(), height.into());
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_compression(png::Compression::High);
    encoder.write_header().and_then(|mut writer| writer.write_image_data(colours)).map_err(failed)
}

fn read(path: &Path, size: (u16, u16)) -> Outcome<Vec<u8>> {
    let file = File::open(path).map_err(HarnessError::io(format!("read {}", path.display())))?;
    let odd = |_| HarnessError::missing(format!("PNG in {}", path.display()));
    let mut reader = png::Decoder::new(BufReader::new(file)).read_info().map_err(odd)?;
    let mut colours = vec![0; usize::from(size.0) * usize::from(size.1) * 3];
    let frame = reader.next_frame(&mut colours).map_err(odd)?;
    if (frame.width, frame.height) != (size.0.into(), size.1.into()) {
        return Err(HarnessError::missing(format!("picture of this size in {}", path.display())));
    }
    Ok(colours)
}
