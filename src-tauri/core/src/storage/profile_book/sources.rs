//! How a profile's source is spelled in `profiles.toml`: one table of five, below `[[profile]]`.
//!
//! Not what it means (`domain::source`). Grows with it; an older Sidelight must not miss what is
//! new, so that needs a newer schema (`format`).

use serde::Deserialize;
use toml_edit::{Array, Item, Table, TableLike};

use super::document::{set, set_or_remove};
use super::format::Text;
use crate::domain::input::{Field, InputError, Problem};
use crate::domain::profile::{AwsAccountId, ProfileId, Region};
use crate::domain::source::{
    AccessKeyId, AccessKeySource, AccountOrAlias, ConfigProfileName, ConfigProfileSource, ExternalId,
    IdentityCenterSource, MfaSerial, PageSource, PermissionSetName, PolicyArn, Role, RoleArn, RoleSessionName,
    RoleSource, SessionDuration, SessionTag, Source, SourceIdentity, StartUrl, Through, UserName,
};

/// The tables, of which a profile has one.
const TABLES: [&str; 5] = ["access_key", "role", "identity_center", "config_profile", "sign_in_page"];

/// Of `[profile.access_key]`.
#[derive(Deserialize)]
pub(super) struct AccessKeyFormat<'a> {
    #[serde(borrow)]
    pub(super) id: Text<'a>,
    #[serde(borrow)]
    pub(super) role: Option<Text<'a>>,
    #[serde(borrow)]
    pub(super) external_id: Option<Text<'a>>,
    #[serde(borrow)]
    pub(super) session_policy: Option<Text<'a>>,
    pub(super) duration_seconds: Option<u32>,
    #[serde(flatten)]
    pub(super) more: MoreOfRole,
}

/// Of `[profile.role]`.
#[derive(Deserialize)]
pub(super) struct RoleFormat {
    from: String,
    role: String,
    external_id: Option<String>,
    duration_seconds: Option<u32>,
    #[serde(flatten)]
    more: MoreOfRole,
}

/// What few roles are told.
#[derive(Default, Deserialize)]
pub(super) struct MoreOfRole {
    mfa_serial: Option<String>,
    role_session_name: Option<String>,
    source_identity: Option<String>,
    #[serde(default)]
    session_tags: Vec<String>,
}

/// Of `[profile.identity_center]`.
#[derive(Deserialize)]
pub(super) struct IdentityCenterFormat {
    start_url: String,
    region: String,
    account: String,
    permission_set: String,
}

/// Of `[profile.config_profile]`.
#[derive(Deserialize)]
pub(super) struct ConfigProfileFormat {
    name: String,
    duration_seconds: Option<u32>,
}

/// Of `[profile.sign_in_page]`.
#[derive(Deserialize)]
pub(super) struct PageFormat {
    account: String,
    user: Option<String>,
}

impl AccessKeyFormat<'_> {
    pub(super) fn source(&self) -> Result<Source, InputError> {
        let through = match (&self.role, &self.session_policy) {
            (Some(role), None) => Through::Role(self.more.role(role, self.external_id.as_deref())?),
            (None, Some(policy)) if self.external_id.is_none() => {
                Through::Federation { policy: PolicyArn::parse(policy)? }
            }
            (None, None) => return Err(InputError::new(Field::RoleArn, Problem::Missing)),
            _ => return Err(InputError::new(Field::RoleArn, Problem::Contradicts)),
        };
        Ok(Source::AccessKey(AccessKeySource {
            key_id: AccessKeyId::parse(&self.id)?,
            through,
            duration: duration(self.duration_seconds)?,
        }))
    }
}

impl RoleFormat {
    pub(super) fn source(&self) -> Result<Source, InputError> {
        Ok(Source::Role(RoleSource {
            from: ProfileId::parse(&self.from)?,
            role: self.more.role(&self.role, self.external_id.as_deref())?,
            duration: duration(self.duration_seconds)?,
        }))
    }
}

impl MoreOfRole {
    fn role(&self, arn: &str, external_id: Option<&str>) -> Result<Role, InputError> {
        let tags = self.session_tags.iter().map(|tag| SessionTag::parse(tag)).collect::<Result<Vec<_>, _>>()?;
        SessionTag::check_all(&tags)?;
        Ok(Role {
            arn: RoleArn::parse(arn)?,
            external_id: external_id.map(ExternalId::parse).transpose()?,
            mfa: self.mfa_serial.as_deref().map(MfaSerial::parse).transpose()?,
            session_name: self.role_session_name.as_deref().map(RoleSessionName::parse).transpose()?,
            source_identity: self.source_identity.as_deref().map(SourceIdentity::parse).transpose()?,
            tags,
        })
    }
}

impl IdentityCenterFormat {
    pub(super) fn source(&self) -> Result<Source, InputError> {
        Ok(Source::IdentityCenter(IdentityCenterSource {
            start_url: StartUrl::parse(&self.start_url)?,
            region: Region::parse(&self.region)?,
            account: AwsAccountId::parse(&self.account)?,
            permission_set: PermissionSetName::parse(&self.permission_set)?,
        }))
    }
}

impl ConfigProfileFormat {
    pub(super) fn source(&self) -> Result<Source, InputError> {
        Ok(Source::ConfigProfile(ConfigProfileSource {
            name: ConfigProfileName::parse(&self.name)?,
            duration: duration(self.duration_seconds)?,
        }))
    }
}

impl PageFormat {
    pub(super) fn source(&self) -> Result<Source, InputError> {
        Ok(Source::Page(PageSource {
            account: AccountOrAlias::parse(&self.account)?,
            user: self.user.as_deref().map(UserName::parse).transpose()?,
        }))
    }
}

fn duration(seconds: Option<u32>) -> Result<Option<SessionDuration>, InputError> {
    seconds.map(SessionDuration::from_seconds).transpose()
}

/// Whether a Sidelight of schema 1 would miss something of it.
pub(super) fn is_new_to_schema_1(source: &Source) -> bool {
    let says_more = |role: &Role| {
        role.mfa.is_some() || role.session_name.is_some() || role.source_identity.is_some() || !role.tags.is_empty()
    };
    !matches!(source, Source::AccessKey(_)) || source.role().is_some_and(says_more)
}

/// Writes the source's table, and takes away the one of another source.
pub(super) fn write_source(profile: &mut Table, source: &Source) {
    match source {
        Source::AccessKey(source) => {
            let table = table(profile, "access_key");
            set(table, "id", source.key_id.as_str());
            let (role, policy) = match &source.through {
                Through::Role(role) => (Some(role), None),
                Through::Federation { policy } => (None, Some(policy.as_str())),
            };
            write_role(table, role);
            set_or_remove(table, "session_policy", policy);
            write_duration(table, source.duration);
        }
        Source::Role(source) => {
            let table = table(profile, "role");
            set(table, "from", source.from.as_str());
            write_role(table, Some(&source.role));
            write_duration(table, source.duration);
        }
        Source::IdentityCenter(source) => {
            let table = table(profile, "identity_center");
            set(table, "start_url", source.start_url.as_str());
            set(table, "region", source.region.as_str());
            set(table, "account", source.account.as_str());
            set(table, "permission_set", source.permission_set.as_str());
        }
        Source::ConfigProfile(source) => {
            let table = table(profile, "config_profile");
            set(table, "name", source.name.as_str());
            write_duration(table, source.duration);
        }
        Source::Page(source) => {
            let table = table(profile, "sign_in_page");
            set(table, "account", source.account.as_str());
            set_or_remove(table, "user", source.user.as_ref().map(UserName::as_str));
        }
    }
}

fn write_role(table: &mut dyn TableLike, role: Option<&Role>) {
    let tags: Array = role.iter().flat_map(|role| &role.tags).map(SessionTag::spelled).collect();
    set_or_remove(table, "role", role.map(|role| role.arn.as_str()));
    set_or_remove(table, "external_id", role.and_then(|role| role.external_id.as_ref()).map(ExternalId::as_str));
    set_or_remove(table, "mfa_serial", role.and_then(|role| role.mfa.as_ref()).map(MfaSerial::as_str));
    let session_name = role.and_then(|role| role.session_name.as_ref()).map(RoleSessionName::as_str);
    set_or_remove(table, "role_session_name", session_name);
    let source_identity = role.and_then(|role| role.source_identity.as_ref()).map(SourceIdentity::as_str);
    set_or_remove(table, "source_identity", source_identity);
    set_or_remove(table, "session_tags", Some(tags).filter(|tags| !tags.is_empty()));
}

fn write_duration(table: &mut dyn TableLike, duration: Option<SessionDuration>) {
    set_or_remove(table, "duration_seconds", duration.map(|duration| i64::from(duration.seconds())));
}

/// The profile's table of that name, made where it is missing; those of other sources go.
fn table<'a>(profile: &'a mut Table, name: &str) -> &'a mut dyn TableLike {
    for other in TABLES.into_iter().filter(|other| *other != name) {
        if profile.get(other).is_some_and(Item::is_table_like) {
            profile.remove(other);
        }
    }
    if !profile.get(name).is_some_and(Item::is_table_like) {
        let mut table = Table::new();
        table.decor_mut().set_prefix("");
        profile.insert(name, Item::Table(table));
    }
    profile.get_mut(name).and_then(Item::as_table_like_mut).expect("it was made above")
}
