//! AWS as others rebuilt it: moto and ministack, started from the virtual environment.
//!
//! Neither has federation, Identity Center or sign-in pages: the demo cloud brings those.

use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

use tempfile::TempDir;

use crate::binaries::workspace;
use crate::error::{HarnessError, Outcome};
use crate::http;
use crate::process::Running;
use crate::surroundings::Surroundings;

/// How often another port is tried when somebody else was faster.
const PORTS_TRIED: u32 = 3;

/// The account whose root is the access key of the same twelve digits, in ministack.
pub const MINISTACK_ACCOUNT: &str = "111111111111";

/// A running emulator, ended when dropped.
pub struct Emulator {
    url: String,
    _server: Running,
    _logs: TempDir,
}

impl Emulator {
    /// moto: many services, into any account; asks for no authorisation until told to.
    ///
    /// # Errors
    /// When it is not installed or does not come up.
    pub fn moto() -> Outcome<Self> {
        Self::start("moto_server", |command, port| {
            command.args(["-H", "127.0.0.1", "-p", port]);
        })
    }

    /// ministack with authorisation: signatures, trust policies, session policies are enforced.
    ///
    /// # Errors
    /// When it is not installed or does not come up.
    pub fn ministack() -> Outcome<Self> {
        Self::start("ministack", |command, port| {
            command.env("BIND_HOST", "127.0.0.1").env("GATEWAY_PORT", port);
            command.env("AUTH", "true").env("MINISTACK_ACCOUNT_ID", MINISTACK_ACCOUNT);
        })
    }

    /// Its address, without a slash at the end.
    pub fn url(&self) -> &str {
        &self.url
    }

    fn start(program: &'static str, configure: impl Fn(&mut Command, &str)) -> Outcome<Self> {
        let mut tried = 1;
        loop {
            match Self::start_once(program, &configure) {
                Err(HarnessError::Ended { .. }) if tried < PORTS_TRIED => tried += 1,
                outcome => return outcome,
            }
        }
    }

    fn start_once(program: &'static str, configure: &impl Fn(&mut Command, &str)) -> Outcome<Self> {
        let logs = tempfile::tempdir().map_err(HarnessError::io("make a folder for an emulator"))?;
        let port = http::free_port()?;
        let mut command = in_virtual_environment(program, &logs)?;
        configure(&mut command, &port.to_string());
        command.current_dir(logs.path());
        let mut server = Running::start(program, command, logs.path())?;
        server.wait_for(program, Duration::from_secs(60), |_| Ok(http::answers(port).then_some(())))?;
        Ok(Self { url: format!("http://127.0.0.1:{port}"), _server: server, _logs: logs })
    }
}

/// A program of the virtual environment in somebody's surroundings: the AWS CLI as a user has it.
///
/// # Errors
/// [`HarnessError::NotBuilt`].
pub fn python_program(program: &'static str, surroundings: &Surroundings) -> Outcome<Command> {
    let folder = virtual_environment().join("bin");
    let path = folder.join(program);
    if !path.is_file() {
        return Err(HarnessError::NotBuilt { program, folder });
    }
    let mut command = surroundings.command(path);
    command.env("PYTHONDONTWRITEBYTECODE", "1");
    Ok(command)
}

/// Runs a Python script of the virtual environment, with boto3 at hand, and gives its stdout.
///
/// # Errors
/// [`HarnessError::Ended`] with the traceback.
pub fn run_python(script: &str, arguments: &[&str]) -> Outcome<String> {
    let logs = tempfile::tempdir().map_err(HarnessError::io("make a folder for Python"))?;
    let mut command = in_virtual_environment("python", &logs)?;
    let output = command.args(["-c", script]).args(arguments).output();
    let output = output.map_err(|source| HarnessError::Start { program: "python".to_owned(), source })?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    Err(HarnessError::Ended {
        program: "python".to_owned(),
        status: output.status.to_string(),
        output: String::from_utf8_lossy(&output.stderr).into_owned(),
    })
}

/// The folder of the Python programs: `.venv`, or what SIDELIGHT_VENV says.
pub fn virtual_environment() -> PathBuf {
    let told = std::env::var_os("SIDELIGHT_VENV").map(PathBuf::from);
    told.unwrap_or_else(|| workspace().join(".venv"))
}

/// With a home of its own, so that nobody's `~/.aws` plays a part.
fn in_virtual_environment(program: &'static str, home: &TempDir) -> Outcome<Command> {
    let folder = virtual_environment().join("bin");
    let path = folder.join(program);
    if !path.is_file() {
        return Err(HarnessError::NotBuilt { program, folder });
    }
    let mut surroundings = Surroundings::bare(home.path());
    surroundings.set("HOME", home.path());
    surroundings.set("PYTHONDONTWRITEBYTECODE", "1");
    Ok(surroundings.command(path))
}

/// Says yes on the page of an access portal, as a person in a browser would, and goes where it leads.
///
/// # Errors
/// As [`run_python`]; [`HarnessError::Missing`] where the program behind it was not signed in.
pub fn allow_in_portal(page: &str) -> Outcome {
    let script = "import sys, urllib.request; url = sys.argv[1] + '&allow=1'\n\
                  print(urllib.request.urlopen(urllib.request.Request(url, method='POST', data=b'')).read().decode())";
    let said = run_python(script, &[page])?;
    if said.contains("You are signed in") { Ok(()) } else { Err(HarnessError::missing(format!("a sign-in: {said}"))) }
}
