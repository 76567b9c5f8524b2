//! Every way in which a page gives a file x what the user or the machine does meanwhile, in the real app: it goes on
//! from where it stopped, or it has failed or is cancelled; nothing half looks whole.

use std::process::Command;
use std::time::Duration;

use serde_json::Value;
use sidelight_tests::Outcome;
use sidelight_tests::desktop::Desktop;
use sidelight_tests::fault_server::sha256;
use sidelight_tests::logind::Logind;
use sidelight_tests::stage::Stage;
use sidelight_tests::ui::Part;
use sidelight_tests::wait::wait_until;

use crate::download_site::{LINK, Site, WAYS, Way, files, hash_of, ways};

/// Long enough that how it is asked for is kept for another run of the app, and that Sidelight takes it from the page.
const SIZE: u64 = 12_000_000;

/// Of which so much has come when something is done to it, and the rest is held back.
const HELD: u64 = 4_000_000;

fn id(name: &str) -> Part {
    Part::TestId(name.to_owned())
}

/// Files that are not hidden.
fn seen(stage: &Stage) -> Outcome<Vec<String>> {
    Ok(files(stage)?.into_iter().filter(|name| !name.starts_with('.')).collect())
}

/// One way through what can be done to a download of it, one after the other in one app.
struct Through {
    site: Site,
    way: &'static Way,
    number: usize,
    whole: usize,
}

impl Through {
    /// Begins another one, of which some arrives. The profile's last tab is closed then: the download outlives it,
    /// and no page that comes back after a restart begins it again.
    async fn begin(&mut self) -> Outcome {
        self.number += 1;
        let (number, case) = (self.number, self.way.name);
        let query = format!("size={SIZE}&seed={number}&key={number}&fault=gate:{HELD}");
        self.site.show(&self.way.body(&self.site.server, &query), self.way.by_click, case).await?;
        self.row("some of it", |row| row["state"] == "running" && row["bytes"].as_u64() > Some(1_000_000))?;
        let tabs = self.site.stage.side.json(&["tabs"])?;
        for tab in tabs.as_array().into_iter().flatten() {
            self.site.stage.side.run(&["close", tab["tab"].as_str().unwrap_or_default()])?.success()?;
        }
        Ok(())
    }

    fn row(&self, what: &str, wanted: impl Fn(&Value) -> bool) -> Outcome<Value> {
        self.site.row(self.number, &format!("{}: {what}", self.way.name), wanted)
    }

    async fn click(&self, control: &str) -> Outcome {
        if self.site.stage.hand().look_for(&id("download")).await?.is_none() {
            self.site.stage.hand().click(&Part::Downloads).await?;
        }
        self.site.stage.hand().click(&id(control)).await
    }

    /// The rest comes, and it is whole.
    fn whole(&mut self) -> Outcome<Value> {
        self.site.server.open(&self.number.to_string());
        let done = self.row("a whole file", |row| row["state"] == "done")?;
        let path = done["path"].as_str().unwrap_or_default();
        assert_eq!(hash_of(path)?, sha256(SIZE, self.number as u64), "{}", self.way.name);
        self.whole += 1;
        self.nothing_beside()?;
        Ok(done)
    }

    /// Whole files and nothing else.
    fn nothing_beside(&self) -> Outcome {
        let all = files(&self.site.stage)?;
        assert!(all.len() == self.whole && !all.iter().any(|name| name.starts_with('.')), "{}: {all:?}", self.way.name);
        Ok(())
    }

    /// The last request was for what was missing.
    fn asked_for_the_rest(&self) {
        let ranges = self.site.server.requests(&self.number.to_string()).into_iter().map(|seen| seen.range);
        let ranges: Vec<_> = ranges.collect();
        assert!(ranges.last().is_some_and(Option::is_some), "{}: {ranges:?}", self.way.name);
    }

    async fn goes_on(&mut self) -> Outcome {
        let paused = self.row("a paused download", |row| row["state"] == "paused")?;
        assert!(paused["bytes"].as_u64() > Some(1_000_000), "{paused}");
        assert_eq!(seen(&self.site.stage)?.len(), self.whole, "nothing half looks whole");
        self.site.server.open(&self.number.to_string());
        self.click("resume-download").await?;
        self.whole()?;
        self.asked_for_the_rest();
        Ok(())
    }

    /// After another start of the app.
    async fn goes_on_or_has_failed(&mut self) -> Outcome {
        if self.way.repeats {
            return self.goes_on().await;
        }
        self.row("a failed download", |row| row["state"] == "failed")?;
        self.nothing_beside()
    }

    async fn all(mut self) -> Outcome {
        self.begin().await?;
        self.click("cancel-download").await?;
        self.row("a cancelled download", |row| row["state"] == "cancelled")?;
        self.nothing_beside()?;

        self.begin().await?;
        let done = self.whole()?;
        // WebKit notes the address beside its file, and a signed one opens the object.
        let path = done["path"].as_str().unwrap_or_default();
        let noted = rustix::fs::getxattr(path, "user.xdg.origin.url", &mut [0; 4096]);
        assert!(noted.is_err(), "its address stands beside it");

        if self.way.repeats {
            self.begin().await?;
            self.click("pause-download").await?;
            self.row("a paused download", |row| row["state"] == "paused")?;
            self.site.stage.screen.picture()?.save(&crate::looks::album()?.join("download-paused.png"))?;
            self.goes_on().await?;
        }

        self.begin().await?;
        self.site.stage = self.site.stage.restart().await?;
        self.goes_on_or_has_failed().await?;

        self.begin().await?;
        self.site.stage = self.site.stage.kill_and_start_again().await?;
        self.goes_on_or_has_failed().await?;
        self.site.stage.close().await
    }
}

async fn through(way: &'static Way) -> Outcome {
    Through { site: Site::open().await?, way, number: 0, whole: 0 }.all().await
}

// What a page makes itself is there at once, and nothing can be done to it meanwhile.
ways! {
    through:
    of_the_same_frame => 0,
    of_an_iframe => 1,
    of_a_link_to_download => 2,
    of_a_new_tab => 3,
    of_a_window_that_a_page_opens => 4,
    of_a_window_that_closes_itself => 5,
    of_a_forms_answer => 6,
}

/// The server does not give it to Sidelight when the page has its answer, so that the page's engine carries it.
static LEFT_TO_THE_PAGE: Way = Way { name: "left to the page", more: "&busy=2", ..WAYS[0] };

#[tokio::test]
async fn of_what_is_left_to_the_page() -> Outcome {
    through(&LEFT_TO_THE_PAGE).await
}

#[tokio::test]
async fn what_a_server_refuses_is_no_file_and_an_expired_address_says_so() -> Outcome {
    let site = Site::open().await?;
    for (number, (fault, words)) in
        (1..).zip([("status:404", "HTTP 404"), ("expired", "has expired"), ("status:403", "HTTP 403")])
    {
        let body = LINK.body(&site.server, &format!("size=9&key={fault}&fault={fault}"));
        site.show(&body, LINK.by_click, words).await?;
        site.row(number, words, |row| {
            row["state"] == "failed" && row["error"].as_str().is_some_and(|said| said.contains(words))
        })?;
    }
    assert!(files(&site.stage)?.is_empty());
    site.stage.close().await
}

#[tokio::test]
async fn a_network_that_is_gone_for_long_is_waited_for_and_after_a_sleep_it_goes_on_at_once() -> Outcome {
    let desktop = Desktop::start()?;
    let logind = Logind::start(&desktop)?;
    let site = Site::open_on(desktop).await?;
    let mut through = Through { site, way: LINK, number: 0, whole: 0 };
    through.begin().await?;
    through.site.server.go_away();
    let waits = through.row("one that waits", |row| row["state"] == "paused")?;
    assert!(waits["error"].as_str().is_some_and(|error| error.contains("could not be reached")), "{waits}");
    through.site.stage.hand().click(&Part::Downloads).await?;
    let said = through.site.stage.hand().text(&id("download")).await?;
    assert!(said.contains("waits for the connection") && said.contains("goes on by itself"), "{said}");
    through.site.stage.screen.picture()?.save(&crate::looks::album()?.join("download-waits.png"))?;
    logind.sleep()?;
    through.site.server.come_back();
    logind.wake()?;
    // Sooner than it would ask by itself.
    let asked = || through.site.server.requests("1").last().is_some_and(|seen| seen.range.is_some());
    wait_until("a request after the sleep", Duration::from_secs(8), || Ok(asked().then_some(())))?;
    through.whole()?;
    through.asked_for_the_rest();
    through.site.stage.close().await
}

#[tokio::test]
async fn a_full_disk_pauses_and_goes_on_when_there_is_room() -> Outcome {
    let site = Site::open().await?;
    let Site { stage, server } = &site;
    let downloads = stage.desktop.downloads();
    let mount = |options: &str| {
        let status = Command::new("mount").args(["-t", "tmpfs", "-o", options, "tmpfs"]).arg(&downloads).status();
        status.is_ok_and(|status| status.success())
    };
    if !mount("size=5m") {
        eprintln!("passed over: only root may mount a small disk");
        return site.stage.close().await;
    }
    // A length that is not said is not looked for before.
    let body = LINK.body(server, "size=12000000&seed=5&key=full&chunked=1");
    site.show(&body, LINK.by_click, "a full disk").await?;
    let paused = site.row(1, "a paused download", |row| row["state"] == "paused")?;
    assert!(paused["error"].as_str().is_some() && seen(stage)?.is_empty(), "{paused}");
    let grown = mount("remount,size=256m");
    let done = site.row(1, "a whole file", |row| row["state"] == "done")?;
    assert!(grown && done["bytes"] == SIZE, "{done}");
    let closed = site.stage.close().await;
    let _ = Command::new("umount").arg("--lazy").arg(&downloads).status();
    closed
}
