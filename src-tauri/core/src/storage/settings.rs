//! The settings file: look, language, and where the window was.
//!
//! Not how it is kept (`app_file`).

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::app_file::{AppFile, Loaded, Spelling};
use super::home::Home;
use crate::app::error::Error;
use crate::app::ports::Clock;
use crate::app::settings::{
    Bandwidth, DownloadPlaces, Language, Minutes, ScreenShare, Settings, Theme, Tray, WindowFrame,
};
use crate::domain::action::Action;
use crate::domain::profile::{Group, ProfileId};
use crate::domain::shortcut::{Bindings, Chord};

/// The schema that this version writes.
const SCHEMA: u32 = 1;

/// `settings.toml`.
#[derive(Clone)]
pub struct SettingsFile(AppFile);

#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
struct Format {
    schema: u32,
    theme: ThemeWord,
    language: LanguageWord,
    sidebar_width: Option<f64>,
    window: Option<FrameFormat>,
    /// In minutes; 0 for never.
    sleep_after: Option<u16>,
    auto_renew: bool,
    /// In minutes; never without, or with 0.
    lock_after: Option<u16>,
    lock_on_sleep: bool,
    banner: bool,
    takes_links: bool,
    #[serde(default)]
    tray: TrayWord,
    downloads: DownloadsFormat,
    /// Actions by their ids, with the keys that the user has bound.
    shortcuts: BTreeMap<String, Vec<String>>,
    screen_share: Option<ScreenShareFormat>,
}

/// Where downloads go.
#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
struct DownloadsFormat {
    by_profile: bool,
    ask: bool,
    keep_time: bool,
    /// In bytes a second.
    limit: Option<u32>,
    /// By the profiles' ids.
    folders: BTreeMap<String, PathBuf>,
}

impl From<DownloadsFormat> for DownloadPlaces {
    fn from(format: DownloadsFormat) -> Self {
        let DownloadsFormat { by_profile, ask, keep_time, limit, folders } = format;
        let known = |(id, folder): (String, PathBuf)| {
            let id = ProfileId::parse(&id).ok().filter(|_| folder.is_absolute())?;
            Some((id, folder))
        };
        let folders = folders.into_iter().filter_map(known).collect();
        Self { by_profile, keep_time, asks: ask, limit: limit.map(Bandwidth::of), folders }
    }
}

impl From<&DownloadPlaces> for DownloadsFormat {
    fn from(places: &DownloadPlaces) -> Self {
        let DownloadPlaces { by_profile, keep_time, asks, limit, folders } = places;
        let folders = folders.iter().map(|(id, folder)| (id.to_string(), folder.clone())).collect();
        let limit = limit.map(Bandwidth::bytes);
        Self { by_profile: *by_profile, ask: *asks, keep_time: *keep_time, limit, folders }
    }
}

/// Whose names still show; nobody's where it says neither.
#[derive(Serialize, Deserialize)]
struct ScreenShareFormat {
    group: Option<String>,
    profile: Option<String>,
}

#[derive(Clone, Copy, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum ThemeWord {
    #[default]
    System,
    Light,
    Dark,
}

#[derive(Clone, Copy, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum LanguageWord {
    #[default]
    System,
    En,
    Ja,
}

#[derive(Clone, Copy, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum TrayWord {
    Off,
    #[default]
    Shows,
    Stays,
    Starts,
}

#[derive(Serialize, Deserialize)]
struct FrameFormat {
    x: f64,
    y: f64,
    width: f64,
    height: f64,
    #[serde(default)]
    maximized: bool,
}

impl SettingsFile {
    /// In its place.
    #[must_use]
    pub fn new(home: &Home, clock: Arc<dyn Clock>) -> Self {
        Self(AppFile::new(home.settings(), Spelling::Toml, SCHEMA, clock))
    }

    /// What the file says; the defaults where it says nothing that makes sense.
    #[must_use]
    pub fn load(&self) -> Loaded<Settings> {
        self.0.load::<Format>().map(|format| format.unwrap_or_default().into())
    }

    /// Keeps them, unless the file is to be left as it is.
    ///
    /// # Errors
    /// `Disk`.
    pub fn save(&self, settings: &Settings) -> Result<(), Error> {
        self.0.save(&Format::from(settings))
    }
}

impl From<Format> for Settings {
    fn from(format: Format) -> Self {
        let defaults = Self::default();
        let is_a_size = |size: f64| (100.0..=20_000.0).contains(&size);
        let is_a_place = |place: f64| (-20_000.0..=20_000.0).contains(&place);
        Self {
            theme: match format.theme {
                ThemeWord::System => Theme::System,
                ThemeWord::Light => Theme::Light,
                ThemeWord::Dark => Theme::Dark,
            },
            language: match format.language {
                LanguageWord::System => Language::System,
                LanguageWord::En => Language::English,
                LanguageWord::Ja => Language::Japanese,
            },
            sidebar_width: format.sidebar_width.filter(|width| is_a_size(*width)).unwrap_or(defaults.sidebar_width),
            sleep_after: match format.sleep_after {
                Some(0) => None,
                Some(minutes) => Some(Minutes::of(minutes)),
                None => defaults.sleep_after,
            },
            auto_renew: format.auto_renew,
            lock_after: format.lock_after.filter(|minutes| *minutes > 0).map(Minutes::of),
            lock_on_sleep: format.lock_on_sleep,
            banner: format.banner,
            takes_links: format.takes_links,
            tray: match format.tray {
                TrayWord::Off => Tray::Off,
                TrayWord::Shows => Tray::Shows,
                TrayWord::Stays => Tray::Stays,
                TrayWord::Starts => Tray::Starts,
            },
            downloads: format.downloads.into(),
            bindings: bindings(format.shortcuts),
            screen_share: format.screen_share.map(Into::into),
            system: defaults.system,
            window: format
                .window
                .filter(|frame| is_a_size(frame.width) && is_a_size(frame.height))
                .filter(|frame| is_a_place(frame.x) && is_a_place(frame.y))
                .map(|frame| WindowFrame {
                    x: frame.x,
                    y: frame.y,
                    width: frame.width,
                    height: frame.height,
                    maximized: frame.maximized,
                }),
        }
    }
}

impl From<&Settings> for Format {
    fn from(settings: &Settings) -> Self {
        Self {
            schema: SCHEMA,
            theme: match settings.theme {
                Theme::System => ThemeWord::System,
                Theme::Light => ThemeWord::Light,
                Theme::Dark => ThemeWord::Dark,
            },
            language: match settings.language {
                Language::System => LanguageWord::System,
                Language::English => LanguageWord::En,
                Language::Japanese => LanguageWord::Ja,
            },
            sidebar_width: Some(settings.sidebar_width),
            sleep_after: Some(settings.sleep_after.map_or(0, Minutes::as_minutes)),
            auto_renew: settings.auto_renew,
            lock_after: settings.lock_after.map(Minutes::as_minutes),
            lock_on_sleep: settings.lock_on_sleep,
            banner: settings.banner,
            takes_links: settings.takes_links,
            tray: match settings.tray {
                Tray::Off => TrayWord::Off,
                Tray::Shows => TrayWord::Shows,
                Tray::Stays => TrayWord::Stays,
                Tray::Starts => TrayWord::Starts,
            },
            downloads: (&settings.downloads).into(),
            shortcuts: settings.bindings.own().iter().map(written).collect(),
            screen_share: settings.screen_share.as_ref().map(Into::into),
            window: settings.window.map(|frame| FrameFormat {
                x: frame.x,
                y: frame.y,
                width: frame.width,
                height: frame.height,
                maximized: frame.maximized,
            }),
        }
    }
}

impl From<ScreenShareFormat> for ScreenShare {
    fn from(format: ScreenShareFormat) -> Self {
        let group = format.group.as_deref().and_then(|group| Group::parse(group).ok()).map(Self::Group);
        let profile = format.profile.as_deref().and_then(|id| ProfileId::parse(id).ok()).map(Self::Profile);
        group.or(profile).unwrap_or(Self::Nobody)
    }
}

impl From<&ScreenShare> for ScreenShareFormat {
    fn from(share: &ScreenShare) -> Self {
        match share {
            ScreenShare::Group(group) => Self { group: Some(group.to_string()), profile: None },
            ScreenShare::Profile(profile) => Self { group: None, profile: Some(profile.to_string()) },
            ScreenShare::Nobody => Self { group: None, profile: None },
        }
    }
}

/// Actions and keys that make no sense are left out.
fn bindings(words: BTreeMap<String, Vec<String>>) -> Bindings {
    let known = words.into_iter().filter_map(|(id, keys)| {
        Some((Action::by_id(&id)?, keys.iter().filter_map(|keys| Chord::parse(keys).ok()).collect()))
    });
    Bindings::of(known.collect())
}

fn written((action, chords): &(Action, Vec<Chord>)) -> (String, Vec<String>) {
    (action.fact().id.to_owned(), chords.iter().map(ToString::to_string).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::switcher::Language as Spoken;
    use crate::world::SystemClock;

    type Tested = Result<(), Box<dyn std::error::Error>>;

    fn file() -> Result<(tempfile::TempDir, SettingsFile), Box<dyn std::error::Error>> {
        let folder = tempfile::tempdir()?;
        let home = Home::at(folder.path())?;
        let file = SettingsFile::new(&home, Arc::new(SystemClock));
        Ok((folder, file))
    }

    #[test]
    fn what_was_saved_is_loaded() -> Tested {
        let (_folder, file) = file()?;
        let frame = WindowFrame { x: 10.0, y: -5.0, width: 1280.0, height: 800.0, maximized: true };
        let settings = Settings {
            auto_renew: true,
            lock_after: Some(Minutes::of(20)),
            lock_on_sleep: true,
            banner: true,
            takes_links: true,
            tray: Tray::Stays,
            theme: Theme::Dark,
            language: Language::Japanese,
            sidebar_width: 300.0,
            window: Some(frame),
            sleep_after: Some(Minutes::of(45)),
            screen_share: Some(ScreenShare::Group(Group::parse("Acme")?)),
            system: Spoken::default(),
            downloads: DownloadPlaces {
                by_profile: true,
                keep_time: true,
                asks: true,
                limit: Some(Bandwidth::of(2_500_000)),
                folders: BTreeMap::from([(ProfileId::parse("p1")?, "/srv/p1".into())]),
            },
            bindings: Bindings::of(vec![(Action::FindInPage, vec![Chord::parse("Ctrl+F")?]), (Action::Back, vec![])]),
        };
        let profile = ScreenShare::Profile(ProfileId::parse("p1")?);
        for settings in [
            settings.clone(),
            Settings { sleep_after: None, screen_share: Some(profile), ..settings.clone() },
            Settings { screen_share: Some(ScreenShare::Nobody), ..settings },
        ] {
            file.save(&settings)?;
            assert_eq!(file.load().value, settings);
        }
        Ok(())
    }

    #[test]
    fn a_window_off_every_screen_is_forgotten() -> Tested {
        let (folder, file) = file()?;
        let path = Home::at(folder.path())?.settings();
        std::fs::write(path, "schema = 1\n[window]\nx = 1e9\ny = 0\nwidth = 800\nheight = 600\n")?;
        assert_eq!(file.load().value.window, None);
        Ok(())
    }
}
