//! How long is waited, and how often something is asked for again: as long as something arrives now and then.

use std::time::Duration;

/// How often it is asked for again without anything arriving.
const TRIES: u32 = 6;

/// How long a transfer waits.
#[derive(Clone, Copy, Debug)]
pub struct Patience {
    /// Nothing arriving for so long is a broken connection.
    pub silence: Duration,
    /// After the first failure; each further one takes twice as long.
    pub backoff: Duration,
    /// A page's engine stands by no longer with the answer that it has.
    pub beside: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self { silence: Duration::from_secs(30), backoff: Duration::from_millis(500), beside: Duration::from_secs(5) }
    }
}

impl Patience {
    /// Tries of something that has come so far.
    pub(super) fn tries(self, furthest: u64) -> Tries {
        Tries { backoff: self.backoff, failed: 0, furthest }
    }
}

/// The tries of one thing.
pub(super) struct Tries {
    backoff: Duration,
    failed: u32,
    furthest: u64,
}

impl Tries {
    /// It has failed, and came so far: how long to wait before the next try, if there is one.
    pub(super) fn again(&mut self, reached: u64) -> Option<Duration> {
        self.failed = if reached > self.furthest { 1 } else { self.failed + 1 };
        self.furthest = self.furthest.max(reached);
        (self.failed < TRIES).then(|| self.backoff * (1 << (self.failed - 1)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_moves_on_is_tried_again_and_what_does_not_six_times() {
        let second = Duration::from_secs(1);
        let mut tries = Patience { backoff: second, ..Patience::default() }.tries(10);
        let waits: Vec<_> = std::iter::from_fn(|| tries.again(10)).collect();
        assert_eq!(waits, [1, 2, 4, 8, 16].map(Duration::from_secs));
        assert_eq!(tries.again(11), Some(second), "it came further");
        assert_eq!(tries.again(5), Some(2 * second));
    }
}
