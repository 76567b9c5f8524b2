//! A page that an allowed console host serves and that means harm.

use sidelight_tests::pages::Pages;
use sidelight_tests::stage::Stage;
use sidelight_tests::ui::Part;
use sidelight_tests::{HarnessError, Outcome};

/// Tries every way to a command that Tauri has, and says what came of it.
const ATTACK: &str = r#"
const commands = ['subscribe', 'request', 'plugin:event|listen', 'plugin:event|emit', 'plugin:window|close',
  'plugin:webview|create_webview_window', 'plugin:opener|open_url', 'plugin:opener|reveal_item_in_dir',
  'plugin:app|version', 'plugin:path|resolve_directory', 'plugin:resources|close'];
const within = (promise) => Promise.race([promise, new Promise((_, no) => setTimeout(() => no('no answer'), 700))]);
async function attack(place) {
  const reached = [];
  const internals = window.__TAURI_INTERNALS__;
  if (window.__TAURI__) reached.push('__TAURI__');
  for (const command of commands) {
    if (internals) {
      try { await within(internals.invoke(command, { request: { ask: 'clear-downloads' } })); reached.push(command); } catch {}
    }
    for (const address of ['ipc://localhost/', 'http://ipc.localhost/', 'tauri://localhost/', 'http://tauri.localhost/']) {
      try {
        const answer = await within(fetch(address + encodeURIComponent(command), { method: 'POST', body: '{}' }));
        if (answer.ok) reached.push(address + command);
      } catch {}
    }
  }
  try { window.webkit.messageHandlers.ipc.postMessage(JSON.stringify({ cmd: 'subscribe' })); reached.push('message handler'); } catch {}
  await fetch('/result', { method: 'POST', body: JSON.stringify({ place, bridge: !!internals, reached }) });
}
"#;

const PAGE: &str = "<!doctype html><title>hostile</title><body style='height:100vh'>
<script src='/attack.js'></script>
<script>
attack('page').then(() => { document.body.append(Object.assign(document.createElement('iframe'), { src: '/frame' })); });
addEventListener('click', () => window.open('/popup'));
</script>";

const FRAME: &str = "<!doctype html><script src='/attack.js'></script><script>attack('frame');</script>";
const POPUP: &str = "<!doctype html><script src='/attack.js'></script><script>attack('popup');</script>";

/// Goes to the app's own page, and to other places that no page has to reach.
const ESCAPE: &str = "<!doctype html><title>escape</title><script src='/attack.js'></script><script>
const ways = ['tauri://localhost', 'http://tauri.localhost/', 'file:///etc/passwd', 'sidelight:open', 'tauri://localhost/index.html'];
const next = () => {
  const way = ways.shift();
  if (!way) return attack('after the escape');
  try { location.href = way; } catch {}
  setTimeout(next, 300);
};
setTimeout(next, 300);
</script>";

/// Asks for what a console has no use for.
const WISHES: &str = "<!doctype html><title>wishes</title><script>
const place = new Promise((done) => navigator.geolocation
  ? navigator.geolocation.getCurrentPosition(() => done('given'), (error) => done('refused ' + error.code))
  : done('absent'));
const notices = window.Notification ? Notification.requestPermission() : Promise.resolve('absent');
const camera = navigator.mediaDevices
  ? navigator.mediaDevices.getUserMedia({ video: true }).then(() => 'given', () => 'refused') : Promise.resolve('absent');
const clipboard = navigator.clipboard && navigator.clipboard.readText
  ? navigator.clipboard.readText().then(() => 'given', () => 'refused') : Promise.resolve('absent');
Promise.all([place, notices, camera, clipboard])
  .then((answers) => fetch('/result', { method: 'POST', body: 'wishes ' + answers.join(', ') }));
</script>";

async fn on_stage() -> Outcome<(Stage, Pages)> {
    let pages = Pages::serve(&[
        ("/page", PAGE),
        ("/frame", FRAME),
        ("/popup", POPUP),
        ("/escape", ESCAPE),
        ("/attack.js", ATTACK),
        ("/wishes", WISHES),
    ])?;
    let stage = Stage::open().await?;
    stage.allow_pages_of(&[&pages.origin()])?;
    stage.open_profile("acme production").await?;
    Ok((stage, pages))
}

fn insist_on_nothing_reached(post: &str, place: &str) -> Outcome {
    let result: serde_json::Value = serde_json::from_str(post).map_err(HarnessError::json("the page's result"))?;
    assert_eq!(result["reached"].as_array().map(Vec::len), Some(0), "{place}: {post}");
    assert_eq!(result["bridge"], false, "{place} has a bridge to the app");
    Ok(())
}

#[tokio::test]
async fn no_command_is_reached_from_a_page_a_frame_or_a_popup() -> Outcome {
    let (stage, pages) = on_stage().await?;
    let profiles = stage.own_file("profiles.toml")?;
    stage.side.run(&["open", "acme production", "--page", &format!("{}/page", pages.origin())])?.success()?;
    for place in ["page", "frame"] {
        let post = pages.wait_for_post(place, |post| post.contains(&format!("\"place\":\"{place}\"")))?;
        insist_on_nothing_reached(&post, place)?;
    }
    stage.press_on(&Part::ConsoleArea).await?;
    let post = pages.wait_for_post("popup", |post| post.contains("\"place\":\"popup\""))?;
    insist_on_nothing_reached(&post, "popup")?;
    assert_eq!(stage.own_file("profiles.toml")?, profiles);
    stage.close().await
}

#[tokio::test]
async fn a_page_that_goes_to_the_apps_own_address_stays_where_it_is() -> Outcome {
    let (stage, pages) = on_stage().await?;
    let address = format!("{}/escape", pages.origin());
    stage.side.run(&["open", "acme production", "--page", &address])?.success()?;
    let post = pages.wait_for_post("the page after its escape", |post| post.contains("after the escape"))?;
    insist_on_nothing_reached(&post, "escape")?;
    let tabs = stage.side.json(&["tabs"])?;
    let shown = tabs.as_array().and_then(|tabs| tabs.iter().find(|tab| !tab["pane"].is_null()));
    assert_eq!(shown.map(|tab| tab["url"].as_str().unwrap_or_default()), Some(address.as_str()), "{tabs}");
    assert!(stage.desktop.opened_outside().is_empty(), "{:?}", stage.desktop.opened_outside());
    stage.close().await
}

#[tokio::test]
async fn a_page_is_given_no_permission() -> Outcome {
    let (stage, pages) = on_stage().await?;
    stage.side.run(&["open", "acme production", "--page", &format!("{}/wishes", pages.origin())])?.success()?;
    let answers = pages.wait_for_post("what came of the wishes", |post| post.starts_with("wishes "))?;
    assert!(!answers.contains("given") && !answers.contains("granted"), "{answers}");
    stage.close().await
}

#[tokio::test]
async fn a_page_that_sends_its_tab_to_a_foreign_site_does_not_leave_it_there() -> Outcome {
    let foreign = Pages::serve(&[("/", "<!doctype html><title>foreign</title>gotcha")])?;
    let there =
        format!("<!doctype html><title>leaving</title><script>location.href = '{}/';</script>", foreign.origin());
    let pages = Pages::serve(&[("/leave", &there)])?;
    let stage = Stage::open().await?;
    stage.allow_pages_of(&[&pages.origin()])?;
    stage.open_profile("acme production").await?;
    stage.side.run(&["open", "acme production", "--page", &format!("{}/leave", pages.origin())])?.success()?;
    stage.hand().find(&Part::TestId("notice".to_owned())).await?;
    let tabs = stage.side.json(&["tabs"])?;
    let none_is_foreign = tabs.as_array().is_some_and(|tabs| {
        tabs.iter().all(|tab| !tab["url"].as_str().unwrap_or_default().starts_with(&foreign.origin()))
    });
    assert!(none_is_foreign, "{tabs}");
    assert!(tabs.as_array().is_some_and(|tabs| tabs.iter().all(|tab| tab["title"] != "foreign")), "{tabs}");
    stage.close().await
}
