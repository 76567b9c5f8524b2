//! The tour: what a new user does in the first minutes, on a machine of its own.
//!
//! Each step is a function that does one thing and answers with what it saw. A new step is a new
//! function and a line in `run`.

use std::path::Path;
use std::time::Duration;

use sidelight_tests::app::DrivenApp;
use sidelight_tests::console::Console;
use sidelight_tests::demo::{DemoCloud, DemoProfile, Report};
use sidelight_tests::desktop::Desktop;
use sidelight_tests::hand::Hand;
use sidelight_tests::screen::Screen;
use sidelight_tests::side::Side;
use sidelight_tests::ui::Part;
use sidelight_tests::wait::wait_until;
use sidelight_tests::{HarnessError, Outcome};

use crate::album::Album;

/// What the file to be downloaded is called in the bucket, and on disk.
const OBJECT: (&str, &str) = ("reports/2026-10.csv", "2026-10.csv");

/// Everything the steps use.
struct Stage<'all> {
    desktop: &'all Desktop,
    cloud: &'all DemoCloud,
    screen: &'all Screen,
    app: &'all DrivenApp,
}

/// Walks through all steps; pictures go to `folder`.
///
/// # Errors
/// The first step that did not happen.
pub async fn run(folder: &Path) -> Outcome {
    let desktop = Desktop::start()?;
    let cloud = DemoCloud::start()?;
    cloud.watch_secrets(desktop.leaks());
    let side = Side::new(desktop.surroundings())?.watched_by(desktop.leaks());
    cloud.register(&side)?;
    let screen = desktop.screen()?;
    let mut album = Album::start(folder, &screen)?;

    let started = DrivenApp::start(&desktop, &[]).await;
    let app = match started {
        Ok(app) => app,
        Err(error) => return album.keep("the window opens", Err(error)),
    };
    let stage = Stage { desktop: &desktop, cloud: &cloud, screen: &screen, app: &app };
    album.keep("the window opens", stage.window_opens().await)?;
    album.keep("open production", stage.open("acme production").await)?;
    album.keep("open staging", stage.open("acme staging").await)?;
    album.keep("switch back to production", stage.switch_to("acme production").await)?;
    album.keep("look into a bucket", stage.look_into_a_bucket().await)?;
    album.keep("download a file", stage.download_a_file().await)?;
    album.keep("open the other client", stage.open("borealis").await)?;
    album.keep("open a popup", stage.open_a_popup().await)?;
    album.keep("the list of downloads", stage.list_downloads().await)?;
    desktop.leaks().look_at("the window's markup", app.hand.markup().await?);
    app.close().await?;
    println!("The tour is over. Its pictures are in {}", folder.display());
    Ok(())
}

impl Stage<'_> {
    async fn window_opens(&self) -> Outcome<String> {
        for profile in self.cloud.profiles() {
            self.hand().find(&Part::Profile(profile.name.clone())).await?;
        }
        let window = self.app.window(self.screen)?;
        let place = self.screen.place(window)?;
        self.screen.focus(window)?;
        let title = self.screen.title(window)?;
        Ok(format!("{title:?}, {} by {} pixels, with three profiles", place.width, place.height))
    }

    async fn open(&self, profile: &str) -> Outcome<String> {
        let before = self.cloud.last_report()?;
        self.hand().click(&Part::Profile(profile.to_owned())).await?;
        self.sees(profile, before).await
    }

    async fn switch_to(&self, profile: &str) -> Outcome<String> {
        let before = self.cloud.last_report()?;
        self.hand().click(&Part::Tab(profile.to_owned())).await?;
        self.sees(profile, before).await
    }

    /// Waits until the profile's page shows, from the cloud's side and from the window's.
    async fn sees(&self, profile: &str, after: u64) -> Outcome<String> {
        let account = self.profile(profile)?.account.as_str();
        let page = self.cloud.wait_for_report(&format!("the console of {profile}"), after, |report| {
            report.text("account") == account && report.is_visible()
        })?;
        if page.text("cookie_account") != account {
            let wrong = format!("session of {account}: the cookie is of {:?}", page.text("cookie_account"));
            return Err(HarnessError::missing(wrong));
        }
        let what = format!("{account} in the pane's header");
        let header = self.hand().wait_for_text(&what, &Part::PaneHeader, |text| digits(text).contains(account));
        Ok(format!("{} as {}; the header says {:?}", page.text("path"), page.text("arn"), one_line(&header.await?)))
    }

    async fn look_into_a_bucket(&self) -> Outcome<String> {
        let account = self.profile("acme production")?.account.as_str();
        self.act(account, "service:s3").await?;
        let bucket = self.act(account, "bucket:").await?;
        let (page, _) = self.cloud.wait_for_action("download:", |report| shows(report, account))?;
        Ok(format!("{bucket}: {}", page.text("title")))
    }

    async fn download_a_file(&self) -> Outcome<String> {
        let account = self.profile("acme production")?.account.as_str();
        let (key, name) = OBJECT;
        self.act(account, &format!("download:{key}")).await?;
        let what = format!("{name} in the user's downloads");
        let downloads = self.desktop.downloads();
        let (file, size) = wait_until(&what, Duration::from_secs(60), || Ok(whole_file(&downloads, name)))?;
        Ok(format!("{file}, {size} bytes"))
    }

    async fn open_a_popup(&self) -> Outcome<String> {
        let account = self.profile("borealis")?.account.as_str();
        let before = self.cloud.last_report()?;
        self.act(account, "service:cloudformation").await?;
        self.act(account, "open-window:").await?;
        let popup = self.cloud.wait_for_report("the popup", before, |report| {
            report.text("cookie_account") == account && report.field("opener") == true
        })?;
        Ok(format!("{} in the same session, with its opener", popup.text("path")))
    }

    async fn list_downloads(&self) -> Outcome<String> {
        self.hand().click(&Part::Downloads).await?;
        let row = Part::Download(OBJECT.1.to_owned());
        Ok(one_line(&self.hand().text(&row).await?))
    }

    /// Clicks an action of the account's page that shows, and gives the action's name.
    async fn act(&self, account: &str, action: &str) -> Outcome<String> {
        let (page, name) = self.cloud.wait_for_action(action, |report| shows(report, account))?;
        let area = self.hand().rect(&Part::ConsoleArea).await?;
        let window = self.app.window(self.screen)?;
        Console::new(self.screen, window, area).click(&page, &name)?;
        Ok(name)
    }

    fn hand(&self) -> &Hand {
        &self.app.hand
    }

    fn profile(&self, name: &str) -> Outcome<&DemoProfile> {
        let found = self.cloud.profiles().find(|profile| profile.name == name);
        found.ok_or_else(|| HarnessError::missing(format!("profile {name:?} in the demo cloud")))
    }
}

fn shows(report: &Report, account: &str) -> bool {
    report.text("account") == account && report.is_visible()
}

/// A file of this name, in the folder or one below it, that is not being written any more.
fn whole_file(folder: &Path, name: &str) -> Option<(String, u64)> {
    let entries = std::fs::read_dir(folder).ok()?.flatten();
    for entry in entries {
        let path = entry.path();
        if path.is_dir() {
            if let Some(found) = whole_file(&path, name) {
                return Some(found);
            }
        } else if entry.file_name() == name {
            return Some((path.display().to_string(), entry.metadata().ok()?.len()));
        }
    }
    None
}

fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
