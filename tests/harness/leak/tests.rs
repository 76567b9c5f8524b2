//! Each spelling is planted and must be found; what is no leak must not be.

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};

use super::{Leak, LeakCheck};

/// Has everything that some spelling changes.
const SECRET: &str = "wJalr/XUtn+EMI=K7\"MDENG\\bPxRfiCYz";

fn found_in(text: impl AsRef<[u8]>) -> Vec<Leak> {
    let check = LeakCheck::default();
    check.watch("the key", SECRET);
    check.look_at("a text", text);
    check.found()
}

#[track_caller]
fn is_found(spelling: &str, text: impl AsRef<[u8]>) {
    let found = found_in(text);
    let named = found.iter().any(|leak| leak.spelling == spelling);
    assert!(named, "{spelling} was not found, only {found:?}");
}

#[test]
fn a_secret_is_found_as_it_is() {
    is_found("raw", format!("before{SECRET}after"));
}

#[test]
fn a_secret_is_found_in_a_url_in_either_case() {
    is_found("URL", "?key=wJalr%2FXUtn%2BEMI%3DK7%22MDENG%5CbPxRfiCYz&");
    is_found("URL", "?key=wJalr%2fXUtn%2bEMI%3dK7%22MDENG%5cbPxRfiCYz&");
    is_found("URL", "/wJalr/XUtn+EMI=K7%22MDENG%5CbPxRfiCYz/");
}

#[test]
fn a_secret_is_found_in_json_with_and_without_escaped_slashes() {
    is_found("JSON", serde_json::json!({ "key": SECRET }).to_string());
    is_found("JSON", r#"{"key":"wJalr\/XUtn+EMI=K7\"MDENG\\bPxRfiCYz"}"#);
}

#[test]
fn a_secret_is_found_in_hex_of_either_case() {
    is_found("hex", hex::encode(SECRET));
    is_found("hex", hex::encode_upper(SECRET));
}

#[test]
fn a_secret_is_found_in_base64_wherever_it_stands() {
    for before in ["", "a", "ab", "abc"] {
        for after in ["", "z", "zy", "zyx"] {
            let text = format!("{before}{SECRET}{after}");
            is_found("base64", STANDARD.encode(&text));
            is_found("base64", URL_SAFE_NO_PAD.encode(&text));
        }
    }
}

#[test]
fn a_secret_is_found_in_utf16_of_either_order() {
    let units: Vec<u16> = SECRET.encode_utf16().collect();
    let little: Vec<u8> = units.iter().flat_map(|unit| unit.to_le_bytes()).collect();
    let big: Vec<u8> = units.iter().flat_map(|unit| unit.to_be_bytes()).collect();
    is_found("UTF-16LE", little);
    is_found("UTF-16BE", big);
}

#[test]
fn part_of_a_secret_is_no_leak() {
    assert_eq!(found_in(&SECRET[..SECRET.len() - 1]), []);
    assert_eq!(found_in("nothing of the kind"), []);
}

#[test]
fn a_secret_is_found_in_a_file_and_in_a_name_but_not_in_the_exempt_folder() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let own = folder.path().join("keyrings");
    std::fs::create_dir(&own).expect("a folder");
    std::fs::write(own.join("login"), SECRET).expect("a file");
    let check = LeakCheck::default();
    check.watch("the key", SECRET);
    check.search_folder(folder.path());
    check.leave_out(&own);
    check.look_at_files();
    assert_eq!(check.found(), []);

    let mut long = vec![b'.'; 200_000];
    long.extend(SECRET.as_bytes());
    std::fs::write(folder.path().join("long"), long).expect("a file");
    std::fs::write(folder.path().join(hex::encode(SECRET)), "").expect("a file");
    check.look_at_files();
    let spellings: Vec<_> = check.found().iter().map(|leak| leak.spelling).collect();
    assert_eq!(spellings.len(), 2, "{spellings:?}");
    assert!(spellings.contains(&"raw") && spellings.contains(&"hex"));
}

#[test]
fn the_message_names_the_place_and_never_the_secret() {
    let check = LeakCheck::default();
    check.watch("the key", SECRET);
    check.look_at("a log", SECRET);
    let finish = std::panic::AssertUnwindSafe(|| check.finish());
    let panic = std::panic::catch_unwind(finish).expect_err("a leak must not pass");
    let message = panic.downcast_ref::<String>().expect("a message");
    assert!(message.contains("the key, raw, in a log"), "{message}");
    assert!(!message.contains("wJalr"));
}
