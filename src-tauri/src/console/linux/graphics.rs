//! How things are drawn: on the processor, and without the graphics driver until a page asks for it.
//!
//! GTK and WebKit would load the driver and its compiler into every process, for nothing. Sources: GTK 3,
//! "Running and debugging GTK Applications" (`GDK_GL`); WebKitGTK, `WebProcessGLib.cpp`.

use std::env;
use std::path::PathBuf;
use std::sync::OnceLock;

use sidelight_core::storage::egl_vendors::{EglVendors, VARIABLE};

use super::process::set_default;

const NO_DMABUF: &str = "WEBKIT_DISABLE_DMABUF_RENDERER";

static VENDORS: OnceLock<EglVendors> = OnceLock::new();

/// Before GTK starts. The DMABUF renderer paints the UI over consoles under software rendering; it is left
/// off unless the user says otherwise, and who wants it gets the driver with it.
pub fn prepare() {
    set_default(NO_DMABUF, "1");
    if env::var_os(NO_DMABUF).is_some_and(|value| value == "0") {
        return;
    }
    set_default("GDK_GL", "disable");
    if let Some(vendors) = EglVendors::ours_first() {
        set_default(VARIABLE, &vendors.list);
        // Prepared once.
        let _ = VENDORS.set(vendors);
    }
}

/// What a web process in its sandbox must be able to read.
pub fn files() -> impl Iterator<Item = &'static PathBuf> {
    VENDORS.get().into_iter().flat_map(|vendors| &vendors.files)
}
