//! The tour: what a new user does in the first minutes, on a machine of its own.
//!
//! Each step is a function that does one thing and answers with what it saw. A new step is a new
//! function and a line in `run`.

use std::path::Path;

use sidelight_tests::Outcome;
use sidelight_tests::demo::Report;
use sidelight_tests::screen::Modifier;
use sidelight_tests::stage::Stage;
use sidelight_tests::ui::Part;

use crate::album::Album;

/// What the file to be downloaded is called in the bucket, and on disk.
const OBJECT: (&str, &str) = ("reports/2026-10.csv", "2026-10.csv");

/// Walks through all steps; pictures go to `folder`.
///
/// # Errors
/// The first step that did not happen.
pub async fn run(folder: &Path) -> Outcome {
    let stage = Stage::open().await?;
    let mut album = Album::start(folder, &stage.screen)?;
    let tour = Tour(&stage);
    album.keep("the window opens", tour.window_opens().await)?;
    album.keep("open production", tour.open("acme production").await)?;
    album.keep("open staging", tour.open("acme staging").await)?;
    album.keep("switch back to production", tour.open("acme production").await)?;
    album.keep("look into a bucket", tour.look_into_a_bucket().await)?;
    album.keep("download a file", tour.download_a_file().await)?;
    album.keep("open the other client", tour.open("borealis").await)?;
    album.keep("open a popup", tour.open_a_popup().await)?;
    album.keep("the same page of staging beside production", tour.same_page_beside().await)?;
    album.keep("one line that finds anything", tour.find_anything().await)?;
    album.keep("the list of downloads", tour.list_downloads().await)?;
    stage.close().await?;
    println!("The tour is over. Its pictures are in {}", folder.display());
    Ok(())
}

struct Tour<'stage>(&'stage Stage);

impl Tour<'_> {
    async fn window_opens(&self) -> Outcome<String> {
        for profile in self.0.cloud.profiles() {
            self.0.hand().find(&Part::Profile(profile.name.clone())).await?;
        }
        let window = self.0.app.window(&self.0.screen)?;
        let place = self.0.screen.place(window)?;
        let title = self.0.screen.title(window)?;
        Ok(format!("{title:?}, {} by {} pixels, with three profiles", place.width, place.height))
    }

    async fn open(&self, profile: &str) -> Outcome<String> {
        let page = self.0.open_profile(profile).await?;
        let header = one_line(&self.0.hand().text(&Part::PaneHeader).await?);
        Ok(format!("{} as {}; the header says {header:?}", page.text("path"), page.text("arn")))
    }

    async fn look_into_a_bucket(&self) -> Outcome<String> {
        let account = self.0.profile("acme production")?.account.as_str();
        self.0.act(account, "recent:s3").await?;
        let bucket = self.0.act(account, "bucket:").await?;
        let shown = |report: &Report| report.text("account") == account && report.is_visible();
        let (page, _) = self.0.cloud.wait_for_action("download:", shown)?;
        Ok(format!("{bucket}: {}", page.text("title")))
    }

    async fn download_a_file(&self) -> Outcome<String> {
        let account = self.0.profile("acme production")?.account.as_str();
        let (key, name) = OBJECT;
        self.0.act(account, &format!("download:{key}")).await?;
        Ok(format!("{name}, {} bytes", self.0.downloaded(name)?.len()))
    }

    async fn open_a_popup(&self) -> Outcome<String> {
        let account = self.0.profile("borealis")?.account.as_str();
        let before = self.0.cloud.last_report()?;
        self.0.act(account, "recent:cloudformation").await?;
        self.0.act(account, "open-window:").await?;
        let popup = self.0.cloud.wait_for_report("the popup", before, |report| {
            report.text("cookie_account") == account && report.field("opener") == true
        })?;
        Ok(format!("{} in the same session, with its opener", popup.text("path")))
    }

    async fn same_page_beside(&self) -> Outcome<String> {
        self.open("acme production").await?;
        let staging = self.0.profile("acme staging")?.account.as_str();
        let before = self.0.cloud.last_report()?;
        self.0.screen.press("o", &[Modifier::Control, Modifier::Shift])?;
        self.type_into_the_drawer("staging").await?;
        self.0.screen.press("Return", &[])?;
        let page = self.0.cloud.wait_for_report("staging's page beside", before, |report| {
            report.text("account") == staging && report.is_visible()
        })?;
        self.0.wait_for_tabs("two panes", |tabs| {
            (tabs.iter().filter(|tab| !tab["pane"].is_null() && tab["state"] == "live").count() == 2).then_some(())
        })?;
        Ok(format!("{} as {}, beside production", page.text("path"), page.text("arn")))
    }

    async fn find_anything(&self) -> Outcome<String> {
        self.0.screen.press("k", &[Modifier::Control])?;
        self.type_into_the_drawer("borealis ec2 tokyo").await?;
        let script = "return document.querySelector('[data-testid=found]')?.innerText ?? ''";
        let first = self.0.hand().run(script, Vec::new()).await?;
        Ok(one_line(first.as_str().unwrap_or_default()))
    }

    /// Waits until the drawer has the keyboard, types, and waits for what it finds.
    async fn type_into_the_drawer(&self, text: &str) -> Outcome {
        let hand = self.0.hand();
        hand.wait_for("the drawer", async |hand| {
            let focused = hand.run("return document.activeElement?.dataset.testid ?? null", Vec::new()).await?;
            Ok((focused == "switcher-field").then_some(()))
        })
        .await?;
        self.0.screen.type_text(text)?;
        hand.wait_for("what it finds", async |hand| {
            let script = "return [document.querySelector('[data-testid=switcher-field]')?.value ?? null,
                                  document.querySelector('[data-testid=found]')?.innerText.toLowerCase() ?? '']";
            let answer = hand.run(script, Vec::new()).await?;
            let found = answer[1].as_str().unwrap_or_default();
            let fits = text.split(' ').all(|word| found.contains(word));
            Ok((answer[0] == text && fits).then_some(()))
        })
        .await
    }

    async fn list_downloads(&self) -> Outcome<String> {
        self.0.hand().click(&Part::Downloads).await?;
        let row = Part::Download(OBJECT.1.to_owned());
        Ok(one_line(&self.0.hand().text(&row).await?))
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
