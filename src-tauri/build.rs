//! Tells Tauri which commands there are and where their permissions lie.

fn main() {
    let manifest = tauri_build::AppManifest::new()
        .commands(&["subscribe", "request"])
        .permissions_path_pattern("./src-tauri/permissions/**/*");
    let attributes = tauri_build::Attributes::new()
        .app_manifest(manifest)
        .capabilities_path_pattern("./src-tauri/capabilities/**/*");
    if let Err(error) = tauri_build::try_build(attributes) {
        println!("cargo::error={error:#}");
        println!("cargo::error=The window's UI is built first: cargo xtask build");
        std::process::exit(1);
    }
}
