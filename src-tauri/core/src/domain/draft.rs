//! Drafts: a profile or partition as typed, and its way to a checked one.
//!
//! The same for the window's form, for `side add` and for imports. What a draft says of the source
//! is checked in `draft/source`. Grows with what the user can say.

mod source;

use super::book::Book;
use super::guard::Guards;
use super::input::{Field, InputError, Problem};
use super::mark::MarkWord;
use super::partition::{Endpoint, OwnPartition, Partition, PartitionName};
use super::profile::{AwsAccountId, Group, Profile, ProfileId, ProfileName, Region};
use super::source::{SessionDuration, SessionTag, SourceKind};

/// A profile as typed; an empty text says nothing.
#[derive(Clone, Debug, Default)]
pub struct ProfileDraft {
    /// Required.
    pub name: String,
    /// Its group.
    pub group: String,
    /// Its mark's word.
    pub mark: String,
    /// Its guards.
    pub guards: GuardsDraft,
    /// Empty: taken from the role, else from the first sign-in.
    pub account: String,
    /// Empty: the role's, else `aws`.
    pub partition: String,
    /// Empty: the partition's first.
    pub region: String,
    /// The user's own sites, one address each; empty ones say nothing.
    pub sites: Vec<String>,
    /// Which of the fields below count.
    pub source: SourceKind,
    /// Of an access key; required.
    pub access_key_id: String,
    /// Of a role through another profile: that profile's name or id; required.
    pub from: String,
    /// Of an access key, where it is empty: GetFederationToken. Of a role: required.
    pub role_arn: String,
    /// With a role only.
    pub external_id: String,
    /// With a role only: the device whose code it asks for.
    pub mfa_serial: String,
    /// With a role only; empty: `sidelight`.
    pub role_session_name: String,
    /// With a role only.
    pub source_identity: String,
    /// With a role only.
    pub session_tags: Vec<SessionTag>,
    /// Of an access key without a role; empty: AdministratorAccess.
    pub session_policy_arn: String,
    /// `None`: the longest that AWS grants.
    pub duration: Option<SessionDuration>,
    /// Of a profile of `~/.aws`: its name there.
    pub config_profile: String,
    /// Of Identity Center: the access portal's address.
    pub start_url: String,
    /// Of Identity Center: the region that it runs in.
    pub sso_region: String,
    /// Of Identity Center: the permission set.
    pub permission_set: String,
    /// Of a sign-in page: the account's id or alias.
    pub sign_in_account: String,
    /// Of a sign-in page: the user's name, to be filled in.
    pub user_name: String,
}

/// A profile's guards as chosen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum GuardsDraft {
    /// As they are: a form without guards changes none. A new profile has those of its mark.
    #[default]
    AsBefore,
    /// Those that come with its mark.
    OfMark,
    /// Its own.
    Own(Guards),
}

impl GuardsDraft {
    fn finish(self, id: &ProfileId, book: &Book) -> Option<Guards> {
        match self {
            Self::AsBefore => book.profile(id).and_then(|profile| profile.guards),
            Self::OfMark => None,
            Self::Own(guards) => Some(guards),
        }
    }
}

impl ProfileDraft {
    /// Checks every field; `book` knows the partitions, and the profile as it was.
    ///
    /// # Errors
    /// The first field that does not fit.
    pub fn finish(self, id: ProfileId, book: &Book) -> Result<Profile, InputError> {
        let name = ProfileName::parse(&self.name)?;
        let group = said(&self.group).map(Group::parse).transpose()?;
        let mark = said(&self.mark).map(MarkWord::parse).transpose()?;
        let source = self.finish_source(&id, book)?;
        let through = (self.source == SourceKind::Role).then(|| book.find(&self.from)).flatten();
        let by_region = said(&self.region).and_then(Partition::of_region);
        let partition = PartitionName::parse(match (said(&self.partition), source.role(), through) {
            (Some(partition), _, _) => partition,
            (None, _, Some(through)) => through.partition.as_str(),
            (None, Some(role), None) => role.arn.partition(),
            (None, None, None) => by_region.as_ref().map_or("aws", Partition::name),
        })?;
        let known = book.partition(&partition).ok_or(InputError::new(Field::Partition, Problem::Unknown))?;
        let region = match (said(&self.region), through) {
            (Some(region), _) => Region::parse(region)?,
            (None, Some(through)) if through.partition == partition => through.region.clone(),
            (None, _) => Region::parse(known.default_region())?,
        };
        let is_elsewhere = |theirs: &Partition| theirs.name() != known.name();
        if matches!(known, Partition::BuiltIn(_)) && by_region.as_ref().is_some_and(is_elsewhere) {
            return Err(InputError::new(Field::Region, Problem::Contradicts));
        }
        let account = match said(&self.account) {
            Some(account) => Some(AwsAccountId::parse(account)?),
            None => self::source::account_of(&source),
        };
        let guards = self.guards.finish(&id, book);
        let sites = self.sites.iter().filter_map(|site| said(site));
        let sites = sites.map(|site| Endpoint::parse(site, Field::Site)).collect::<Result<_, _>>()?;
        let source = self::source::bounded(source, known.arn_partition())?;
        Ok(Profile { id, name, group, account, partition, region, mark, guards, sites, source })
    }
}

impl From<&Profile> for ProfileDraft {
    fn from(profile: &Profile) -> Self {
        let mut draft = Self {
            name: profile.name.to_string(),
            group: profile.group.as_ref().map(ToString::to_string).unwrap_or_default(),
            mark: profile.mark.as_ref().map(|mark| mark.as_str().to_owned()).unwrap_or_default(),
            guards: profile.guards.map_or(GuardsDraft::OfMark, GuardsDraft::Own),
            account: profile.account.as_ref().map(ToString::to_string).unwrap_or_default(),
            partition: profile.partition.to_string(),
            region: profile.region.to_string(),
            sites: profile.sites.iter().map(|site| site.url().to_string()).collect(),
            ..Self::default()
        };
        draft.say_source(&profile.source);
        draft
    }
}

/// An own partition as typed.
#[derive(Clone, Debug, Default)]
pub struct PartitionDraft {
    /// Required.
    pub name: String,
    /// Required.
    pub sts: String,
    /// Required.
    pub sign_in: String,
    /// At least one.
    pub consoles: Vec<String>,
    /// May be empty.
    pub s3: String,
    /// May be empty.
    pub iam: String,
    /// May be empty.
    pub sso: String,
    /// May be empty.
    pub sso_oidc: String,
    /// None: `us-east-1`.
    pub regions: Vec<String>,
}

impl PartitionDraft {
    /// Checks every field.
    ///
    /// # Errors
    /// The first field that does not fit.
    pub fn finish(self) -> Result<OwnPartition, InputError> {
        let consoles = self.consoles.iter().filter_map(|console| said(console));
        let consoles =
            consoles.map(|console| Endpoint::parse(console, Field::Console)).collect::<Result<Vec<_>, _>>()?;
        if consoles.is_empty() {
            return Err(InputError::new(Field::Console, Problem::Missing));
        }
        let mut regions =
            self.regions.iter().filter_map(|region| said(region)).map(Region::parse).collect::<Result<Vec<_>, _>>()?;
        if regions.is_empty() {
            regions.push(Region::parse("us-east-1")?);
        }
        Ok(OwnPartition {
            name: PartitionName::parse(&self.name)?,
            sts: Endpoint::parse(&self.sts, Field::Sts)?,
            sign_in: Endpoint::parse(&self.sign_in, Field::SignIn)?,
            consoles,
            s3: said(&self.s3).map(|s3| Endpoint::parse(s3, Field::S3)).transpose()?,
            iam: said(&self.iam).map(|iam| Endpoint::parse(iam, Field::Iam)).transpose()?,
            sso: said(&self.sso).map(|sso| Endpoint::parse(sso, Field::Sso)).transpose()?,
            sso_oidc: said(&self.sso_oidc).map(|oidc| Endpoint::parse(oidc, Field::SsoOidc)).transpose()?,
            regions,
        })
    }
}

fn said(text: &str) -> Option<&str> {
    let text = text.trim();
    (!text.is_empty()).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::book::BookChange;
    use crate::domain::source::{PolicyArn, Source, Through};

    fn draft() -> ProfileDraft {
        ProfileDraft {
            name: "acme prod".to_owned(),
            access_key_id: "AKIAIOSFODNN7EXAMPLE".to_owned(),
            ..ProfileDraft::default()
        }
    }

    fn finish(draft: ProfileDraft) -> Result<Profile, InputError> {
        draft.finish(ProfileId::parse("a")?, &Book::default())
    }

    #[test]
    fn partition_account_and_region_follow_from_the_role() -> Result<(), InputError> {
        let role_arn = "arn:aws-cn:iam::111122223333:role/Admin".to_owned();
        let profile = finish(ProfileDraft { role_arn, ..draft() })?;
        assert_eq!(profile.partition.as_str(), "aws-cn");
        assert_eq!(profile.region.as_str(), "cn-north-1");
        assert_eq!(profile.account, Some(AwsAccountId::parse("111122223333")?));
        Ok(())
    }

    #[test]
    fn without_a_role_the_session_gets_what_the_user_may_do() -> Result<(), InputError> {
        let Source::AccessKey(source) = finish(draft())?.source else { panic!("a key was given") };
        assert_eq!(source.through, Through::Federation { policy: PolicyArn::administrator_access("aws") });
        Ok(())
    }

    #[test]
    fn the_field_at_fault_is_named() {
        let field = |draft| finish(draft).map_err(|error| error.field);
        assert_eq!(field(ProfileDraft { name: String::new(), ..draft() }), Err(Field::Name));
        assert_eq!(field(ProfileDraft { partition: "mine".to_owned(), ..draft() }), Err(Field::Partition));
        assert_eq!(field(ProfileDraft { external_id: "x1".to_owned(), ..draft() }), Err(Field::RoleArn));
        assert_eq!(field(ProfileDraft { account: "12".to_owned(), ..draft() }), Err(Field::Account));
    }

    #[test]
    fn an_own_site_is_https_or_this_very_machine_and_its_pages_are_the_profiles() -> Result<(), InputError> {
        let sites = |site: &str| vec![site.to_owned(), String::new()];
        let profile = finish(ProfileDraft { sites: sites("https://admin.acme.example/"), ..draft() })?;
        assert!(profile.own_page("https://admin.acme.example/orders?id=1").is_some());
        for foreign in ["https://acme.example/", "https://admin.acme.example:8443/", "http://admin.acme.example/", "x"]
        {
            assert_eq!(profile.own_page(foreign), None, "{foreign}");
        }
        assert_eq!(finish(ProfileDraft::from(&profile))?, profile);
        let refused = finish(ProfileDraft { sites: sites("http://admin.acme.example/"), ..draft() });
        assert_eq!(refused.map(|_| ()), Err(InputError::new(Field::Site, Problem::NotSecure)));
        Ok(())
    }

    #[test]
    fn a_form_without_guards_changes_none() -> Result<(), InputError> {
        let own = Guards { confirm_open: true, ..Guards::NONE };
        let profile = finish(ProfileDraft { guards: GuardsDraft::Own(own), ..draft() })?;
        assert_eq!(profile.guards, Some(own));
        let mut book = Book::default();
        book.apply(BookChange::Save(Box::new(profile.clone())))?;
        let edited = |guards| ProfileDraft { guards, ..draft() }.finish(profile.id.clone(), &book);
        assert_eq!(edited(GuardsDraft::AsBefore)?.guards, Some(own));
        assert_eq!(edited(GuardsDraft::OfMark)?.guards, None);
        assert_eq!(ProfileDraft::from(&profile).guards, GuardsDraft::Own(own));
        Ok(())
    }

    #[test]
    fn a_profile_becomes_a_draft_and_the_same_profile_again() -> Result<(), InputError> {
        let profile = finish(ProfileDraft { group: "Acme".to_owned(), mark: "PROD".to_owned(), ..draft() })?;
        assert_eq!(finish(ProfileDraft::from(&profile))?, profile);
        Ok(())
    }
}
