//! A page of known weight, for measuring browsers: 1.5 MB of script that is parsed and run, 3,000 elements, 20 MB held.
//! It is not part of the console and needs no session. It never grows: figures over time compare against it.

use std::fmt::Write;
use std::sync::OnceLock;

use axum::http::header;
use axum::response::{Html, IntoResponse};

const SCRIPT_BYTES: usize = 1_500_000;
const PAGE: &str = include_str!("../../console/heavy.html");
const LAST_LINES: &str = include_str!("../../console/heavy.js");

pub(super) async fn page() -> Html<&'static str> {
    Html(PAGE)
}

pub(super) async fn script() -> impl IntoResponse {
    static SCRIPT: OnceLock<String> = OnceLock::new();
    let text = SCRIPT.get_or_init(generate).as_str();
    ([(header::CONTENT_TYPE, "text/javascript; charset=utf-8")], text)
}

/// Thousands of small functions, each different, all called once by the last lines.
fn generate() -> String {
    let mut text = String::with_capacity(SCRIPT_BYTES + 4_096);
    text.push_str("'use strict';\nconst functions = [];\n");
    let mut number = 0_u32;
    while text.len() + LAST_LINES.len() < SCRIPT_BYTES {
        let (factor, turns) = (number % 97 + 3, number % 7 + 2);
        let written = writeln!(
            text,
            "functions.push(function step{number}(input, words) {{\n  let sum = input + {number};\n  \
             for (let turn = 0; turn < {turns}; turn += 1) {{\n    sum = (sum * {factor} + turn) % 1000003;\n  }}\n  \
             words.push({{ id: 'step-{number}', even: sum % 2 === 0, sum }});\n  return sum;\n}});"
        );
        written.expect("writing to a String cannot fail");
        number += 1;
    }
    text.push_str(LAST_LINES);
    text
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_script_weighs_what_it_says() {
        let length = super::generate().len();
        assert!((1_500_000..1_501_000).contains(&length), "{length}");
    }
}
