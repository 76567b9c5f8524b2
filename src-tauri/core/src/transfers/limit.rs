//! How fast all transfers together may be.
//!
//! What is not slowed down here: pages' own engines, which have no such limit.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use leaky_bucket::RateLimiter;

use crate::app::settings::Bandwidth;

/// Bytes are given out so often: short, so that what waits moves on evenly.
const EVERY: Duration = Duration::from_millis(50);

/// A limit that can be changed while transfers run. Clones share it.
#[derive(Clone, Default)]
pub struct Limit(Arc<Mutex<Option<Arc<RateLimiter>>>>);

impl Limit {
    /// From now on.
    pub fn set(&self, to: Option<Bandwidth>) {
        let limiter = to.map(|bandwidth| {
            let bytes = usize::try_from(bandwidth.bytes()).unwrap_or(usize::MAX);
            let each = (bytes / 20).max(1);
            Arc::new(RateLimiter::builder().max(each).initial(0).refill(each).interval(EVERY).build())
        });
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = limiter;
    }

    /// Waits until so many bytes more may come, or go.
    pub async fn wait_for(&self, bytes: u64) {
        let mut left = usize::try_from(bytes).unwrap_or(usize::MAX);
        while left > 0 {
            // It may be another one by now.
            let limiter = self.0.lock().unwrap_or_else(PoisonError::into_inner).clone();
            let Some(limiter) = limiter else { return };
            let now = left.min(limiter.max());
            limiter.acquire(now).await;
            left -= now;
        }
    }
}

#[cfg(test)]
mod tests {
    use tokio::time::Instant;

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn what_waits_takes_the_time_that_the_limit_says_and_none_without() {
        let limit = Limit::default();
        let begun = Instant::now();
        limit.wait_for(1 << 30).await;
        assert_eq!(begun.elapsed(), Duration::ZERO);
        limit.set(Some(Bandwidth::of(1_000_000)));
        let (one, other) = (limit.clone(), limit.clone());
        tokio::join!(one.wait_for(3_000_000), other.wait_for(2_000_000));
        let took = begun.elapsed().as_secs_f64();
        assert!((4.9..5.2).contains(&took), "{took} s for 5 MB at 1 MB/s");
        limit.set(None);
        let begun = Instant::now();
        limit.wait_for(1 << 30).await;
        assert_eq!(begun.elapsed(), Duration::ZERO);
    }
}
