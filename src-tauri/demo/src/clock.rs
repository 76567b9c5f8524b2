//! The demo cloud's idea of now.
//! It is not a timer: nothing waits on it. It grows only when a test must move time in another way.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, SystemTime};

use jiff::{SignedDuration, Timestamp};

/// A clock that tests can move; every clone shows the same time.
#[derive(Debug, Clone)]
pub struct Clock {
    start: Option<Timestamp>,
    moved_seconds: Arc<AtomicI64>,
}

impl Clock {
    /// The machine's own clock.
    pub fn system() -> Self {
        Self { start: None, moved_seconds: Arc::default() }
    }

    /// A clock that stands still until it is moved.
    pub fn stopped_at(start: Timestamp) -> Self {
        Self { start: Some(start), moved_seconds: Arc::default() }
    }

    /// The present moment, moved by what [`Clock::advance`] added.
    pub fn now(&self) -> Timestamp {
        let moved = SignedDuration::from_secs(self.moved_seconds.load(Ordering::SeqCst));
        self.start.unwrap_or_else(Timestamp::now) + moved
    }

    /// Moves the clock by whole seconds; negative values move it back.
    pub fn advance(&self, seconds: i64) {
        self.moved_seconds.fetch_add(seconds, Ordering::SeqCst);
    }
}

impl Default for Clock {
    fn default() -> Self {
        Self::system()
    }
}

/// The form the signing crate takes.
pub(crate) fn system_time(moment: Timestamp) -> SystemTime {
    let seconds = u64::try_from(moment.as_second()).unwrap_or_default();
    SystemTime::UNIX_EPOCH + Duration::from_secs(seconds)
}

/// `20261031T120000Z`, the form of signatures.
pub(crate) fn signing_time(moment: Timestamp) -> String {
    moment.strftime("%Y%m%dT%H%M%SZ").to_string()
}

/// Reads `20261031T120000Z`.
pub(crate) fn parse_signing_time(text: &str) -> Option<Timestamp> {
    let civil = jiff::civil::DateTime::strptime("%Y%m%dT%H%M%SZ", text).ok()?;
    jiff::tz::Offset::UTC.to_timestamp(civil).ok()
}

/// `2026-10-31T12:00:00Z`, the form of STS answers.
pub(crate) fn iso_time(moment: Timestamp) -> String {
    moment.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// `2026-10-31T12:00:00.000Z`, the form of S3's XML.
pub(crate) fn iso_milliseconds(moment: Timestamp) -> String {
    moment.strftime("%Y-%m-%dT%H:%M:%S.%3fZ").to_string()
}

/// `Sat, 31 Oct 2026 12:00:00 GMT`, the form of HTTP headers.
pub(crate) fn http_time(moment: Timestamp) -> String {
    moment.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string()
}
