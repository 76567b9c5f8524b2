//! From the state to what the UI is told of the window: surface, panes and look.

use sidelight_core::app::state::{self, State};
use sidelight_core::domain::workspace::panes::{Direction, Divider, Pane, Rect};

use crate::view::{DividerView, Language, LayoutView, PaneView, Platform, Surface, Theme, WayView};

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
                state::Surface::Shortcuts => Surface::Shortcuts,
                state::Surface::Settings => Surface::Settings,
            },
            active_tab: state.workspace.active().map(|tab| tab.id.to_string()),
            panes: panes.places().into_iter().map(|(pane, rect)| pane_view(pane, rect)).collect(),
            dividers: panes.dividers().into_iter().map(Into::into).collect(),
            focused_pane: panes.focused().0,
            maximised: panes.is_maximised(),
            linked: state.workspace.is_linked(),
            can_reopen: state.workspace.can_reopen(),
            theme: match state.settings.theme {
                state::Theme::System => Theme::System,
                state::Theme::Light => Theme::Light,
                state::Theme::Dark => Theme::Dark,
            },
            language: match state.settings.language {
                state::Language::System => Language::System,
                state::Language::English => Language::En,
                state::Language::Japanese => Language::Ja,
            },
            sidebar_width: state.settings.sidebar_width,
            platform: if cfg!(target_os = "macos") {
                Platform::Macos
            } else if cfg!(windows) {
                Platform::Windows
            } else {
                Platform::Linux
            },
            read_only_book: state.read_only_book,
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
