//! Who may call commands, and what the window's own page may load: the files that say so.
//!
//! Not how it holds against a hostile page in the running app (`tests/app`).

use serde_json::{Value, json};

use crate::manifest::{MANIFESTS, dependencies_of};
use crate::sources::{Source, all, file};
use crate::{holds, sees};

/// As SECURITY.md has it.
const CSP: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; \
                   connect-src ipc: http://ipc.localhost; frame-src 'none'; object-src 'none'; base-uri 'none'; \
                   form-action 'none'; frame-ancestors 'none'";

/// Plugins that would give a page files, programs or the network.
const NEVER_PLUGINS: [&str; 6] = [
    "tauri-plugin-fs",
    "tauri-plugin-shell",
    "tauri-plugin-http",
    "tauri-plugin-process",
    "tauri-plugin-store",
    "tauri-plugin-single-instance",
];

fn parsed(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_default()
}

fn differs(what: &str, found: &Value, expected: &Value) -> Option<String> {
    (found != expected).then(|| format!("{what} is {found} and must be {expected}"))
}

fn capability_faults(text: &str) -> Vec<String> {
    let capability = parsed(text);
    let mut faults: Vec<String> = [
        ("webviews", json!(["ui"])),
        ("local", json!(true)),
        ("permissions", json!(["ui", "core:event:allow-listen", "core:event:allow-unlisten"])),
    ]
    .into_iter()
    .filter_map(|(key, expected)| differs(key, &capability[key], &expected))
    .collect();
    let keys = capability.as_object().into_iter().flatten().map(|(key, _)| key.as_str());
    let known = ["$schema", "identifier", "description", "local", "webviews", "permissions"];
    faults.extend(keys.filter(|key| !known.contains(key)).map(|key| format!("a capability has no {key}")));
    faults
}

fn configuration_faults(text: &str) -> Vec<String> {
    let app = &parsed(text)["app"];
    let security = &app["security"];
    [
        ("withGlobalTauri", &app["withGlobalTauri"], json!(false)),
        ("windows", &app["windows"], json!([])),
        ("freezePrototype", &security["freezePrototype"], json!(true)),
        ("assetProtocol", &security["assetProtocol"], json!({ "enable": false })),
        ("capabilities", &security["capabilities"], json!(["ui"])),
        ("csp", &security["csp"], json!(CSP)),
        ("devCsp", &security["devCsp"], Value::Null),
        ("dangerousDisableAssetCspModification", &security["dangerousDisableAssetCspModification"], Value::Null),
    ]
    .into_iter()
    .filter_map(|(what, found, expected)| differs(what, found, &expected))
    .collect()
}

/// The commands of Rust sources, and those that do not begin by asking who calls.
fn commands(sources: &[Source]) -> (Vec<String>, Vec<String>) {
    let (mut names, mut unchecked) = (Vec::new(), Vec::new());
    for source in sources.iter().filter(|source| source.below(&["src-tauri/src"]) && source.is(&["rs"])) {
        let code = source.code();
        for (at, mark) in code.match_indices("#[tauri::command") {
            let Some((_, named)) = code[at + mark.len()..].split_once("fn ") else { continue };
            let name: String = named.chars().take_while(|letter| crate::sources::is_word(*letter)).collect();
            let body = named.split_once('{').map_or("", |(_, body)| body).trim_start();
            if !body.starts_with("only_ui(&webview)?;") {
                unchecked.push(format!("{}: {name} does not begin with only_ui(&webview)?", source.path));
            }
            names.push(name);
        }
    }
    (names, unchecked)
}

/// The texts in the list that follows `mark`.
fn listed(text: &str, mark: &str) -> Vec<String> {
    let list = text.split_once(mark).and_then(|(_, rest)| rest.split_once(']')).map_or("", |(list, _)| list);
    list.split('"').skip(1).step_by(2).map(str::to_owned).collect()
}

#[test]
fn one_capability_names_the_ui_alone() {
    let folder = crate::sources::root().join("src-tauri/capabilities");
    let files = std::fs::read_dir(folder).into_iter().flatten().flatten().count();
    assert_eq!(files, 1, "one capability, and no second one beside it");
    let text = file("src-tauri/capabilities/ui.json").text;
    holds(&capability_faults(&text));
    for (from, to, words) in [
        ("[\"ui\"]", "[\"*\"]", "webviews is"),
        ("\"local\": true", "\"local\": true, \"windows\": [\"main\"]", "no windows"),
        ("\"local\": true", "\"local\": true, \"remote\": { \"urls\": [] }", "no remote"),
        ("\"local\": true", "\"local\": false", "local is"),
        ("\"core:event:allow-listen\"", "\"core:default\"", "permissions is"),
    ] {
        sees(&capability_faults(&text.replace(from, to)), words);
    }
}

#[test]
fn the_windows_page_is_closed_to_everything_from_outside() {
    let text = file("tauri.conf.json").text;
    holds(&configuration_faults(&text));
    for (from, to, words) in [
        ("\"withGlobalTauri\": false", "\"withGlobalTauri\": true", "withGlobalTauri"),
        ("\"freezePrototype\": true", "\"freezePrototype\": false", "freezePrototype"),
        ("\"enable\": false", "\"enable\": true", "assetProtocol"),
        ("script-src 'self'", "script-src 'self' 'unsafe-inline'", "csp"),
        ("\"capabilities\": [\"ui\"]", "\"capabilities\": [\"ui\", \"all\"]", "capabilities"),
    ] {
        sees(&configuration_faults(&text.replace(from, to)), words);
    }
}

/// What a package does not register of the links that the app reads, or not so that a link reaches it.
fn link_faults(configuration: &str, desktop_file: &str) -> Vec<String> {
    let configuration = parsed(configuration);
    let template = json!("src-tauri/sidelight.desktop");
    let faults = [
        ("schemes", &configuration["plugins"]["deep-link"]["desktop"]["schemes"], json!(["sidelight"])),
        ("deb", &configuration["bundle"]["linux"]["deb"]["desktopTemplate"], template.clone()),
        ("rpm", &configuration["bundle"]["linux"]["rpm"]["desktopTemplate"], template),
    ];
    let lines = ["Exec={{exec}} %u", "MimeType={{mime_type}}"].into_iter();
    let missing = lines.filter(|line| !desktop_file.lines().any(|found| found == *line)).map(ToOwned::to_owned);
    faults.into_iter().filter_map(|(what, found, expected)| differs(what, found, &expected)).chain(missing).collect()
}

#[test]
fn a_package_registers_the_links_that_the_app_reads() {
    let (configuration, desktop_file) = (file("tauri.conf.json").text, file("src-tauri/sidelight.desktop").text);
    holds(&link_faults(&configuration, &desktop_file));
    sees(&link_faults(&configuration.replace("[\"sidelight\"]", "[]"), &desktop_file), "schemes");
    sees(&link_faults(&configuration, &desktop_file.replace(" %u", "")), "%u");
}

#[test]
fn a_linux_package_has_the_egl_library_where_the_app_looks_for_it() {
    let configuration = parsed(&file("tauri.conf.json").text);
    let wanted = json!({
        "/usr/lib/sidelight/libsidelight_egl.so": "target/release/libsidelight_egl.so",
        "/usr/lib/sidelight/sidelight_egl.json": "src-tauri/egl/sidelight_egl.json",
    });
    let files = |kind: &str| configuration["bundle"]["linux"][kind]["files"].clone();
    let faults = ["deb", "rpm", "appimage"].into_iter().filter_map(|kind| differs(kind, &files(kind), &wanted));
    holds(&faults.collect::<Vec<_>>());
}

/// What turns on the feature that lets WebDriver drive an optimised build.
fn driven_builds(sources: &[Source], manifest: &str) -> Vec<String> {
    let builds =
        sources.iter().filter(|source| source.below(&["src-tauri/xtask", ".ci", ".github", "tauri.conf.json"]));
    let driven = builds.filter(|source| source.text.contains("automation")).map(|source| source.path.clone());
    let by_default = listed(manifest, "\ndefault = [").into_iter().filter(|feature| feature == "automation");
    driven.chain(by_default).collect()
}

#[test]
fn only_the_bench_builds_an_app_that_webdriver_may_drive() {
    const BENCH: &str = "src-tauri/xtask/src/bench.rs";
    let manifest = file("Cargo.toml").text;
    let others = ["tauri.conf.json", ".github/workflows/ci.yml"].map(file);
    let sources: Vec<Source> = all().into_iter().chain(others).collect();
    assert_eq!(driven_builds(&sources, &manifest), [BENCH]);
    sees(&driven_builds(&[], &manifest.replace("default = [", "default = [\"automation\", ")), "automation");
}

#[test]
fn every_command_asks_who_calls_and_is_named_in_manifest_and_permission() {
    let (mut names, unchecked) = commands(&all());
    holds(&unchecked);
    let mut in_manifest = listed(&file("src-tauri/build.rs").text, ".commands(&[");
    let mut in_permission = listed(&file("src-tauri/permissions/ui.toml").text, "commands.allow = [");
    for list in [&mut names, &mut in_manifest, &mut in_permission] {
        list.sort();
    }
    assert!(!names.is_empty());
    assert_eq!((&names, &names), (&in_manifest, &in_permission));
    let planted = Source::planted("src-tauri/src/commands.rs", "#[tauri::command]\npub fn steal() { give() }");
    sees(&commands(&[planted]).1, "steal");
}

fn powers(dependencies: &[String]) -> Vec<String> {
    let wrong = dependencies.iter().filter(|name| NEVER_PLUGINS.contains(&name.as_str()));
    wrong.map(|name| format!("{name} is not used here: see CONTRIBUTING.md")).collect()
}

#[test]
fn no_plugin_gives_a_page_files_programs_or_the_network() {
    for manifest in MANIFESTS {
        holds(&powers(&dependencies_of(manifest)));
    }
    sees(&powers(&["tauri-plugin-shell".to_owned()]), "tauri-plugin-shell");
}

#[test]
fn no_page_of_a_console_is_given_tauris_bridge_on_linux() {
    let makes_bridge = |source: &Source| {
        let code = source.code();
        source.below(&["src-tauri/src/console/linux"])
            && (["WebviewBuilder", "invoke_handler", "script_message"].iter().any(|word| code.contains(word))
                || (code.contains("UserContentManager") && !SCRIPTS.contains(&source.path.as_str())))
    };
    // Scripts that note what a page is busy with, and that draw its mark: they cannot speak to the app.
    const SCRIPTS: [&str; 2] = ["src-tauri/src/console/linux/rest.rs", "src-tauri/src/console/linux/banner.rs"];
    let planted = Source::planted("src-tauri/src/console/linux/page.rs", "let a = tauri::WebviewBuilder::new();");
    assert!(makes_bridge(&planted));
    let found: Vec<String> =
        all().iter().filter(|source| makes_bridge(source)).map(|source| source.path.clone()).collect();
    holds(&found);
}
