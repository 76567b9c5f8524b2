//! Other programs that are started from here have the user's environment, without what stands in ours for our own
//! processes alone: with GTK's and WebKit's switches a browser would draw slowly.
//!
//! Not which programs there are, nor what is set (the shell, before it starts GTK).

use std::process::Command;
use std::sync::{Mutex, PoisonError};

static KEPT: Mutex<Vec<&'static str>> = Mutex::new(Vec::new());

/// From now on this variable is for our own processes alone.
pub fn keep_from_them(name: &'static str) {
    KEPT.lock().unwrap_or_else(PoisonError::into_inner).push(name);
}

/// Starts a program as the user would: without what was kept from it.
pub fn give_the_users_environment(program: &mut Command) {
    for name in KEPT.lock().unwrap_or_else(PoisonError::into_inner).iter() {
        program.env_remove(name);
    }
}
