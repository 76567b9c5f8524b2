//! The app end to end: the built programs on a machine of their own, with the demo cloud.
#![cfg(target_os = "linux")]

mod window;
