//! Start: takes the lock, joins core, AWS, storage and window, and lets the loop run.
//!
//! A second start hands over to the first one and ends. Grows with the ports.

use std::collections::{HashMap, HashSet};
use std::env;
use std::ffi::{OsStr, OsString};
use std::path::PathBuf;
use std::sync::Arc;

use sidelight_core::app::App;
use sidelight_core::app::error::{Cause, Error};
use sidelight_core::app::event::{BookOutcome, Event, Target, Wish};
use sidelight_core::app::mfa::WindowPrompt;
use sidelight_core::app::ports::Clock;
use sidelight_core::app::settings::{self, Settings, WindowFrame};
use sidelight_core::app::state::{NoticeBody, State};
use sidelight_core::app::switcher::Language as Spoken;
use sidelight_core::domain::download::{Download, DownloadIds};
use sidelight_core::storage::app_file::Loaded;
use sidelight_core::storage::aws_config::AwsFiles;
use sidelight_core::storage::browser_stores::BrowserStores;
use sidelight_core::storage::chosen_file::ChosenFile;
use sidelight_core::storage::download_folder::DownloadFolder;
use sidelight_core::storage::downloads_list::DownloadsList;
use sidelight_core::storage::files;
use sidelight_core::storage::home::Home;
use sidelight_core::storage::lock::AppLock;
use sidelight_core::storage::settings::SettingsFile;
use sidelight_core::storage::workspace_file::WorkspaceFile;
use sidelight_core::world::{self, SystemClock};
use tauri::webview::WebviewWindowBuilder;
use tauri::{Manager, RunEvent, WebviewUrl, WebviewWindow, WindowEvent};
use tokio::sync::mpsc::{self, UnboundedSender};

use crate::aws_watch::AwsWatch;
use crate::commands::{self, UI};
use crate::console::{self, Engine, Surroundings};
use crate::control::{self, Door, Picture};
use crate::keeping::Keeping;
use crate::link_handler;
use crate::sleep_watch;
use crate::window::{self, KeptWindow, Keys, ShellWindow, StaysInTray, Told};

/// Joins everything and runs until the window is closed. `link` is what the system gave it to open,
/// such as a `sidelight:` link.
pub fn run(link: Option<String>) -> Result<(), Error> {
    let home = Home::from_environment(env::var_os("SIDELIGHT_HOME"))?;
    let runtime = tokio::runtime::Runtime::new().map_err(bug)?;
    let lock = match AppLock::take(&home) {
        Ok(lock) => lock,
        Err(error) if error.cause == Cause::Conflict => {
            return runtime.block_on(control::present_the_other(&home, link, error));
        }
        Err(error) => return Err(error),
    };
    console::find_display()?;
    let door = runtime.block_on(async { Door::open(&home, lock) });
    tauri::async_runtime::set(runtime.handle().clone());

    let (events, received) = mpsc::unbounded_channel();
    let told = Told::default();
    let picture = Picture::default();
    let app = tauri::Builder::default()
        .plugin(tauri_plugin_opener::Builder::new().open_js_links_on_click(false).build())
        .manage(told.clone())
        .manage(events.clone())
        .manage(Keys::default())
        .manage(StaysInTray::default())
        .invoke_handler(tauri::generate_handler![commands::subscribe, commands::request])
        .build(tauri::generate_context!())
        .map_err(bug)?;

    let downloads = DownloadFolder::new(&home.downloads()?).owned_by(&home);
    let downloads_list = DownloadsList::new(&home, Arc::new(SystemClock));
    let mut warnings = Vec::new();
    let listed = noted(downloads_list.load(), &mut warnings);
    if let Some(listed) = &listed {
        clear_stale(&downloads, listed);
    }
    let download_ids = match &listed {
        Some(listed) => DownloadIds::after(listed),
        None => DownloadIds::of_nobody(SystemClock.now()),
    };
    let listed = listed.unwrap_or_default();
    let world = world::with_downloads(&home, Arc::new(WindowPrompt::new(events.clone())), downloads.clone())?;
    let settings_file = SettingsFile::new(&home, world.clock.clone());
    let settings = Settings { system: spoken(env::vars_os()), ..noted(settings_file.load(), &mut warnings) };
    let takes_links = settings.takes_links;
    let workspace_file = WorkspaceFile::new(&home, world.clock.clone());
    let workspace = noted(workspace_file.load(), &mut warnings);
    let chosen_file = ChosenFile::new(&home, world.clock.clone());
    let chosen = noted(chosen_file.load(), &mut warnings);
    let download_home = downloads.path().to_owned();
    let surroundings =
        Surroundings { events: events.clone(), home: home.clone(), downloads, download_ids: download_ids.clone() };
    // Before the web engine makes it, in the umask's mode.
    files::create_private_folder(&home.ui_store())?;
    open_window(&app, &home, &settings, &events, surroundings).map_err(bug)?;

    let kept = KeptWindow {
        settings: Arc::new(Keeping::new(settings.clone(), "the settings file", move |settings| {
            settings_file.save(settings)
        })),
        workspace: Arc::new(Keeping::new(workspace.clone(), "the workspace", move |kept| workspace_file.save(kept))),
        chosen: Arc::new(Keeping::new(chosen.clone(), "what was chosen", move |chosen| chosen_file.save(chosen))),
        downloads: Arc::new(Keeping::new(listed.clone(), "the list of downloads", move |rows: &Vec<_>| {
            downloads_list.save(rows)
        })),
        download_changes: Arc::default(),
    };
    let shell = ShellWindow::new(app.handle().clone(), told, picture.clone(), BrowserStores::new(&home), kept.clone());
    let mut state = State::with(settings, workspace, chosen);
    state.download_home = download_home;
    state.downloads = listed;
    state.download_ids = download_ids;
    state.has_own_windows = Engine::HAS_OWN_WINDOWS;
    for error in warnings {
        state.notice(world.clock.now(), NoticeBody::Failed { about: None, error });
    }
    // First in the queue, so that nothing is asked of an app that does not know its profiles yet.
    let outcome = world.book.load().map(BookOutcome::Loaded);
    let _ = events.send(Event::BookRead { outcome, reply: None });
    if takes_links {
        link_handler::renew();
    }
    if let Some(text) = link {
        for wish in open_from_outside(text) {
            let _ = events.send(wish.into());
        }
    }
    let watch = AwsWatch::begin(&AwsFiles::from_environment(), events.clone());
    let _watch = watch.inspect_err(|error| tracing::info!(%error, "~/.aws is not watched")).ok();
    runtime.block_on(async { sleep_watch::begin(events.clone()) });
    let core = App::new(state, world, Box::new(shell), events.clone());
    runtime.spawn(door.serve(events, picture));
    let core_loop = runtime.spawn(core.run(received));
    runtime.spawn(async move {
        // A window without its loop does nothing any more, and would not say so.
        if core_loop.await.is_err() {
            std::process::abort();
        }
    });
    app.run(move |app, event| {
        if matches!(event, RunEvent::Exit) {
            kept.finish();
        }
        for wish in asked_by_system(event) {
            let _ = app.state::<UnboundedSender<Event>>().send(wish.into());
        }
    });
    Ok(())
}

/// What a file said; what the user must know of it comes to the warnings.
fn noted<T>(loaded: Loaded<T>, warnings: &mut Vec<Error>) -> T {
    warnings.extend(loaded.warning);
    loaded.value
}

/// The UI's webview fills the window; the engine lays the consoles over it.
fn open_window(
    app: &tauri::App,
    home: &Home,
    settings: &Settings,
    events: &UnboundedSender<Event>,
    surroundings: Surroundings,
) -> tauri::Result<()> {
    let frame = settings.window;
    let (width, height) = frame.map_or((1280.0, 800.0), |frame| (frame.width, frame.height));
    let mut window = WebviewWindowBuilder::new(app, UI, WebviewUrl::App("index.html".into()))
        .title("Sidelight")
        .visible(settings.tray != settings::Tray::Starts)
        .inner_size(width, height)
        .min_inner_size(820.0, 520.0)
        .data_directory(home.ui_store())
        .disable_drag_drop_handler()
        .devtools(false)
        .on_navigation(|url| is_own_page(url.scheme(), url.host_str()));
    if let Some(frame) = frame {
        window = window.position(frame.x, frame.y).maximized(frame.maximized);
    }
    let window = window.build()?;
    note_frame(&window, events);
    stay_in_tray(&window, events);
    let handle = app.handle().clone();
    window::set_engine(Engine::new(&window, surroundings, move |within, chord| window::press(&handle, within, chord))?);
    Ok(())
}

/// A link that the system gives: it is asked about first, in a window that may be in the tray.
fn open_from_outside(text: String) -> [Wish; 2] {
    [Wish::OpenLink { text, target: Target::default(), comes_from_outside: true, reply: None }, Wish::Present]
}

/// What macOS asks of the running app; other systems start it once more, and that hands over.
fn asked_by_system(event: RunEvent) -> Vec<Wish> {
    match event {
        #[cfg(target_os = "macos")]
        RunEvent::Opened { urls } => urls.into_iter().flat_map(|url| open_from_outside(url.into())).collect(),
        #[cfg(target_os = "macos")]
        RunEvent::Reopen { .. } => vec![Wish::Present],
        _ => Vec::new(),
    }
}

/// What an app left that was killed goes, but for what can go on.
fn clear_stale(home: &DownloadFolder, listed: &[Arc<Download<Error>>]) {
    let go_on: HashSet<PathBuf> = listed.iter().filter_map(|download| download.partial.clone()).collect();
    let others = listed.iter().map(|download| download.folder.clone());
    let folders: HashSet<PathBuf> = others.chain([home.path().to_owned()]).collect();
    for folder in folders {
        home.at(&folder).clear_stale(&go_on);
    }
}

/// The UI goes nowhere but to its own page.
fn is_own_page(scheme: &str, host: Option<&str>) -> bool {
    matches!((scheme, host), ("tauri", Some("localhost")) | ("http" | "https", Some("tauri.localhost")))
}

/// Closing the window leaves the app in the tray, where it shall stay there.
fn stay_in_tray(window: &WebviewWindow, events: &UnboundedSender<Event>) {
    let (tray, events) = (window.state::<StaysInTray>().inner().clone(), events.clone());
    window.on_window_event(move |event| {
        if let WindowEvent::CloseRequested { api, .. } = event
            && tray.hides_the_window()
        {
            api.prevent_close();
            let _ = events.send(Event::Closed);
        }
    });
}

/// Remembers where the window is, for the next start.
fn note_frame(window: &WebviewWindow, events: &UnboundedSender<Event>) {
    let (noted, events) = (window.clone(), events.clone());
    window.on_window_event(move |event| {
        if matches!(event, WindowEvent::Resized(_) | WindowEvent::Moved(_))
            && let Some(frame) = frame_of(&noted)
        {
            let _ = events.send(Wish::NoteWindow(frame).into());
        }
    });
}

fn frame_of(window: &WebviewWindow) -> Option<WindowFrame> {
    let scale = window.scale_factor().ok()?;
    let place = window.outer_position().ok()?.to_logical::<f64>(scale);
    let size = window.inner_size().ok()?.to_logical::<f64>(scale);
    let maximized = window.is_maximized().ok()?;
    Some(WindowFrame { x: place.x, y: place.y, width: size.width, height: size.height, maximized })
}

/// The language of the session, by the variables that name it (POSIX, "Environment Variables").
fn spoken(variables: impl Iterator<Item = (OsString, OsString)>) -> Spoken {
    let variables: HashMap<OsString, OsString> = variables.collect();
    let named = ["LC_ALL", "LC_MESSAGES", "LANG"];
    let first = named.iter().filter_map(|name| variables.get(OsStr::new(name))).find(|value| !value.is_empty());
    match first.is_some_and(|value| value.to_string_lossy().starts_with("ja")) {
        true => Spoken::Japanese,
        false => Spoken::English,
    }
}

fn bug(error: impl std::fmt::Display) -> Error {
    Error::detailed(Cause::Bug, error.to_string())
}
