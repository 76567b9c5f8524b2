//! Who may use whom. The table of ARCHITECTURE.md ("Direction"), as a test.
//!
//! Parts of tests may use more. An arrow that must run the other way is a named exception here and
//! in ARCHITECTURE.md, with its reason.

use crate::manifest::{MANIFESTS, dependencies_of};
use crate::paths::absolute;
use crate::sources::{Source, all, rust_products};
use crate::{holds, sees};

/// A part of the core and what it may name.
struct Part {
    /// Its files, from the core's `src/`.
    places: &'static [&'static str],
    /// Which modules of the core.
    inside: &'static [&'static str],
    /// Which of the core's dependencies.
    outside: Outside,
    /// What of the standard library it must not touch.
    never: &'static [&'static str],
}

enum Outside {
    Only(&'static [&'static str]),
    Never(&'static [&'static str]),
}

/// What makes the outside enter by itself.
const MACHINE: &[&str] = &["std::fs", "std::net", "std::process", "std::env", "std::thread"];

const CORE: &str = "src-tauri/core/src/";

const PARTS: [Part; 7] = [
    Part {
        places: &["domain.rs", "domain"],
        inside: &["domain"],
        outside: Outside::Only(&[
            // Pure: S3's checksums.
            "base64",
            "jiff",
            "percent_encoding",
            "secrecy",
            "thiserror",
            "unicode_normalization",
            "url",
            "zeroize",
        ]),
        never: MACHINE,
    },
    Part {
        places: &["app.rs", "app"],
        inside: &["app", "domain"],
        outside: Outside::Only(&[
            "async_trait",
            // Pure, as rqrr: the picture of an MFA seed.
            "image",
            "jiff",
            "rqrr",
            "secrecy",
            // Pure: they compare and spell the switcher's words.
            "strsim",
            "thiserror",
            "tokio::spawn",
            "tokio::sync",
            "tokio::task",
            "tokio::time",
            // Pure: codes of MFA devices from their seeds.
            "totp_rs",
            "tracing",
            "unicode_normalization",
            "url",
            "uuid",
            "wana_kana",
            "zeroize",
        ]),
        never: MACHINE,
    },
    Part {
        places: &["aws.rs", "aws"],
        inside: &["aws", "domain", "app::error", "app::ports"],
        outside: Outside::Never(&["keyring_core", "directories", "tempfile", "toml", "toml_edit", "rustix", "zbus"]),
        never: &["std::fs", "std::process", "std::env"],
    },
    Part {
        places: &["storage.rs", "storage"],
        inside: &["storage", "domain", "app::error", "app::ports", "app::settings", "app::switcher"],
        outside: Outside::Never(&["aws_sdk_sts", "aws_smithy_http_client", "reqwest", "rustls"]),
        never: &["std::net"],
    },
    // Network and disk at once: a transfer writes what it gets.
    Part {
        places: &["transfers.rs", "transfers"],
        inside: &[
            "transfers",
            "domain",
            "app::error",
            "app::event",
            "app::ports",
            "app::settings",
            "app::switcher",
            "aws::http",
            "aws::s3",
            "aws::trust",
            "storage::download_folder",
            "storage::upload",
        ],
        outside: Outside::Never(&["keyring_core", "directories", "tempfile", "toml", "toml_edit", "rustix", "zbus"]),
        never: &["std::fs", "std::process", "std::env"],
    },
    // The exceptions: `world` joins the parts for both hosts, `control` is the wire between them.
    Part {
        places: &["world.rs"],
        inside: &["world", "app", "aws", "storage", "transfers", "domain"],
        outside: Outside::Only(&["jiff", "uuid"]),
        never: &["std::net", "std::process", "std::thread"],
    },
    Part {
        places: &["control.rs", "control"],
        inside: &["control", "domain", "app::error", "storage"],
        outside: Outside::Never(&["aws_sdk_sts", "reqwest", "keyring_core"]),
        never: &["std::process", "std::env"],
    },
];

/// What draws windows.
const WINDOWS: [&str; 7] = ["tauri", "tauri_plugin_opener", "wry", "tao", "gtk", "gdk", "webkit2gtk"];

/// Arrows of the core that run the wrong way.
fn core_arrows(sources: &[Source], dependencies: &[String]) -> Vec<String> {
    let mut wrong = Vec::new();
    for source in sources {
        let Some(below) = source.path.strip_prefix(CORE) else { continue };
        let module: Vec<&str> = below.trim_end_matches(".rs").split('/').collect();
        if module == ["lib"] {
            continue;
        }
        let planted = Source::planted(below, "");
        let Some(part) = PARTS.iter().find(|part| planted.below(part.places)) else {
            wrong.push(format!("{} belongs to no part: give it one, or add it to PARTS", source.path));
            continue;
        };
        for path in absolute(&source.product(), &module) {
            let first = path.parts[0].as_str();
            let is_known = dependencies.iter().any(|name| name.replace('-', "_") == first);
            let is_fine = match &part.outside {
                _ if first == "crate" => part.inside.iter().any(|inside| path.leads_into(&format!("crate::{inside}"))),
                Outside::Only(names) if is_known => names.iter().any(|name| path.leads_into(name)),
                Outside::Never(names) => !names.iter().any(|name| path.leads_into(name)),
                Outside::Only(_) => true,
            };
            if !is_fine || part.never.iter().any(|never| path.leads_into(never)) {
                wrong.push(format!("{}:{} may not use {}", source.path, path.line, path.text()));
            }
        }
    }
    wrong
}

/// Rust files outside the shell that name a window, and files of the shell that name a web engine
/// outside `console`.
fn windows_elsewhere(sources: &[Source]) -> Vec<String> {
    let mut wrong = Vec::new();
    for source in sources.iter().filter(|source| source.is(&["rs"])) {
        let in_shell = source.below(&["src-tauri/src", "src-tauri/build.rs"]);
        let in_console = source.below(&["src-tauri/src/console", "src-tauri/src/console.rs"]);
        for path in absolute(&source.code(), &[]) {
            let first = path.parts[0].as_str();
            let is_engine = matches!(first, "gtk" | "gdk" | "webkit2gtk" | "wry" | "tao");
            if WINDOWS.contains(&first) && (!in_shell || (is_engine && !in_console)) {
                wrong.push(format!("{}:{} may not use {}", source.path, path.line, path.text()));
            }
        }
    }
    wrong
}

/// Packages that name what they must not depend on.
fn package_arrows(manifest: &str, dependencies: &[String]) -> Vec<String> {
    let ours: &[&str] = match manifest {
        "Cargo.toml" | "src-tauri/cli/Cargo.toml" => &["sidelight-core"],
        // For the bench alone: `looks_inside` sees to that.
        "tests/Cargo.toml" => &["sidelight-core"],
        _ => &[],
    };
    let is_shell = manifest == "Cargo.toml";
    let is_wrong = |name: &&String| {
        let is_window = name.starts_with("tauri") || WINDOWS.contains(&name.as_str());
        (name.starts_with("sidelight") && !ours.contains(&name.as_str())) || (is_window && !is_shell)
    };
    dependencies.iter().filter(is_wrong).map(|name| format!("{manifest} may not depend on {name}")).collect()
}

/// Files of the UI that speak to Tauri past its one door.
fn ui_doors(sources: &[Source]) -> Vec<String> {
    let door = "ui/src/backend.ts";
    let is_past = |source: &&Source| {
        let imports = source.text.lines().filter(|line| !line.trim_start().starts_with("//"));
        source.below(&["ui/src"])
            && source.path != door
            && imports.into_iter().any(|line| line.contains("@tauri-apps") || line.contains("__TAURI__"))
    };
    sources
        .iter()
        .filter(is_past)
        .map(|source| format!("{} may not speak to Tauri: {door} does", source.path))
        .collect()
}

#[test]
fn every_arrow_of_the_core_runs_the_right_way() {
    holds(&core_arrows(&rust_products(), &dependencies_of("src-tauri/core/Cargo.toml")));
}

#[test]
fn an_arrow_the_wrong_way_is_seen() {
    let dependencies = ["serde", "tokio", "toml-edit", "reqwest", "aws-sdk-sts", "tracing"].map(str::to_owned);
    for (file, code, words) in [
        ("domain/book.rs", "use serde::Serialize;", "serde::Serialize"),
        ("domain/book.rs", "use super::super::app::error::Error;", "crate::app::error::Error"),
        ("domain/book.rs", "fn a() { std::fs::read(\"x\"); }", "std::fs::read"),
        ("app/tabs.rs", "use crate::{domain::book::Book, aws::sts::SdkSts};", "crate::aws::sts::SdkSts"),
        ("app/tabs.rs", "use crate::storage::home::Home;", "crate::storage"),
        ("app/tabs.rs", "async fn a() { tokio::fs::read(x).await; }", "tokio::fs"),
        ("aws/sts.rs", "use crate::storage::files;", "crate::storage"),
        ("aws/sts.rs", "use crate::app::sessions::sign_in;", "crate::app::sessions"),
        ("storage/home.rs", "use crate::aws::http;", "crate::aws"),
        ("storage/home.rs", "use reqwest::Client;", "reqwest::Client"),
        ("storage/home.rs", "use crate::world::SystemClock;", "crate::world"),
        ("control/frame.rs", "use crate::aws::http;", "crate::aws"),
        ("transfers/pen.rs", "use crate::storage::home::Home;", "crate::storage::home"),
        ("transfers/pen.rs", "use crate::app::state::State;", "crate::app::state"),
        ("colour.rs", "", "belongs to no part"),
    ] {
        let planted = Source::planted(&format!("{CORE}{file}"), code);
        sees(&core_arrows(&[planted], &dependencies), words);
    }
    let in_a_test =
        Source::planted(&format!("{CORE}domain/book.rs"), "#[cfg(test)]\nmod tests { use serde::Serialize; }");
    holds(&core_arrows(&[in_a_test], &dependencies));
}

#[test]
fn only_the_shell_names_tauri_and_only_its_consoles_a_web_engine() {
    holds(&windows_elsewhere(&all()));
    sees(&windows_elsewhere(&[Source::planted("src-tauri/cli/src/main.rs", "use tauri::App;")]), "tauri::App");
    sees(&windows_elsewhere(&[Source::planted("src-tauri/src/window.rs", "use gtk::Box;")]), "gtk::Box");
}

#[test]
fn packages_depend_on_what_they_may() {
    for manifest in MANIFESTS {
        holds(&package_arrows(manifest, &dependencies_of(manifest)));
    }
    let [tauri, shell, core] = ["tauri", "sidelight", "sidelight-core"].map(|name| vec![name.to_owned()]);
    sees(&package_arrows("src-tauri/cli/Cargo.toml", &tauri), "tauri");
    sees(&package_arrows("src-tauri/cli/Cargo.toml", &shell), "sidelight");
    sees(&package_arrows("src-tauri/demo/Cargo.toml", &core), "sidelight-core");
}

/// Tests from outside that look inside. The bench may: it mints within its own process. So may the tests of
/// transfers: 400 of them in the app would take an hour.
fn looks_inside(sources: &[Source]) -> Vec<String> {
    let may = ["tests/bench", "tests/transfers"];
    let outside = sources.iter().filter(|source| source.below(&["tests"]) && !source.below(&may));
    let paths = outside.flat_map(|source| absolute(&source.code(), &[]).into_iter().map(move |path| (source, path)));
    let inside =
        paths.filter(|(_, path)| path.parts[0].starts_with("sidelight_") && path.parts[0] != "sidelight_tests");
    inside.map(|(source, path)| format!("{}:{} may not use {}", source.path, path.line, path.text())).collect()
}

#[test]
fn what_is_tested_from_outside_knows_nothing_of_the_inside() {
    holds(&looks_inside(&all()));
    let planted = Source::planted("tests/harness/app.rs", "use sidelight_core::app::App;");
    sees(&looks_inside(&[planted]), "sidelight_core::app::App");
}

#[test]
fn the_ui_has_one_door() {
    holds(&ui_doors(&all()));
    let planted = Source::planted("ui/src/App.svelte", "import { invoke } from '@tauri-apps/api/core';");
    sees(&ui_doors(&[planted]), "App.svelte");
}
