//! The log: what Sidelight itself says, on stderr, as `SIDELIGHT_LOG` asks.
//!
//! Never what libraries say: at their finer levels they write down what they send, and that holds
//! secrets. Our own lines name no secret, since the types that hold one cannot be printed; what a system's or an
//! engine's error says in them goes through [`redacted`].

use std::io::{self, Write};

use tracing_subscriber::filter::filter_fn;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{EnvFilter, Layer};

/// From now on.
pub fn start() {
    let wanted = EnvFilter::try_from_env("SIDELIGHT_LOG").unwrap_or_else(|_| EnvFilter::new("warn"));
    let ours = filter_fn(|line| line.target().starts_with("sidelight"));
    let lines = tracing_subscriber::fmt::layer().with_ansi(false).with_writer(|| Redacting).with_filter(ours);
    tracing_subscriber::registry().with(wanted).with(lines).init();
}

/// Stderr; it is given whole lines.
struct Redacting;

impl Write for Redacting {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        io::stderr().write_all(redacted(&String::from_utf8_lossy(line)).as_bytes())?;
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        io::stderr().flush()
    }
}

/// What stands where something was.
const GONE: &str = "[redacted]";

/// So long a word of base64 may be a secret: an AWS secret access key has as many.
const SUSPICIOUS: usize = 40;

/// Addresses without user information and what follows their path, which may be a token; and no long words that look
/// like a secret or a token.
fn redacted(line: &str) -> String {
    line.split_inclusive(char::is_whitespace).map(without_tokens).map(|word| without_secrets(&word)).collect()
}

fn without_tokens(word: &str) -> String {
    let Some((before, address)) = word.split_once("://") else { return word.to_owned() };
    let end = address.find(|letter: char| letter.is_whitespace() || ",;\"'<>`".contains(letter));
    let (address, after) = address.split_at(end.unwrap_or(address.len()));
    let place = address.find(['?', '#']).map_or(address.to_owned(), |at| format!("{}{GONE}", &address[..=at]));
    let (host, path) = place.split_at(place.find('/').unwrap_or(place.len()));
    let host = host.rsplit_once('@').map_or(host.to_owned(), |(_, host)| format!("{GONE}@{host}"));
    format!("{before}://{host}{path}{}", without_tokens(after))
}

fn without_secrets(word: &str) -> String {
    let mut left = word;
    let mut said = String::with_capacity(word.len());
    while let Some(start) = left.find(is_base64) {
        let (before, rest) = left.split_at(start);
        let (run, after) = rest.split_at(rest.find(|letter| !is_base64(letter)).unwrap_or(rest.len()));
        said.push_str(before);
        said.push_str(if looks_secret(run) { GONE } else { run });
        left = after;
    }
    said + left
}

/// Of base64, also as it is spelled in URLs.
fn is_base64(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || "+/-_".contains(letter)
}

/// Not a path of several folders, nor a number or a hash in hexadecimal digits.
fn looks_secret(run: &str) -> bool {
    let has = |is: fn(&char) -> bool| run.chars().any(|letter| is(&letter));
    let is_path = run.starts_with('/') && run.matches('/').count() > 2;
    run.len() >= SUSPICIOUS
        && !is_path
        && has(char::is_ascii_uppercase)
        && has(char::is_ascii_lowercase)
        && has(char::is_ascii_digit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_token_secret_or_password_stays_in_a_line_and_everything_else_does() {
        let token = "AQoDYXdzEJr1K4v7example+token/0123456789abcdefXYZ==";
        for (line, written) in [
            (
                "WARN sidelight: the store of p-1 is kept in memory\n",
                "WARN sidelight: the store of p-1 is kept in memory\n",
            ),
            (
                "at https://signin.aws.amazon.com/federation?SigninToken=abc&x=1: refused",
                "at https://signin.aws.amazon.com/federation?[redacted] refused",
            ),
            ("error=\"https://a.example/s3#token\" page=2", "error=\"https://a.example/s3#[redacted]\" page=2"),
            ("proxy http://ann:hunter2@proxy:3128/", "proxy http://[redacted]@proxy:3128/"),
            ("secret=wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY.", "secret=[redacted]."),
            (&format!("({token})"), "([redacted]==)"),
            (
                "via http://a:1/,http://ann:hunter2@host:3128 and on",
                "via http://a:1/,http://[redacted]@host:3128 and on",
            ),
            ("key=/JalrXUtnFEMI7K7MDENG1bPxRfiCYEXAMPLEKEY", "key=[redacted]"),
            ("jwt eyJhbGciOiJIUzI1NiJ9-eyJzdWIiOiIxMjM0NTY3_ODkw.x", "jwt [redacted].x"),
            (
                "/home/Kim/Documents/Sidelight2026/stores/AbCdEfGh/cookies",
                "/home/Kim/Documents/Sidelight2026/stores/AbCdEfGh/cookies",
            ),
            ("9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822c", "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822c"),
        ] {
            assert_eq!(redacted(line), written);
        }
    }
}
