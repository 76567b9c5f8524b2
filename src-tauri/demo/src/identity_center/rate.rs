//! A token bucket: so many requests at once, and so many each second.
//! It is not what is answered when it is empty. It never grows.

use jiff::Timestamp;

const BURST: i64 = 20;
const EACH_SECOND: i64 = 20;
/// What one request costs; with it a millisecond adds `EACH_SECOND`.
const COST: i64 = 1_000;

/// The requests of one access token.
pub(super) struct Bucket {
    level: i64,
    filled: Timestamp,
}

impl Bucket {
    pub(super) fn full(now: Timestamp) -> Self {
        Self { level: BURST * COST, filled: now }
    }

    /// Whether another request may be made now.
    pub(super) fn take(&mut self, now: Timestamp) -> bool {
        let passed = (now.as_millisecond() - self.filled.as_millisecond()).max(0);
        self.filled = now;
        self.level = (self.level + passed.saturating_mul(EACH_SECOND)).min(BURST * COST);
        let allowed = self.level >= COST;
        if allowed {
            self.level -= COST;
        }
        allowed
    }
}
