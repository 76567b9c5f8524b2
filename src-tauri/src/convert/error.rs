//! Errors as the UI is told of them: code and facts; the words are the UI's.

use sidelight_core::app::error::{Cause, Error};
use sidelight_core::domain::input::{Field, Problem};

use crate::view::{CauseView, ErrorView, FieldView, ProblemView};

impl From<&Error> for ErrorView {
    fn from(error: &Error) -> Self {
        Self { cause: (&error.cause).into(), detail: error.detail.clone() }
    }
}

impl From<&Cause> for CauseView {
    fn from(cause: &Cause) -> Self {
        match cause {
            Cause::Network { host } => Self::Network { host: host.clone() },
            Cause::Certificate { host, issuer } => Self::Certificate { host: host.clone(), issuer: issuer.clone() },
            Cause::Auth { access_key_id } => Self::Auth { access_key_id: access_key_id.clone() },
            Cause::Denied { action, resource } => Self::Denied { action: action.clone(), resource: resource.clone() },
            Cause::MfaNeeded => Self::MfaNeeded,
            Cause::MfaWrong => Self::MfaWrong,
            Cause::MfaReused { seconds } => Self::MfaReused { seconds: *seconds },
            Cause::Expired => Self::Expired,
            Cause::Throttled => Self::Throttled,
            Cause::ClockSkew { minutes } => Self::ClockSkew { minutes: *minutes },
            Cause::KeychainLocked => Self::KeychainLocked,
            Cause::KeychainMissing => Self::KeychainMissing,
            Cause::KeychainUnavailable => Self::KeychainUnavailable,
            Cause::KeychainDenied => Self::KeychainDenied,
            Cause::Disk { path, free_bytes } => {
                #[expect(clippy::cast_precision_loss, reason = "JavaScript counts in f64")]
                let free_bytes = free_bytes.map(|bytes| bytes as f64);
                Self::Disk { path: path.display().to_string(), free_bytes }
            }
            Cause::Corrupt { file, restored_from, moved_to } => Self::Corrupt {
                file: file.display().to_string(),
                restored_from: restored_from.clone(),
                moved_to: moved_to.as_ref().map(|path| path.display().to_string()),
            },
            Cause::Policy { host } => Self::Policy { host: host.clone() },
            Cause::Engine => Self::Engine,
            Cause::NoDisplay => Self::NoDisplay,
            Cause::NoHandler => Self::NoHandler,
            Cause::LinkExpired => Self::LinkExpired,
            Cause::Refused { host, status } => Self::Refused { host: host.clone(), status: *status },
            Cause::Damaged => Self::Damaged,
            Cause::Exists { name } => Self::Exists { name: name.clone() },
            Cause::WrongAccount { expected, found } => {
                Self::WrongAccount { expected: expected.to_string(), found: found.to_string() }
            }
            Cause::Conflict => Self::Conflict,
            Cause::Link => Self::Link,
            Cause::Input(error) => Self::Input { field: error.field.into(), problem: error.problem.into() },
            Cause::Bug => Self::Bug,
        }
    }
}

impl From<Field> for FieldView {
    fn from(field: Field) -> Self {
        match field {
            Field::Name => Self::Name,
            Field::Group => Self::Group,
            Field::Mark => Self::Mark,
            Field::Account => Self::Account,
            Field::Partition => Self::Partition,
            Field::Region => Self::Region,
            Field::AccessKeyId => Self::AccessKeyId,
            Field::SecretAccessKey => Self::SecretAccessKey,
            Field::RoleArn => Self::RoleArn,
            Field::Site => Self::Site,
            Field::ExternalId => Self::ExternalId,
            Field::SessionPolicyArn => Self::SessionPolicyArn,
            Field::Duration => Self::Duration,
            Field::Sts => Self::Sts,
            Field::SignIn => Self::SignIn,
            Field::Console => Self::Console,
            Field::S3 => Self::S3,
            Field::Service => Self::Service,
            Field::Page => Self::Page,
            Field::Shortcut => Self::Shortcut,
            Field::Link => Self::Link,
            Field::ImportFile => Self::ImportFile,
            Field::S3Uri => Self::S3Uri,
            Field::LocalPath => Self::LocalPath,
            Field::Pattern => Self::Pattern,
            Field::Look => Self::Look,
            Field::IdleMinutes => Self::IdleMinutes,
            Field::From => Self::From,
            Field::MfaSerial => Self::MfaSerial,
            Field::MfaCode => Self::MfaCode,
            Field::TotpSeed => Self::TotpSeed,
            Field::RoleSessionName => Self::RoleSessionName,
            Field::SourceIdentity => Self::SourceIdentity,
            Field::SessionTag => Self::SessionTag,
            Field::ConfigProfile => Self::ConfigProfile,
            Field::StartUrl => Self::StartUrl,
            Field::PermissionSet => Self::PermissionSet,
            Field::SignInAccount => Self::SignInAccount,
            Field::UserName => Self::UserName,
            Field::ReadOnly => Self::ReadOnly,
            Field::Iam => Self::Iam,
            Field::Sso => Self::Sso,
            Field::SsoOidc => Self::SsoOidc,
        }
    }
}

impl From<Problem> for ProblemView {
    fn from(problem: Problem) -> Self {
        match problem {
            Problem::Missing => Self::Missing,
            Problem::TooLong => Self::TooLong,
            Problem::Malformed => Self::Malformed,
            Problem::Taken => Self::Taken,
            Problem::Unknown => Self::Unknown,
            Problem::NotSecure => Self::NotSecure,
            Problem::OutOfRange => Self::OutOfRange,
            Problem::Contradicts => Self::Contradicts,
            Problem::Differs => Self::Differs,
            Problem::NotAKey => Self::NotAKey,
            Problem::KeptForPages => Self::KeptForPages,
            Problem::InUse => Self::InUse,
            Problem::Reserved => Self::Reserved,
            Problem::Foreign => Self::Foreign,
            Problem::Cycle => Self::Cycle,
            Problem::GivesNothing => Self::GivesNothing,
            Problem::NotActivated => Self::NotActivated,
            Problem::NotOfS3 => Self::NotOfS3,
            Problem::NotWithSource => Self::NotWithSource,
        }
    }
}
