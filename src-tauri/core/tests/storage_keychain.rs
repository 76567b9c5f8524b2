//! The keychain against a real gnome-keyring: each test has a bus and a keyring of its own, and
//! asks from a process of its own, because a process has but one session bus.
#![cfg(target_os = "linux")]

mod storage_support;

use std::fs;
use std::io::{self, BufRead, BufReader, Lines, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::mpsc;
use std::time::Duration;

use secrecy::ExposeSecret;
use sidelight_core::app::error::Error;
use sidelight_core::app::ports::Vault;
use sidelight_core::domain::profile::ProfileId;
use sidelight_core::domain::secret::SecretId;
use sidelight_core::storage::keychain::Keychain;
use storage_support::{Tested, child_process};
use zbus::blocking::Connection;
use zbus::blocking::connection::Builder;
use zbus::blocking::fdo::DBusProxy;
use zbus::zvariant::ObjectPath;

type Answered<T> = Result<T, Box<dyn std::error::Error>>;

const SECRET: &str = "wJalrXUtnFEMI/K7MDENG/canary";
const OTHER: &str = "second+secret/canary";
const SECRETS: &str = "org.freedesktop.secrets";

/// A session bus that starts nothing by itself, and a folder for everything.
struct Bus {
    folder: tempfile::TempDir,
    daemon: Child,
    address: String,
}

/// A gnome-keyring on a bus; ended when dropped.
struct Keyring(Child);

/// A process that asks the keychain as the app does.
struct Asker {
    process: Child,
    questions: ChildStdin,
    answers: Lines<BufReader<ChildStdout>>,
}

impl Bus {
    fn start() -> Answered<Self> {
        let folder = tempfile::tempdir()?;
        let config = folder.path().join("bus.conf");
        let socket = folder.path().join("bus");
        fs::create_dir(folder.path().join("run"))?;
        fs::write(
            &config,
            format!(
                "<busconfig><type>session</type><listen>unix:path={}</listen><auth>EXTERNAL</auth>\
                 <policy context=\"default\"><allow send_destination=\"*\"/><allow receive_sender=\"*\"/>\
                 <allow own=\"*\"/><allow user=\"*\"/></policy></busconfig>",
                socket.display()
            ),
        )?;
        let mut daemon = Command::new("dbus-daemon")
            .arg(format!("--config-file={}", config.display()))
            .args(["--nofork", "--print-address"])
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|error| installed("dbus-daemon", &error))?;
        let mut address = String::new();
        BufReader::new(daemon.stdout.take().ok_or("no stdout")?).read_line(&mut address)?;
        Ok(Self { folder, daemon, address: address.trim().to_owned() })
    }

    fn connection(&self) -> Answered<Connection> {
        Ok(Builder::address(self.address.as_str())?.build()?)
    }

    /// Waits until it answers. With a password its login collection is made or opened; without
    /// one there is no collection.
    fn keyring(&self, password: Option<&str>) -> Answered<Keyring> {
        let (told, appeared) = mpsc::channel();
        let connection = self.connection()?;
        let owners = DBusProxy::new(&connection)?.receive_name_owner_changed()?;
        std::thread::spawn(move || {
            for change in owners {
                let is_there = change.args().is_ok_and(|args| args.name() == SECRETS && args.new_owner().is_some());
                if is_there {
                    let _ = told.send(());
                    return;
                }
            }
        });
        let mut command = Command::new("gnome-keyring-daemon");
        command.args(["--foreground", "--components=secrets"]);
        if password.is_some() {
            command.arg("--unlock");
        }
        let mut daemon = with_environment(&mut command, self.folder.path(), &self.address)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| installed("gnome-keyring-daemon", &error))?;
        let mut stdin = daemon.stdin.take().ok_or("no stdin")?;
        stdin.write_all(password.unwrap_or_default().as_bytes())?;
        drop(stdin);
        let keyring = Keyring(daemon);
        appeared
            .recv_timeout(Duration::from_secs(30))
            .map_err(|_| "gnome-keyring-daemon did not come up within 30 s")?;
        Ok(keyring)
    }

    fn lock(&self) -> Tested {
        let default = ObjectPath::try_from("/org/freedesktop/secrets/aliases/default")?;
        self.connection()?.call_method(
            Some(SECRETS),
            "/org/freedesktop/secrets",
            Some("org.freedesktop.Secret.Service"),
            "Lock",
            &vec![default],
        )?;
        Ok(())
    }

    fn asker(&self) -> Answered<Asker> {
        Asker::start(self.folder.path(), &self.address)
    }
}

fn installed(program: &str, error: &io::Error) -> String {
    format!("{program} is needed ({error}); on Debian and Ubuntu: apt-get install dbus gnome-keyring")
}

fn with_environment<'a>(command: &'a mut Command, folder: &Path, bus: &str) -> &'a mut Command {
    for unwanted in ["DISPLAY", "WAYLAND_DISPLAY", "GNOME_KEYRING_CONTROL", "XDG_DATA_HOME", "XDG_CONFIG_HOME"] {
        command.env_remove(unwanted);
    }
    command.env("HOME", folder).env("XDG_RUNTIME_DIR", folder.join("run")).env("DBUS_SESSION_BUS_ADDRESS", bus)
}

impl Asker {
    fn start(folder: &Path, bus: &str) -> Answered<Self> {
        let mut process = with_environment(&mut child_process()?, folder, bus)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let questions = process.stdin.take().ok_or("no stdin")?;
        let answers = BufReader::new(process.stdout.take().ok_or("no stdout")?).lines();
        Ok(Self { process, questions, answers })
    }

    /// Answers `ok …` or an error's code; no error's words may hold a secret.
    fn ask(&mut self, question: &str) -> Answered<String> {
        writeln!(self.questions, "{question}")?;
        for line in self.answers.by_ref() {
            if let Some((_, answer)) = line?.split_once("answer: ") {
                if let Some((code, words)) = answer.split_once(" because ") {
                    assert!(!words.contains(SECRET) && !words.contains(OTHER), "{words}");
                    return Ok(code.to_owned());
                }
                return Ok(answer.to_owned());
            }
        }
        Err("the asking process ended".into())
    }

    fn all(&mut self, answer: &str) -> Tested {
        for question in
            ["read a1", "read missing", &format!("write a1 {OTHER}"), "remove a1", "remove missing", "state"]
        {
            assert_eq!(self.ask(question)?, answer, "{question}");
        }
        Ok(())
    }
}

impl Drop for Bus {
    fn drop(&mut self) {
        end(&mut self.daemon);
    }
}

impl Drop for Keyring {
    fn drop(&mut self) {
        end(&mut self.0);
    }
}

impl Drop for Asker {
    fn drop(&mut self) {
        end(&mut self.process);
    }
}

fn end(process: &mut Child) {
    let _ = process.kill();
    let _ = process.wait();
}

#[test]
#[ignore = "the asking process: the other tests start it"]
fn child() -> Tested {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build()?;
    let keychain = Keychain::new();
    for line in io::stdin().lock().lines() {
        let line = line?;
        let answer: Result<String, Error> = runtime.block_on(async {
            let words: Vec<&str> = line.split(' ').collect();
            let id = |text: &str| ProfileId::parse(text).map(SecretId::AccessKey).map_err(Error::from);
            match words[..] {
                ["read", profile] => {
                    keychain.read(&id(profile)?).await.map(|secret| format!("ok {}", secret.expose_secret()))
                }
                ["write", profile, secret] => {
                    keychain.write(&id(profile)?, &secret.to_owned().into()).await.map(|()| "ok".to_owned())
                }
                ["remove", profile] => keychain.remove(&id(profile)?).await.map(|()| "ok".to_owned()),
                _ => keychain.state().await.map(|()| "ok".to_owned()),
            }
        });
        match answer {
            Ok(answer) => println!("answer: {answer}"),
            Err(error) => println!("answer: {} because {error:?} {error}", error.cause.code()),
        }
    }
    Ok(())
}

#[test]
fn a_secret_outlives_its_process_and_is_gone_once_removed() -> Tested {
    let bus = Bus::start()?;
    let _keyring = bus.keyring(Some("password"))?;
    let mut first = bus.asker()?;
    assert_eq!(first.ask("state")?, "ok");
    assert_eq!(first.ask("read a1")?, "keychain-missing");
    assert_eq!(first.ask(&format!("write a1 {SECRET}"))?, "ok");
    assert_eq!(first.ask("read a2")?, "keychain-missing");
    drop(first);
    let mut second = bus.asker()?;
    assert_eq!(second.ask("read a1")?, format!("ok {SECRET}"));
    assert_eq!(second.ask(&format!("write a1 {OTHER}"))?, "ok");
    assert_eq!(second.ask(&format!("write a2 {SECRET}"))?, "ok");
    assert_eq!(second.ask("read a1")?, format!("ok {OTHER}"), "the newer one took its place");
    assert_eq!(second.ask("remove a1")?, "ok");
    assert_eq!(second.ask("remove a1")?, "ok", "none there is fine");
    assert_eq!(second.ask("read a1")?, "keychain-missing");
    assert_eq!(second.ask("read a2")?, format!("ok {SECRET}"), "the other profile keeps its own");
    Ok(())
}

#[test]
fn a_locked_keychain_says_so_to_every_question_and_loses_nothing() -> Tested {
    let bus = Bus::start()?;
    let keyring = bus.keyring(Some("password"))?;
    let mut asker = bus.asker()?;
    assert_eq!(asker.ask(&format!("write a1 {SECRET}"))?, "ok");
    bus.lock()?;
    asker.all("keychain-locked")?;
    bus.asker()?.all("keychain-locked")?;
    drop(keyring);
    let _unlocked = bus.keyring(Some("password"))?;
    assert_eq!(asker.ask("read a1")?, format!("ok {SECRET}"));
    Ok(())
}

#[test]
fn a_keychain_that_was_restarted_answers_the_same_process_again() -> Tested {
    let bus = Bus::start()?;
    let keyring = bus.keyring(Some("password"))?;
    let mut asker = bus.asker()?;
    assert_eq!(asker.ask(&format!("write a1 {SECRET}"))?, "ok");
    drop(keyring);
    asker.all("keychain-unavailable")?;
    let keyring = bus.keyring(Some("password"))?;
    assert_eq!(asker.ask("read a1")?, format!("ok {SECRET}"));
    drop(keyring);
    let _keyring = bus.keyring(Some("password"))?;
    assert_eq!(asker.ask(&format!("write a1 {OTHER}"))?, "ok", "a write survives a restart nobody noticed");
    assert_eq!(asker.ask("read a1")?, format!("ok {OTHER}"));
    Ok(())
}

#[test]
fn without_a_keychain_on_the_bus_it_is_unavailable() -> Tested {
    Bus::start()?.asker()?.all("keychain-unavailable")
}

#[test]
fn without_a_bus_it_is_unavailable() -> Tested {
    let folder = tempfile::tempdir()?;
    let nowhere: PathBuf = folder.path().join("no-bus");
    Asker::start(folder.path(), &format!("unix:path={}", nowhere.display()))?.all("keychain-unavailable")
}

#[test]
fn a_keychain_without_a_default_collection_is_unavailable_and_not_empty() -> Tested {
    let bus = Bus::start()?;
    let _keyring = bus.keyring(None)?;
    bus.asker()?.all("keychain-unavailable")
}
