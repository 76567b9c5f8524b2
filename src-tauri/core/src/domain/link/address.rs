//! Accounts, partitions and regions inside a page's address: where they stand, and putting others there.
//!
//! Not whether the page exists elsewhere (`carry`, `generated`). Consoles write ARNs plainly, as
//! `encodeURIComponent` does, once or twice, and as CloudWatch does; the fields themselves are never
//! encoded. Grows with the places where consoles write an account.

use std::ops::Range;

use url::Url;

use super::encoding::decoded;
use super::whole_word::replaced;
use crate::domain::profile::{AwsAccountId, Region};

/// What stands between the fields of an ARN, as consoles spell it.
const SEPARATORS: [&str; 7] = [":", "%3A", "%3a", "%253A", "%253a", "$253A", "*3a"];

/// Consoles whose paths name their own account. Others name those that they show: Organizations' members.
const OWN_IN_PATH: [&str; 3] = ["/codesuite/", "/ecr/", "/s3/ap/"];

/// Where the fields of an ARN stand in a text.
struct Fields {
    partition: Range<usize>,
    region: Range<usize>,
    account: Range<usize>,
}

fn arns(text: &str) -> Vec<Fields> {
    let mut found = Vec::new();
    for separator in SEPARATORS {
        let start = format!("arn{separator}");
        for (at, _) in text.match_indices(&start) {
            let is_word = text[..at].chars().next_back().is_some_and(|before| before.is_ascii_alphanumeric());
            let ranges = fields(text, at + start.len(), separator);
            if let (false, Some([partition, _service, region, account])) = (is_word, ranges) {
                found.push(Fields { partition, region, account });
            }
        }
    }
    found
}

/// Partition, service, region and account, each ended by the separator.
fn fields(text: &str, mut at: usize, separator: &str) -> Option<[Range<usize>; 4]> {
    let mut ranges = [0..0, 0..0, 0..0, 0..0];
    for range in &mut ranges {
        let length = text[at..].find(separator)?;
        let is_field = text[at..at + length].bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        if !is_field {
            return None;
        }
        *range = at..at + length;
        at += length + separator.len();
    }
    Some(ranges)
}

/// The one account that a page's address names: in an ARN, a queue's URL, or a part of its path.
pub(super) fn account_in(url: &Url) -> Option<AwsAccountId> {
    let mut accounts = accounts_in(below_host(url));
    accounts.dedup();
    match &accounts[..] {
        [account] => Some(account.clone()),
        _ => None,
    }
}

/// Every account that a text names, sorted.
fn accounts_in(text: &str) -> Vec<AwsAccountId> {
    let in_arns = arns(text).into_iter().map(|fields| text[fields.account].to_owned());
    let path = text.split(['?', '#']).next().unwrap_or_default();
    let has_own = OWN_IN_PATH.iter().any(|console| path.starts_with(console));
    let in_path = path.split('/').filter(|_| has_own).map(str::to_owned);
    let plain = decoded(text);
    // `https://sqs.eu-central-1.amazonaws.com/111122223333/queue`, `111122223333.dkr.ecr.…`
    let behind_host = plain.match_indices("://").filter_map(|(at, mark)| {
        let mut parts = plain[at + mark.len()..].split('/');
        let (host, first) = (parts.next()?, parts.next()?);
        host.contains("amazonaws.").then(|| first.split(['?', '&', '#']).next().unwrap_or_default().to_owned())
    });
    let before_host = plain.match_indices(".dkr.ecr.").map(|(at, _)| {
        let start = at.saturating_sub(12);
        plain.get(start..at).unwrap_or_default().to_owned()
    });
    let is_id = |text: &String| text.len() == 12 && text.bytes().all(|byte| byte.is_ascii_digit());
    let all = in_arns.chain(in_path).chain(behind_host).chain(before_host).filter(is_id);
    let mut accounts: Vec<AwsAccountId> = all.filter_map(|id| AwsAccountId::parse(&id).ok()).collect();
    accounts.sort();
    accounts
}

/// Path, query and fragment.
pub(super) fn below_host(url: &Url) -> &str {
    &url[url::Position::BeforePath..]
}

/// Whether an address names any account at all.
pub(super) fn names_an_account(url: &Url) -> bool {
    !accounts_in(below_host(url)).is_empty()
}

/// Whether these digits stand in a text, however they are spelled.
pub(super) fn mentions(text: &str, account: &AwsAccountId) -> bool {
    text.contains(account.as_str()) || decoded(text).contains(account.as_str())
}

/// What is put in an address instead of what is there.
pub(super) struct Swap<'side> {
    /// Both as ARNs spell them.
    pub(super) partition: (&'side str, &'side str),
    /// The page's, and where it goes.
    pub(super) region: (&'side Region, &'side Region),
    /// Without an old one, the accounts of all ARNs are meant; without a new one, none is replaced.
    pub(super) account: (Option<&'side AwsAccountId>, Option<&'side AwsAccountId>),
    /// What the hosts of services end in.
    pub(super) endpoints: (Option<&'side str>, Option<&'side str>),
}

impl Swap<'_> {
    /// A part of an address with the other side's partition, region and account.
    pub(super) fn of(&self, text: &str) -> String {
        let mut changes: Vec<(Range<usize>, &str)> = Vec::new();
        for fields in arns(text) {
            if text[fields.partition.clone()] == *self.partition.0 {
                changes.push((fields.partition, self.partition.1));
            }
            if text[fields.region.clone()] == *self.region.0.as_str() {
                changes.push((fields.region, self.region.1.as_str()));
            }
            let is_id = text[fields.account.clone()].bytes().all(|byte| byte.is_ascii_digit());
            if let (None, Some(new)) = self.account
                && is_id
                && !fields.account.is_empty()
            {
                changes.push((fields.account, new.as_str()));
            }
        }
        changes.sort_by_key(|(range, _)| range.start);
        let mut text = text.to_owned();
        for (range, new) in changes.into_iter().rev() {
            text.replace_range(range, new);
        }
        if let (Some(old), Some(new)) = self.account {
            text = replaced(&text, old.as_str(), new.as_str(), |letter| letter.is_ascii_digit());
        }
        let (old, new) = self.region;
        if old != new {
            text =
                replaced(&text, old.as_str(), new.as_str(), |letter| letter.is_ascii_alphanumeric() || letter == '-');
        }
        match self.endpoints {
            (Some(old), Some(new)) if old != new => {
                let (old, new) = (format!("{}.{old}", self.region.1), format!("{}.{new}", self.region.1));
                replaced(&text, &old, &new, |letter| letter.is_ascii_alphanumeric() || letter == '-')
            }
            _ => text,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::input::InputError;

    #[test]
    fn an_address_tells_the_account_wherever_a_console_writes_it() {
        let account = |below: &str| {
            let url = Url::parse(&format!("https://eu-central-1.console.aws.amazon.com/{below}")).expect("a URL");
            account_in(&url).map(|account| account.to_string())
        };
        let found = Some("111122223333".to_owned());
        for below in [
            "sns/v3/home#/topic/arn:aws:sns:eu-central-1:111122223333:orders",
            "cloudformation/home#/stacks/stackinfo?stackId=arn%3Aaws%3Acloudformation%3Aeu-central-1%3A111122223333%3Astack%2Fa%2Fb",
            "sqs/v3/home#/queues/https%3A%2F%2Fsqs.eu-central-1.amazonaws.com%2F111122223333%2Forders",
            "ecr/repositories/private/111122223333/web",
            "ecs/x?image=111122223333.dkr.ecr.eu-central-1.amazonaws.com%2Fweb",
        ] {
            assert_eq!(account(below), found, "{below}");
        }
        for below in [
            "lambda/home#/functions/greet",
            "organizations/v2/home/accounts/444455556666",
            "cloudwatch/home?start=169876543210",
            "x#arn:aws:sns:eu-central-1:111122223333:a,arn:aws:sns:eu-central-1:444455556666:b",
            "iam/home#/policies/arn:aws:iam::aws:policy/ReadOnlyAccess",
        ] {
            assert_eq!(account(below), None, "{below}");
        }
    }

    #[test]
    fn partition_region_and_account_are_exchanged_and_names_stay() -> Result<(), InputError> {
        let (old, new) = (AwsAccountId::parse("111122223333")?, AwsAccountId::parse("444455556666")?);
        let (here, there) = (Region::parse("eu-central-1")?, Region::parse("cn-north-1")?);
        let swap = Swap {
            partition: ("aws", "aws-cn"),
            region: (&here, &there),
            account: (Some(&old), Some(&new)),
            endpoints: (Some("amazonaws.com"), Some("amazonaws.com.cn")),
        };
        for (given, expected) in [
            ("arn:aws:sns:eu-central-1:111122223333:a", "arn:aws-cn:sns:cn-north-1:444455556666:a"),
            ("arn%3Aaws%3Asns%3Aeu-central-1%3A111122223333%3Aa", "arn%3Aaws-cn%3Asns%3Acn-north-1%3A444455556666%3Aa"),
            (
                "arn$253Aaws$253Asns$253Aeu-central-1$253A111122223333$253Aa",
                "arn$253Aaws-cn$253Asns$253Acn-north-1$253A444455556666$253Aa",
            ),
            ("sqs.eu-central-1.amazonaws.com%2F111122223333%2Fq", "sqs.cn-north-1.amazonaws.com.cn%2F444455556666%2Fq"),
            ("name-in-eu-central-1&region=eu-central-1", "name-in-eu-central-1&region=cn-north-1"),
            ("9111122223333", "9111122223333"),
        ] {
            assert_eq!(swap.of(given), expected);
        }
        Ok(())
    }
}
