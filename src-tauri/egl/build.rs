//! Lays the library's entry for libglvnd beside it, where Cargo puts libraries: three folders above OUT_DIR.

use std::path::Path;
use std::{env, fs};

const ENTRY: &str = "sidelight_egl.json";

fn main() {
    println!("cargo::rerun-if-changed={ENTRY}");
    let out = env::var_os("OUT_DIR").unwrap_or_default();
    if let Some(folder) = Path::new(&out).ancestors().nth(3) {
        // Without it the app finds no library, and all is as it would be without.
        if let Err(error) = fs::copy(ENTRY, folder.join(ENTRY)) {
            println!("cargo::warning={ENTRY} could not be copied to {}: {error}", folder.display());
        }
    }
}
