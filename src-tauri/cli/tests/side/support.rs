//! A home of its own for each test, and `side` in it with an empty environment.

use std::ffi::OsStr;
use std::fs;
use std::io::Write;
#[cfg(target_os = "linux")]
use std::path::Path;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use serde_json::Value;
use sidelight_core::storage::home::Home;
use tempfile::TempDir;

pub type Outcome = Result<(), Box<dyn std::error::Error>>;

/// A machine without a keychain, with one Sidelight on it.
pub struct Machine {
    root: TempDir,
    program: PathBuf,
    path: Option<PathBuf>,
}

/// What came of one call.
#[derive(Debug)]
pub struct Printed {
    pub code: Option<i32>,
    pub output: String,
    pub complaints: String,
}

impl Machine {
    pub fn new() -> std::io::Result<Self> {
        let root = tempfile::tempdir()?;
        Ok(Self { root, program: env!("CARGO_BIN_EXE_side").into(), path: None })
    }

    /// With the program in a folder of its own, and nothing but that folder on PATH.
    #[cfg(target_os = "linux")]
    pub fn with_program_apart() -> std::io::Result<Self> {
        let mut machine = Self::new()?;
        let folder = machine.root.path().join("bin");
        fs::create_dir(&folder)?;
        let program = folder.join("side");
        if fs::hard_link(&machine.program, &program).is_err() {
            fs::copy(&machine.program, &program)?;
        }
        machine.program = program;
        machine.path = Some(folder);
        Ok(machine)
    }

    /// A path in the folder of the program.
    #[cfg(target_os = "linux")]
    pub fn beside(&self, name: &str) -> PathBuf {
        self.program.with_file_name(name)
    }

    pub fn folder(&self) -> PathBuf {
        self.root.path().join("home")
    }

    pub fn home(&self) -> Result<Home, Box<dyn std::error::Error>> {
        Ok(Home::at(&self.folder())?)
    }

    pub fn book(&self) -> PathBuf {
        self.folder().join("profiles.toml")
    }

    pub fn write_book(&self, text: &str) -> std::io::Result<()> {
        fs::create_dir_all(self.folder())?;
        fs::write(self.book(), text)
    }

    pub fn side<Argument: AsRef<OsStr>>(&self, arguments: &[Argument]) -> std::io::Result<Printed> {
        self.side_with_input(arguments, "")
    }

    pub fn side_with_input<Argument: AsRef<OsStr>>(
        &self,
        arguments: &[Argument],
        input: &str,
    ) -> std::io::Result<Printed> {
        let mut command = Command::new(&self.program);
        command
            .args(arguments)
            .env_clear()
            .env("SIDELIGHT_HOME", self.folder())
            .env("HOME", self.root.path())
            .env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus")
            .env("NO_PROXY", "*")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        // The test's own end of the control socket lies where these say.
        for kept in ["XDG_RUNTIME_DIR", "SystemRoot", "USERPROFILE", "TEMP", "LOCALAPPDATA"] {
            command.envs(std::env::var_os(kept).map(|value| (kept, value)));
        }
        command.env("PATH", self.path.clone().map_or_else(|| "/usr/bin:/bin".into(), PathBuf::into_os_string));
        let mut side = command.spawn()?;
        if let Some(mut stdin) = side.stdin.take() {
            // One that asks for nothing may have ended already.
            let _ = stdin.write_all(input.as_bytes());
        }
        let output = side.wait_with_output()?;
        Ok(Printed {
            code: output.status.code(),
            output: String::from_utf8_lossy(&output.stdout).into_owned(),
            complaints: String::from_utf8_lossy(&output.stderr).into_owned(),
        })
    }
}

impl Printed {
    /// Itself, where the exit code is this.
    #[track_caller]
    pub fn exits(self, code: i32) -> Self {
        assert_eq!(self.code, Some(code), "{self:?}");
        self
    }

    /// Itself, where stderr says this.
    #[track_caller]
    pub fn complains(self, words: &str) -> Self {
        assert!(self.complaints.contains(words), "{words:?} in {}", self.complaints);
        self
    }

    pub fn json(&self) -> serde_json::Result<Value> {
        serde_json::from_str(&self.output)
    }
}

/// Every file below a folder.
#[cfg(target_os = "linux")]
pub fn files_below(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            if path.is_dir() { folders.push(path) } else { files.push(path) }
        }
    }
    Ok(files)
}

/// A book of this many profiles, as its file spells it.
pub fn book_of(count: usize) -> String {
    let mut text = "schema = 1\n".to_owned();
    for number in 0..count {
        let account = 100_000_000_000_usize + number;
        text += &format!(
            "\n[[profile]]\nid = \"p{number}\"\nname = \"profile {number}\"\ngroup = \"group {}\"\naccount = \"{account}\"\n\
             partition = \"aws\"\nregion = \"eu-central-1\"\nmark = \"PROD\"\n[profile.access_key]\n\
             id = \"AKIAIOSFODNN7EXAMPLE\"\nrole = \"arn:aws:iam::{account}:role/Admin\"\n",
            number / 20,
        );
    }
    text + "\n# end of the book\n"
}
