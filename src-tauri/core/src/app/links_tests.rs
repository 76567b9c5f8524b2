//! Links and linked panes in the running loop, among fakes.

use std::sync::Arc;

use super::*;
use crate::app::event::{Event, PageEvent, PaneWish, TabWish, Wish};
use crate::app::fakes::{Tried, profile};
use crate::app::settings::Switch;
use crate::app::state::Notice;
use crate::domain::book::BookChange;
use crate::domain::draft::ProfileDraft;
use crate::domain::partition::Endpoint;
use crate::domain::profile::{AwsAccountId, ProfileId, Region};
use crate::domain::secret::SecretId;
use crate::domain::source::{IdentityCenterSource, PermissionSetName, StartUrl};

const PRODUCTION: &str = "arn:aws:iam::111122223333:role/Admin";
const STAGING: &str = "arn:aws:iam::444455556666:role/Admin";

/// Two profiles of one client: `acme prod` and `acme stg`.
async fn two_accounts() -> Tried {
    let mut tried = Tried::new();
    tried.fake.with(|fake| {
        for (id, name, role) in [("prod", "acme prod", PRODUCTION), ("stg", "acme stg", STAGING)] {
            let draft = ProfileDraft {
                name: name.to_owned(),
                group: "Acme".to_owned(),
                ..ProfileDraft::from(&profile(id, Some(role)))
            };
            let profile = draft.finish(id_of(id), &fake.book).expect("the case is a profile");
            fake.secrets.insert(SecretId::AccessKey(profile.id.clone()), "secret".to_owned());
            fake.book.apply(BookChange::Save(Box::new(profile))).expect("the names differ");
        }
        fake.answers_by_role = true;
    });
    tried.handle(Wish::ReadBook(None).into());
    tried.settle().await;
    tried
}

fn id_of(id: &str) -> ProfileId {
    ProfileId::parse(id).expect("the case has an id")
}

fn page(path: &str) -> Url {
    Url::parse(&format!("https://eu-central-1.console.aws.amazon.com/{path}")).expect("a URL")
}

/// Opens a page of a profile, and lets it load.
async fn open(tried: &mut Tried, id: &str, path: &str, spot: Spot) -> TabId {
    let target = Target { page: Some(page(path).into()), spot, ..Target::default() };
    tried.handle(Wish::OpenTab { profile: id_of(id), target, reply: None }.into());
    tried.settle().await;
    let tab = tried.state().workspace.active().expect("it shows").id.clone();
    arrive(tried, &tab, path);
    tab
}

fn arrive(tried: &mut Tried, tab: &TabId, path: &str) {
    tried.handle(Event::Page(tab.clone(), PageEvent::At(page(path))));
    tried.handle(Event::Page(tab.clone(), PageEvent::Loaded));
}

fn link(tried: &mut Tried, text: &str, comes_from_outside: bool) {
    let target = Target::default();
    tried.handle(Wish::OpenLink { text: text.to_owned(), target, comes_from_outside, reply: None }.into());
}

fn tabs(tried: &Tried) -> Vec<(String, String)> {
    let tabs = tried.state().workspace.tabs().iter();
    tabs.map(|tab| (tab.store.profile.to_string(), tab.page.url[url::Position::BeforePath..].to_owned())).collect()
}

#[tokio::test(start_paused = true)]
async fn a_link_that_names_its_account_opens_in_the_one_profile_that_fits() {
    let mut tried = two_accounts().await;
    link(&mut tried, "arn:aws:lambda:eu-west-1:444455556666:function:invoices", false);
    assert_eq!(tabs(&tried), [("stg".to_owned(), "/lambda/home?region=eu-west-1#/functions/invoices".to_owned())]);
}

#[tokio::test(start_paused = true)]
async fn a_link_that_fits_several_profiles_asks_and_opens_nothing_by_itself() {
    let mut tried = two_accounts().await;
    link(&mut tried, "https://eu-central-1.console.aws.amazon.com/sqs/v3/home?region=eu-central-1", false);
    assert_eq!(tabs(&tried), []);
    let Some(Drawer::Switcher(Switching { purpose: Purpose::Link(_), offers, .. })) = &tried.state().drawer else {
        panic!("the drawer asks");
    };
    assert_eq!(offers.len(), 2);
}

#[tokio::test(start_paused = true)]
async fn a_link_from_another_program_is_asked_about_though_one_profile_fits() {
    let mut tried = two_accounts().await;
    link(&mut tried, "arn:aws:lambda:eu-west-1:444455556666:function:invoices", true);
    assert_eq!(tabs(&tried), []);
    assert!(matches!(&tried.state().drawer, Some(Drawer::Switcher(switching)) if switching.offers.len() == 1));
}

#[tokio::test(start_paused = true)]
async fn a_link_to_an_account_without_a_profile_says_so() {
    let mut tried = two_accounts().await;
    link(&mut tried, "arn:aws:sns:eu-west-1:999900001111:alarms", false);
    assert_eq!(tabs(&tried), []);
    let said = tried.state().notices.iter().any(|notice| {
        matches!(&notice.body, NoticeBody::NoProfileForLink { account: Some(account), .. } if account == "999900001111")
    });
    assert!(said);
}

/// `acme stg` has an admin tool, which `acme prod` has too where `both`.
fn with_admin_tool(tried: &mut Tried, both: bool) {
    for id in if both { ["prod", "stg"].as_slice() } else { ["stg"].as_slice() } {
        let mut profile = tried.state().profile(&id_of(id)).expect("it is in the book").clone();
        profile.sites = vec![Endpoint::parse("https://admin.acme.example/", Field::Site).expect("an address")];
        tried.fake.with(|fake| fake.book.apply(BookChange::Save(Box::new(profile)))).expect("it is in the book");
    }
    tried.handle(Wish::ReadBook(None).into());
}

#[tokio::test(start_paused = true)]
async fn a_link_to_an_own_site_opens_in_the_profile_that_has_it() {
    let mut tried = two_accounts().await;
    with_admin_tool(&mut tried, false);
    tried.settle().await;
    link(&mut tried, "see <https://admin.acme.example/orders?id=1#last>.", false);
    assert_eq!(tabs(&tried), [], "a text with a link in it is none");
    link(&mut tried, "<https://admin.acme.example/orders?id=1&token=s3cr3t#last>.", false);
    assert_eq!(tabs(&tried), [("stg".to_owned(), "/orders?id=1#last".to_owned())]);
}

#[tokio::test(start_paused = true)]
async fn a_link_to_an_own_site_of_two_profiles_or_from_another_program_asks_and_shows_no_token() {
    let mut tried = two_accounts().await;
    with_admin_tool(&mut tried, true);
    tried.settle().await;
    let asked = |tried: &Tried| match &tried.state().drawer {
        Some(Drawer::Switcher(Switching { purpose: Purpose::Link(link), offers, .. })) => {
            (link.to_string(), offers.len())
        }
        other => panic!("the drawer asks: {other:?}"),
    };
    link(&mut tried, "https://admin.acme.example/orders?token=s3cr3t&id=1", false);
    assert_eq!(asked(&tried), ("https://admin.acme.example/orders?id=1".to_owned(), 2));
    let ours = "sidelight:open?link=https%3A%2F%2Fadmin.acme.example%2Forders&account=444455556666";
    link(&mut tried, ours, true);
    assert_eq!(asked(&tried).1, 1, "the other profile is of another account");
    assert_eq!(tabs(&tried), []);
}

#[tokio::test(start_paused = true)]
async fn an_address_beside_an_own_site_is_no_link() {
    let mut tried = two_accounts().await;
    with_admin_tool(&mut tried, false);
    tried.settle().await;
    for foreign in [
        "http://admin.acme.example/",
        "https://admin.acme.example:8443/",
        "https://admin.acme.example.evil.example/",
        "https://user@admin.acme.example/",
        "javascript:location='https://admin.acme.example/'",
        "sidelight:open?link=https%3A%2F%2Fevil.example%2F",
        "sidelight:steal?link=https%3A%2F%2Fadmin.acme.example%2F",
    ] {
        assert!(tried.app.read_link(foreign).is_err(), "{foreign}");
    }
}

#[tokio::test(start_paused = true)]
async fn what_is_no_link_is_told_to_whoever_asked() {
    let mut tried = two_accounts().await;
    let (reply, answer) = tokio::sync::oneshot::channel();
    let text = "https://evil.example/".to_owned();
    tried.handle(
        Wish::OpenLink { text, target: Target::default(), comes_from_outside: false, reply: Some(reply) }.into(),
    );
    assert!(answer.await.expect("an answer comes").is_err());
}

#[tokio::test(start_paused = true)]
async fn the_same_page_opens_beside_in_the_other_profile_and_what_is_lost_is_said() {
    let mut tried = two_accounts().await;
    let path = "ec2/home?region=eu-central-1#InstanceDetails:instanceId=i-0123456789abcdef0";
    let prod = open(&mut tried, "prod", path, Spot::Here).await;
    tried.app.open_page_in(&prod, &id_of("stg"), None);
    tried.settle().await;
    assert_eq!(tried.state().workspace.shown().count(), 2);
    let staging = tried.state().workspace.active().expect("it shows");
    assert_eq!(staging.store.profile, id_of("stg"));
    assert_eq!(staging.page.url.fragment(), Some("Instances:"));
    assert_eq!(staging.losses, [link::Loss::GeneratedId { id: "i-0123456789abcdef0".to_owned() }]);

    let staging = staging.id.clone();
    arrive(&mut tried, &staging, "ec2/home?region=eu-central-1#Instances:");
    arrive(&mut tried, &staging, "s3/buckets?region=eu-central-1");
    assert_eq!(tried.state().workspace.tab(&staging).map(|tab| tab.losses.len()), Some(0));
}

#[tokio::test(start_paused = true)]
async fn linked_panes_follow_the_focused_one_until_they_are_let_go() {
    let mut tried = two_accounts().await;
    // From production into staging nothing is asked.
    let staging = open(&mut tried, "stg", "console/home?region=eu-central-1", Spot::Here).await;
    let prod = open(&mut tried, "prod", "console/home?region=eu-central-1", Spot::Beside).await;
    tried.handle(Wish::Panes(PaneWish::Link).into());
    tried.fake.said();
    arrive(&mut tried, &prod, "sqs/v3/home?region=eu-central-1#/queues");
    assert_eq!(tried.fake.said(), ["tab goes to /sqs/v3/home"]);
    arrive(&mut tried, &staging, "sqs/v3/home?region=eu-central-1#/queues");
    assert!(tried.fake.said().is_empty(), "the one that follows does not lead");

    tried.handle(Wish::Panes(PaneWish::Link).into());
    arrive(&mut tried, &prod, "s3/buckets?region=eu-central-1");
    assert!(tried.fake.said().is_empty());
}

#[tokio::test(start_paused = true)]
async fn staging_does_not_take_production_along_unless_the_user_says_so() {
    let mut tried = two_accounts().await;
    let prod = open(&mut tried, "prod", "console/home?region=eu-central-1", Spot::Here).await;
    let staging = open(&mut tried, "stg", "console/home?region=eu-central-1", Spot::Beside).await;
    tried.handle(Wish::Panes(PaneWish::Link).into());
    tried.fake.said();
    arrive(&mut tried, &staging, "sqs/v3/home?region=eu-central-1#/queues");
    assert!(tried.fake.said().is_empty());
    assert!(tried.state().notices.iter().any(|notice| matches!(&notice.body, NoticeBody::NotFollowed { .. })));

    tried.handle(Wish::With(prod, TabWish::Follow).into());
    assert_eq!(tried.fake.said(), ["tab goes to /sqs/v3/home"]);
    assert!(tried.state().notices.is_empty());
}

#[tokio::test(start_paused = true)]
async fn the_other_rights_are_a_store_and_a_session_of_their_own() {
    let mut tried = two_accounts().await;
    let prod = open(&mut tried, "prod", "s3/buckets?region=eu-central-1", Spot::Here).await;
    tried.fake.said();
    tried.handle(Wish::With(prod, TabWish::WithRights(Access::ReadOnly)).into());
    tried.settle().await;
    assert_eq!(
        tried.fake.said(),
        [
            "console of prod (read-only) opened",
            "AssumeRole with arn:aws:iam::aws:policy/ReadOnlyAccess for 12 h",
            "getSigninToken with 12 h",
            "tab enters by link",
        ]
    );
    let prod = id_of("prod");
    let both = tried.state().workspace.of_profile(&prod).map(|tab| (tab.store.access, tab.state.clone()));
    assert_eq!(both.collect::<Vec<_>>(), [(Access::Full, TabState::Live), (Access::ReadOnly, TabState::Loading)]);
}

#[tokio::test(start_paused = true)]
async fn a_copied_link_has_no_session_in_it() {
    let mut tried = two_accounts().await;
    let tab = open(&mut tried, "prod", "s3/buckets?region=eu-central-1", Spot::Here).await;
    let url = "https://111122223333-abcd1234.eu-central-1.console.aws.amazon.com/s3/buckets?region=eu-central-1";
    tried.handle(Event::Page(tab.clone(), PageEvent::At(Url::parse(url).expect("a URL"))));
    tried.fake.said();
    tried.handle(Wish::With(tab, TabWish::CopyLink).into());
    assert_eq!(
        tried.fake.said(),
        ["https://eu-central-1.console.aws.amazon.com/s3/buckets?region=eu-central-1 copied"]
    );
}

#[tokio::test(start_paused = true)]
async fn a_copied_link_leads_through_the_access_portal_where_the_profile_has_one() {
    let mut tried = two_accounts().await;
    let tab = open(&mut tried, "prod", "s3/buckets?region=eu-central-1", Spot::Here).await;
    let through_portal = Profile {
        source: Source::IdentityCenter(IdentityCenterSource {
            start_url: StartUrl::parse("https://acme.awsapps.com/start#/").expect("a start URL"),
            region: Region::parse("eu-central-1").expect("a region"),
            account: AwsAccountId::parse("111122223333").expect("an account"),
            permission_set: PermissionSetName::parse("Admin").expect("a name"),
        }),
        sites: vec![Endpoint::parse("https://admin.acme.example", Field::Site).expect("a site")],
        ..tried.state().profile(&id_of("prod")).expect("it is there").clone()
    };
    let changed = Arc::make_mut(&mut tried.app.state.book).apply(BookChange::Save(Box::new(through_portal)));
    changed.expect("the book takes it");
    tried.fake.said();
    tried.handle(Wish::With(tab.clone(), TabWish::CopyLink).into());
    let page = "https%3A%2F%2Feu-central-1.console.aws.amazon.com%2Fs3%2Fbuckets%3Fregion%3Deu-central-1";
    let shortcut = "https://acme.awsapps.com/start/#/console?account_id=111122223333&role_name=Admin&destination=";
    assert_eq!(tried.fake.said(), [format!("{shortcut}{page} copied")]);
    tried.handle(Wish::With(tab.clone(), TabWish::CopyAddress).into());
    assert_eq!(
        tried.fake.said(),
        ["https://eu-central-1.console.aws.amazon.com/s3/buckets?region=eu-central-1 copied"]
    );

    let own_site = Url::parse("https://admin.acme.example/orders").expect("a URL");
    tried.handle(Event::Page(tab.clone(), PageEvent::At(own_site)));
    tried.fake.said();
    tried.handle(Wish::With(tab, TabWish::CopyLink).into());
    assert_eq!(tried.fake.said(), ["https://admin.acme.example/orders copied"], "the portal does not lead there");
}

#[tokio::test(start_paused = true)]
async fn a_desktop_that_gives_no_links_is_told_of_and_the_setting_is_off_again() {
    let mut tried = Tried::new();
    tried.handle(Wish::Switch(Switch::TakesLinks, true).into());
    assert!(tried.state().settings.takes_links);
    assert_eq!(tried.fake.said(), ["links taken"]);
    let cause = Cause::NoHandler;
    tried.handle(Event::LinksStay { taken: false, error: cause.clone().into() });
    assert!(!tried.state().settings.takes_links);
    let told = |notice: &Notice| matches!(&notice.body, NoticeBody::Failed { error, .. } if error.cause == cause);
    assert!(tried.state().notices.iter().any(told));
}
