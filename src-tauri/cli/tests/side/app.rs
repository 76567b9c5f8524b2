//! `side` and the running app: a listener of the test's own stands in for the window.

use std::sync::{Arc, Mutex, PoisonError};

use sidelight_core::app::error::{Cause, Error};
use sidelight_core::control::{Answer, DownloadLine, DownloadLineState, Listener, Request, TabLine, TabLineState};
use sidelight_core::storage::lock::AppLock;
use tokio::runtime::Runtime;

use crate::support::{Machine, Outcome, book_of};

/// A stand-in for the app: remembers what it was asked.
pub struct App {
    asked: Arc<Mutex<Vec<Request>>>,
    _lock: AppLock,
    _runtime: Runtime,
}

impl App {
    pub fn start(machine: &Machine) -> Result<Self, Box<dyn std::error::Error>> {
        let home = machine.home()?;
        let lock = AppLock::take(&home)?;
        let runtime = Runtime::new()?;
        let asked = Arc::new(Mutex::new(Vec::new()));
        let listener = runtime.block_on(async { Listener::bind(&home, &lock) })?;
        let remembers = asked.clone();
        runtime.spawn(listener.serve(move |request| {
            remembers.lock().unwrap_or_else(PoisonError::into_inner).push(request.clone());
            std::future::ready(answer(&request))
        }));
        Ok(Self { asked, _lock: lock, _runtime: runtime })
    }

    pub fn asked(&self) -> Vec<Request> {
        std::mem::take(&mut self.asked.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

fn answer(request: &Request) -> Answer {
    match request {
        Request::Tabs => Answer::Tabs { tabs: vec![tab()] },
        Request::Downloads => Answer::Downloads { downloads: vec![download()] },
        Request::Open { region: Some(region), .. } if region == "eu-west-3" => {
            Answer::Failed((&Error::detailed(Cause::Throttled, "slow down")).into())
        }
        _ => Answer::Ok,
    }
}

fn tab() -> TabLine {
    TabLine {
        tab: "t1".to_owned(),
        profile: "profile 0".to_owned(),
        account: Some("111122223333".to_owned()),
        url: "https://console.example/s3".to_owned(),
        title: "S3\u{1b}[2J".to_owned(),
        state: TabLineState::Live,
        pane: Some(1),
        read_only: false,
        ends_at: Some("2026-01-01T00:00:00Z".to_owned()),
    }
}

fn download() -> DownloadLine {
    DownloadLine {
        id: "d1".to_owned(),
        profile: "profile 0".to_owned(),
        name: "a.csv".to_owned(),
        path: "/home/me/Downloads/a.csv".to_owned(),
        bytes: 3,
        total: None,
        state: DownloadLineState::Done,
        error: None,
        s3: None,
        uploads: false,
        files: None,
        total_files: None,
    }
}

#[test]
fn without_an_app_there_are_no_tabs_and_no_downloads() -> Outcome {
    let machine = Machine::new()?;
    assert_eq!(machine.side(&["tabs", "--json"])?.exits(0).output, "[]\n");
    assert_eq!(machine.side(&["downloads", "--json"])?.exits(0).output, "[]\n");
    machine.side(&["show", "t1"])?.exits(3).complains("There is no tab \"t1\"");
    machine.side(&["close", "t1"])?.exits(3);
    Ok(())
}

#[test]
fn tabs_and_downloads_are_what_the_app_says() -> Outcome {
    let machine = Machine::new()?;
    let _app = App::start(&machine)?;
    assert_eq!(
        machine.side(&["tabs", "--json"])?.exits(0).json()?,
        serde_json::json!([{
            "tab": "t1", "profile": "profile 0", "account": "111122223333", "url": "https://console.example/s3",
            "title": "S3\u{1b}[2J", "state": "live", "pane": 1, "read_only": false, "ends_at": "2026-01-01T00:00:00Z",
        }])
    );
    assert_eq!(
        machine.side(&["downloads", "--json"])?.exits(0).json()?,
        serde_json::json!([{
            "id": "d1", "profile": "profile 0", "name": "a.csv", "path": "/home/me/Downloads/a.csv",
            "bytes": 3, "total": null, "state": "done", "error": null,
        }])
    );
    let table = machine.side(&["tabs"])?.exits(0).output;
    assert!(table.contains("live") && !table.contains('\u{1b}'), "{table}");
    Ok(())
}

#[test]
fn a_tab_is_shown_and_closed_by_its_id() -> Outcome {
    let machine = Machine::new()?;
    let app = App::start(&machine)?;
    machine.side(&["show", "t1"])?.exits(0);
    machine.side(&["close", "t1"])?.exits(0);
    machine.side(&["close", "t2"])?.exits(3).complains("There is no tab \"t2\"");
    let asked: Vec<Request> = app.asked().into_iter().filter(|request| *request != Request::Tabs).collect();
    assert_eq!(asked, [Request::Show { tab: "t1".to_owned() }, Request::Close { tab: "t1".to_owned() }]);
    Ok(())
}

#[test]
fn a_running_app_opens_the_tab_and_its_refusal_is_told_in_its_words() -> Outcome {
    let machine = Machine::new()?;
    machine.write_book(&book_of(1))?;
    let app = App::start(&machine)?;
    machine.side(&["open", "PROFILE 0", "--service", "s3", "--region", "eu-west-1"])?.exits(0);
    assert_eq!(
        app.asked(),
        [Request::Open {
            profile: "p0".to_owned(),
            service: Some("s3".to_owned()),
            region: Some("eu-west-1".to_owned()),
            page: None,
            read_only: false,
            beside: false,
            new_window: false
        }]
    );
    let refused = machine.side(&["open", "profile 0", "--region", "eu-west-3"])?.exits(4);
    refused.complains("error: AWS asks for fewer requests").complains("hint: Wait").complains("detail: slow down");
    Ok(())
}

#[test]
fn the_app_reads_the_book_again_after_a_change_and_removes_profiles_itself() -> Outcome {
    let machine = Machine::new()?;
    machine.write_book(&book_of(2))?;
    let app = App::start(&machine)?;
    machine.side(&["edit", "profile 0", "--mark", "STG"])?.exits(0);
    machine.side(&["move", "profile 0", "--group", "x"])?.exits(0);
    machine.side(&["rm", "profile 0"])?.exits(0);
    assert_eq!(app.asked(), [Request::Reload, Request::Reload, Request::RemoveProfile { profile: "p0".to_owned() }]);
    Ok(())
}
