//! A page of the console as a template: the same page in every region and account.
//!
//! Not which profiles it is offered for (`bookmark`) nor where its host is (`partition`). Grows by a
//! placeholder when pages name something more of whoever looks at them.

use url::{Position, Url};

use crate::domain::input::{Field, InputError, Problem};
use crate::domain::link;
use crate::domain::profile::{AwsAccountId, Region, one_line};

const REGION: &str = "{region}";
const ACCOUNT: &str = "{account}";

/// Longer than any address that browsers agree on.
const LONGEST: usize = 8_192;

/// A path (with query and fragment) below a console's host, with `{region}` where the region goes and
/// `{account}` where the account's id does: one page for every profile.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PageTemplate(String);

impl PageTemplate {
    /// From a path of the shipped data, with or without the slash it begins with.
    #[must_use]
    pub(crate) fn new(path: &str) -> Self {
        Self(path.trim_start_matches('/').to_owned())
    }

    /// What somebody wrote: a path with or without the slash it begins with, one line of 1–8192 characters.
    ///
    /// # Errors
    /// [`Field::Page`]: empty, too long, or something else than a path below a console's host.
    pub fn parse(text: &str) -> Result<Self, InputError> {
        let text = one_line(text, Field::Page, LONGEST)?;
        let path = text.strip_prefix('/').unwrap_or(&text);
        // Both slashes begin a host where they stand twice; the other one is a whole address.
        let is_elsewhere = path.starts_with(['/', '\\']) || (path.len() == text.len() && Url::parse(path).is_ok());
        if is_elsewhere {
            return Err(InputError::new(Field::Page, Problem::Malformed));
        }
        Ok(Self(path.to_owned()))
    }

    /// The template of a console's page that is seen in a region and an account: their words are
    /// replaced where they stand as a whole. Tokens of the address are left out.
    ///
    /// `None` where the address is no page that could be kept: not of the web, with a path that begins
    /// like a host, longer than 8192, or with a placeholder's own word in it.
    #[must_use]
    pub fn of(page: &Url, region: Option<&Region>, account: Option<&AwsAccountId>) -> Option<Self> {
        let page = link::clean(page);
        let below = &page[Position::BeforePath..];
        let is_page =
            matches!(page.scheme(), "http" | "https") && ![REGION, ACCOUNT].iter().any(|own| below.contains(own));
        if !is_page {
            return None;
        }
        let mut text = below.to_owned();
        // The region first: an emulator's may be called `account`, as the other placeholder is.
        if let Some(region) = region {
            text = link::replaced(&text, region.as_str(), REGION, is_of_word);
        }
        if let Some(account) = account {
            text = link::replaced(&text, account.as_str(), ACCOUNT, is_of_word);
        }
        Self::parse(&text).ok()
    }

    /// As written, without the slash.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it leads nowhere before the account is known.
    #[must_use]
    pub fn needs_account(&self) -> bool {
        self.0.contains(ACCOUNT)
    }

    /// The path in a region and an account, beginning with a slash, as
    /// [`Destination::page`](crate::domain::sign_in::Destination::page) takes it. `None` where it needs
    /// an account that is not known.
    #[must_use]
    pub fn at(&self, region: &Region, account: Option<&AwsAccountId>) -> Option<String> {
        // The account first: digits cannot spell another placeholder.
        let path = match account {
            Some(account) => self.0.replace(ACCOUNT, account.as_str()),
            None if self.needs_account() => return None,
            None => self.0.clone(),
        };
        Some(format!("/{}", path.replace(REGION, region.as_str())))
    }
}

/// Names such as `logs-eu-central-1` and `assets_111122223333` are somebody's own.
fn is_of_word(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::partition::Partition;
    use crate::domain::sign_in::Destination;

    fn known() -> (Region, AwsAccountId) {
        let region = Region::parse("eu-central-1").expect("a region");
        (region, AwsAccountId::parse("111122223333").expect("an account"))
    }

    fn template(below: &str) -> Option<String> {
        let (region, account) = known();
        let page = Url::parse(&format!("https://eu-central-1.console.aws.amazon.com/{below}")).expect("an address");
        PageTemplate::of(&page, Some(&region), Some(&account)).map(|template| template.0)
    }

    #[test]
    fn a_page_is_a_template_where_region_and_account_stand_as_whole_words() {
        for (page, expected) in [
            ("", ""),
            ("s3/buckets?region=eu-central-1", "s3/buckets?region={region}"),
            (
                "sns/v3/home?region=eu-central-1#/topic/arn:aws:sns:eu-central-1:111122223333:orders",
                "sns/v3/home?region={region}#/topic/arn:aws:sns:{region}:{account}:orders",
            ),
            (
                "sqs/v3/home#/queues/https%3A%2F%2Fsqs.eu-central-1.amazonaws.com%2F111122223333%2Forders",
                "sqs/v3/home#/queues/https%3A%2F%2Fsqs.{region}.amazonaws.com%2F{account}%2Forders",
            ),
            ("logs#$253Aeu-central-1$253A111122223333$253A", "logs#$253A{region}$253A{account}$253A"),
            ("ecr/repositories/private/111122223333/web", "ecr/repositories/private/{account}/web"),
            (
                "ec2#zone=eu-central-1a,logs-eu-central-1,eu-central-1_b",
                "ec2#zone=eu-central-1a,logs-eu-central-1,eu-central-1_b",
            ),
            (
                "s3/buckets/cdk-assets-111122223333?id=1111222233334",
                "s3/buckets/cdk-assets-111122223333?id=1111222233334",
            ),
            ("x?region=eu-central-1&SigninToken=secret", "x?region={region}"),
        ] {
            assert_eq!(template(page).as_deref(), Some(expected), "{page}");
        }
        for not_kept in ["/evil.example/x", "x#{region}", "x?a={account}", &"a".repeat(LONGEST + 1)] {
            assert_eq!(template(not_kept), None, "{not_kept}");
        }
    }

    #[test]
    fn what_is_not_known_stays_as_it_is() {
        let page = Url::parse("https://console.aws.amazon.com/ecr/111122223333?region=eu-central-1").expect("a URL");
        let template = PageTemplate::of(&page, None, None).expect("it can be kept");
        assert_eq!((template.as_str(), template.needs_account()), ("ecr/111122223333?region=eu-central-1", false));
        assert_eq!(PageTemplate::of(&Url::parse("data:text/html,x").expect("a URL"), None, None), None);
    }

    #[test]
    fn a_template_leads_to_the_page_of_another_region_and_account() -> Result<(), InputError> {
        let template = PageTemplate::parse("/sns/v3/home?region={region}#/topic/arn:aws:sns:{region}:{account}:a")?;
        let (region, account) = (Region::parse("us-east-1")?, AwsAccountId::parse("444455556666")?);
        let path = template.at(&region, Some(&account));
        let expected = "/sns/v3/home?region=us-east-1#/topic/arn:aws:sns:us-east-1:444455556666:a";
        assert_eq!(path.as_deref(), Some(expected));
        assert_eq!(template.at(&region, None), None, "the account is not known yet");
        let everywhere = PageTemplate::parse("s3/home?region={region}")?;
        assert_eq!(everywhere.at(&region, None).as_deref(), Some("/s3/home?region=us-east-1"));
        Ok(())
    }

    #[test]
    fn only_a_path_below_a_console_is_a_template() {
        for fine in ["/", "s3", "/s3/home?region={region}#a:b", "本番"] {
            assert!(PageTemplate::parse(fine).is_ok(), "{fine}");
        }
        for (wrong, problem) in [
            ("", Problem::Missing),
            ("//evil.example", Problem::Malformed),
            ("/\\evil.example", Problem::Malformed),
            ("\\\\evil.example", Problem::Malformed),
            ("https://evil.example/", Problem::Malformed),
            ("javascript:alert(1)", Problem::Malformed),
            ("a\nb", Problem::Malformed),
            (&"a".repeat(LONGEST + 1), Problem::TooLong),
        ] {
            assert_eq!(PageTemplate::parse(wrong), Err(InputError::new(Field::Page, problem)), "{wrong}");
        }
    }

    /// What stands below a console's host: words that consoles use, and whatever else.
    fn below_host() -> impl Strategy<Value = String> {
        let words = [
            "eu-central-1",
            "111122223333",
            "arn%3Aaws%3Asns%3Aeu-central-1%3A111122223333%3Aorders",
            "$252Faws$253A111122223333",
            "%31%31%31122223333",
            "*3a111122223333*3a",
            "{",
            "}",
            "{region}",
            "region",
            "account",
            "//",
            "\\",
            "../",
            "?region=",
            "#",
            "&SigninToken=a",
        ];
        let piece = prop_oneof![
            2 => proptest::sample::select(words.map(str::to_owned).to_vec()),
            1 => "[a-z0-9/?#&=:.%$_-]{1,4}",
            1 => "\\PC{0,6}",
        ];
        proptest::collection::vec(piece, 0..8).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #[test]
        fn a_template_of_a_page_leads_back_to_it(
            below in below_host(),
            region in prop_oneof![Just("eu-central-1"), Just("region"), Just("account"), Just("a")],
            account in proptest::option::of(Just("111122223333")),
        ) {
            let Ok(page) = Url::parse(&format!("https://eu-central-1.console.aws.amazon.com/{below}")) else { return Ok(()) };
            let region = Region::parse(region).expect("a region");
            let account = account.map(|account| AwsAccountId::parse(account).expect("an account"));
            let Some(template) = PageTemplate::of(&page, Some(&region), account.as_ref()) else { return Ok(()) };
            let path = template.at(&region, account.as_ref()).expect("the account is as known as it was");
            prop_assert_eq!(&path, &link::clean(&page)[Position::BeforePath..]);
            prop_assert_eq!(PageTemplate::parse(&format!("/{}", template.as_str())), Ok(template));
            let aws = Partition::built_in().next().expect("there are built-in partitions");
            let (seen_in, _) = known();
            let destination = Destination::page(&aws, &seen_in, &path).expect("a page of the console");
            prop_assert_eq!(destination.url(), &link::clean(&page));
        }

        #[test]
        fn what_somebody_writes_leads_to_the_console_or_nowhere(text in prop_oneof![below_host(), "[\\s\\S]{0,40}"]) {
            let Ok(template) = PageTemplate::parse(&text) else { return Ok(()) };
            let (region, account) = known();
            let path = template.at(&region, Some(&account)).expect("the account is known");
            let aws = Partition::built_in().next().expect("there are built-in partitions");
            if let Ok(destination) = Destination::page(&aws, &region, &path) {
                prop_assert!(aws.is_console(destination.url()), "{}", destination.url());
            }
        }
    }
}
