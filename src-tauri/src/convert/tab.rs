//! From a tab to what the UI is told of it.

use sidelight_core::app::error::{Cause, Error};
use sidelight_core::app::sessions::SessionState;
use sidelight_core::app::state::State;
use sidelight_core::domain::link::{self, Loss};
use sidelight_core::domain::session::{Access, Session};
use sidelight_core::domain::workspace::{self, OwnWindow, Tab};

use super::marks::{self, Marks};
use super::milliseconds;
use crate::view::{BusyView, ColourView, LossView, MarkView, ReasonView, ShapeView, TabState, TabView};

/// A tab as it is shown; of a hidden profile only that it is there.
pub fn view(state: &State, tab: &Tab<Error>, marks: &Marks) -> TabView {
    if state.is_hidden(&tab.store.profile) {
        return hidden(state, tab);
    }
    let (mark, reason) = marks.of_page(state, &tab.store.profile, &tab.page.url);
    let profile = state.profile_of(tab);
    let session = state.sessions.get(&tab.store).and_then(session_of);
    let (host, path) = link::shown(&tab.page.url);
    let region = tab.page.region().or_else(|| profile.map(|profile| profile.region.clone()));
    TabView {
        id: tab.id.to_string(),
        profile: tab.store.profile.to_string(),
        profile_name: profile.map(|profile| profile.name.to_string()).unwrap_or_default(),
        group: profile.and_then(|profile| profile.group.as_ref()).map(ToString::to_string),
        mark,
        reason,
        is_hidden: false,
        account: session
            .map(|session| &session.identity.account)
            .or_else(|| profile.and_then(|profile| profile.account.as_ref()))
            .map(ToString::to_string),
        identity: session.map(|session| session.identity.short()),
        region: region.map(|region| region.to_string()).unwrap_or_default(),
        title: tab.page.title.clone(),
        favicon: tab.page.favicon.clone(),
        host,
        path,
        read_only: tab.store.access == Access::ReadOnly,
        pane: state.workspace.panes().of(&tab.id).map(|pane| pane.0),
        own_window: tab.own_window == OwnWindow::Open,
        state: (&tab.state).into(),
        held: match &tab.state {
            workspace::TabState::Held(asked) => marks::held(*asked),
            _ => None,
        },
        covered: tab.covered,
        bookmarked: profile.is_some_and(|profile| state.book.bookmark_at(profile, &tab.page.url).is_some()),
        s3: link::s3_of(&tab.page.url).map(|at| at.to_string()),
        losses: tab.losses.iter().map(Into::into).collect(),
        kept_awake: tab.kept_awake.map(|(_, busy)| busy.into()),
        progress: tab.page.progress,
        can_go_back: tab.page.can_go_back,
        can_go_forward: tab.page.can_go_forward,
        zoom: tab.zoom,
        ends_at: session.map(|session| milliseconds(session.ends_at)),
        end: session.map(|session| session.end.into()),
        error: match &tab.state {
            workspace::TabState::Failed(error) => Some(error.into()),
            workspace::TabState::Crashed => Some((&Error::from(Cause::Engine)).into()),
            _ => None,
        },
    }
}

/// A tab of a profile that must not be seen: that it is there, and nothing else.
fn hidden(state: &State, tab: &Tab<Error>) -> TabView {
    TabView {
        id: tab.id.to_string(),
        profile: String::new(),
        profile_name: String::new(),
        group: None,
        mark: MarkView { word: None, colour: ColourView::Slate, shape: ShapeView::Circle },
        reason: ReasonView::NoRule,
        is_hidden: true,
        account: None,
        identity: None,
        region: String::new(),
        title: String::new(),
        favicon: None,
        host: String::new(),
        path: String::new(),
        read_only: false,
        pane: state.workspace.panes().of(&tab.id).map(|pane| pane.0),
        own_window: false,
        state: (&tab.state).into(),
        held: None,
        covered: false,
        bookmarked: false,
        s3: None,
        losses: Vec::new(),
        kept_awake: None,
        progress: 0.0,
        can_go_back: false,
        can_go_forward: false,
        zoom: 1.0,
        ends_at: None,
        end: None,
        error: None,
    }
}

fn session_of(state: &SessionState) -> Option<&Session> {
    match state {
        SessionState::SignedIn(session) | SessionState::Entering { session, .. } => Some(session),
        SessionState::SigningIn(_) | SessionState::Ended(_) => None,
    }
}

impl From<&Loss> for LossView {
    fn from(loss: &Loss) -> Self {
        match loss {
            Loss::GeneratedId { id } => Self::GeneratedId { id: id.clone() },
            Loss::UniqueName { name } => Self::UniqueName { name: name.clone() },
            Loss::Account => Self::Account,
            Loss::Region { wanted } => Self::Region { wanted: wanted.to_string() },
            Loss::NoConsole => Self::NoConsole,
        }
    }
}

impl From<workspace::Busy> for BusyView {
    fn from(busy: workspace::Busy) -> Self {
        match busy {
            workspace::Busy::UnsavedInput => Self::UnsavedInput,
            workspace::Busy::Uploading => Self::Uploading,
            workspace::Busy::Playing => Self::Playing,
            workspace::Busy::LiveConnection => Self::LiveConnection,
            workspace::Busy::Downloading => Self::Downloading,
        }
    }
}

impl<Failure> From<&workspace::TabState<Failure>> for TabState {
    fn from(state: &workspace::TabState<Failure>) -> Self {
        match state {
            workspace::TabState::SigningIn => Self::SigningIn,
            workspace::TabState::Loading => Self::Loading,
            workspace::TabState::Live => Self::Live,
            workspace::TabState::Asleep | workspace::TabState::Held(_) => Self::Asleep,
            workspace::TabState::Expired => Self::Expired,
            workspace::TabState::Crashed => Self::Crashed,
            workspace::TabState::Failed(_) => Self::Failed,
        }
    }
}
