//! From the state to what the UI is told.
//!
//! The one place where the domain becomes views; nothing secret can pass, since the state holds
//! no secret.

mod bookmark;
mod download;
mod drawer;
mod error;
mod layout;
pub mod marks;
mod portal;
mod source;
mod tab;

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use jiff::Timestamp;
use sidelight_core::app::renewal::Renewal;
use sidelight_core::app::sessions::{SessionState, TestState};
use sidelight_core::app::settings::ScreenShare;
use sidelight_core::app::state::{self, NoticeBody as Said, State};
use sidelight_core::domain::draft::ProfileDraft;
use sidelight_core::domain::partition::Partition;
use sidelight_core::domain::profile::{Profile, ProfileId};
use sidelight_core::domain::recent::{RecentPage, RecentPages};
use sidelight_core::domain::session::{SessionEnd, StoreId};

use crate::view::*;
use marks::Marks;

/// Makes views, and uses again what is costly with many profiles and has not changed.
#[derive(Default)]
pub struct Views {
    marks: Option<Marks>,
    groups: Option<(Listed, Arc<Vec<GroupView>>)>,
    downloads: download::Rows,
}

/// What the list of profiles is made of.
#[derive(PartialEq)]
struct Listed {
    sessions: HashMap<StoreId, SessionState>,
    tests: HashMap<ProfileId, TestState>,
    screen_share: Option<ScreenShare>,
    recent: RecentPages,
    renewals: HashMap<StoreId, Renewal>,
}

impl Views {
    /// What there is to show now.
    pub fn of(&mut self, state: &State) -> View {
        if self.marks.as_ref().is_none_or(|marks| !marks.are_of(&state.book)) {
            self.marks = Some(Marks::of(&state.book));
            self.groups = None;
            self.downloads = download::Rows::default();
        }
        let marks = self.marks.as_ref().expect("they were made above");
        let listed = Listed {
            sessions: state.sessions.clone(),
            tests: state.tests.clone(),
            screen_share: state.settings.screen_share.clone(),
            recent: state.workspace.recent_pages().clone(),
            renewals: state.renewals.clone(),
        };
        let groups = match self.groups.take() {
            Some((known, groups)) if known == listed => groups,
            _ => Arc::new(groups(state, marks)),
        };
        let view = View {
            groups: groups.clone(),
            partitions: partitions(state),
            tabs: state.workspace.tabs().iter().map(|tab| tab::view(state, tab, marks)).collect(),
            downloads: self.downloads.of(state, marks),
            notices: state.notices.iter().filter(|notice| may_be_seen(state, notice)).map(Into::into).collect(),
            layout: state.into(),
            drawer: drawer::drawer(state, marks),
            rules: rules(state),
            bookmarks: bookmark::bookmarks(state),
            actions: layout::actions(&state.settings.bindings),
            memory: memory(state),
            mfa: source::codes(state, marks),
            config_profiles: source::config_profiles(state),
            found_in_aws: source::found_in_aws(state),
            importing: source::importing(state),
            portal: portal::portal(state),
            lock: state.lock.as_ref().map(Into::into),
        };
        self.groups = Some((listed, groups));
        view
    }
}

/// In MiB, of profiles that may be seen.
fn memory(state: &State) -> BTreeMap<String, u32> {
    let seen = state.memory.iter().filter(|(profile, _)| !state.is_hidden(profile));
    seen.map(|(profile, bytes)| (profile.to_string(), u32::try_from(bytes >> 20).unwrap_or(u32::MAX))).collect()
}

/// Those that may be seen: an own one that only hidden profiles use may name their client.
fn partitions(state: &State) -> Vec<PartitionView> {
    let is_shown = |partition: &Partition| {
        let own = matches!(partition, Partition::Own(_)) && state.settings.screen_share.is_some();
        let uses_it =
            |profile: &Profile| profile.partition.as_str() == partition.name() && !state.is_hidden(&profile.id);
        !own || state.book.profiles().iter().any(uses_it)
    };
    state.book.partitions().filter(is_shown).map(|partition| (&partition).into()).collect()
}

/// None while the screen is shared: their patterns may name other clients.
fn rules(state: &State) -> Vec<RuleView> {
    let shown = state.book.rules().iter().filter(|_| state.settings.screen_share.is_none());
    shown.map(Into::into).collect()
}

/// What names a profile that is hidden now is not shown.
fn may_be_seen(state: &State, notice: &state::Notice) -> bool {
    let Some(share) = &state.settings.screen_share else { return true };
    let hidden = |name: &str| {
        let mut profiles = state.book.profiles().iter().chain(state.book.removed().iter().map(|gone| &gone.profile));
        profiles.any(|profile| profile.name.as_str() == name && !share.shows(profile))
    };
    match &notice.body {
        Said::Removed { name, .. } | Said::NotFollowed { name, .. } | Said::UnsavedInput { name } => !hidden(name),
        Said::Failed { about: Some(about), .. } => !hidden(about),
        Said::NoProfileForLink { .. } => false,
        Said::BookmarkRemoved(bookmark, _) => !state.is_bookmark_hidden(bookmark),
        _ => true,
    }
}

impl View {
    /// The sections in which `self` differs from what was told before.
    pub fn since(&self, before: &Self) -> ViewChange {
        fn changed<T: Clone + PartialEq>(now: &T, before: &T) -> Option<T> {
            (now != before).then(|| now.clone())
        }
        ViewChange {
            groups: (!Arc::ptr_eq(&self.groups, &before.groups)).then(|| self.groups.clone()),
            partitions: changed(&self.partitions, &before.partitions),
            tabs: changed(&self.tabs, &before.tabs),
            downloads: download::change(&self.downloads, &before.downloads),
            notices: changed(&self.notices, &before.notices),
            layout: changed(&self.layout, &before.layout),
            drawer: changed(&self.drawer, &before.drawer),
            rules: changed(&self.rules, &before.rules),
            bookmarks: changed(&self.bookmarks, &before.bookmarks),
            actions: changed(&self.actions, &before.actions),
            memory: changed(&self.memory, &before.memory),
            mfa: changed(&self.mfa, &before.mfa),
            config_profiles: changed(&self.config_profiles, &before.config_profiles),
            found_in_aws: changed(&self.found_in_aws, &before.found_in_aws),
            importing: changed(&self.importing, &before.importing),
            portal: changed(&self.portal, &before.portal),
            lock: changed(&self.lock, &before.lock),
        }
    }
}

/// Profiles without a group first, then groups in the order of their first profile.
fn groups(state: &State, marks: &Marks) -> Vec<GroupView> {
    let mut groups: Vec<GroupView> = vec![GroupView { name: None, profiles: Vec::new() }];
    let mut places = std::collections::HashMap::from([(None, 0)]);
    for profile in state.book.profiles().iter().filter(|profile| !state.is_hidden(&profile.id)) {
        let name = profile.group.as_ref().map(ToString::to_string);
        let place = *places.entry(name.clone()).or_insert_with(|| {
            groups.push(GroupView { name, profiles: Vec::new() });
            groups.len() - 1
        });
        groups[place].profiles.push(profile_view(state, profile, marks));
    }
    groups.retain(|group| !group.profiles.is_empty());
    groups
}

fn profile_view(state: &State, profile: &Profile, marks: &Marks) -> ProfileView {
    let (mark, reason) = marks.marked(&profile.id);
    let source = &profile.source;
    let role = source.role();
    let text = |said: Option<&str>| said.map(str::to_owned);
    let draft = ProfileDraft::from(profile);
    let said = |text: String| Some(text).filter(|text| !text.is_empty());
    ProfileView {
        id: profile.id.to_string(),
        name: profile.name.to_string(),
        group: profile.group.as_ref().map(ToString::to_string),
        account: profile.account.as_ref().map(ToString::to_string),
        partition: profile.partition.to_string(),
        region: profile.region.to_string(),
        mark,
        reason,
        given_mark: profile.mark.as_ref().map(|word| word.as_str().to_owned()),
        own_guards: profile.guards.map(Into::into),
        guards: state.book.guards_of(profile).into(),
        source: source.kind().into(),
        from_profile: said(draft.from),
        mfa_serial: said(draft.mfa_serial),
        role_session_name: said(draft.role_session_name),
        source_identity: said(draft.source_identity),
        session_tags: role.iter().flat_map(|role| &role.tags).map(Into::into).collect(),
        config_profile: said(draft.config_profile),
        start_url: said(draft.start_url),
        sso_region: said(draft.sso_region),
        permission_set: said(draft.permission_set),
        sign_in_account: said(draft.sign_in_account),
        user_name: said(draft.user_name),
        access_key_id: text(source.key_id().map(|key_id| key_id.as_str())),
        role_arn: said(draft.role_arn),
        external_id: said(draft.external_id),
        session_policy_arn: said(draft.session_policy_arn),
        duration_seconds: source.duration().map(|duration| duration.seconds()),
        sites: profile.sites.iter().map(|site| site.url().to_string()).collect(),
        session: session_view(state, profile),
        recent: state.workspace.recent_pages().of(&profile.id).map(Into::into).collect(),
        test: state.tests.get(&profile.id).map(Into::into),
    }
}

/// With full rights, where there is such a session; else the read-only one.
fn session_view(state: &State, profile: &Profile) -> SessionView {
    let found = StoreId::both(&profile.id).into_iter().find_map(|store| state.sessions.get(&store));
    let renewing = StoreId::both(&profile.id).iter().any(|store| state.renewals.contains_key(store));
    match found.map_or(SessionView::SignedOut, Into::into) {
        SessionView::SignedIn { identity, since, ends_at, end, .. } => {
            SessionView::SignedIn { identity, since, ends_at, end, renewing }
        }
        other => other,
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
            iam: own.and_then(|own| own.iam.as_ref()).map(|iam| iam.url().to_string()),
            sso: own.and_then(|own| own.sso.as_ref()).map(|sso| sso.url().to_string()),
            sso_oidc: own.and_then(|own| own.sso_oidc.as_ref()).map(|oidc| oidc.url().to_string()),
        }
    }
}

impl From<&RecentPage> for RecentPageView {
    fn from(recent: &RecentPage) -> Self {
        Self { title: recent.title.clone(), page: recent.below_console().to_owned() }
    }
}

impl From<&SessionState> for SessionView {
    fn from(state: &SessionState) -> Self {
        match state {
            SessionState::SigningIn(_) | SessionState::Entering { .. } => Self::SigningIn,
            SessionState::SignedIn(session) => Self::SignedIn {
                identity: session.identity.short(),
                since: milliseconds(session.started_at),
                ends_at: milliseconds(session.ends_at),
                end: session.end.into(),
                renewing: false,
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
            SessionEnd::ChainedRole => Self::ChainedRole,
            SessionEnd::PermissionSet => Self::PermissionSet,
            SessionEnd::Unknown => Self::Unknown,
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

impl From<&state::Notice> for NoticeView {
    fn from(notice: &state::Notice) -> Self {
        let body = match &notice.body {
            Said::Removed { profile, name } => NoticeBody::Removed {
                profile: profile.to_string(),
                profile_name: name.clone(),
                until: notice.until.map(milliseconds).unwrap_or_default(),
            },
            Said::BookmarkRemoved(bookmark, _) => NoticeBody::BookmarkRemoved {
                bookmark: bookmark.id.to_string(),
                name: bookmark.name.to_string(),
                until: notice.until.map(milliseconds).unwrap_or_default(),
            },
            Said::OpenedOutside { host } => NoticeBody::OpenedOutside { host: host.clone() },
            Said::NoRoom => NoticeBody::NoRoom,
            Said::UnsavedInput { name } => NoticeBody::UnsavedInput { profile_name: name.clone() },
            Said::Copied { host } => NoticeBody::Copied { host: host.clone() },
            Said::NotFollowed { tab, name } => {
                NoticeBody::NotFollowed { tab: tab.to_string(), profile_name: name.clone() }
            }
            Said::NoProfileForLink { account, link } => {
                NoticeBody::NoProfileForLink { account: account.clone(), link: link.clone() }
            }
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
