//! The manifests: which packages name which dependencies, in Cargo.toml and package.json.
//!
//! Read line by line: it understands how these files are written here, not all of TOML.

use crate::sources::file;

/// Every manifest of a Rust package; the root's holds the app's and the workspace's.
pub const MANIFESTS: [&str; 7] = [
    "Cargo.toml",
    "src-tauri/core/Cargo.toml",
    "src-tauri/cli/Cargo.toml",
    "src-tauri/demo/Cargo.toml",
    "src-tauri/egl/Cargo.toml",
    "src-tauri/xtask/Cargo.toml",
    "tests/Cargo.toml",
];

/// What a package depends on, for building and for tests too; not what the workspace offers.
pub fn dependencies(manifest: &str) -> Vec<String> {
    let mut inside = false;
    let mut names = Vec::new();
    for line in manifest.lines() {
        if let Some(section) = line.strip_prefix('[') {
            let section = section.trim_end().trim_end_matches(']');
            inside = section.ends_with("dependencies") && !section.starts_with("workspace");
        } else if inside {
            let name: String =
                line.chars().take_while(|letter| letter.is_alphanumeric() || matches!(letter, '-' | '_')).collect();
            if !name.is_empty() && !names.contains(&name) {
                names.push(name);
            }
        }
    }
    names
}

/// What the UI depends on, for building and for tests too.
pub fn npm_dependencies(package: &str) -> Vec<String> {
    let package: serde_json::Value = serde_json::from_str(package).unwrap_or_default();
    let named = |section: &str| package[section].as_object().into_iter().flatten().map(|(name, _)| name.clone());
    named("dependencies").chain(named("devDependencies")).collect()
}

/// The dependencies of a package of this checkout.
pub fn dependencies_of(manifest: &str) -> Vec<String> {
    dependencies(&file(manifest).text)
}

#[test]
fn dependencies_of_every_kind_are_read_and_no_settings() {
    let text = "[package]\nname = \"x\"\n[workspace.dependencies]\noffered = \"1\"\n[dependencies]\nserde.workspace = true\n\
                # a remark\n[target.'cfg(unix)'.dependencies]\nrustix = { version = \"1\" }\n[dev-dependencies]\nproptest = \"1\"\n\
                [lints]\nworkspace = true\n";
    assert_eq!(dependencies(text), ["serde", "rustix", "proptest"]);
    assert_eq!(npm_dependencies(r#"{"dependencies":{"a":"1"},"devDependencies":{"@b/c":"2"}}"#), ["a", "@b/c"]);
}
