//! Sidelight without a window: what it knows (`domain`), the loop that owns it (`app`), and the
//! two ways to the outside that need no display (`aws`, `storage`).
//!
//! Not here: webviews, menus, sockets (the app's shell), the terminal (`side`).
//! Read `domain` first, then `app::event` and `app::ports`.

pub mod app;
pub mod aws;
pub mod control;
pub mod domain;
pub mod storage;
pub mod transfers;
pub mod world;
