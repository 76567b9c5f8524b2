//! What a draft says of the source of credentials.
//!
//! Not the rest of the profile. Grows with the sources.

use super::{ProfileDraft, said};
use crate::domain::book::Book;
use crate::domain::input::{Field, InputError, Problem};
use crate::domain::profile::{AwsAccountId, ProfileId, Region};
use crate::domain::source::{
    AccessKeyId, AccessKeySource, AccountOrAlias, ConfigProfileName, ConfigProfileSource, ExternalId,
    IdentityCenterSource, MfaSerial, PageSource, PermissionSetName, PolicyArn, Role, RoleArn, RoleSessionName,
    RoleSource, SessionTag, Source, SourceIdentity, SourceKind, StartUrl, Through, UserName,
};

impl ProfileDraft {
    pub(super) fn finish_source(&self, id: &ProfileId, book: &Book) -> Result<Source, InputError> {
        Ok(match self.source {
            SourceKind::AccessKey => Source::AccessKey(self.access_key()?),
            SourceKind::Role => Source::Role(self.role_through(id, book)?),
            SourceKind::IdentityCenter => Source::IdentityCenter(IdentityCenterSource {
                start_url: StartUrl::parse(&self.start_url)?,
                region: Region::parse(&self.sso_region)?,
                account: AwsAccountId::parse(&self.account)?,
                permission_set: PermissionSetName::parse(&self.permission_set)?,
            }),
            SourceKind::ConfigProfile => Source::ConfigProfile(ConfigProfileSource {
                name: ConfigProfileName::parse(&self.config_profile)?,
                duration: self.duration,
            }),
            SourceKind::Page => Source::Page(PageSource {
                account: AccountOrAlias::parse(&self.sign_in_account)?,
                user: said(&self.user_name).map(UserName::parse).transpose()?,
            }),
        })
    }

    fn access_key(&self) -> Result<AccessKeySource, InputError> {
        let key_id = AccessKeyId::parse(&self.access_key_id)?;
        let through = match said(&self.role_arn) {
            Some(arn) => Through::Role(self.role(arn)?),
            None if self.says_more_of_a_role() => return Err(InputError::new(Field::RoleArn, Problem::Missing)),
            None => Through::Federation {
                policy: match said(&self.session_policy_arn) {
                    Some(policy) => PolicyArn::parse(policy)?,
                    None => PolicyArn::administrator_access("aws"),
                },
            },
        };
        Ok(AccessKeySource { key_id, through, duration: self.duration })
    }

    fn role_through(&self, id: &ProfileId, book: &Book) -> Result<RoleSource, InputError> {
        let from = said(&self.from).ok_or(InputError::new(Field::From, Problem::Missing))?;
        let own_name = self.name.trim().to_lowercase() == from.to_lowercase();
        let from = match book.find(from) {
            Some(from) => from.id.clone(),
            None if own_name => id.clone(),
            None => return Err(InputError::new(Field::From, Problem::Unknown)),
        };
        Ok(RoleSource { from, role: self.role(&self.role_arn)?, duration: self.duration })
    }

    fn role(&self, arn: &str) -> Result<Role, InputError> {
        SessionTag::check_all(&self.session_tags)?;
        Ok(Role {
            arn: RoleArn::parse(arn)?,
            external_id: said(&self.external_id).map(ExternalId::parse).transpose()?,
            mfa: said(&self.mfa_serial).map(MfaSerial::parse).transpose()?,
            session_name: said(&self.role_session_name).map(RoleSessionName::parse).transpose()?,
            source_identity: said(&self.source_identity).map(SourceIdentity::parse).transpose()?,
            tags: self.session_tags.clone(),
        })
    }

    fn says_more_of_a_role(&self) -> bool {
        let texts = [&self.external_id, &self.mfa_serial, &self.role_session_name, &self.source_identity];
        texts.into_iter().any(|text| said(text).is_some()) || !self.session_tags.is_empty()
    }

    pub(super) fn say_source(&mut self, source: &Source) {
        self.source = source.kind();
        self.duration = source.duration();
        if let Some(role) = source.role() {
            self.say_role(role);
        }
        match source {
            Source::AccessKey(source) => {
                source.key_id.as_str().clone_into(&mut self.access_key_id);
                if let Through::Federation { policy } = &source.through {
                    policy.as_str().clone_into(&mut self.session_policy_arn);
                }
            }
            Source::Role(source) => self.from = source.from.to_string(),
            Source::IdentityCenter(source) => {
                source.start_url.as_str().clone_into(&mut self.start_url);
                self.sso_region = source.region.to_string();
                source.permission_set.as_str().clone_into(&mut self.permission_set);
                self.account = source.account.to_string();
            }
            Source::ConfigProfile(source) => source.name.as_str().clone_into(&mut self.config_profile),
            Source::Page(source) => {
                source.account.as_str().clone_into(&mut self.sign_in_account);
                self.user_name = text(source.user.as_ref().map(UserName::as_str));
            }
        }
    }

    fn say_role(&mut self, role: &Role) {
        role.arn.as_str().clone_into(&mut self.role_arn);
        self.external_id = text(role.external_id.as_ref().map(ExternalId::as_str));
        self.mfa_serial = text(role.mfa.as_ref().map(MfaSerial::as_str));
        self.role_session_name = text(role.session_name.as_ref().map(RoleSessionName::as_str));
        self.source_identity = text(role.source_identity.as_ref().map(SourceIdentity::as_str));
        self.session_tags.clone_from(&role.tags);
    }
}

/// The account that a source names by itself.
pub(super) fn account_of(source: &Source) -> Option<AwsAccountId> {
    match source {
        Source::IdentityCenter(source) => Some(source.account.clone()),
        Source::Page(source) => source.account.account(),
        _ => source.role().map(|role| role.arn.account().clone()),
    }
}

/// The policy of AWS's own that bounds a session, spelled as the partition's ARNs are.
///
/// # Errors
/// [`Problem::Contradicts`] for a policy of another partition.
pub(super) fn bounded(mut source: Source, arn_partition: &str) -> Result<Source, InputError> {
    if let Source::AccessKey(AccessKeySource { through: Through::Federation { policy }, .. }) = &mut source {
        if *policy == PolicyArn::administrator_access("aws") {
            *policy = PolicyArn::administrator_access(arn_partition);
        }
        if policy.partition() != arn_partition {
            return Err(InputError::new(Field::SessionPolicyArn, Problem::Contradicts));
        }
    }
    Ok(source)
}

fn text(said: Option<&str>) -> String {
    said.unwrap_or_default().to_owned()
}
