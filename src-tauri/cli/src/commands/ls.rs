//! `side ls`: all profiles, as a table or as JSON. Never a secret.

use std::io::{self, Write};

use clap::Args;
use serde::Serialize;
use sidelight_core::domain::book::Book;
use sidelight_core::domain::mark::{Colour, Mark};
use sidelight_core::domain::profile::Profile;
use sidelight_core::domain::source::{
    AccessKeySource, ExternalId, MfaSerial, PolicyArn, RoleSessionName, Source, SourceIdentity, Through, UserName,
};
use sidelight_core::storage::home::Home;

use crate::book;
use crate::failure::Failure;
use crate::output;
use crate::table::{Cell, Table};

/// Show all profiles
///
/// In the order of the window: the mark, the name, the group, the account (once it is known), the
/// region, and how it gets in: a role, a federation token, Identity Center, ~/.aws, or a sign-in page.
#[derive(Debug, Args)]
#[command(after_help = HELP)]
pub struct Ls {
    /// One JSON document
    #[arg(long)]
    json: bool,
}

const HELP: &str = "\
Examples:
  side ls
  side ls --json | jq -r '.[] | select(.mark == \"PROD\") | .name'

Asks nothing: neither the keychain nor AWS. Exit codes: 0 done, 1 the profiles cannot be read";

/// A profile, as scripts get it; what few profiles have is left out where it is not there.
#[derive(Serialize)]
struct ProfileLine<'a> {
    id: &'a str,
    name: &'a str,
    group: Option<&'a str>,
    account: Option<&'a str>,
    partition: &'a str,
    region: &'a str,
    mark: Option<&'a str>,
    source: &'static str,
    access_key_id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    from: Option<&'a str>,
    role: Option<&'a str>,
    external_id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    mfa_serial: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    role_session_name: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    source_identity: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    session_tags: Vec<String>,
    session_policy: Option<&'a str>,
    duration_seconds: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    config_profile: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    start_url: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sso_region: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    permission_set: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sign_in_account: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    user: Option<&'a str>,
}

impl Ls {
    pub fn run(self, home: &Home) -> Result<(), Failure> {
        let book = book::load(home)?.book;
        if self.json {
            return output::json(
                &book.profiles().iter().map(|profile| ProfileLine::of(&book, profile)).collect::<Vec<_>>(),
            );
        }
        if book.profiles().is_empty() {
            output::remark("No profiles yet. `side add access-key --help` shows how to add one");
            return Ok(());
        }
        let rows = book.profiles().iter().zip(book.marks()).map(|(profile, mark)| row(&book, profile, &mark)).collect();
        let table = Table::new(["MARK", "NAME", "GROUP", "ACCOUNT", "REGION", "HOW"], rows);
        let mut stdout = output::lines();
        table.write(&mut stdout, output::wants_colour(&io::stdout()))?;
        Ok(stdout.flush()?)
    }
}

fn row(book: &Book, profile: &Profile, mark: &Mark) -> [Cell; 6] {
    let how = match (&profile.source, profile.source.role()) {
        (Source::Role(_), Some(role)) => {
            format!("role/{} through {}", role.arn.name(), from(book, profile).unwrap_or("?"))
        }
        (_, Some(role)) => format!("role/{}", role.arn.name()),
        (Source::IdentityCenter(source), _) => format!("{} of Identity Center", source.permission_set.as_str()),
        (Source::ConfigProfile(source), _) => format!("~/.aws profile {}", source.name.as_str()),
        (Source::Page(_), _) => "sign-in page".to_owned(),
        (Source::AccessKey(_) | Source::Role(_), None) => "federation".to_owned(),
    };
    [
        match &mark.word {
            Some(word) => Cell::coloured(word.as_str(), ansi(mark.colour)),
            None => Cell::from(""),
        },
        profile.name.as_str().into(),
        profile.group.as_ref().map(|group| group.as_str()).into(),
        profile.account.as_ref().map(|account| account.as_str()).into(),
        profile.region.as_str().into(),
        how.as_str().into(),
    ]
}

/// The nearest that a terminal has; production stands out without colour too.
fn ansi(colour: Colour) -> &'static str {
    match colour {
        Colour::Red => "1;97;41",
        Colour::Amber => "33",
        Colour::Green => "32",
        Colour::Blue => "34",
        Colour::Violet | Colour::Pink => "35",
        Colour::Teal => "36",
        Colour::Slate => "90",
    }
}

/// The name of the profile that it comes through.
fn from<'a>(book: &'a Book, profile: &Profile) -> Option<&'a str> {
    match &profile.source {
        Source::Role(source) => book.profile(&source.from).map(|from| from.name.as_str()),
        _ => None,
    }
}

impl<'a> ProfileLine<'a> {
    fn of(book: &'a Book, profile: &'a Profile) -> Self {
        let role = profile.source.role();
        let mut line = Self {
            id: profile.id.as_str(),
            name: profile.name.as_str(),
            group: profile.group.as_ref().map(|group| group.as_str()),
            account: profile.account.as_ref().map(|account| account.as_str()),
            partition: profile.partition.as_str(),
            region: profile.region.as_str(),
            mark: profile.mark.as_ref().map(|mark| mark.as_str()),
            source: profile.source.kind().word(),
            access_key_id: profile.source.key_id().map(|key_id| key_id.as_str()),
            from: from(book, profile),
            role: role.map(|role| role.arn.as_str()),
            external_id: role.and_then(|role| role.external_id.as_ref()).map(ExternalId::as_str),
            mfa_serial: role.and_then(|role| role.mfa.as_ref()).map(MfaSerial::as_str),
            role_session_name: role.and_then(|role| role.session_name.as_ref()).map(RoleSessionName::as_str),
            source_identity: role.and_then(|role| role.source_identity.as_ref()).map(SourceIdentity::as_str),
            session_tags: role.iter().flat_map(|role| &role.tags).map(|tag| tag.spelled()).collect(),
            session_policy: None,
            duration_seconds: profile.source.duration().map(|duration| duration.seconds()),
            config_profile: None,
            start_url: None,
            sso_region: None,
            permission_set: None,
            sign_in_account: None,
            user: None,
        };
        match &profile.source {
            Source::AccessKey(AccessKeySource { through: Through::Federation { policy }, .. }) => {
                line.session_policy = Some(PolicyArn::as_str(policy));
            }
            Source::AccessKey(_) | Source::Role(_) => {}
            Source::ConfigProfile(source) => line.config_profile = Some(source.name.as_str()),
            Source::IdentityCenter(source) => {
                line.start_url = Some(source.start_url.as_str());
                line.sso_region = Some(source.region.as_str());
                line.permission_set = Some(source.permission_set.as_str());
            }
            Source::Page(source) => {
                line.sign_in_account = Some(source.account.as_str());
                line.user = source.user.as_ref().map(UserName::as_str);
            }
        }
        line
    }
}
