//! The ways in which a program may spell a secret without meaning to.
//!
//! Only spellings that come about by themselves (a URL, a JSON text, a log in hex): this is no
//! search for somebody who hides a secret on purpose.

use std::collections::BTreeSet;

use base64::Engine;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_encode};

/// The unreserved characters of RFC 3986 stay as they are.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// As in a URL's path, where slashes stay.
const RESERVED_IN_PATHS: &AsciiSet = &RESERVED.remove(b'/').remove(b'+').remove(b'=');

/// One spelling of a secret.
pub struct Encoding {
    /// What it is called in a message.
    pub name: &'static str,
    /// What to look for.
    pub bytes: Vec<u8>,
}

/// Every spelling of a secret, each once.
pub fn of(secret: &[u8]) -> Vec<Encoding> {
    let text = String::from_utf8_lossy(secret);
    let hexadecimal = hex::encode(secret);
    let json = json_inside(&text);
    let mut all = vec![
        ("raw", secret.to_vec()),
        ("JSON", json.replace('/', "\\/").into_bytes()),
        ("JSON", json.into_bytes()),
        ("hex", hexadecimal.to_uppercase().into_bytes()),
        ("hex", hexadecimal.into_bytes()),
        ("UTF-16LE", text.encode_utf16().flat_map(u16::to_le_bytes).collect()),
        ("UTF-16BE", text.encode_utf16().flat_map(u16::to_be_bytes).collect()),
    ];
    for set in [NON_ALPHANUMERIC, RESERVED, RESERVED_IN_PATHS] {
        let upper = percent_encode(secret, set).to_string();
        all.push(("URL", lower_escapes(&upper).into_bytes()));
        all.push(("URL", upper.into_bytes()));
    }
    for before in 0..3 {
        all.push(("base64", base64_inside(&STANDARD_NO_PAD, secret, before)));
        all.push(("base64", base64_inside(&URL_SAFE_NO_PAD, secret, before)));
    }
    let mut seen = BTreeSet::new();
    all.retain(|(_, bytes)| seen.insert(bytes.clone()));
    let named = all.into_iter();
    named.map(|(name, bytes)| Encoding { name, bytes }).collect()
}

/// What is the same wherever `secret` stands in an encoded text, with `before` bytes (modulo three)
/// before it and anything after it: the characters at the edges depend on the neighbours. So this
/// finds it with padding and without.
fn base64_inside(engine: &impl Engine, secret: &[u8], before: usize) -> Vec<u8> {
    let mut shifted = vec![0; before];
    shifted.extend(secret);
    let mut encoded = engine.encode(&shifted).into_bytes();
    if !shifted.len().is_multiple_of(3) {
        encoded.pop();
    }
    let mixed = [0, 2, 3][before];
    encoded.split_off(mixed)
}

fn json_inside(text: &str) -> String {
    let quoted = serde_json::Value::from(text).to_string();
    quoted[1..quoted.len() - 1].to_owned()
}

fn lower_escapes(encoded: &str) -> String {
    let mut pieces = encoded.split('%');
    let mut lowered = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let (escape, rest) = piece.split_at(2);
        lowered += &format!("%{}{rest}", escape.to_lowercase());
    }
    lowered
}
