//! The app on a machine: started as a user starts it, or through WebDriver with a hand in its window.
//!
//! Only the app's own UI is driven; WebDriver sees no console.

use std::time::Duration;

use fantoccini::wd::Capabilities;
use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::json;
use x11rb::protocol::xproto::Window;

use crate::binaries::binary;
use crate::desktop::Desktop;
use crate::error::{HarnessError, Outcome};
use crate::hand::Hand;
use crate::http;
use crate::process::{Running, family};
use crate::screen::Screen;
use crate::wait::wait_until;

/// The app's name: of its program, and of its windows' class.
pub const APP: &str = "sidelight";

/// How long the app may take to show its window, on a busy machine in a debug build.
const TO_SHOW: Duration = Duration::from_secs(60);

/// How often another port is tried when somebody else was faster.
const PORTS_TRIED: u32 = 3;

/// The app, started directly.
pub struct App {
    process: Running,
}

/// The app, driven by WebDriver.
pub struct DrivenApp {
    /// The hand in its window.
    pub hand: Hand,
    driver: Running,
    compositor: Option<Window>,
}

impl App {
    /// Starts it with arguments, and does not wait for its window.
    ///
    /// # Errors
    /// When it is not built.
    pub fn start(desktop: &Desktop, arguments: &[&str]) -> Outcome<Self> {
        let mut command = desktop.command(binary(APP)?);
        command.args(arguments);
        Ok(Self { process: desktop.launch("app", command)? })
    }

    /// Its process, to look at or to kill.
    pub fn process(&mut self) -> &mut Running {
        &mut self.process
    }

    /// Waits for its window.
    ///
    /// # Errors
    /// [`HarnessError::Ended`] when it ends instead, with what it printed.
    pub fn wait_for_window(&mut self, screen: &Screen) -> Outcome<Window> {
        self.process.wait_for("the app's window", TO_SHOW, |process| {
            Ok(screen.windows_of_process(process.id())?.first().copied())
        })
    }
}

impl DrivenApp {
    /// Starts it and waits until its window takes commands.
    ///
    /// # Errors
    /// When it or WebKitWebDriver does not come up.
    pub async fn start(desktop: &Desktop, arguments: &[&str]) -> Outcome<Self> {
        let program = binary(APP)?;
        let (driver, url) = start_driver(desktop)?;
        let mut capabilities = Capabilities::new();
        let options = json!({ "binary": program, "args": arguments });
        capabilities.insert("webkitgtk:browserOptions".to_owned(), options);
        let connect = ClientBuilder::new(HttpConnector::new()).capabilities(capabilities).connect(&url).await;
        let client: Client = match connect {
            Ok(client) => client,
            Err(error) => return Err(with_output(&driver, error)),
        };
        Ok(Self { hand: Hand::new(client), driver, compositor: desktop.compositors_window()? })
    }

    /// The app's own process id.
    ///
    /// # Errors
    /// [`HarnessError::Missing`] when it has ended.
    pub fn id(&self) -> Outcome<u32> {
        let ids = family::descendants(self.driver.id());
        // The kernel cuts names at 15 bytes; the app's is shorter.
        let app = ids.into_iter().find(|&id| family::name_of(id) == APP);
        app.ok_or_else(|| HarnessError::missing("running app"))
    }

    /// Its main window, which a Wayland compositor's shows and fills.
    ///
    /// # Errors
    /// [`HarnessError::Late`].
    pub fn window(&self, screen: &Screen) -> Outcome<Window> {
        if let Some(compositor) = self.compositor {
            return Ok(compositor);
        }
        let id = self.id()?;
        wait_until("the app's window", TO_SHOW, || Ok(screen.windows_of_process(id)?.first().copied()))
    }

    /// What it has printed on stderr so far.
    pub fn complaints(&self) -> String {
        self.driver.complaints()
    }

    /// Kills the app at once, without a word before: what a crash or `kill -9` does.
    ///
    /// # Errors
    /// When it has ended already.
    pub fn kill(mut self) -> Outcome {
        self.driver.look_for_leaks();
        family::kill(&[self.id()?]);
        self.driver.stop()
    }

    /// Ends the session, and with it the app, as closing its window would.
    ///
    /// # Errors
    /// When the driver refuses.
    pub async fn close(mut self) -> Outcome {
        self.driver.look_for_leaks();
        let closed = self.hand.client().clone().close().await;
        self.driver.stop()?;
        Ok(closed?)
    }
}

fn start_driver(desktop: &Desktop) -> Outcome<(Running, String)> {
    let mut tried = 1;
    loop {
        match start_driver_once(desktop) {
            Err(HarnessError::Ended { .. }) if tried < PORTS_TRIED => tried += 1,
            outcome => return outcome,
        }
    }
}

fn start_driver_once(desktop: &Desktop) -> Outcome<(Running, String)> {
    let port = http::free_port()?;
    let mut command = desktop.command("WebKitWebDriver");
    command.arg(format!("--port={port}")).env("TAURI_WEBVIEW_AUTOMATION", "true");
    let mut driver = desktop.launch("driver", command)?;
    driver.wait_for("WebKitWebDriver", Duration::from_secs(20), |_| Ok(http::answers(port).then_some(())))?;
    Ok((driver, format!("http://127.0.0.1:{port}")))
}

fn with_output(driver: &Running, error: fantoccini::error::NewSessionError) -> HarnessError {
    let output = format!("{error}\n{}{}", driver.output(), driver.complaints());
    HarnessError::Ended { program: APP.to_owned(), status: "no WebDriver session".to_owned(), output }
}
