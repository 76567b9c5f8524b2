//! Tabs that sleep, wake and come back after a restart, each on its own page.

use std::time::Duration;

use serde_json::Value;
use sidelight_tests::hand::Hand;
use sidelight_tests::pages::Pages;
use sidelight_tests::process::family::{self, WEB_PROCESS};
use sidelight_tests::screen::Modifier;
use sidelight_tests::stage::Stage;
use sidelight_tests::ui::Part;
use sidelight_tests::wait::wait_until;
use sidelight_tests::{HarnessError, Outcome};

/// How many web and network processes there are.
fn processes(app: u32) -> (usize, usize) {
    (family::called(app, WEB_PROCESS).len(), family::called(app, "WebKitNetworkPr").len())
}

fn state_of<'a>(tabs: &'a [Value], profile: &str) -> &'a str {
    let tab = tabs.iter().find(|tab| tab["profile"] == profile);
    tab.and_then(|tab| tab["state"].as_str()).unwrap_or_default()
}

#[tokio::test]
async fn a_sleeping_tab_lets_its_processes_go_and_wakes_on_its_page() -> Outcome {
    let stage = Stage::open().await?;
    let app = stage.app.id()?;
    stage.open_page("acme production", "/s3/buckets?region=eu-central-1")?;
    let awake = processes(app);
    stage.open_profile("acme staging").await?;
    stage.side.run(&["sleep"])?.success()?;
    stage.wait_for_tabs("production asleep, staging live", |tabs| {
        (state_of(tabs, "acme production") == "asleep" && state_of(tabs, "acme staging") == "live").then_some(())
    })?;
    wait_until("production's processes to end", Duration::from_secs(30), || {
        let now = processes(app);
        Ok((now.0 <= awake.0 && now.1 <= awake.1).then_some(()))
    })?;

    let before = stage.cloud.last_report()?;
    stage.hand().click(&Part::Profile("acme production".to_owned())).await?;
    let account = stage.profile("acme production")?.account.clone();
    let page = stage.cloud.wait_for_report("production's page again", before, |report| {
        report.text("account") == account && report.is_visible()
    })?;
    assert!(page.text("path").starts_with("/s3/buckets"), "{}", page.text("path"));
    stage.close().await
}

#[tokio::test]
async fn a_page_with_unsaved_input_stays_awake() -> Outcome {
    let pages = Pages::serve(&[(
        "/form",
        "<!doctype html><title>form</title><style>textarea{position:fixed;inset:0}</style><textarea></textarea>",
    )])?;
    let stage = Stage::open().await?;
    stage.allow_pages_of(&[&pages.origin()])?;
    stage.open_profile("acme production").await?;
    stage.side.run(&["open", "acme production", "--page", &format!("{}/form", pages.origin())])?.success()?;
    stage.wait_for_tabs("the form", |tabs| (tabs.len() == 2 && tabs[1]["title"] == "form").then_some(()))?;
    stage.press_on(&Part::ConsoleArea).await?;
    stage.screen.type_text("half a thought")?;
    stage.open_profile("acme staging").await?;
    stage.side.run(&["sleep"])?.success()?;
    stage.wait_for_tabs("the other tab asleep, the form live", |tabs| {
        let states: Vec<&str> = tabs.iter().filter_map(|tab| tab["state"].as_str()).collect();
        (states == ["asleep", "live", "live"]).then_some(())
    })?;
    stage.close().await
}

#[tokio::test]
async fn a_page_that_uploads_or_holds_a_connection_stays_awake_until_that_is_over() -> Outcome {
    // It takes connections and never says a word.
    let silent = std::net::TcpListener::bind(("127.0.0.1", 0)).map_err(HarnessError::io("listen"))?;
    let port = silent.local_addr().map_err(HarnessError::io("listen"))?.port();
    let page = |title: &str, script: &str| format!("<!doctype html><title>{title}</title><script>{script}</script>");
    let pages = Pages::serve(&[
        ("/shell", &page("shell", &format!("new WebSocket('ws://127.0.0.1:{port}/')"))),
        (
            "/upload",
            &page(
                "upload",
                &format!("fetch('http://127.0.0.1:{port}/', {{ method: 'POST', body: 'x'.repeat(100000) }})"),
            ),
        ),
    ])?;
    let stage = Stage::open().await?;
    stage.allow_pages_of(&[&pages.origin()])?;
    stage.open_profile("acme production").await?;
    for title in ["shell", "upload"] {
        let page = format!("{}/{title}", pages.origin());
        stage.side.run(&["open", "acme production", "--page", &page])?.success()?;
        stage.wait_for_tabs(title, |tabs| tabs.iter().any(|tab| tab["title"] == title).then_some(()))?;
    }
    stage.open_profile("acme staging").await?;
    asleep_but(&stage, "the home asleep, the busy ones awake", ["asleep", "live", "live", "live"])?;
    drop(silent);
    asleep_but(&stage, "all but staging asleep", ["asleep", "asleep", "asleep", "live"])?;
    stage.close().await
}

/// A second of a tone again and again, from a click until nobody listens on a port: one byte a sample, 8,000 in a second
/// (RIFF WAVE, PCM).
fn sounding(port: u16) -> String {
    format!(
        "<!doctype html><title>still</title><style>html, body {{ height: 100% }}</style><script>
        const RATE = 8000;
        const bytes = new Uint8Array(44 + RATE).map((_, at) => 128 + 90 * Math.sin(at / 3));
        const view = new DataView(bytes.buffer);
        const word = (at, text) => [...text].forEach((letter, next) => (bytes[at + next] = letter.charCodeAt(0)));
        word(0, 'RIFF'); view.setUint32(4, 36 + RATE, true); word(8, 'WAVEfmt '); view.setUint32(16, 16, true);
        view.setUint16(20, 1, true); view.setUint16(22, 1, true); view.setUint32(24, RATE, true);
        view.setUint32(28, RATE, true); view.setUint16(32, 1, true); view.setUint16(34, 8, true);
        word(36, 'data'); view.setUint32(40, RATE, true);
        const tone = new Audio(URL.createObjectURL(new Blob([bytes], {{ type: 'audio/wav' }})));
        tone.loop = true;
        addEventListener('click', () => tone.play().then(
            () => (document.title = 'sounding'), (error) => (document.title = `refused: ${{error}}`)));
        fetch('http://127.0.0.1:{port}/').catch(() => tone.pause());
        </script>"
    )
}

#[tokio::test]
async fn a_page_that_plays_sound_stays_awake_until_it_is_silent() -> Outcome {
    let listener = std::net::TcpListener::bind(("127.0.0.1", 0)).map_err(HarnessError::io("listen"))?;
    let port = listener.local_addr().map_err(HarnessError::io("listen"))?.port();
    let pages = Pages::serve(&[("/sound", &sounding(port))])?;
    let stage = Stage::open().await?;
    stage.allow_pages_of(&[&pages.origin()])?;
    stage.open_profile("acme production").await?;
    stage.side.run(&["open", "acme production", "--page", &format!("{}/sound", pages.origin())])?.success()?;
    let titled = |title: &'static str| {
        stage.wait_for_tabs(title, |tabs| tabs.iter().any(|tab| tab["title"] == title).then_some(()))
    };
    titled("still")?;
    stage.press_on(&Part::ConsoleArea).await?;
    titled("sounding")?;
    stage.open_profile("acme staging").await?;
    asleep_but(&stage, "the home asleep, the sound awake", ["asleep", "live", "live"])?;
    drop(listener);
    asleep_but(&stage, "all but staging asleep", ["asleep", "asleep", "live"])?;
    stage.close().await
}

/// Waits until the tabs are in these states, while all that may sleep are asked to again and again.
fn asleep_but<const TABS: usize>(stage: &Stage, what: &str, wanted: [&str; TABS]) -> Outcome {
    wait_until(what, Duration::from_secs(60), || {
        stage.side.run(&["sleep"])?.success()?;
        let tabs = stage.side.json(&["tabs"])?;
        let states: Vec<&str> = tabs.as_array().into_iter().flatten().filter_map(|tab| tab["state"].as_str()).collect();
        Ok((states == wanted).then_some(()))
    })
}

#[tokio::test]
async fn what_a_profiles_pages_take_stands_in_its_row_and_is_less_when_they_are_gone() -> Outcome {
    let stage = Stage::open().await?;
    stage.open_profile("acme production").await?;
    let rows = "return Object.fromEntries([...document.querySelectorAll('[data-testid=profile]')].map(row => \
                [row.dataset.profileName, row.querySelector('[data-testid=profile-memory]')?.textContent ?? null]))";
    // In MiB; 0 where nothing stands there.
    let memory = async |what: &str, wanted: &dyn Fn(u32) -> bool| {
        let look = async |hand: &Hand| {
            let found = hand.run(rows, Vec::new()).await?;
            let of = |profile: &str| {
                let words = found[profile].as_str().unwrap_or("0 MiB");
                words.trim_end_matches(" MiB").parse().unwrap_or(u32::MAX)
            };
            Ok(wanted(of("acme production")).then(|| (of("acme production"), of("acme staging"))))
        };
        stage.hand().wait_for(what, look).await
    };
    let (production, staging) = memory("production's memory", &|mebibytes| mebibytes > 0).await?;
    assert!((20..1000).contains(&production) && staging == 0, "{production} MiB, {staging} MiB");
    stage.screen.press("w", &[Modifier::Control])?;
    memory("less without a page", &|mebibytes| mebibytes < production / 2).await?;
    stage.close().await
}

#[tokio::test]
async fn a_reopened_tab_has_its_history_again() -> Outcome {
    let stage = Stage::open().await?;
    stage.open_profile("acme production").await?;
    let account = stage.profile("acme production")?.account.clone();
    stage.act(&account, "recent:s3").await?;
    let at = |path: &'static str| {
        move |tabs: &[Value]| {
            (tabs.len() == 1 && tabs[0]["state"] == "live" && tabs[0]["url"].as_str()?.contains(path)).then_some(())
        }
    };
    stage.wait_for_tabs("the buckets", at("/s3/"))?;
    stage.screen.press("w", &[Modifier::Control])?;
    stage.wait_for_tabs("no tab", |tabs| tabs.is_empty().then_some(()))?;
    stage.screen.press("t", &[Modifier::Control, Modifier::Shift])?;
    stage.wait_for_tabs("the buckets again", at("/s3/"))?;
    stage.screen.press("Left", &[Modifier::Alt])?;
    stage.wait_for_tabs("home, a step back", at("/console/home"))?;
    stage.close().await
}

#[tokio::test]
async fn tabs_and_panes_come_back_on_their_pages_and_only_what_is_seen_signs_in() -> Outcome {
    let mut stage = Stage::open().await?;
    stage.open_page("borealis", "/ec2/home?region=eu-central-1")?;
    stage.open_page("acme production", "/s3/buckets?region=eu-central-1")?;
    stage.side.run(&["open", "acme staging", "--beside"])?.success()?;
    stage.wait_for_tabs("three live tabs", |tabs| {
        (tabs.len() == 3 && tabs.iter().all(|tab| tab["state"] == "live")).then_some(())
    })?;
    let panes = |tabs: &[Value]| tabs.iter().map(|tab| tab["pane"].is_null()).collect::<Vec<_>>();
    let before = stage.wait_for_tabs("the panes", |tabs| Some(panes(tabs)))?;
    let logins = stage.cloud.stats()?["logins"].as_u64().unwrap_or_default();
    let reports = stage.cloud.last_report()?;

    stage = stage.restart().await?;
    stage.wait_for_tabs("both panes live, the third tab asleep", |tabs| {
        let right = tabs.len() == 3
            && state_of(tabs, "acme production") == "live"
            && state_of(tabs, "acme staging") == "live"
            && state_of(tabs, "borealis") == "asleep";
        (right && panes(tabs) == before).then_some(())
    })?;
    assert_eq!(stage.cloud.stats()?["logins"].as_u64(), Some(logins + 2));
    let account = stage.profile("acme production")?.account.clone();
    let page = stage.cloud.wait_for_report("production's page", reports, |report| report.text("account") == account)?;
    assert!(page.text("path").starts_with("/s3/buckets"), "{}", page.text("path"));

    let reports = stage.cloud.last_report()?;
    stage.hand().click(&Part::Profile("borealis".to_owned())).await?;
    let account = stage.profile("borealis")?.account.clone();
    let page = stage.cloud.wait_for_report("the third page", reports, |report| report.text("account") == account)?;
    assert!(page.text("path").starts_with("/ec2/home"), "{}", page.text("path"));
    stage.close().await
}
