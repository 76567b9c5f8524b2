//! One machine at a time within a test binary, so that plain `cargo test` is as right as nextest.
//!
//! Not needed for correctness of a single test: each machine is its own. It keeps ten displays from
//! starting on two processors and passing every deadline together.

use std::sync::{Condvar, Mutex, PoisonError};

/// Whether somebody sits.
static TAKEN: Mutex<bool> = Mutex::new(false);
static LEFT: Condvar = Condvar::new();

/// The right to run a machine, given back when dropped.
pub struct Seat(());

impl Seat {
    /// Waits for the seat. A test that asks twice waits for itself for ever.
    pub fn take() -> Self {
        let taken = TAKEN.lock().unwrap_or_else(PoisonError::into_inner);
        let mut taken = LEFT.wait_while(taken, |taken| *taken).unwrap_or_else(PoisonError::into_inner);
        *taken = true;
        Self(())
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        *TAKEN.lock().unwrap_or_else(PoisonError::into_inner) = false;
        LEFT.notify_one();
    }
}
