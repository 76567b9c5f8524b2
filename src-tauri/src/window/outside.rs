//! The user's other programs: what opens an address or a file.
//!
//! Not whether it may be opened (`domain/navigation`).

#[cfg(not(target_os = "linux"))]
#[path = "outside/elsewhere.rs"]
mod chosen;
#[cfg(target_os = "linux")]
#[path = "outside/linux.rs"]
mod chosen;

pub use chosen::open;
