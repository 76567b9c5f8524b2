//! Way: how a profile's credentials are got, from what lies at rest to the profile, link by link.
//!
//! Nothing secret, and not the calls (`app::credentials`). Two profiles that share the beginning
//! of their ways share what is got there. Grows by a base for each further source.

use std::path::PathBuf;

use super::book::Book;
use super::input::{Field, InputError, Problem};
use super::profile::{Profile, ProfileId, ProfileName};
use super::source::{
    AccessKeyId, ConfigProfileName, IdentityCenterSource, MfaSerial, PolicyArn, Role, RoleArn, RoleSource,
    SessionDuration, Source, Through,
};

/// A base, then roles, each assumed with what was got before.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Way {
    /// What lies at rest.
    pub base: Base,
    /// In order; the last one is the profile's own.
    pub steps: Vec<Step>,
    /// What bounds the session where no role follows a long-term key.
    pub policy: Option<PolicyArn>,
}

/// What lies at rest.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Base {
    /// A profile's long-term key in the keychain.
    Keychain {
        /// Whose.
        profile: ProfileId,
        /// Its public half.
        key_id: AccessKeyId,
    },
    /// What a profile of `~/.aws` describes, still to be read.
    ConfigProfile(ConfigProfileName),
    /// The keys that a profile of `~/.aws` holds.
    ConfigKeys(ConfigProfileName),
    /// The variables that the AWS CLI reads: `credential_source = Environment`.
    Environment,
    /// A command that prints credentials: `credential_process`.
    Process(String),
    /// A token in a file, and the role that it opens: `web_identity_token_file`.
    WebIdentity {
        /// The role.
        role: Box<Role>,
        /// The token's file.
        token_file: PathBuf,
    },
    /// What `aws login` has kept for a session: `login_session`.
    Login(String),
    /// A permission set of Identity Center.
    IdentityCenter(IdentityCenterSource),
}

/// One role on the way.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Step {
    /// Which.
    pub role: Role,
    /// Asked-for length; `None` for the longest that AWS grants.
    pub duration: Option<SessionDuration>,
}

impl Way {
    /// Whether its credentials are those of a role that was assumed with credentials of a role:
    /// such ones last at most an hour. Source: IAM user guide, "Roles terms and concepts".
    #[must_use]
    pub fn is_chained(&self) -> bool {
        let base_is_a_role = !matches!(self.base, Base::Keychain { .. } | Base::ConfigKeys(_) | Base::Environment);
        self.steps.len() > usize::from(!base_is_a_role)
    }

    /// The device that the first role asks a code of: only a user has devices.
    #[must_use]
    pub fn device(&self) -> Option<&MfaSerial> {
        self.steps.first().and_then(|step| step.role.mfa.as_ref())
    }

    /// Whether both begin with the same base and ask the same device, for different roles: then one
    /// code opens both, through a session of the user's.
    #[must_use]
    pub fn shares_device(&self, other: &Self) -> bool {
        let role = |way: &Self| way.steps.first().map(|step| step.role.clone());
        self.device().is_some()
            && self.device() == other.device()
            && self.base == other.base
            && role(self) != role(other)
    }

    /// Who comes out.
    fn who(&self) -> (&Base, Vec<&RoleArn>, Option<&PolicyArn>) {
        (&self.base, self.steps.iter().map(|step| &step.role.arn).collect(), self.policy.as_ref())
    }

    /// The other way, continued by this one's steps.
    #[must_use]
    pub fn behind(self, mut first: Self) -> Self {
        first.steps.extend(self.steps);
        first.policy = self.policy.or(first.policy);
        first
    }
}

impl Book {
    /// How a profile's credentials are got. The profile need not be in the book yet.
    ///
    /// # Errors
    /// The profile to come through: [`Problem::Cycle`], [`Problem::Unknown`], or
    /// [`Problem::GivesNothing`] for a sign-in page, which has no credentials.
    pub fn way(&self, profile: &Profile) -> Result<Way, InputError> {
        let line = self.line(profile)?;
        let wrong = |problem| InputError::new(Field::From, problem);
        let base = line.last().ok_or(wrong(Problem::Unknown))?;
        let alone = line.len() == 1;
        let mut way = match &base.source {
            Source::AccessKey(source) => {
                let base = Base::Keychain { profile: base.id.clone(), key_id: source.key_id.clone() };
                match &source.through {
                    Through::Role(role) => {
                        let step = Step { role: role.clone(), duration: source.duration };
                        Way { base, steps: vec![step], policy: None }
                    }
                    Through::Federation { policy } => {
                        Way { base, steps: Vec::new(), policy: alone.then(|| policy.clone()) }
                    }
                }
            }
            Source::ConfigProfile(source) => {
                Way { base: Base::ConfigProfile(source.name.clone()), steps: Vec::new(), policy: None }
            }
            Source::IdentityCenter(source) => {
                Way { base: Base::IdentityCenter(source.clone()), steps: Vec::new(), policy: None }
            }
            Source::Page(_) if alone => return Err(InputError::new(Field::SignInAccount, Problem::GivesNothing)),
            Source::Page(_) => return Err(wrong(Problem::GivesNothing)),
            Source::Role(_) => return Err(wrong(Problem::Cycle)),
        };
        way.steps.extend(line.iter().rev().filter_map(|profile| match &profile.source {
            Source::Role(source) => Some(Step { role: source.role.clone(), duration: source.duration }),
            _ => None,
        }));
        Ok(way)
    }

    /// Whether a profile signs in as somebody else than in the book before: into another account, or by another key,
    /// role or policy, its own or one on its way. What a session says of itself, and how long it lasts, makes no other.
    #[must_use]
    pub fn became_somebody_else(&self, id: &ProfileId, before: &Self) -> bool {
        let (Some(new), Some(old)) = (self.profile(id), before.profile(id)) else { return false };
        let other_account = new.account.as_ref().zip(old.account.as_ref()).is_some_and(|(new, old)| new != old);
        let other_keys = match (self.way(new), before.way(old)) {
            (Ok(new), Ok(old)) => new.who() != old.who(),
            _ => new.source != old.source,
        };
        other_account || other_keys || new.partition != old.partition
    }

    /// The names through which a profile comes back to itself, the first one again at the end;
    /// `None` where it does not.
    #[must_use]
    pub fn cycle(&self, profile: &Profile) -> Option<Vec<ProfileName>> {
        let mut seen: Vec<&Profile> = vec![profile];
        while let Source::Role(RoleSource { from, .. }) = &seen.last()?.source {
            if let Some(at) = seen.iter().position(|before| before.id == *from) {
                let again = seen[at].name.clone();
                return Some(seen[at..].iter().map(|profile| profile.name.clone()).chain([again]).collect());
            }
            seen.push(self.profile(from)?);
        }
        None
    }

    /// The profile, the one that it comes through, and so on to the one that stands by itself.
    fn line<'book>(&'book self, profile: &'book Profile) -> Result<Vec<&'book Profile>, InputError> {
        let mut line = vec![profile];
        while let Some(Source::Role(RoleSource { from, .. })) = line.last().map(|last| &last.source) {
            if line.iter().any(|before| before.id == *from) {
                return Err(InputError::new(Field::From, Problem::Cycle));
            }
            line.push(self.profile(from).ok_or(InputError::new(Field::From, Problem::Unknown))?);
        }
        Ok(line)
    }

    /// Whether another profile's way shares the device's code with this one.
    #[must_use]
    pub fn shares_device(&self, way: &Way, except: &ProfileId) -> bool {
        let others = self.profiles().iter().filter(|other| other.id != *except);
        others.filter_map(|other| self.way(other).ok()).any(|theirs| theirs.shares_device(way))
    }
}

#[cfg(test)]
#[path = "way_tests.rs"]
mod tests;
