//! Linux: the list of packages. Debian and its like install them; elsewhere the user is told.

use std::process::Command;

use super::Purpose::{self, Bench, Build, Demo, Test, Tour};
use super::{all_there, debian, node_version};
use crate::error::Outcome;
use crate::process::{answer, find};

/// Something the system must have.
pub struct Need {
    /// Its package on Debian and Ubuntu.
    pub package: &'static str,
    /// Why it is needed.
    pub why: &'static str,
    /// For what.
    purpose: Purpose,
    /// How to see on other systems that it is there.
    sign: Sign,
    /// Whether the work can go on without it where the distribution has no such package.
    pub optional: bool,
}

enum Sign {
    Program(&'static str),
    Library(&'static str),
    /// A font, which looks worse when missing and breaks nothing.
    Nothing,
}

const NEEDS: &[Need] = &[
    need(Build, "build-essential", "compiles the C parts of the dependencies", Sign::Program("cc")),
    need(Build, "pkg-config", "finds the system's libraries", Sign::Program("pkg-config")),
    need(Build, "libwebkit2gtk-4.1-dev", "the webview that shows the consoles", Sign::Library("webkit2gtk-4.1")),
    need(Demo, "dbus", "a session of its own for the demo's keychain", Sign::Program("dbus-daemon")),
    need(
        Demo,
        "gnome-keyring",
        "a keychain of its own, so that yours is not touched",
        Sign::Program("gnome-keyring-daemon"),
    ),
    need(Demo, "bubblewrap", "the sandbox of the webview's processes", Sign::Program("bwrap")),
    need(Demo, "xdg-dbus-proxy", "the sandbox's door to D-Bus", Sign::Program("xdg-dbus-proxy")),
    need(Demo, "xdg-utils", "opens foreign pages in the system's browser", Sign::Program("xdg-open")),
    need(Demo, "fonts-inter", "the font of the window", Sign::Nothing),
    need(Demo, "fonts-ipafont-gothic", "Japanese letters", Sign::Nothing),
    need(Demo, "fonts-dejavu-core", "the letters of the demo's console", Sign::Nothing),
    need(Tour, "xvfb", "a display of its own", Sign::Program("Xvfb")),
    need(Tour, "webkit2gtk-driver", "clicks in the window by program", Sign::Program("WebKitWebDriver")),
    need(Test, "at-spi2-core", "tells what a screen reader is told", Sign::Nothing),
    need(Test, "libsecret-tools", "looks into the keychain from outside", Sign::Program("secret-tool")),
    need(Test, "weston", "shows the window on Wayland too", Sign::Program("weston")),
    need(Test, "python3-venv", "holds the AWS emulators", Sign::Program("python3")),
    optional(Test, "chromium", "runs the UI's tests in a browser", Sign::Program("chromium")),
    need(Bench, "python3-venv", "holds boto3, to compare with", Sign::Program("python3")),
    optional(Bench, "chromium", "a browser to compare with", Sign::Program("chromium")),
];

const fn need(purpose: Purpose, package: &'static str, why: &'static str, sign: Sign) -> Need {
    Need { package, why, purpose, sign, optional: false }
}

const fn optional(purpose: Purpose, package: &'static str, why: &'static str, sign: Sign) -> Need {
    Need { package, why, purpose, sign, optional: true }
}

/// Installs what is missing, or says what to install.
pub fn install(purposes: &[Purpose]) -> Outcome {
    let wanted: Vec<&Need> = NEEDS.iter().filter(|need| purposes.contains(&need.purpose)).collect();
    if debian::is_here() {
        return debian::install(&wanted);
    }
    let missing = wanted.iter().filter(|need| !need.optional && !need.sign.shows());
    let mut missing: Vec<String> =
        missing.map(|need| format!("{} (Debian's name), {}", need.package, need.why)).collect();
    if !node_version::is_there() {
        missing.push(node_version::HOW_TO_GET_IT.to_owned());
    }
    all_there(missing)
}

impl Sign {
    fn shows(&self) -> bool {
        match self {
            Self::Program(name) => find(name).is_some(),
            Self::Library(name) => answer(Command::new("pkg-config").args(["--exists", name])).is_some(),
            Self::Nothing => true,
        }
    }
}
