//! How far the downloads are, on the app's icon in the taskbar or dock.
//!
//! Not how far that is (`names`). A desktop that shows none of it is no fault of ours.

#[cfg(not(target_os = "linux"))]
#[path = "taskbar/elsewhere.rs"]
mod chosen;
#[cfg(target_os = "linux")]
#[path = "taskbar/linux.rs"]
mod chosen;

pub use chosen::Taskbar;
