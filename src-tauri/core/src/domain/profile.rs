//! Profile: one named way into one AWS account, and the ids around it.
//!
//! Nothing secret is in here: the secret lies in the keychain under the profile's id.
//! Grows when the user can say more about an account.

use std::fmt;

use url::Url;

use super::guard::Guards;
use super::input::{Field, InputError, Problem};
use super::mark::MarkWord;
use super::partition::{Endpoint, PartitionName};
use super::source::Source;

/// One named way into one AWS account: what the user picks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profile {
    /// Stable for the profile's life; keys its secret and its browser store.
    pub id: ProfileId,
    /// Unique in the book.
    pub name: ProfileName,
    /// The client or team it belongs to.
    pub group: Option<Group>,
    /// Whose console it opens; `None` until the first sign-in tells.
    pub account: Option<AwsAccountId>,
    /// Which of AWS's partitions, or one of the user's own.
    pub partition: PartitionName,
    /// Where the console opens.
    pub region: Region,
    /// The mark that the user gave it.
    pub mark: Option<MarkWord>,
    /// The guards that the user gave it; `None` for those that come with its mark.
    pub guards: Option<Guards>,
    /// The user's own sites whose pages its tabs may show, such as an in-house admin tool.
    pub sites: Vec<Endpoint>,
    /// Where its credentials come from.
    pub source: Source,
}

impl Profile {
    /// A page of one of its own sites; `None` for any other address.
    #[must_use]
    pub fn own_page(&self, page: &str) -> Option<Url> {
        Url::parse(page.trim()).ok().filter(|url| self.has_own_page(url))
    }

    /// Whether a page is of one of its own sites.
    #[must_use]
    pub fn has_own_page(&self, page: &Url) -> bool {
        self.sites.iter().any(|site| site.url().origin() == page.origin())
    }
}

macro_rules! text_newtype {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(String);

        impl $name {
            /// As written.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str(&self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(formatter, "{:?}", self.0)
            }
        }
    };
}

pub(super) use text_newtype;

text_newtype! {
    /// A profile's stable id: lower-case hexadecimal and hyphens, so it is safe as a folder's name.
    ProfileId
}

impl ProfileId {
    /// Takes an id that was made before: 1–64 of `[0-9a-z-]`, not starting with a hyphen.
    ///
    /// # Errors
    /// [`Problem::Malformed`] for anything else: an id from a damaged file must not name a folder.
    pub fn parse(text: &str) -> Result<Self, InputError> {
        random_word(text).map(Self)
    }
}

text_newtype! {
    /// What the user calls a profile: one line, 1–64 characters, trimmed.
    ProfileName
}

impl ProfileName {
    /// Trims and checks.
    ///
    /// # Errors
    /// Empty, too long, or with control characters.
    pub fn parse(text: &str) -> Result<Self, InputError> {
        one_line(text, Field::Name, 64).map(Self)
    }
}

text_newtype! {
    /// The client or team that profiles belong to: one line, 1–64 characters, trimmed.
    Group
}

impl Group {
    /// Trims and checks.
    ///
    /// # Errors
    /// Empty, too long, or with control characters.
    pub fn parse(text: &str) -> Result<Self, InputError> {
        one_line(text, Field::Group, 64).map(Self)
    }
}

text_newtype! {
    /// A region code such as `eu-central-1`; also the free names of emulators.
    Region
}

impl Region {
    /// Trims and checks: 1–32 of `[a-z0-9-]`, starting with a letter (it becomes part of a host's name).
    ///
    /// # Errors
    /// Empty or malformed.
    pub fn parse(text: &str) -> Result<Self, InputError> {
        let text = text.trim();
        if text.is_empty() {
            return Err(InputError::new(Field::Region, Problem::Missing));
        }
        let fits = text.len() <= 32
            && text.starts_with(|first: char| first.is_ascii_lowercase())
            && !text.ends_with('-')
            && text.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-'));
        fits.then(|| Self(text.to_owned())).ok_or(InputError::new(Field::Region, Problem::Malformed))
    }
}

text_newtype! {
    /// An AWS account's id: twelve digits.
    AwsAccountId
}

impl AwsAccountId {
    /// Takes `111122223333`, also as the console writes it, `1111-2222-3333`.
    ///
    /// # Errors
    /// Anything that is not twelve digits.
    pub fn parse(text: &str) -> Result<Self, InputError> {
        let digits: String = text.trim().chars().filter(|character| !matches!(character, '-' | ' ')).collect();
        let fits = digits.len() == 12 && digits.bytes().all(|byte| byte.is_ascii_digit());
        fits.then_some(Self(digits)).ok_or(InputError::new(Field::Account, Problem::Malformed))
    }
}

/// What ids are made of: 1–64 of `[0-9a-z-]`, not starting with a hyphen.
pub(super) fn random_word(text: &str) -> Result<String, InputError> {
    let fits = (1..=64).contains(&text.len())
        && !text.starts_with('-')
        && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'z' | b'-'));
    fits.then(|| text.to_owned()).ok_or(InputError::new(Field::Name, Problem::Malformed))
}

/// One trimmed line of 1 to `most` characters.
pub(super) fn one_line(text: &str, field: Field, most: usize) -> Result<String, InputError> {
    let text = text.trim();
    let problem = if text.is_empty() {
        Problem::Missing
    } else if text.chars().count() > most {
        Problem::TooLong
    } else if text.chars().any(char::is_control) {
        Problem::Malformed
    } else {
        return Ok(text.to_owned());
    };
    Err(InputError::new(field, problem))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_account_is_twelve_digits_with_or_without_the_consoles_hyphens() {
        let plain = AwsAccountId::parse("111122223333");
        assert_eq!(plain, AwsAccountId::parse(" 1111-2222-3333 "));
        assert!(plain.is_ok());
        for wrong in ["", "11112222333", "1111222233334", "11112222333a", "１１１１２２２２３３３３"] {
            assert!(AwsAccountId::parse(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn an_id_cannot_leave_its_folder() {
        for wrong in ["", "..", "a/b", "a\\b", "A", "-a", "a.b", &"a".repeat(65)] {
            assert!(ProfileId::parse(wrong).is_err(), "{wrong}");
        }
        assert!(ProfileId::parse("5f9c2d7e-1").is_ok());
    }

    #[test]
    fn a_region_cannot_smuggle_a_host() {
        for wrong in ["", "eu.central", "eu-central-1/", "evil.example#", "EU", "1eu", "eu-"] {
            assert!(Region::parse(wrong).is_err(), "{wrong}");
        }
        assert!(Region::parse(" eu-central-1 ").is_ok());
    }

    #[test]
    fn a_name_is_one_trimmed_line() {
        assert_eq!(ProfileName::parse("  acme prod ").map(|name| name.to_string()), Ok("acme prod".to_owned()));
        assert_eq!(ProfileName::parse(" ").map_err(|error| error.problem), Err(Problem::Missing));
        assert_eq!(ProfileName::parse("a\nb").map_err(|error| error.problem), Err(Problem::Malformed));
        assert_eq!(ProfileName::parse(&"あ".repeat(65)).map_err(|error| error.problem), Err(Problem::TooLong));
    }
}
