//! The log: what Sidelight itself says, on stderr, as `SIDELIGHT_LOG` asks.
//!
//! Never what libraries say: at their finer levels they write down what they send, and that holds
//! secrets. Our own lines name no secret, since the types that hold one cannot be printed.

use tracing_subscriber::filter::filter_fn;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{EnvFilter, Layer};

/// From now on.
pub fn start() {
    let wanted = EnvFilter::try_from_env("SIDELIGHT_LOG").unwrap_or_else(|_| EnvFilter::new("warn"));
    let ours = filter_fn(|line| line.target().starts_with("sidelight"));
    let lines = tracing_subscriber::fmt::layer().with_writer(std::io::stderr).with_filter(ours);
    tracing_subscriber::registry().with(wanted).with(lines).init();
}
