//! From the state to what the UI is told of the window: surface, panes and look.

use sidelight_core::app::lock::{self, Lock};
use sidelight_core::app::settings::{self, Bandwidth, Minutes, ScreenShare};
use sidelight_core::app::state::{self, State};
use sidelight_core::domain::action::{Action, Section};
use sidelight_core::domain::shortcut::Bindings;
use sidelight_core::domain::workspace::panes::{Direction, Divider, Pane, Rect};

use super::milliseconds;
use crate::view::{
    ActionView, DividerView, DownloadPlacesView, Language, LayoutView, LockView, LockWhy, PaneView, Platform,
    ScreenShareView, SectionView, Surface, Theme, Tray, WayView,
};

impl From<&State> for LayoutView {
    fn from(state: &State) -> Self {
        let panes = state.workspace.panes();
        Self {
            surface: match &state.surface {
                state::Surface::Console => Surface::Console,
                state::Surface::Downloads => Surface::Downloads,
                state::Surface::ProfileEditor(profile) => {
                    Surface::ProfileEditor { profile: profile.as_ref().map(ToString::to_string) }
                }
                state::Surface::Partitions => Surface::Partitions,
                state::Surface::Import => Surface::Import,
                state::Surface::IdentityCenter => Surface::IdentityCenter,
                state::Surface::Sessions => Surface::Sessions,
                state::Surface::Shortcuts => Surface::Shortcuts,
                state::Surface::Settings => Surface::Settings,
                state::Surface::Rules => Surface::Rules,
                state::Surface::Bookmarks => Surface::Bookmarks,
            },
            active_tab: state.workspace.active().map(|tab| tab.id.to_string()),
            panes: panes.places().into_iter().map(|(pane, rect)| pane_view(pane, rect)).collect(),
            dividers: panes.dividers().into_iter().map(Into::into).collect(),
            focused_pane: panes.focused().0,
            maximised: panes.is_maximised(),
            linked: state.workspace.is_linked(),
            has_own_windows: state.has_own_windows,
            can_reopen: state.workspace.can_reopen(),
            layouts: layouts(state),
            sleep_after_minutes: state.settings.sleep_after.map(Minutes::as_minutes),
            banner: state.settings.banner,
            takes_links: state.settings.takes_links,
            tray: match state.settings.tray {
                settings::Tray::Off => Tray::Off,
                settings::Tray::Shows => Tray::Shows,
                settings::Tray::Stays => Tray::Stays,
                settings::Tray::Starts => Tray::Starts,
            },
            lacks_tray: state.has_tray == Some(false),
            auto_renew: state.settings.auto_renew,
            lock_after_minutes: state.settings.lock_after.map(Minutes::as_minutes),
            lock_on_sleep: state.settings.lock_on_sleep,
            downloads: places(state),
            screen_share: state.settings.screen_share.as_ref().map(|share| screen_share(state, share)),
            theme: match state.settings.theme {
                settings::Theme::System => Theme::System,
                settings::Theme::Light => Theme::Light,
                settings::Theme::Dark => Theme::Dark,
            },
            language: match state.settings.language {
                settings::Language::System => Language::System,
                settings::Language::English => Language::En,
                settings::Language::Japanese => Language::Ja,
            },
            sidebar_width: state.settings.sidebar_width,
            platform: if cfg!(target_os = "macos") {
                Platform::Macos
            } else if cfg!(windows) {
                Platform::Windows
            } else {
                Platform::Linux
            },
            read_only_book: state.read_only_book.is_some(),
        }
    }
}

fn pane_view(pane: &Pane, rect: Rect) -> PaneView {
    let Rect { left, top, width, height } = rect;
    PaneView { id: pane.id.0, tab: pane.tab.as_ref().map(ToString::to_string), left, top, width, height }
}

impl From<Divider> for DividerView {
    fn from(divider: Divider) -> Self {
        let Rect { left, top, width, height } = divider.around;
        Self {
            split: divider.id.split,
            after: divider.id.after,
            way: match divider.direction {
                Direction::Row => WayView::Row,
                Direction::Column => WayView::Column,
            },
            share: divider.share,
            left,
            top,
            width,
            height,
        }
    }
}

impl From<&Lock> for LockView {
    fn from(locked: &Lock) -> Self {
        Self {
            why: match locked.why {
                lock::LockWhy::Asked => LockWhy::Asked,
                lock::LockWhy::Idle => LockWhy::Idle,
                lock::LockWhy::Sleep => LockWhy::Sleep,
            },
            since: milliseconds(locked.since),
            unlocking: locked.unlocking,
            error: locked.error.as_ref().map(Into::into),
        }
    }
}

/// By name; none while the screen is shared, since a name may be another client's.
fn layouts(state: &State) -> Vec<String> {
    let shown = state.workspace.layouts().iter().filter(|_| state.settings.screen_share.is_none());
    shown.map(|layout| layout.name.clone()).collect()
}

fn screen_share(state: &State, share: &ScreenShare) -> ScreenShareView {
    let shown = match share {
        ScreenShare::Group(group) => Some(group.to_string()),
        ScreenShare::Profile(profile) => state.profile(profile).map(|profile| profile.name.to_string()),
        ScreenShare::Nobody => None,
    };
    ScreenShareView { shown, hidden: state.hidden_profiles().len() }
}

/// The table of actions with the keys as they are bound.
pub fn actions(bindings: &Bindings) -> Vec<ActionView> {
    let known = Action::all().iter().map(|fact| ActionView {
        id: fact.id.to_owned(),
        section: match fact.section {
            Section::Profiles => SectionView::Profiles,
            Section::Tabs => SectionView::Tabs,
            Section::Panes => SectionView::Panes,
            Section::Page => SectionView::Page,
            Section::Window => SectionView::Window,
        },
        en: fact.en.to_owned(),
        ja: fact.ja.to_owned(),
        keys: bindings.chords(fact.action).iter().map(ToString::to_string).collect(),
        is_own: bindings.own().iter().any(|(action, _)| *action == fact.action),
    });
    known.collect()
}

fn places(state: &State) -> DownloadPlacesView {
    let places = &state.settings.downloads;
    let seen = places.folders.iter().filter(|(profile, _)| !state.is_hidden(profile));
    DownloadPlacesView {
        home: state.download_home.display().to_string(),
        by_profile: places.by_profile,
        asks: places.asks,
        keep_time: places.keep_time,
        limit: places.limit.map(Bandwidth::bytes),
        folders: seen.map(|(profile, folder)| (profile.to_string(), folder.display().to_string())).collect(),
    }
}
