//! What a profile of the files means: which source of credentials it describes, in the AWS CLI's
//! own order, and through which other profiles. `tests/aws_config/README.md` says where that order
//! was read.
//!
//! Nobody is asked. `mfa_serial` and `duration_seconds` count.

use std::path::Path;

use super::reading::{AwsSections, File};
use super::words;
use crate::domain::import::Unusable;
use crate::domain::input::InputError;
use crate::domain::profile::{AwsAccountId, Region};
use crate::domain::source::{
    ConfigProfileName, ExternalId, IdentityCenterSource, MfaSerial, PermissionSetName, Role, RoleArn, RoleSessionName,
    SessionDuration, StartUrl,
};
use crate::domain::way::{Base, Step, Way};

/// How a profile's credentials are got.
pub(super) fn way(sections: &AwsSections, profile: &str) -> Result<Way, Unusable> {
    if !sections.has(profile) {
        return Err(Unusable::Unknown);
    }
    Resolve { sections, seen: Vec::new() }.profile(profile)
}

struct Resolve<'a> {
    sections: &'a AwsSections,
    seen: Vec<String>,
}

impl Resolve<'_> {
    fn get(&self, profile: &str, key: &str) -> Option<&str> {
        self.sections.get(profile, key)
    }

    fn full(&self, profile: &str, key: &str) -> Option<&str> {
        self.get(profile, key).filter(|text| !text.is_empty())
    }

    fn has_role(&self, profile: &str) -> bool {
        self.get(profile, "role_arn").is_some() && self.get(profile, "web_identity_token_file").is_none()
    }

    fn profile(&mut self, profile: &str) -> Result<Way, Unusable> {
        if self.has_role(profile) { self.role(profile) } else { self.by_itself(profile) }
    }

    /// A role with the credentials of another profile, or of a place.
    fn role(&mut self, profile: &str) -> Result<Way, Unusable> {
        self.seen.push(profile.to_owned());
        let parent = self.get(profile, "source_profile").map(str::to_owned);
        let place = self.get(profile, "credential_source").map(str::to_owned);
        let mut way = match (parent, place.as_deref()) {
            (Some(_), Some(_)) => return Err(Unusable::Contradiction("source_profile and credential_source")),
            (None, None) => return Err(Unusable::Incomplete("source_profile")),
            (None, Some("Environment")) => bare(Base::Environment),
            (None, Some(place @ ("Ec2InstanceMetadata" | "EcsContainer"))) => {
                return Err(Unusable::UnsupportedSource(place.to_owned()));
            }
            (None, Some(_)) => return Err(Unusable::Malformed("credential_source")),
            (Some(parent), None) => self.parent(profile, &parent)?,
        };
        way.steps.push(self.step(profile)?);
        Ok(way)
    }

    fn parent(&mut self, profile: &str, parent: &str) -> Result<Way, Unusable> {
        if !self.sections.has(parent) {
            return Err(Unusable::MissingParent(parent.to_owned()));
        }
        let has_keys = ["aws_access_key_id", "aws_secret_access_key"].iter().any(|key| self.get(parent, key).is_some());
        // A profile may name itself, and then means its own keys.
        if let Some(from) = self.seen.iter().position(|seen| seen == parent)
            && !(parent == profile && has_keys)
        {
            let names = self.seen[from..].iter().cloned().chain([parent.to_owned()]).collect();
            return Err(Unusable::Cycle(names));
        }
        if has_keys || !self.has_role(parent) { self.by_itself(parent) } else { self.role(parent) }
    }

    fn step(&self, profile: &str) -> Result<Step, Unusable> {
        let duration = match self.full(profile, "duration_seconds") {
            Some(text) => {
                let seconds: u32 = text.parse().map_err(|_| Unusable::Malformed("duration_seconds"))?;
                Some(SessionDuration::from_seconds(seconds).map_err(|_| Unusable::Malformed("duration_seconds"))?)
            }
            None => None,
        };
        let mfa = self.full(profile, "mfa_serial").map(MfaSerial::parse).transpose();
        let external_id = self.full(profile, "external_id").map(ExternalId::parse).transpose();
        let role = Role {
            external_id: external_id.map_err(|_| Unusable::Malformed("external_id"))?,
            mfa: mfa.map_err(|_| Unusable::Malformed("mfa_serial"))?,
            ..self.plain_role(profile)?
        };
        Ok(Step { role, duration })
    }

    fn plain_role(&self, profile: &str) -> Result<Role, Unusable> {
        let arn = self.full(profile, "role_arn").ok_or(Unusable::Incomplete("role_arn"))?;
        let session_name = self.full(profile, "role_session_name").map(RoleSessionName::parse).transpose();
        Ok(Role {
            session_name: session_name.map_err(|_| Unusable::Malformed("role_session_name"))?,
            ..Role::plain(RoleArn::parse(arn).map_err(|_| Unusable::Malformed("role_arn"))?)
        })
    }

    /// Without another profile, in the AWS CLI's order.
    fn by_itself(&self, profile: &str) -> Result<Way, Unusable> {
        if let Some(file) = self.full(profile, "web_identity_token_file") {
            let role = Box::new(self.plain_role(profile)?);
            return Ok(bare(Base::WebIdentity { role, token_file: file.into() }));
        }
        if let Some(source) = self.identity_center(profile)? {
            return Ok(bare(Base::IdentityCenter(source)));
        }
        if let Some(keys) = self.keys(File::Credentials, profile)? {
            return Ok(bare(keys));
        }
        match self.get(profile, "login_session") {
            Some("") => return Err(Unusable::Incomplete("login_session")),
            Some(session) => return Ok(bare(Base::Login(session.to_owned()))),
            None => {}
        }
        if let Some(source) = self.granted(profile)? {
            return Ok(bare(Base::IdentityCenter(source)));
        }
        if let Some(command) = self.get(profile, "credential_process") {
            let words = words::split(command).ok_or(Unusable::Malformed("credential_process"))?;
            return match words.as_slice() {
                [] => Err(Unusable::Incomplete("credential_process")),
                [program, command, ..] if command == "credentials" && is_side(program) => Err(Unusable::Own),
                _ => Ok(bare(Base::Process(command.to_owned()))),
            };
        }
        let nothing = match self.get(profile, "web_identity_token_file") {
            Some(_) => Unusable::Incomplete("web_identity_token_file"),
            None => Unusable::Nothing,
        };
        self.keys(File::Config, profile)?.map(bare).ok_or(nothing)
    }

    fn keys(&self, file: File, profile: &str) -> Result<Option<Base>, Unusable> {
        let said = |key: &str| self.sections.of_file(file, profile, key);
        let full = |key: &str| said(key).filter(|text| !text.is_empty());
        let name = || ConfigProfileName::parse(profile).map_err(|_| Unusable::Unknown);
        match (said("aws_access_key_id"), said("aws_secret_access_key")) {
            (None, None) => Ok(None),
            _ if full("aws_access_key_id").is_none() => Err(Unusable::Incomplete("aws_access_key_id")),
            _ if full("aws_secret_access_key").is_none() => Err(Unusable::Incomplete("aws_secret_access_key")),
            _ => Ok(Some(Base::ConfigKeys(name()?))),
        }
    }

    /// Granted says Identity Center's facts in keys of its own, beside a command that runs Granted.
    /// Source: its documentation, "granted sso generate".
    fn granted(&self, profile: &str) -> Result<Option<IdentityCenterSource>, Unusable> {
        const KEYS: [&str; 4] =
            ["granted_sso_start_url", "granted_sso_region", "granted_sso_account_id", "granted_sso_role_name"];
        let [Some(start_url), Some(region), Some(account), Some(role)] = KEYS.map(|key| self.full(profile, key)) else {
            return Ok(None);
        };
        let malformed = |at: usize| move |_: InputError| Unusable::Malformed(KEYS[at]);
        Ok(Some(IdentityCenterSource {
            start_url: StartUrl::parse(start_url).map_err(malformed(0))?,
            region: Region::parse(region).map_err(malformed(1))?,
            account: AwsAccountId::parse(account).map_err(malformed(2))?,
            permission_set: PermissionSetName::parse(role).map_err(malformed(3))?,
        }))
    }

    fn identity_center(&self, profile: &str) -> Result<Option<IdentityCenterSource>, Unusable> {
        const KEYS: [&str; 4] = ["sso_start_url", "sso_region", "sso_account_id", "sso_role_name"];
        if ["sso_account_id", "sso_role_name"].iter().all(|key| self.get(profile, key).is_none()) {
            return match self.get(profile, "sso_session") {
                None if self.get(profile, "sso_start_url").is_some() => Err(Unusable::Incomplete("sso_account_id")),
                _ => Ok(None),
            };
        }
        let session = self.get(profile, "sso_session");
        let of_session = |key: &str| session.and_then(|session| self.sections.of_sso_session(session, key).flatten());
        if let Some(session) = session {
            self.sections.of_sso_session(session, "").ok_or(Unusable::Incomplete("the sso-session's section"))?;
            let differs = |key: &str| {
                let both = self.get(profile, key).zip(of_session(key));
                both.is_some_and(|(ours, theirs)| ours != theirs)
            };
            if KEYS.iter().any(|key| differs(key)) {
                return Err(Unusable::Contradiction("the profile and its sso-session"));
            }
        }
        let said = |key: &'static str, in_session: bool| {
            let found = of_session(key).or_else(|| self.get(profile, key).filter(|_| session.is_none() || !in_session));
            found.filter(|text| !text.is_empty()).ok_or(Unusable::Incomplete(key))
        };
        let [start_url, region, account, role] = KEYS;
        let malformed = |key: &'static str| move |_: InputError| Unusable::Malformed(key);
        Ok(Some(IdentityCenterSource {
            start_url: StartUrl::parse(said(start_url, true)?).map_err(malformed(start_url))?,
            region: Region::parse(said(region, true)?).map_err(malformed(region))?,
            account: AwsAccountId::parse(said(account, false)?).map_err(malformed(account))?,
            permission_set: PermissionSetName::parse(said(role, false)?).map_err(malformed(role))?,
        }))
    }
}

fn is_side(program: &str) -> bool {
    Path::new(program).file_stem().is_some_and(|stem| stem == "side")
}

fn bare(base: Base) -> Way {
    Way { base, steps: Vec::new(), policy: None }
}
