//! A package's matter.

use sidelight_core::app::event::Event;
use tokio::sync::mpsc::UnboundedSender;

/// Nothing to do.
pub fn set(_: bool, _: UnboundedSender<Event>) {}

/// Nothing to do.
pub fn renew() {}
