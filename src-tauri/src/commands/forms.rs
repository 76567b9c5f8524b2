//! Forms on their way into the loop: texts as typed, checked by the core.

use sidelight_core::app::error::Error;
use sidelight_core::app::event::{Reply, Wish};
use sidelight_core::domain::assigned::Portal;
use sidelight_core::domain::draft;
use sidelight_core::domain::import::Choice;
use sidelight_core::domain::input::{Field, InputError, Problem};
use sidelight_core::domain::partition::PartitionName;
use sidelight_core::domain::profile::Region;
use sidelight_core::domain::secret::SecretAccessKey;
use sidelight_core::domain::source::{SessionDuration, SessionTag, StartUrl};

use super::{id, new_id};
use crate::convert::marks;
use crate::request::ProfileDraft;
use crate::view::{ImportChoice, SourceKind};

/// A profile's form.
pub fn save_profile(draft: ProfileDraft, reply: Reply<()>) -> Result<Wish, Error> {
    let has_key = draft.source == SourceKind::AccessKey;
    let secret = draft.secret_access_key.filter(|_| has_key).map(SecretAccessKey::parse).transpose()?;
    let profile = match &draft.id {
        Some(known) => id(known)?,
        None if has_key && secret.is_none() => {
            return Err(InputError::new(Field::SecretAccessKey, Problem::Missing).into());
        }
        None => new_id()?,
    };
    let guards = match &draft.guards {
        Some(own) => draft::GuardsDraft::Own(marks::guards(own)?),
        None => draft::GuardsDraft::OfMark,
    };
    let tags = draft.session_tags.iter();
    let tags = tags.map(|tag| SessionTag::new(&tag.key, &tag.value, tag.transitive)).collect::<Result<_, _>>()?;
    let draft = draft::ProfileDraft {
        name: draft.name,
        group: draft.group,
        mark: draft.mark,
        guards,
        account: draft.account,
        partition: draft.partition,
        region: draft.region,
        sites: draft.sites,
        source: draft.source.into(),
        access_key_id: draft.access_key_id,
        from: draft.from_profile,
        role_arn: draft.role_arn,
        external_id: draft.external_id,
        mfa_serial: draft.mfa_serial,
        role_session_name: draft.role_session_name,
        source_identity: draft.source_identity,
        session_tags: tags,
        session_policy_arn: draft.session_policy_arn,
        duration: draft.duration_seconds.map(SessionDuration::from_seconds).transpose()?,
        config_profile: draft.config_profile,
        start_url: draft.start_url,
        sso_region: draft.sso_region,
        permission_set: draft.permission_set,
        sign_in_account: draft.sign_in_account,
        user_name: draft.user_name,
    };
    Ok(Wish::SaveProfile { profile, draft: Box::new(draft), secret, reply: Some(reply) })
}

/// An access portal.
pub fn portal(start_url: &str, region: &str, partition: &str) -> Result<Portal, Error> {
    Ok(Portal {
        start_url: StartUrl::parse(start_url)?,
        region: Region::parse(region)?,
        partition: PartitionName::parse(partition)?,
    })
}

/// What was chosen to import.
pub fn chosen(rows: Vec<ImportChoice>) -> Vec<Choice> {
    let choice = |row: ImportChoice| {
        let ImportChoice { key, name, group, mark, move_keys } = row;
        Choice { key, name, group, mark, moves_keys: move_keys }
    };
    rows.into_iter().map(choice).collect()
}
