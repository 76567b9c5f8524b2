//! How fast a download is: the mean of its last seconds, so that the time left neither jumps nor lags.

use jiff::Timestamp;

/// What is looked at together; shorter ones jump.
const LEAST_SECONDS: f64 = 0.5;

/// After so many seconds, half of what is shown is new.
const HALF_LIFE: f64 = 2.0;

/// The pace of one download.
#[derive(Debug, Default)]
pub struct Pace {
    since: Option<(Timestamp, u64)>,
    speed: Option<f64>,
}

impl Pace {
    /// So much has arrived now; gives the bytes a second, once that can be told.
    pub fn note(&mut self, now: Timestamp, bytes: u64) -> Option<f64> {
        let Some((then, before)) = self.since else {
            self.since = Some((now, bytes));
            return None;
        };
        let seconds = now.duration_since(then).as_secs_f64();
        if seconds < LEAST_SECONDS {
            return self.speed;
        }
        let newest = precise(bytes.saturating_sub(before)) / seconds;
        let weight = 0.5_f64.powf(seconds / HALF_LIFE);
        self.speed = Some(self.speed.map_or(newest, |speed| speed * weight + newest * (1.0 - weight)));
        self.since = Some((now, bytes));
        self.speed
    }
}

#[expect(clippy::cast_precision_loss, reason = "a speed for people; exact to 9 PB")]
fn precise(bytes: u64) -> f64 {
    bytes as f64
}

#[cfg(test)]
mod tests {
    use jiff::SignedDuration;

    use super::*;

    #[test]
    fn it_follows_a_change_within_seconds_and_does_not_jump() {
        let start = Timestamp::UNIX_EPOCH;
        let at = |tenths: i64| start + SignedDuration::from_millis(100 * tenths);
        let mut pace = Pace::default();
        assert_eq!(pace.note(at(0), 0), None);
        assert_eq!(pace.note(at(2), 200), None, "too early to tell");
        assert_eq!(pace.note(at(10), 1_000), Some(1_000.0));
        assert_eq!(pace.note(at(12), 9_000), Some(1_000.0), "a burst does not show at once");
        let halved = pace.note(at(30), 1_000).expect("it is known");
        assert!((499.0..501.0).contains(&halved), "{halved}: nothing came for a half-life");
    }
}
