//! From the state to what the UI is told.
//!
//! The one place where the domain becomes views; nothing secret can pass, since the state holds
//! no secret.

use jiff::Timestamp;
use sidelight_core::app::error::{Cause, Error};
use sidelight_core::app::sessions::{SessionState, TestState};
use sidelight_core::app::state::{self, NoticeBody as Said, State};
use sidelight_core::domain::download::{self, Download};
use sidelight_core::domain::link;
use sidelight_core::domain::mark::{Colour, Mark, Shape};
use sidelight_core::domain::partition::Partition;
use sidelight_core::domain::profile::{Profile, ProfileId};
use sidelight_core::domain::session::{Access, Session, SessionEnd, StoreId};
use sidelight_core::domain::source::{Source, Through};
use sidelight_core::domain::workspace::{self, Tab};

use crate::view::*;

impl From<&State> for View {
    fn from(state: &State) -> Self {
        let marks = state.book.marks();
        let marked: Vec<(&Profile, &Mark)> = state.book.profiles().iter().zip(&marks).collect();
        let mark_of = |id: &ProfileId| {
            marked.iter().find(|(profile, _)| profile.id == *id).map_or_else(no_mark, |(_, mark)| (*mark).into())
        };
        Self {
            groups: groups(state, &marked),
            partitions: state.book.partitions().map(|partition| (&partition).into()).collect(),
            tabs: state.workspace.tabs().iter().map(|tab| tab_view(state, tab, mark_of(&tab.store.profile))).collect(),
            downloads: state
                .downloads
                .iter()
                .map(|download| download_view(state, download, mark_of(&download.profile)))
                .collect(),
            notices: state.notices.iter().map(Into::into).collect(),
            layout: state.into(),
        }
    }
}

impl View {
    /// The sections in which `self` differs from what was told before.
    pub fn since(&self, before: &Self) -> ViewChange {
        fn changed<T: Clone + PartialEq>(now: &T, before: &T) -> Option<T> {
            (now != before).then(|| now.clone())
        }
        ViewChange {
            groups: changed(&self.groups, &before.groups),
            partitions: changed(&self.partitions, &before.partitions),
            tabs: changed(&self.tabs, &before.tabs),
            downloads: changed(&self.downloads, &before.downloads),
            notices: changed(&self.notices, &before.notices),
            layout: changed(&self.layout, &before.layout),
        }
    }
}

/// Profiles without a group first, then groups in the order of their first profile.
fn groups(state: &State, marked: &[(&Profile, &Mark)]) -> Vec<GroupView> {
    let mut groups: Vec<GroupView> = vec![GroupView { name: None, profiles: Vec::new() }];
    let mut places = std::collections::HashMap::from([(None, 0)]);
    for (profile, mark) in marked {
        let name = profile.group.as_ref().map(ToString::to_string);
        let place = *places.entry(name.clone()).or_insert_with(|| {
            groups.push(GroupView { name, profiles: Vec::new() });
            groups.len() - 1
        });
        groups[place].profiles.push(profile_view(state, profile, mark));
    }
    groups.retain(|group| !group.profiles.is_empty());
    groups
}

fn profile_view(state: &State, profile: &Profile, mark: &Mark) -> ProfileView {
    let Source::AccessKey(source) = &profile.source;
    let (role, policy) = match &source.through {
        Through::Role(role) => (Some(role), None),
        Through::Federation { policy } => (None, Some(policy)),
    };
    ProfileView {
        id: profile.id.to_string(),
        name: profile.name.to_string(),
        group: profile.group.as_ref().map(ToString::to_string),
        account: profile.account.as_ref().map(ToString::to_string),
        partition: profile.partition.to_string(),
        region: profile.region.to_string(),
        mark: mark.into(),
        access_key_id: source.key_id.as_str().to_owned(),
        role_arn: role.map(|role| role.arn.as_str().to_owned()),
        external_id: role.and_then(|role| role.external_id.as_ref()).map(|id| id.as_str().to_owned()),
        session_policy_arn: policy.map(|policy| policy.as_str().to_owned()),
        duration_seconds: source.duration.map(|duration| duration.seconds()),
        session: session_view(state, profile),
        test: state.tests.get(&profile.id).map(Into::into),
    }
}

/// With full rights, where there is such a session; else the read-only one.
fn session_view(state: &State, profile: &Profile) -> SessionView {
    let found = StoreId::both(&profile.id).into_iter().find_map(|store| state.sessions.get(&store));
    found.map_or(SessionView::SignedOut, Into::into)
}

fn tab_view(state: &State, tab: &Tab<Error>, mark: MarkView) -> TabView {
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
        state: (&tab.state).into(),
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

fn session_of(state: &SessionState) -> Option<&Session> {
    match state {
        SessionState::SignedIn(session) | SessionState::Entering { session, .. } => Some(session),
        SessionState::SigningIn(_) | SessionState::Ended(_) => None,
    }
}

fn download_view(state: &State, download: &Download<Error>, mark: MarkView) -> DownloadView {
    let (stands, error) = match &download.state {
        download::DownloadState::Running => (DownloadState::Running, None),
        download::DownloadState::Done => (DownloadState::Done, None),
        download::DownloadState::Failed(error) => (DownloadState::Failed, Some(error.into())),
        download::DownloadState::Cancelled => (DownloadState::Cancelled, None),
    };
    DownloadView {
        id: download.id.to_string(),
        profile_name: state.profile(&download.profile).map(|profile| profile.name.to_string()).unwrap_or_default(),
        mark,
        name: download.name.clone(),
        folder: download.folder.display().to_string(),
        host: download.host.clone(),
        bytes: number(download.bytes),
        total: download.total.map(number),
        speed: download.speed.filter(|_| download.is_running()),
        started_at: milliseconds(download.started_at),
        state: stands,
        error,
    }
}

impl From<&Partition> for PartitionView {
    fn from(partition: &Partition) -> Self {
        let own = match partition {
            Partition::BuiltIn(_) => None,
            Partition::Own(own) => Some(own),
        };
        Self {
            name: partition.name().to_owned(),
            built_in: own.is_none(),
            regions: partition.regions(),
            sts: own.map(|own| own.sts.url().to_string()),
            sign_in: own.map(|own| own.sign_in.url().to_string()),
            consoles: own.iter().flat_map(|own| &own.consoles).map(|console| console.url().to_string()).collect(),
            s3: own.and_then(|own| own.s3.as_ref()).map(|s3| s3.url().to_string()),
        }
    }
}

fn no_mark() -> MarkView {
    MarkView { word: None, colour: ColourView::Slate, shape: ShapeView::Circle }
}

impl From<&Mark> for MarkView {
    fn from(mark: &Mark) -> Self {
        Self {
            word: mark.word.as_ref().map(|word| word.as_str().to_owned()),
            colour: match mark.colour {
                Colour::Red => ColourView::Red,
                Colour::Amber => ColourView::Amber,
                Colour::Green => ColourView::Green,
                Colour::Blue => ColourView::Blue,
                Colour::Violet => ColourView::Violet,
                Colour::Teal => ColourView::Teal,
                Colour::Pink => ColourView::Pink,
                Colour::Slate => ColourView::Slate,
            },
            shape: match mark.shape {
                Shape::Octagon => ShapeView::Octagon,
                Shape::Triangle => ShapeView::Triangle,
                Shape::Circle => ShapeView::Circle,
                Shape::Square => ShapeView::Square,
                Shape::Diamond => ShapeView::Diamond,
                Shape::Hexagon => ShapeView::Hexagon,
            },
        }
    }
}

impl From<&SessionState> for SessionView {
    fn from(state: &SessionState) -> Self {
        match state {
            SessionState::SigningIn(_) | SessionState::Entering { .. } => Self::SigningIn,
            SessionState::SignedIn(session) => Self::SignedIn {
                identity: session.identity.short(),
                ends_at: milliseconds(session.ends_at),
                end: session.end.into(),
            },
            SessionState::Ended(at) => Self::Ended { ended_at: milliseconds(*at) },
        }
    }
}

impl From<SessionEnd> for EndView {
    fn from(end: SessionEnd) -> Self {
        match end {
            SessionEnd::AskedFor => Self::AskedFor,
            SessionEnd::RoleMaximum => Self::RoleMaximum,
            SessionEnd::ConsoleMaximum => Self::ConsoleMaximum,
            SessionEnd::CredentialsEnd => Self::CredentialsEnd,
        }
    }
}

impl From<&TestState> for TestView {
    fn from(state: &TestState) -> Self {
        match state {
            TestState::Running => Self::Running,
            TestState::Passed(tested) => Self::Passed {
                account: tested.identity.account.to_string(),
                identity: tested.identity.short(),
                up_to_seconds: tested.up_to.seconds(),
            },
            TestState::Failed(error) => Self::Failed { error: error.into() },
        }
    }
}

impl<Failure> From<&workspace::TabState<Failure>> for TabState {
    fn from(state: &workspace::TabState<Failure>) -> Self {
        match state {
            workspace::TabState::SigningIn => Self::SigningIn,
            workspace::TabState::Loading => Self::Loading,
            workspace::TabState::Live => Self::Live,
            workspace::TabState::Asleep => Self::Asleep,
            workspace::TabState::Expired => Self::Expired,
            workspace::TabState::Crashed => Self::Crashed,
            workspace::TabState::Failed(_) => Self::Failed,
        }
    }
}

impl From<&state::Notice> for NoticeView {
    fn from(notice: &state::Notice) -> Self {
        let body = match &notice.body {
            Said::Removed { profile, name } => NoticeBody::Removed {
                profile: profile.to_string(),
                profile_name: name.clone(),
                until: notice.until.map(milliseconds).unwrap_or_default(),
            },
            Said::OpenedOutside { host } => NoticeBody::OpenedOutside { host: host.clone() },
            Said::NoRoom => NoticeBody::NoRoom,
            Said::Failed { about, error } => NoticeBody::Failed { about: about.clone(), error: error.into() },
        };
        Self { id: notice.id.to_string(), body }
    }
}

fn milliseconds(at: Timestamp) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "milliseconds since 1970 fit for 285,000 years")]
    let milliseconds = at.as_millisecond() as f64;
    milliseconds
}

fn number(bytes: u64) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "JavaScript counts in f64; exact to 9 PB")]
    let number = bytes as f64;
    number
}
