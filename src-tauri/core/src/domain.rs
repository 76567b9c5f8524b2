//! What Sidelight knows and decides: pure values, no IO, no clock, no serde, no tokio.
//!
//! It cannot fail for an outside reason, so everything here is tested in microseconds.
//! Grows by a file when the vocabulary gains a word.

pub mod action;
pub mod assigned;
pub mod book;
pub mod bookmark;
pub mod download;
pub mod draft;
pub mod guard;
pub mod import;
pub mod input;
pub mod link;
pub mod mark;
pub mod navigation;
pub mod partition;
pub mod profile;
pub mod recent;
pub mod rule;
pub mod s3;
pub mod secret;
pub mod service;
pub mod session;
pub mod shortcut;
pub mod sign_in;
pub mod source;
pub mod way;
pub mod workspace;
