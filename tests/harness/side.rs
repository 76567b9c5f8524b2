//! The command `side`, run as a script would run it: arguments, stdin, and what came out.
//!
//! It knows no subcommand. What was printed goes through the leak check, unless a test says that
//! printing a secret is what it asked for.

use std::path::PathBuf;
use std::process::{Command, ExitStatus};
use std::time::Duration;

use serde_json::Value;

use crate::binaries::binary;
use crate::emulators::python_program;
use crate::error::{HarnessError, Outcome};
use crate::leak::LeakCheck;
use crate::process::Running;
use crate::surroundings::Surroundings;

/// No answer of `side` takes longer, however busy the machine.
const LONGEST: Duration = Duration::from_secs(60);

/// Runs a program at a terminal that is made for it.
const AT_A_TERMINAL: &str = "
import os, pty, sys, termios
prompt, keys, *program = sys.argv[1:]
child, terminal = pty.fork()
if child == 0:
    os.execv(program[0], program)
said = b''
def listen():
    global said
    try:
        heard = os.read(terminal, 4096)
    except OSError:
        heard = b''
    said += heard
    return heard
while prompt.encode() not in said and listen():
    pass
# A key that comes before the prompt has turned the echo off would be lost.
while termios.tcgetattr(terminal)[3] & termios.ECHO:
    os.sched_yield()
os.write(terminal, keys.encode())
while listen():
    pass
sys.stdout.buffer.write(said)
sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
";

/// `side` on one machine.
#[derive(Clone)]
pub struct Side {
    program: PathBuf,
    surroundings: Surroundings,
    leaks: Option<LeakCheck>,
}

/// What came of one call.
#[derive(Debug)]
pub struct Printed {
    /// What was on stdout.
    pub output: String,
    /// What was on stderr.
    pub complaints: String,
    /// The exit code; nothing when a signal ended it.
    pub code: Option<i32>,
    call: String,
}

impl Side {
    /// `side` with these variables.
    ///
    /// # Errors
    /// [`HarnessError::NotBuilt`].
    pub fn new(surroundings: &Surroundings) -> Outcome<Self> {
        Ok(Self { program: binary("side")?, surroundings: surroundings.clone(), leaks: None })
    }

    /// `side` whose output is looked over for secrets.
    #[must_use]
    pub fn watched_by(mut self, leaks: &LeakCheck) -> Self {
        self.leaks = Some(leaks.clone());
        self
    }

    /// Runs it with nothing on stdin.
    ///
    /// # Errors
    /// When it cannot be run or does not end.
    pub fn run(&self, arguments: &[&str]) -> Outcome<Printed> {
        self.run_with_input(arguments, "")
    }

    /// Runs it with `input` on stdin.
    ///
    /// # Errors
    /// As [`Side::run`].
    pub fn run_with_input(&self, arguments: &[&str], input: &str) -> Outcome<Printed> {
        let printed = self.call(arguments, input)?;
        if let Some(leaks) = &self.leaks {
            let call = &printed.call;
            leaks.look_at(&format!("stdout of {call}"), &printed.output);
            leaks.look_at(&format!("stderr of {call}"), &printed.complaints);
        }
        Ok(printed)
    }

    /// Runs a call that is meant to print a secret: `url`, `credentials`.
    ///
    /// # Errors
    /// As [`Side::run`].
    pub fn run_revealing(&self, arguments: &[&str]) -> Outcome<Printed> {
        let printed = self.call(arguments, "")?;
        if let Some(leaks) = &self.leaks {
            leaks.look_at(&format!("stderr of {}", printed.call), &printed.complaints);
        }
        Ok(printed)
    }

    /// Runs it at a terminal of its own, where `keys` are typed once `prompt` stands there. What stands there then, in
    /// the end, is its output.
    ///
    /// # Errors
    /// As [`Side::run`].
    pub fn run_at_terminal(&self, arguments: &[&str], prompt: &str, keys: &str) -> Outcome<Printed> {
        let mut command = python_program("python", &self.surroundings)?;
        command.args(["-c", AT_A_TERMINAL, prompt, keys]).arg(&self.program).args(arguments);
        let printed = ended(command, arguments, "")?;
        if let Some(leaks) = &self.leaks {
            leaks.look_at(&format!("the terminal of {}", printed.call), &printed.output);
        }
        Ok(printed)
    }

    /// Runs a call with `--json` and reads what it printed.
    ///
    /// # Errors
    /// Also when it fails or prints no JSON.
    pub fn json(&self, arguments: &[&str]) -> Outcome<Value> {
        let mut arguments = arguments.to_vec();
        arguments.push("--json");
        self.run(&arguments)?.success()?.json()
    }

    fn call(&self, arguments: &[&str], input: &str) -> Outcome<Printed> {
        let mut command = self.surroundings.command(&self.program);
        command.args(arguments);
        ended(command, arguments, input)
    }
}

/// Runs a command that is `side` with these arguments, to its end.
fn ended(command: Command, arguments: &[&str], input: &str) -> Outcome<Printed> {
    let call = format!("side {}", arguments.first().copied().unwrap_or_default());
    // Not among the machine's logs: some calls print secrets on purpose.
    let folder = tempfile::tempdir().map_err(HarnessError::io("make a folder for an output"))?;
    let mut side = Running::start_with_input("side", command, folder.path(), input.as_bytes())?;
    let status: ExitStatus = side.wait_for_end(LONGEST)?;
    Ok(Printed { output: side.output(), complaints: side.complaints(), code: status.code(), call })
}

impl Printed {
    /// Itself, if the exit code was 0.
    ///
    /// # Errors
    /// [`HarnessError::Ended`] with what was printed on stderr.
    pub fn success(self) -> Outcome<Self> {
        if self.code == Some(0) {
            return Ok(self);
        }
        let status = self.code.map_or("a signal".to_owned(), |code| format!("exit code {code}"));
        Err(HarnessError::Ended { program: self.call, status, output: self.complaints })
    }

    /// Its stdout as JSON.
    ///
    /// # Errors
    /// [`HarnessError::Json`].
    pub fn json(&self) -> Outcome<Value> {
        serde_json::from_str(&self.output).map_err(HarnessError::json(format!("the output of {}", self.call)))
    }
}
