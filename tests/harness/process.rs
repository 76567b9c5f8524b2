//! A program that was started: what it printed, whether it still runs, and its end.
//!
//! Every process is ended by its id when its handle is dropped, and with it everything it had
//! started. Processes stay in the group of the test, so that a runner that gives up on a test ends
//! them too.

use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::Duration;

use crate::error::{HarnessError, Outcome};
use crate::leak::LeakCheck;
use crate::wait::wait_until;

#[cfg(target_os = "linux")]
#[path = "process/linux.rs"]
pub mod family;
#[cfg(not(target_os = "linux"))]
#[path = "process/other.rs"]
pub mod family;

/// How long a program may take to end when it is asked to.
const TO_END: Duration = Duration::from_secs(5);

/// A running program, ended when dropped.
pub struct Running {
    name: String,
    child: Child,
    log: PathBuf,
    leaks: Option<LeakCheck>,
    stopped: bool,
}

impl Running {
    /// Starts `command`; what it prints goes to `<name>.out` and `<name>.err` in `logs`.
    ///
    /// # Errors
    /// [`HarnessError::Start`], or [`HarnessError::Io`] where the logs cannot be made.
    pub fn start(name: &str, command: Command, logs: &Path) -> Outcome<Self> {
        Self::start_with_input(name, command, logs, b"")
    }

    /// As [`Running::start`], with `input` on the program's stdin, which is then closed.
    ///
    /// # Errors
    /// As [`Running::start`].
    pub fn start_with_input(name: &str, command: Command, logs: &Path, input: &[u8]) -> Outcome<Self> {
        let mut running = Self::start_with_open_input(name, command, logs)?;
        if let Some(mut stdin) = running.child.stdin.take() {
            // A program that does not read its input may end before all is written: no failure.
            let _unread = stdin.write_all(input);
        }
        Ok(running)
    }

    /// As [`Running::start`], with a stdin that stays open until the program is stopped.
    ///
    /// # Errors
    /// As [`Running::start`].
    pub fn start_with_open_input(name: &str, mut command: Command, logs: &Path) -> Outcome<Self> {
        let log = logs.join(format!("{name}.out"));
        let open = |path: &Path| {
            let mut options = File::options();
            let file = options.create(true).append(true).open(path);
            file.map_err(HarnessError::io(format!("open {}", path.display())))
        };
        command.stdin(Stdio::piped()).stdout(open(&log)?).stderr(open(&log.with_extension("err"))?);
        let child = command.spawn().map_err(|source| HarnessError::Start {
            program: command.get_program().to_string_lossy().into_owned(),
            source,
        })?;
        Ok(Self { name: name.to_owned(), child, log, leaks: None, stopped: false })
    }

    /// Has the leak check look at this program's arguments, environment and window titles once
    /// more before it ends.
    #[must_use]
    pub fn watched_by(mut self, leaks: LeakCheck) -> Self {
        self.leaks = Some(leaks);
        self
    }

    /// The process id.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// What it has printed on stdout so far.
    pub fn output(&self) -> String {
        let bytes = std::fs::read(&self.log).unwrap_or_default();
        String::from_utf8_lossy(&bytes).into_owned()
    }

    /// What it has printed on stderr so far.
    pub fn complaints(&self) -> String {
        let bytes = std::fs::read(self.log.with_extension("err")).unwrap_or_default();
        String::from_utf8_lossy(&bytes).into_owned()
    }

    /// The exit status, if it has ended.
    ///
    /// # Errors
    /// [`HarnessError::Io`] when the system does not tell.
    pub fn ended(&mut self) -> Outcome<Option<ExitStatus>> {
        let action = || format!("ask after {}", self.name);
        self.child.try_wait().map_err(HarnessError::io(action()))
    }

    /// Waits until `ready` finds something in the program, and fails at once if the program ends.
    ///
    /// # Errors
    /// [`HarnessError::Ended`] with what it printed, [`HarnessError::Late`], or what `ready` fails with.
    pub fn wait_for<T>(
        &mut self,
        what: &str,
        within: Duration,
        mut ready: impl FnMut(&Self) -> Outcome<Option<T>>,
    ) -> Outcome<T> {
        wait_until(what, within, || {
            if let Some(found) = ready(self)? {
                return Ok(Some(found));
            }
            match self.ended()? {
                None => Ok(None),
                Some(status) => Err(self.ended_error(status)),
            }
        })
    }

    /// Waits for the first whole line on stdout that `take` accepts.
    ///
    /// # Errors
    /// As [`Running::wait_for`].
    pub fn wait_for_line<T>(&mut self, what: &str, within: Duration, take: impl Fn(&str) -> Option<T>) -> Outcome<T> {
        self.wait_for(what, within, |running| {
            let output = running.output();
            let whole = output.rfind('\n').map_or("", |end| &output[..end]);
            Ok(whole.lines().find_map(&take))
        })
    }

    /// Waits until the program has ended by itself.
    ///
    /// # Errors
    /// [`HarnessError::Late`].
    pub fn wait_for_end(&mut self, within: Duration) -> Outcome<ExitStatus> {
        let what = format!("the end of {}", self.name);
        wait_until(&what, within, || self.ended())
    }

    /// Has the leak check look at this program, all it started and the windows, now.
    pub fn look_for_leaks(&self) {
        if let Some(leaks) = &self.leaks {
            leaks.look_at_live_programs();
            leaks.look_at_family(self.id());
        }
    }

    /// Ends it and all it started. The second call does nothing.
    ///
    /// # Errors
    /// [`HarnessError::Late`] when it does not even end when killed.
    pub fn stop(&mut self) -> Outcome {
        if std::mem::replace(&mut self.stopped, true) {
            return Ok(());
        }
        self.look_for_leaks();
        drop(self.child.stdin.take());
        let descendants = family::descendants(self.id());
        if self.ended()?.is_none() {
            family::ask_to_end(&mut self.child);
            if self.wait_for_end(TO_END).is_err() {
                let kill = self.child.kill();
                kill.map_err(HarnessError::io(format!("kill {}", self.name)))?;
                self.wait_for_end(TO_END)?;
            }
        }
        family::kill(&descendants);
        Ok(())
    }

    /// Kills it at once, without a word before: what a crash or `kill -9` does.
    ///
    /// # Errors
    /// [`HarnessError::Io`] when the system refuses.
    pub fn kill(&mut self) -> Outcome<ExitStatus> {
        let kill = self.child.kill();
        kill.map_err(HarnessError::io(format!("kill {}", self.name)))?;
        self.wait_for_end(TO_END)
    }

    fn ended_error(&self, status: ExitStatus) -> HarnessError {
        HarnessError::Ended {
            program: self.name.clone(),
            status: status.to_string(),
            output: self.output() + &self.complaints(),
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        if let Err(error) = self.stop() {
            // The test's own outcome matters more than a process that clings to life.
            let _lost = writeln!(std::io::stderr(), "{error}");
        }
    }
}
