//! Which Node.js is there, and whether it is new enough for the UI's tools.

use std::process::Command;

use crate::process::answer;

/// The oldest that the UI's tools run on.
pub const OLDEST: (u32, u32) = (20, 19);

/// Words for a machine without it.
pub const HOW_TO_GET_IT: &str =
    "Node.js 20.19 or newer with npm, which builds the window's UI: https://nodejs.org/en/download";

/// Whether `node` and `npm` are there and new enough.
pub fn is_there() -> bool {
    let node = answer(Command::new("node").arg("--version"));
    let npm = if cfg!(windows) { "npm.cmd" } else { "npm" };
    let npm = answer(Command::new(npm).arg("--version"));
    npm.is_some() && node.is_some_and(|version| is_new_enough(&version))
}

/// Whether a version, as Node.js or a distribution writes it, is new enough.
pub fn is_new_enough(version: &str) -> bool {
    let mut numbers = version.trim_start_matches('v').split(|letter: char| !letter.is_ascii_digit());
    let mut next = || numbers.next().and_then(|number| number.parse().ok()).unwrap_or(0);
    (next(), next()) >= OLDEST
}

#[cfg(test)]
mod tests {
    use super::is_new_enough;

    #[test]
    fn versions_are_compared_as_numbers() {
        assert!(is_new_enough("v20.19.0"));
        assert!(is_new_enough("v24.1.0"));
        assert!(is_new_enough("20.19.2+dfsg-1"));
        assert!(!is_new_enough("v20.9.0"));
        assert!(!is_new_enough("18.20.4+dfsg-1~deb12u1"));
        assert!(!is_new_enough(""));
    }
}
