//! The laws of links, over whatever a person, a page or an attacker may write.
//!
//! Not what single links say (`tests/links.rs`). Grows with the laws.

use proptest::prelude::*;

use super::*;
use crate::domain::draft::PartitionDraft;
use crate::domain::partition::Partition;

const OLD: &str = "111122223333";
const NEW: &str = "444455556666";

/// AWS's, and an emulator's.
pub(super) fn partitions() -> Vec<Partition> {
    let own = PartitionDraft {
        name: "demo".to_owned(),
        sts: "http://127.0.0.1:4999/sts".to_owned(),
        sign_in: "http://127.0.0.1:4999/federation".to_owned(),
        consoles: vec!["http://127.0.0.1:4999".to_owned()],
        ..PartitionDraft::default()
    };
    let own = own.finish().expect("the draft is complete");
    Partition::built_in().chain([Partition::Own(Box::new(own))]).collect()
}

fn side(partition: &Partition, account: Option<&str>) -> Side {
    let account = account.map(|account| AwsAccountId::parse(account).expect("an account"));
    let region = Region::parse(partition.default_region()).expect("a region");
    Side::new(partition, account.as_ref(), &region).expect("a side")
}

/// What stands below a console's host: words that consoles use, and whatever else.
fn below_host() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just(OLD.to_owned()),
        Just("%31%31%31122223333".to_owned()),
        Just("arn:aws:sns:eu-central-1:111122223333:orders".to_owned()),
        Just("arn%3Aaws%3Aiam%3A%3A111122223333%3Arole%2FAdmin".to_owned()),
        Just("$252Faws$253A111122223333".to_owned()),
        Just("https%3A%2F%2Fsqs.eu-central-1.amazonaws.com%2F111122223333%2Fq".to_owned()),
        Just("i-0abc1234def567890".to_owned()),
        Just("s3/buckets/a".to_owned()),
        Just("?region=eu-central-1".to_owned()),
        Just("&SigninToken=a".to_owned()),
        Just("#/topic/".to_owned()),
        Just("//evil.example/".to_owned()),
        Just("../".to_owned()),
        "[a-z/?#&=:.%$]{1,6}",
        "\\PC{0,8}",
    ];
    proptest::collection::vec(piece, 0..7).prop_map(|pieces| pieces.concat())
}

fn console_address() -> impl Strategy<Value = String> {
    let host = prop_oneof![
        Just("https://eu-central-1.console.aws.amazon.com"),
        Just("https://111122223333-abcd1234.eu-central-1.console.aws.amazon.com"),
        Just("https://777788889999-abcd1234.111122223333-abcd1234.us-east-1.console.aws.amazon.com"),
        Just("https://console.aws.amazon.com"),
        Just("https://111122223333.console.aws.amazon.com"),
        Just("https://cn-north-1.console.amazonaws.cn"),
        Just("https://console.amazonaws-eusc.eu"),
        Just("http://127.0.0.1:4999"),
    ];
    (host, below_host()).prop_map(|(host, below)| format!("{host}/{below}"))
}

fn encoded(text: &str) -> String {
    url::form_urlencoded::byte_serialize(text.as_bytes()).collect()
}

/// Links of every kind, and what looks like one.
fn link_text() -> impl Strategy<Value = String> {
    let account = prop_oneof![Just(OLD.to_owned()), Just("acme-prod".to_owned()), "[a-z0-9-]{1,14}"];
    let role = "[A-Za-z0-9_+=,.@/-]{1,20}";
    prop_oneof![
        console_address(),
        "arn:aws:(s3|sns|lambda|iam|ec2|logs|ssm):(eu-central-1)?:(111122223333)?:\\PC{1,30}",
        "s3://[a-z0-9.-]{3,20}/\\PC{0,30}",
        (console_address()).prop_map(|page| {
            format!(
                "https://signin.aws.amazon.com/federation?Action=login&SigninToken=x&Destination={}",
                encoded(&page)
            )
        }),
        (account.clone(), role).prop_map(|(account, role)| {
            format!("https://signin.aws.amazon.com/switchrole?account={account}&roleName={}", encoded(&role))
        }),
        (account.clone(), console_address()).prop_map(|(account, page)| {
            format!("https://{account}.signin.aws.amazon.com/console?redirect_uri={}", encoded(&page))
        }),
        account.clone().prop_map(|account| format!("https://{account}.signin.aws.amazon.com/console")),
        (role, console_address()).prop_map(|(role, page)| {
            let (role, page) = (encoded(&role), encoded(&page));
            format!("https://acme.awsapps.com/start/#/console?account_id={OLD}&role_name={role}&destination={page}")
        }),
        Just("https://start.us-gov-home.awsapps.com/directory/acme".to_owned()),
        (console_address(), account)
            .prop_map(|(page, account)| { format!("sidelight:open?link={}&account={account}", encoded(&page)) }),
        "\\PC{0,40}",
    ]
}

proptest! {
    #[test]
    fn a_link_that_is_written_is_read_as_the_same_link(text in link_text(), end in "[.,;)>! ]{0,2}") {
        let partitions = partitions();
        // In angle brackets everything is the link's own, so links end in whatever a text may end in.
        if let Ok(link) = parse(&format!("<{text}{end}>"), &partitions) {
            let written = link.to_string();
            prop_assert_eq!(parse(&written, &partitions), Ok(link), "written as {}", written);
        }
    }

    #[test]
    fn a_page_of_a_link_is_clean_and_belongs_to_a_console_that_fits(text in link_text()) {
        for partition in partitions() {
            let Ok(link) = parse(&text, &partitions()) else { continue };
            let region = Region::parse(partition.default_region()).expect("a region");
            if !link.fits(&partition, None) {
                continue;
            }
            if let Some(page) = link.page_at(&partition, &region) {
                prop_assert!(partition.is_console(&page), "{}", page);
                prop_assert_eq!(clean(&page), page);
            }
        }
    }

    #[test]
    fn a_page_carried_to_its_own_side_is_the_page_itself(text in console_address()) {
        let Ok(page) = Url::parse(&text) else { return Ok(()) };
        let page = clean(&page);
        for partition in partitions().iter().filter(|partition| partition.is_console(&page)) {
            let side = side(partition, Some(OLD));
            prop_assert_eq!(carry(&page, &side, &side), Carried { url: page.clone(), losses: Vec::new() });
        }
    }

    #[test]
    fn a_carried_page_is_the_other_sides_and_keeps_no_account(text in console_address()) {
        let Ok(page) = Url::parse(&text) else { return Ok(()) };
        for from in partitions() {
            for to in partitions() {
                for account in [Some(NEW), None] {
                    let carried = carry(&page, &side(&from, Some(OLD)), &side(&to, account));
                    prop_assert!(to.is_console(&carried.url), "{}", carried.url);
                    prop_assert!(!carried.url.as_str().contains(OLD), "{}", carried.url);
                    prop_assert!(!encoding::decoded(carried.url.as_str()).contains(OLD), "{}", carried.url);
                    prop_assert_eq!(clean(&carried.url), carried.url);
                }
            }
        }
    }

    #[test]
    fn an_address_is_as_clean_as_it_gets_at_once(text in prop_oneof![console_address(), "https://\\PC{0,40}"]) {
        let Ok(url) = Url::parse(&text) else { return Ok(()) };
        let once = clean(&url);
        prop_assert_eq!(clean(&once), once.clone());
        prop_assert_eq!(shareable(&once), once.clone());
        prop_assert_eq!(account(&once), None);
        prop_assert!(once.username().is_empty() && once.password().is_none());
    }
}
