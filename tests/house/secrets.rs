//! Where a secret may be named at all, who writes files, and by which doors time and chance come in.
//!
//! Not whether a running app leaks (the harness searches for that).

use crate::paths::paths;
use crate::sources::{Source, all, is_word, line_of, rust_products};
use crate::{holds, sees};

/// The way of a sign-in link, from the mint to the webview; and `side url`, asked for by name.
const WAY_OF_A_LINK: [&str; 7] = [
    "src-tauri/core/src/domain/sign_in.rs",
    "src-tauri/core/src/app/sessions.rs",
    "src-tauri/core/src/app/window.rs",
    "src-tauri/src/window.rs",
    "src-tauri/src/console",
    "src-tauri/src/console.rs",
    "src-tauri/cli/src/commands/url.rs",
];

/// What no view may hold.
const SECRETS: [&str; 8] = [
    "SignInUrl",
    "SessionCredentials",
    "SecretString",
    "SecretBox",
    "SecretSlice",
    "ExposeSecret",
    "Zeroizing",
    "secret",
];

/// What the UI is told is made here.
const VIEWS: [&str; 4] =
    ["src-tauri/src/view.rs", "src-tauri/src/view", "src-tauri/src/convert.rs", "src-tauri/src/convert_error.rs"];

/// Where secrets are unwrapped: the signer, the endpoints, the file of `aws login`, the maker of codes, the
/// keychain, the webview, `side url`, `side credentials`.
const UNWRAPPED: [&str; 17] = [
    "src-tauri/core/src/domain/secret.rs",
    "src-tauri/core/src/domain/sign_in.rs",
    "src-tauri/core/src/aws/sts.rs",
    "src-tauri/core/src/aws/s3.rs",
    "src-tauri/core/src/aws/federation.rs",
    "src-tauri/core/src/aws/identity_center",
    "src-tauri/core/src/aws/login_session.rs",
    "src-tauri/core/src/aws/login_session",
    "src-tauri/core/src/storage/aws_config/login.rs",
    "src-tauri/core/src/app/credentials/totp.rs",
    "src-tauri/core/src/storage/import_file.rs",
    "src-tauri/core/src/storage/keychain.rs",
    "src-tauri/core/src/transfers/answer.rs",
    "src-tauri/core/src/transfers/sources.rs",
    "src-tauri/src/console",
    "src-tauri/cli/src/commands/url.rs",
    "src-tauri/cli/src/commands/credentials.rs",
];

/// Every place where one of `words` stands as a whole word, outside of `places`.
fn named_elsewhere(sources: &[Source], words: &[&str], places: &[&str]) -> Vec<String> {
    let mut wrong = Vec::new();
    for source in sources.iter().filter(|source| !source.below(places)) {
        let code = source.product();
        for word in words {
            let is_whole = |at: &usize| {
                let (before, after) = (code[..*at].chars().next_back(), code[at + word.len()..].chars().next());
                !before.is_some_and(is_word) && !after.is_some_and(is_word)
            };
            let found = code.match_indices(word).map(|(at, _)| at).filter(is_whole);
            wrong.extend(found.map(|at| format!("{}:{} may not name {word}", source.path, line_of(&code, at))));
        }
    }
    wrong
}

fn only_below(sources: Vec<Source>, places: &[&str]) -> Vec<Source> {
    sources.into_iter().filter(|source| source.below(places)).collect()
}

const OURS: [&str; 3] = ["src-tauri/core/src", "src-tauri/cli/src", "src-tauri/src"];

#[test]
fn a_sign_in_link_is_named_only_on_its_way_to_the_webview() {
    let sources = only_below(rust_products(), &OURS);
    holds(&named_elsewhere(&sources, &["SignInUrl"], &WAY_OF_A_LINK));
    let planted = [Source::planted("src-tauri/src/view.rs", "pub url: SignInUrl,")];
    sees(&named_elsewhere(&planted, &["SignInUrl"], &WAY_OF_A_LINK), "view.rs:1");
}

#[test]
fn what_the_ui_is_told_names_no_secret() {
    let views = only_below(rust_products(), &VIEWS);
    assert!(views.len() >= 3, "the views are not where this test looks for them");
    holds(&named_elsewhere(&views, &SECRETS, &[]));
    let planted = [Source::planted("src-tauri/src/view.rs", "pub key: SecretString,")];
    sees(&named_elsewhere(&planted, &SECRETS, &[]), "SecretString");
}

#[test]
fn a_secret_is_unwrapped_only_where_it_is_used() {
    let sources = only_below(rust_products(), &OURS);
    let unwraps = ["expose", "expose_secret", "expose_token"];
    holds(&named_elsewhere(&sources, &unwraps, &UNWRAPPED));
    let planted = [Source::planted("src-tauri/src/control.rs", "let text = secret.expose();")];
    sees(&named_elsewhere(&planted, &unwraps, &UNWRAPPED), "control.rs:1");
}

/// Files of the core, `side` and the app that make or change files by themselves.
fn writers(sources: &[Source]) -> Vec<String> {
    let doors = [
        "fs::write",
        "File::create",
        "File::create_new",
        "File::options",
        "OpenOptions::new",
        "fs::rename",
        "fs::copy",
    ];
    // The manual pages of `side man` go where the user says.
    let allowed = ["src-tauri/core/src/storage", "src-tauri/cli/src/commands/man.rs"];
    let mut wrong = Vec::new();
    for source in sources.iter().filter(|source| source.below(&OURS) && !source.below(&allowed)) {
        for path in paths(&source.product()) {
            if doors.iter().any(|door| path.text().ends_with(door)) {
                wrong.push(format!("{}:{} may not use {}: storage does", source.path, path.line, path.text()));
            }
        }
    }
    wrong
}

#[test]
fn only_storage_writes_files() {
    holds(&writers(&rust_products()));
    let planted = [Source::planted("src-tauri/src/start.rs", "fn a() { std::fs::write(x, y); }")];
    sees(&writers(&planted), "std::fs::write");
}

/// Where the core asks the machine for the time or for chance by itself.
fn private_clocks(sources: &[Source]) -> Vec<String> {
    let doors = ["Timestamp::now", "SystemTime::now", "Instant::now", "Zoned::now", "rand::random", "Uuid::new_v4"];
    // A tab's id, and an imported profile's, which must only be unlike any other; tests need not know them.
    let made_here = ["src-tauri/core/src/app/tabs.rs", "src-tauri/core/src/app/profiles.rs"];
    let allowed = |path: &str, door: &str| door == "Uuid::new_v4" && made_here.contains(&path);
    let places = ["src-tauri/core/src/domain", "src-tauri/core/src/app", "src-tauri/core/src/aws"];
    let mut wrong = Vec::new();
    for source in sources.iter().filter(|source| source.below(&places)) {
        for path in paths(&source.product()) {
            if doors.iter().any(|door| path.text().ends_with(door) && !allowed(&source.path, door)) {
                wrong.push(format!("{}:{} may not ask {}: a port does", source.path, path.line, path.text()));
            }
        }
    }
    wrong
}

#[test]
fn the_core_asks_for_the_time_through_its_port() {
    holds(&private_clocks(&rust_products()));
    let planted = [Source::planted("src-tauri/core/src/app/tabs.rs", "let now = jiff::Timestamp::now();")];
    sees(&private_clocks(&planted), "Timestamp::now");
}

/// Code outside the loop that can change its state.
fn outside_hands(sources: &[Source]) -> Vec<String> {
    let inside = ["src-tauri/core/src/app", "src-tauri/core/src/app.rs"];
    let hands = ["&mut State", "Mutex<State>", "RwLock<State>"];
    let is_outside = |source: &&Source| source.below(&OURS) && !source.below(&inside);
    let mut wrong = Vec::new();
    for source in sources.iter().filter(is_outside) {
        let code = source.product();
        wrong.extend(
            hands.iter().filter(|hand| code.contains(*hand)).map(|hand| format!("{} holds {hand}", source.path)),
        );
    }
    wrong
}

#[test]
fn nothing_outside_the_loop_holds_its_state() {
    holds(&outside_hands(&all()));
    sees(
        &outside_hands(&[Source::planted("src-tauri/src/window.rs", "struct A { state: Mutex<State> }")]),
        "Mutex<State>",
    );
}
