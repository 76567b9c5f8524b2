//! The TypeScript that the UI is built with, against the structs it comes from.

use std::path::Path;

use ts_rs::{Config, TS};

use super::{View, ViewChange};
use crate::request::{Cue, Request};

/// Set, the committed file is written anew instead of compared.
const WRITE: &str = "SIDELIGHT_WRITE_TYPES";

#[test]
fn the_committed_typescript_is_what_the_structs_say() -> Result<(), Box<dyn std::error::Error>> {
    let folder = tempfile::tempdir()?;
    let config = Config::new().with_out_dir(folder.path());
    View::export_all(&config)?;
    ViewChange::export_all(&config)?;
    Request::export_all(&config)?;
    Cue::export_all(&config)?;
    let made = std::fs::read_to_string(folder.path().join("view.ts"))?;
    let committed = Path::new(env!("CARGO_MANIFEST_DIR")).join("ui/src/generated/view.ts");
    if std::env::var_os(WRITE).is_some() {
        std::fs::write(&committed, made)?;
    } else {
        let same = made == std::fs::read_to_string(&committed)?;
        assert!(same, "stale: run `{WRITE}=1 cargo test -p sidelight typescript` and look at the difference");
    }
    Ok(())
}
