//! macOS and Windows: the loop notices a sleep by the clock.

use super::Sleep;

pub(super) fn watch(_heard: impl Fn(Sleep)) {}
