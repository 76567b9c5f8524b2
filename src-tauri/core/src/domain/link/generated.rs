//! Ids that AWS made up: what bears one exists in its own account alone.
//!
//! Not names that people gave. A name that looks like such an id is taken for one: then a list is
//! shown instead of a page that may not be there. Grows by a row when a service has ids of its own.
//! Sources: EC2 user guide, "Resource IDs"; the API references' patterns of each id.

use std::ops::RangeInclusive;

use crate::domain::service::Service;

/// An id of one service: its prefix, and how many letters of which kind follow.
struct Shape {
    service: &'static str,
    prefix: &'static str,
    length: RangeInclusive<usize>,
    letters: fn(u8) -> bool,
}

const fn shape(
    service: &'static str,
    prefix: &'static str,
    length: RangeInclusive<usize>,
    letters: fn(u8) -> bool,
) -> Shape {
    Shape { service, prefix, length, letters }
}

fn lower(byte: u8) -> bool {
    byte.is_ascii_lowercase() || byte.is_ascii_digit()
}

fn upper(byte: u8) -> bool {
    byte.is_ascii_uppercase() || byte.is_ascii_digit()
}

fn hex(byte: u8) -> bool {
    matches!(byte, b'0'..=b'9' | b'a'..=b'f')
}

fn any_case(byte: u8) -> bool {
    byte.is_ascii_alphanumeric()
}

static SHAPES: &[Shape] = &[
    shape("amplify", "d", 12..=14, lower),
    shape("apigateway", "", 10..=10, lower),
    shape("appconfig", "", 7..=7, lower),
    shape("appsync", "", 26..=26, lower),
    shape("bedrock", "", 10..=10, upper),
    shape("cloudfront", "E", 11..=14, upper),
    shape("cloudmap", "ns-", 10..=20, lower),
    shape("cloudmap", "srv-", 10..=20, lower),
    shape("directconnect", "dxcon-", 8..=8, lower),
    shape("directconnect", "dxvif-", 8..=8, lower),
    shape("dms", "", 26..=64, upper),
    shape("ds", "d-", 10..=10, hex),
    shape("elasticbeanstalk", "e-", 10..=10, lower),
    shape("emr", "j-", 10..=14, upper),
    shape("lex", "", 10..=10, upper),
    shape("organizations", "o-", 10..=32, lower),
    shape("organizations", "ou-", 4..=32, lower),
    shape("organizations", "p-", 8..=128, lower),
    shape("organizations", "r-", 4..=32, lower),
    shape("rds", "db-", 26..=26, upper),
    shape("route53", "Z", 10..=32, upper),
    shape("route53resolver", "rslvr-", 4..=64, lower),
    shape("sagemaker", "d-", 10..=14, lower),
    shape("servicecatalog", "port-", 10..=20, lower),
    shape("servicecatalog", "prod-", 10..=20, lower),
    shape("sso", "d-", 10..=10, hex),
    shape("ssm", "mw-", 17..=17, hex),
    shape("storagegateway", "sgw-", 8..=8, upper),
    shape("workspaces", "ws-", 9..=9, lower),
];

/// Prefixes of EC2's first ids, which had eight digits; later ones have seventeen and need no list.
const SHORT: [&str; 22] = [
    "acl", "ami", "cgw", "dopt", "eipalloc", "eni", "fs", "i", "igw", "lt", "nat", "pcx", "pl", "rtb", "sg", "sgr",
    "snap", "subnet", "tgw", "vgw", "vol", "vpc",
];

/// The first id in a readable address that AWS made up.
pub(super) fn generated<'text>(text: &'text str, service: Option<&Service>) -> Option<&'text str> {
    // The first words are the console's own path.
    let own = service.map_or("", |service| service.path.split(['?', '#']).next().unwrap_or_default());
    let is_path = |word: &str| own.split('/').any(|part| part == word);
    let words = text.split(|letter: char| !letter.is_ascii_alphanumeric() && !matches!(letter, '-' | '_'));
    words.filter(|word| !is_path(word)).find(|word| {
        is_uuid_in(word)
            || is_ec2(word)
            || is_long_hex(word)
            || is_stacks(word)
            || is_pool(word)
            || service.is_some_and(|service| is_member(word, service))
            || service.is_some_and(|service| SHAPES.iter().any(|shape| shape.service == service.id && shape.fits(word)))
    })
}

impl Shape {
    fn fits(&self, word: &str) -> bool {
        word.strip_prefix(self.prefix).is_some_and(|rest| {
            // Without a prefix only a mix of both is no word of a language.
            let is_mixed =
                rest.bytes().any(|byte| byte.is_ascii_digit()) && !rest.bytes().all(|byte| byte.is_ascii_digit());
            let rest = if self.service == "organizations" { rest.replace('-', "") } else { rest.to_owned() };
            self.length.contains(&rest.len()) && rest.bytes().all(self.letters) && (is_mixed || !self.prefix.is_empty())
        })
    }
}

/// `4bd42b4b-af95-4698-b685-58d3296890fe`, also within a longer word.
fn is_uuid_in(word: &str) -> bool {
    let parts: Vec<&str> = word.split('-').collect();
    parts.windows(5).any(|parts| {
        parts
            .iter()
            .zip([8, 4, 4, 4, 12])
            .all(|(part, length)| part.len() == length && part.bytes().all(|byte| byte.is_ascii_hexdigit()))
    })
}

fn is_ec2(word: &str) -> bool {
    word.rsplit_once('-').is_some_and(|(prefix, id)| {
        let is_short = id.len() == 8 && SHORT.contains(&prefix) && id.bytes().all(hex);
        let is_long = id.len() == 17 && id.bytes().all(hex) && prefix.bytes().all(|byte| lower(byte) || byte == b'-');
        is_short || is_long
    })
}

/// Tasks, commits, load balancers, detectors: at least sixteen hexadecimal digits.
fn is_long_hex(word: &str) -> bool {
    word.split(['-', '_']).any(|part| {
        part.len() >= 16
            && part.bytes().all(hex)
            && part.bytes().any(|byte| byte.is_ascii_digit())
            && part.bytes().any(|byte| byte.is_ascii_lowercase())
    })
}

/// What CloudFormation names itself ends in twelve or thirteen capitals and digits, mixed.
/// Source: CloudFormation user guide, "Name type".
fn is_stacks(word: &str) -> bool {
    word.rsplit_once('-').is_some_and(|(_, end)| {
        let first_digit = end.bytes().position(|byte| byte.is_ascii_digit());
        (12..=13).contains(&end.len())
            && end.bytes().all(upper)
            && first_digit.is_some_and(|at| end.bytes().skip(at).any(|byte| byte.is_ascii_uppercase()))
    })
}

/// An organization's accounts are in no other one.
fn is_member(word: &str, service: &Service) -> bool {
    service.id == "organizations" && word.len() == 12 && word.bytes().all(|byte| byte.is_ascii_digit())
}

/// Cognito's user pools: `eu-central-1_AbCdEfGhI`.
fn is_pool(word: &str) -> bool {
    word.split_once('_').is_some_and(|(region, id)| {
        region.matches('-').count() >= 2
            && region.ends_with(|last: char| last.is_ascii_digit())
            && id.len() == 9
            && id.bytes().all(any_case)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::service::service;

    fn found(text: &str, id: &str) -> Option<String> {
        generated(text, service(id).ok()).map(str::to_owned)
    }

    #[test]
    fn ids_that_aws_made_up_are_seen() {
        for (text, id, expected) in [
            ("#InstanceDetails:instanceId=i-0abc1234def567890", "ec2", "i-0abc1234def567890"),
            ("#Volumes:search=vol-12345678", "ec2", "vol-12345678"),
            ("#/kms/keys/4bd42b4b-af95-4698-b685-58d3296890fe", "kms", "4bd42b4b-af95-4698-b685-58d3296890fe"),
            ("#/kms/keys/mrk-1234abcd12ab34cd56ef1234567890ab", "kms", "mrk-1234abcd12ab34cd56ef1234567890ab"),
            ("#ListRecordSets/Z08812343ABCDEFGHIJK", "route53", "Z08812343ABCDEFGHIJK"),
            ("/cloudfront/v4/home#/distributions/E2YDLZ26QPSF11", "cloudfront", "E2YDLZ26QPSF11"),
            ("/apigateway/main/apis/abc123defg/resources", "apigateway", "abc123defg"),
            ("/user-pools/eu-central-1_AbCdEfGhI/info", "cognito", "eu-central-1_AbCdEfGhI"),
            ("loadbalancer/app/web/50dc6c495c0c9188", "elb", "50dc6c495c0c9188"),
            ("Stack-Queue-1ABCDEF2GHIJK", "sqs", "Stack-Queue-1ABCDEF2GHIJK"),
            ("/organizations/v2/home/accounts/444455556666", "organizations", "444455556666"),
            ("#/clusterDetails/j-1K48XXXXXXHCB", "emr", "j-1K48XXXXXXHCB"),
        ] {
            assert_eq!(found(text, id).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn names_that_people_gave_are_left_alone() {
        for (text, id) in [
            ("/lambda/home?region=eu-central-1#/functions/report-20240101", "lambda"),
            ("#table?name=Orders-2024", "dynamodb"),
            ("#/topic/arn:aws:sns:eu-central-1:111122223333:orders", "sns"),
            ("#/roles/details/AWSServiceRoleForSupport", "iam"),
            ("acme-PRODUCTION01", "sqs"),
            ("deployments", "apigateway"),
            ("0000000000000000000", "lambda"),
        ] {
            assert_eq!(found(text, id), None, "{text}");
        }
    }
}
