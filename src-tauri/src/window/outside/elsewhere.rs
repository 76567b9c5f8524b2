//! macOS and Windows: as the system does it.

/// Opens an address or a file. What does not open is logged.
pub fn open(target: &str) {
    if let Err(error) = open::that_detached(target) {
        tracing::warn!(%error, "nothing opened it");
    }
}
