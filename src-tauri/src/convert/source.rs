//! From sources, waiting codes and what `~/.aws` describes to what the UI is told of them.

use sidelight_core::app::import::Importing;
use sidelight_core::app::mfa::WaitingForCode;
use sidelight_core::app::ports;
use sidelight_core::app::state::State;
use sidelight_core::domain::import::{ConfigProfile, Standing};
use sidelight_core::domain::source::{self, SessionTag};

use super::marks::Marks;
use super::milliseconds;
use crate::view::{
    ConfigProfileView, FoundInAwsView, ImportDoneView, ImportRowView, ImportStanding, ImportView, MfaAskView, MfaWhy,
    SessionTagView, SourceKind,
};

impl From<source::SourceKind> for SourceKind {
    fn from(kind: source::SourceKind) -> Self {
        match kind {
            source::SourceKind::AccessKey => Self::AccessKey,
            source::SourceKind::Role => Self::Role,
            source::SourceKind::IdentityCenter => Self::IdentityCenter,
            source::SourceKind::ConfigProfile => Self::ConfigProfile,
            source::SourceKind::Page => Self::Page,
        }
    }
}

impl From<SourceKind> for source::SourceKind {
    fn from(kind: SourceKind) -> Self {
        match kind {
            SourceKind::AccessKey => Self::AccessKey,
            SourceKind::Role => Self::Role,
            SourceKind::IdentityCenter => Self::IdentityCenter,
            SourceKind::ConfigProfile => Self::ConfigProfile,
            SourceKind::Page => Self::Page,
        }
    }
}

impl From<&SessionTag> for SessionTagView {
    fn from(tag: &SessionTag) -> Self {
        Self { key: tag.key().to_owned(), value: tag.value().to_owned(), transitive: tag.transitive }
    }
}

/// Those whose profile may be seen.
pub fn codes(state: &State, marks: &Marks) -> Vec<MfaAskView> {
    let seen = state.codes.iter().filter(|waiting| !state.is_hidden(&waiting.ask.profile));
    seen.map(|waiting| code(waiting, marks)).collect()
}

fn code(waiting: &WaitingForCode, marks: &Marks) -> MfaAskView {
    let ask = &waiting.ask;
    let (why, wait_until) = match ask.why {
        ports::MfaWhy::First => (MfaWhy::First, None),
        ports::MfaWhy::Wrong => (MfaWhy::Wrong, None),
        ports::MfaWhy::Reused { until } => (MfaWhy::Reused, Some(milliseconds(until))),
        ports::MfaWhy::Late { until } => (MfaWhy::Late, Some(milliseconds(until))),
        ports::MfaWhy::Shorter => (MfaWhy::Shorter, None),
    };
    MfaAskView {
        device: ask.device.as_str().to_owned(),
        profile_name: ask.name.to_string(),
        mark: marks.mark(&ask.profile),
        why,
        wait_until,
    }
}

/// What the form offers; none while the screen is shared: the names may be other clients'.
pub fn config_profiles(state: &State) -> Vec<ConfigProfileView> {
    let shown = state.aws.iter().filter(|_| state.settings.screen_share.is_none());
    shown.flat_map(|found| &found.profiles).map(Into::into).collect()
}

impl From<&ConfigProfile> for ConfigProfileView {
    fn from(found: &ConfigProfile) -> Self {
        Self {
            name: found.name.as_str().to_owned(),
            region: found.region.as_ref().map(ToString::to_string),
            account: found.account().map(ToString::to_string),
            how: found.how(),
            problem: found.way.as_ref().err().map(ToString::to_string),
        }
    }
}

/// Told while there is nothing else to begin with.
pub fn found_in_aws(state: &State) -> Option<FoundInAwsView> {
    let found = state.aws.as_ref().filter(|_| state.book.profiles().is_empty())?;
    let usable = found.profiles.iter().filter(|profile| profile.way.is_ok()).count();
    let any = usable > 0 || found.sso_sessions > 0;
    any.then_some(FoundInAwsView { profiles: usable, sso_sessions: found.sso_sessions })
}

/// What is being imported, with the marks that the rules give.
pub fn importing(state: &State) -> Option<ImportView> {
    let importing = state.importing.as_ref().filter(|_| state.settings.screen_share.is_none())?;
    Some(ImportView {
        file: importing.file.clone(),
        rows: rows(state, importing),
        done: importing.done.as_ref().map(|done| ImportDoneView {
            added: done.added,
            changed: done.changed,
            lines_to_delete: done.lines_to_delete.clone(),
            file_to_delete: done.file_to_delete.clone(),
        }),
    })
}

fn rows(state: &State, importing: &Importing) -> Vec<ImportRowView> {
    let profiles: Vec<_> = importing.candidates.iter().filter_map(|one| one.profile.clone()).collect();
    let mut marks = state.book.marked_as(&profiles).into_iter();
    let row = |one: &sidelight_core::domain::import::Candidate| {
        let mark = one.profile.as_ref().and_then(|_| marks.next());
        ImportRowView {
            key: one.found.name.as_str().to_owned(),
            name: one.name.to_string(),
            group: one.group.as_ref().map(ToString::to_string),
            mark: mark.map_or_else(super::marks::no_mark, |marked| (&marked.mark).into()),
            account: one.found.account().map(ToString::to_string),
            region: one.profile.as_ref().map(|profile| profile.region.to_string()).unwrap_or_default(),
            how: one.found.how(),
            state: match one.standing {
                Standing::New => ImportStanding::New,
                Standing::Known => ImportStanding::Known,
                Standing::Changed => ImportStanding::Changed,
                Standing::Cannot => ImportStanding::Cannot,
            },
            problem: one.found.way.as_ref().err().map(ToString::to_string),
            has_keys: one.found.has_keys(),
            runs_command: one.found.command().map(str::to_owned),
        }
    };
    importing.candidates.iter().map(row).collect()
}
