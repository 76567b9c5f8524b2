//! Linux: WebKitGTK's library, and the version that the system's packages know it by.

use std::path::PathBuf;
use std::process::{Command, Stdio};

use super::super::Check;
use super::NAME;

const LIBRARY: &str = "libwebkit2gtk-4.1.so.0";

/// What the app is built against.
const OLDEST: (u32, u32) = (2, 40);

/// Programs that know its version, by whose package this may be.
const PACKAGES: [&[&str]; 4] = [
    &["pkg-config", "--modversion", "webkit2gtk-4.1"],
    &["dpkg-query", "--show", "--showformat=${Version}", "libwebkit2gtk-4.1-0"],
    &["rpm", "--query", "--queryformat=%{VERSION}", "webkit2gtk4.1"],
    &["pacman", "-Q", "webkit2gtk-4.1"],
];

/// How it is.
pub fn check() -> Check {
    let Some(library) = library() else {
        return Check::problem(
            NAME,
            format!("{LIBRARY} is missing"),
            "Install WebKitGTK 4.1, on Debian and Ubuntu: apt install libwebkit2gtk-4.1-0",
        );
    };
    let said = PACKAGES.iter().find_map(|call| output(call));
    match said.as_deref().and_then(version) {
        Some(version) if version < OLDEST => Check::problem(
            NAME,
            format!("WebKitGTK {}.{} is too old", version.0, version.1),
            format!("Update it to {}.{} or newer", OLDEST.0, OLDEST.1),
        ),
        Some(_) => Check::ok(NAME, format!("WebKitGTK {} found", said.unwrap_or_default())),
        None => Check::ok(NAME, format!("{} found; no package tells its version", library.display())),
    }
}

fn library() -> Option<PathBuf> {
    let cache = output(&["/sbin/ldconfig", "-p"]).or_else(|| output(&["ldconfig", "-p"])).unwrap_or_default();
    let listed = cache.lines().find(|line| line.trim_start().starts_with(LIBRARY));
    let listed = listed.and_then(|line| line.rsplit(" => ").next()).map(|path| PathBuf::from(path.trim()));
    let folders =
        ["/usr/lib", "/usr/lib64", "/usr/local/lib", "/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu"];
    listed
        .into_iter()
        .chain(folders.iter().map(|folder| PathBuf::from(folder).join(LIBRARY)))
        .find(|path| path.is_file())
}

fn output(call: &[&str]) -> Option<String> {
    let (program, arguments) = call.split_first()?;
    let output = Command::new(program).args(arguments).stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
    let text = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    (output.status.success() && !text.is_empty()).then_some(text)
}

/// The first two numbers: `2.48.1-1` and `webkit2gtk-4.1 2.48.1-1` are both 2.48.
fn version(text: &str) -> Option<(u32, u32)> {
    let mut numbers = text.split_whitespace().last()?.split(|letter: char| !letter.is_ascii_digit());
    Some((numbers.next()?.parse().ok()?, numbers.next()?.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_is_read_however_the_package_spells_it() {
        assert_eq!(version("2.48.1-1~deb12u1"), Some((2, 48)));
        assert_eq!(version("webkit2gtk-4.1 2.46.0-2"), Some((2, 46)));
        assert_eq!(version("unknown"), None);
    }
}
