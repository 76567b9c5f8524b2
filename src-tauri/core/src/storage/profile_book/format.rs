//! How the book is spelled in `profiles.toml`, and what that means.
//!
//! Not reading or writing the file. A key that an older Sidelight must not miss needs a new
//! [`SCHEMA`]; one that it may skip does not.

use jiff::Timestamp;
use serde::Deserialize;

use super::bookmarks::BookmarkFormat;
use super::plain;
use super::rules::{GuardsFormat, RuleFormat};
use super::sources::{
    AccessKeyFormat, ConfigProfileFormat, IdentityCenterFormat, PageFormat, RoleFormat, is_new_to_schema_1,
};
use crate::domain::book::{Book, RemovedProfile};
use crate::domain::bookmark::Bookmark;
use crate::domain::input::{Field, InputError, Problem};
use crate::domain::mark::MarkWord;
use crate::domain::partition::{Endpoint, OwnPartition, PartitionName};
use crate::domain::profile::{AwsAccountId, Group, Profile, ProfileId, ProfileName, Region};
use crate::domain::rule::Rule;
use crate::domain::source::Source;

/// The newest that this Sidelight understands. 2 knows other sources than access keys, and more of roles.
const SCHEMA: i64 = 2;

/// The oldest that can say what a book holds: so an older Sidelight keeps its hands off what it
/// would miss, and off nothing else.
pub(super) fn schema_of(book: &Book) -> i64 {
    let all = book.profiles().iter().chain(book.removed().iter().map(|removed| &removed.profile));
    if all.into_iter().any(|profile| is_new_to_schema_1(&profile.source)) { 2 } else { 1 }
}

/// Whether a schema is one that this Sidelight reads and changes.
pub(super) fn is_known(schema: i64) -> bool {
    (1..=SCHEMA).contains(&schema)
}

/// The last line. A file that was cut off between two profiles would else look whole.
pub(super) const END: &str = "# end of the book";

/// What a file is.
#[derive(Debug)]
pub(super) enum Reading {
    /// Whole, and ours to change.
    Whole(Book),
    /// A newer Sidelight's; `None` where not even its profiles are understood.
    Newer(Option<Book>),
    /// Damaged; the words say where.
    Damaged(String),
}

/// Reads a file's bytes.
pub(super) fn read(bytes: &[u8]) -> Reading {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return Reading::Damaged("not UTF-8".to_owned());
    };
    if let Some(book) = plain::read(text).filter(|_| is_whole(text)) {
        return Reading::Whole(book);
    }
    let book = match toml::from_str::<BookFormat>(text) {
        Ok(format) if format.schema > SCHEMA => return Reading::Newer(format.into_book().ok()),
        Ok(format) if is_known(format.schema) => format.into_book().map_err(|error| error.to_string()),
        Ok(format) => Err(format!("schema {} is none", format.schema)),
        Err(_) if schema(text).is_some_and(|schema| schema > SCHEMA) => return Reading::Newer(None),
        Err(error) => Err(error.message().to_owned()),
    };
    match book {
        Ok(book) if is_whole(text) => Reading::Whole(book),
        Ok(_) => Reading::Damaged(format!("cut off: the line \"{END}\" is missing")),
        Err(words) => Reading::Damaged(words),
    }
}

fn is_whole(text: &str) -> bool {
    text.lines().rev().any(|line| line.trim_end() == END)
}

/// The schema that a file says.
pub(super) fn schema(text: &str) -> Option<i64> {
    #[derive(Deserialize)]
    struct Head {
        schema: i64,
    }
    toml::from_str::<Head>(text).ok().map(|head| head.schema)
}

#[derive(Deserialize)]
pub(super) struct BookFormat<'a> {
    pub(super) schema: i64,
    #[serde(borrow)]
    pub(super) profile: Option<Vec<ProfileFormat<'a>>>,
    #[serde(default)]
    partition: Vec<PartitionFormat>,
    #[serde(default, borrow)]
    removed: Vec<ProfileFormat<'a>>,
    #[serde(default)]
    rule: Vec<RuleFormat>,
    #[serde(default)]
    bookmark: Vec<BookmarkFormat>,
}

pub(super) type Text<'a> = std::borrow::Cow<'a, str>;

/// Of `[[profile]]` and `[[removed]]`; only the latter has the last two.
#[derive(Deserialize)]
pub(super) struct ProfileFormat<'a> {
    #[serde(borrow)]
    pub(super) id: Text<'a>,
    #[serde(borrow)]
    pub(super) name: Text<'a>,
    #[serde(borrow)]
    pub(super) group: Option<Text<'a>>,
    #[serde(borrow)]
    pub(super) account: Option<Text<'a>>,
    #[serde(borrow)]
    pub(super) partition: Text<'a>,
    #[serde(borrow)]
    pub(super) region: Text<'a>,
    #[serde(borrow)]
    pub(super) mark: Option<Text<'a>>,
    pub(super) guards: Option<GuardsFormat>,
    #[serde(default)]
    pub(super) sites: Vec<String>,
    #[serde(borrow)]
    pub(super) access_key: Option<AccessKeyFormat<'a>>,
    pub(super) role: Option<RoleFormat>,
    pub(super) identity_center: Option<IdentityCenterFormat>,
    pub(super) config_profile: Option<ConfigProfileFormat>,
    pub(super) sign_in_page: Option<PageFormat>,
    #[serde(borrow)]
    pub(super) removed_at: Option<Text<'a>>,
    #[serde(borrow)]
    pub(super) removed_before: Option<Text<'a>>,
}

#[derive(Deserialize)]
struct PartitionFormat {
    name: String,
    sts: String,
    sign_in: String,
    consoles: Vec<String>,
    s3: Option<String>,
    iam: Option<String>,
    sso: Option<String>,
    sso_oidc: Option<String>,
    regions: Vec<String>,
}

type Parts = (Vec<Profile>, Vec<OwnPartition>, Vec<RemovedProfile>, Vec<Rule>, Vec<Bookmark>);

impl BookFormat<'_> {
    pub(super) fn into_parts(self) -> Result<Parts, InputError> {
        Ok((
            self.profile.iter().flatten().map(ProfileFormat::profile).collect::<Result<_, _>>()?,
            self.partition.into_iter().map(PartitionFormat::into_partition).collect::<Result<_, _>>()?,
            self.removed.iter().map(ProfileFormat::removed).collect::<Result<_, _>>()?,
            self.rule.into_iter().map(RuleFormat::rule).collect::<Result<_, _>>()?,
            self.bookmark.into_iter().map(BookmarkFormat::bookmark).collect::<Result<_, _>>()?,
        ))
    }

    fn into_book(self) -> Result<Book, InputError> {
        let (profiles, partitions, removed, rules, bookmarks) = self.into_parts()?;
        Book::from_parts(profiles, partitions, removed, rules, bookmarks)
    }
}

impl ProfileFormat<'_> {
    pub(super) fn profile(&self) -> Result<Profile, InputError> {
        Ok(Profile {
            id: ProfileId::parse(&self.id)?,
            name: ProfileName::parse(&self.name)?,
            group: self.group.as_deref().map(Group::parse).transpose()?,
            account: self.account.as_deref().map(AwsAccountId::parse).transpose()?,
            partition: PartitionName::parse(&self.partition)?,
            region: Region::parse(&self.region)?,
            mark: self.mark.as_deref().map(MarkWord::parse).transpose()?,
            guards: self.guards.map(GuardsFormat::guards).transpose()?,
            sites: self.sites.iter().map(|site| Endpoint::parse(site, Field::Site)).collect::<Result<_, _>>()?,
            source: self.source()?,
        })
    }

    fn source(&self) -> Result<Source, InputError> {
        let Self { access_key, role, identity_center, config_profile, sign_in_page, .. } = self;
        match (access_key, role, identity_center, config_profile, sign_in_page) {
            (Some(access_key), None, None, None, None) => access_key.source(),
            (None, Some(role), None, None, None) => role.source(),
            (None, None, Some(identity_center), None, None) => identity_center.source(),
            (None, None, None, Some(config_profile), None) => config_profile.source(),
            (None, None, None, None, Some(page)) => page.source(),
            (None, None, None, None, None) => Err(InputError::new(Field::AccessKeyId, Problem::Missing)),
            _ => Err(InputError::new(Field::AccessKeyId, Problem::Contradicts)),
        }
    }

    fn removed(&self) -> Result<RemovedProfile, InputError> {
        let at = self.removed_at.as_deref().and_then(|at| at.parse::<Timestamp>().ok());
        Ok(RemovedProfile {
            profile: self.profile()?,
            at: at.ok_or(InputError::new(Field::Name, Problem::Malformed))?,
            before: self.removed_before.as_deref().map(ProfileId::parse).transpose()?,
        })
    }
}

impl PartitionFormat {
    fn into_partition(self) -> Result<OwnPartition, InputError> {
        if self.consoles.is_empty() {
            return Err(InputError::new(Field::Console, Problem::Missing));
        }
        if self.regions.is_empty() {
            return Err(InputError::new(Field::Region, Problem::Missing));
        }
        let console = |text: &String| Endpoint::parse(text, Field::Console);
        Ok(OwnPartition {
            name: PartitionName::parse(&self.name)?,
            sts: Endpoint::parse(&self.sts, Field::Sts)?,
            sign_in: Endpoint::parse(&self.sign_in, Field::SignIn)?,
            consoles: self.consoles.iter().map(console).collect::<Result<_, _>>()?,
            s3: self.s3.as_deref().map(|text| Endpoint::parse(text, Field::S3)).transpose()?,
            iam: self.iam.as_deref().map(|text| Endpoint::parse(text, Field::Iam)).transpose()?,
            sso: self.sso.as_deref().map(|text| Endpoint::parse(text, Field::Sso)).transpose()?,
            sso_oidc: self.sso_oidc.as_deref().map(|text| Endpoint::parse(text, Field::SsoOidc)).transpose()?,
            regions: self.regions.iter().map(|text| Region::parse(text)).collect::<Result<_, _>>()?,
        })
    }
}
