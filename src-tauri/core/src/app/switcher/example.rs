//! A small book with tabs, bookmarks and actions, on which the switcher is tried.
//!
//! For tests alone; it grows by what a query of the table needs.

use std::collections::HashSet;
use std::sync::LazyLock;

use jiff::Timestamp;
use url::Url;

use super::{Action, ActionId, Choice, Context, Found, Frecency, Index, Language};
use crate::domain::bookmark::{Bookmark, BookmarkId, BookmarkName, BookmarkScope};
use crate::domain::input::InputError;
use crate::domain::mark::MarkWord;
use crate::domain::partition::PartitionName;
use crate::domain::profile::{AwsAccountId, Group, Profile, ProfileId, ProfileName, Region};
use crate::domain::service::PageTemplate;
use crate::domain::session::{Access, StoreId};
use crate::domain::source::{AccessKeyId, AccessKeySource, PolicyArn, Source, Through};
use crate::domain::workspace::{Page, Tab, TabId, TabState};

/// Name, group, account, mark, region, partition; the id is its place, `p0`, `p1`, ….
pub(super) const PROFILES: [(&str, &str, &str, &str, &str, &str); 13] = [
    ("acme prod", "Acme", "111122223333", "PROD", "us-east-1", "aws"),
    ("acme staging", "Acme", "111122224444", "STG", "eu-central-1", "aws"),
    ("acme dev", "Acme", "111122225555", "DEV", "us-east-1", "aws"),
    ("globex-prod", "Globex", "222233334444", "PROD", "ap-northeast-1", "aws"),
    ("globex-stg", "Globex", "222233335555", "STG", "ap-northeast-1", "aws"),
    ("アクメ本番", "株式会社アクメ", "333344445555", "本番", "ap-northeast-1", "aws"),
    ("アクメ検証", "株式会社アクメ", "333344446666", "検証", "ap-northeast-1", "aws"),
    ("initech china", "Initech", "444455556666", "PROD", "cn-north-1", "aws-cn"),
    ("initech gov", "Initech", "444455557777", "", "us-gov-west-1", "aws-us-gov"),
    ("emulator", "", "", "", "us-east-1", "local"),
    ("DataPlatform", "Umbrella", "555566667777", "共通", "ap-northeast-3", "aws"),
    ("ｆｕｊｉ　ログ", "", "666677778888", "", "ap-northeast-1", "aws"),
    ("tokyo office", "", "777788889999", "", "us-west-2", "aws"),
];

/// Name, page, and the group or the profile that it is for.
const BOOKMARKS: [(&str, &str, Option<Of>); 5] = [
    ("Nightly report", "/glue/home?region={region}#/nightly", None),
    ("障害対応", "/cloudwatch/home?region={region}#dashboards:name=incident", Some(Of::Profile("p0"))),
    ("Ledger", "/s3/buckets/ledger?region={region}", Some(Of::Group("Globex"))),
    ("Stocktaking", "/glue/home?region={region}#/stock", Some(Of::Group("Umbrella"))),
    ("Cleanup", "/sns/v3/home#/topic/arn:aws:sns:{region}:{account}:cleanup", None),
];

enum Of {
    Group(&'static str),
    Profile(&'static str),
}

fn bookmark(id: &str, (name, page, of): &(&str, &str, Option<Of>)) -> Result<Bookmark, InputError> {
    let scope = match of {
        None => BookmarkScope::EveryProfile,
        Some(Of::Group(group)) => BookmarkScope::Group(Group::parse(group)?),
        Some(Of::Profile(id)) => BookmarkScope::Profile(ProfileId::parse(id)?),
    };
    let (name, page) = (BookmarkName::parse(name)?, PageTemplate::parse(page)?);
    Ok(Bookmark { id: BookmarkId::parse(id)?, name, page, scope })
}

/// A profile of these.
pub(super) fn profile(
    id: &str,
    (name, group, account, mark, region, partition): (&str, &str, &str, &str, &str, &str),
) -> Result<Profile, InputError> {
    Ok(Profile {
        id: ProfileId::parse(id)?,
        name: ProfileName::parse(name)?,
        group: Some(group).filter(|text| !text.is_empty()).map(Group::parse).transpose()?,
        account: Some(account).filter(|text| !text.is_empty()).map(AwsAccountId::parse).transpose()?,
        partition: PartitionName::parse(partition)?,
        region: Region::parse(region)?,
        mark: Some(mark).filter(|text| !text.is_empty()).map(MarkWord::parse).transpose()?,
        source: Source::AccessKey(AccessKeySource {
            key_id: AccessKeyId::parse("AKIAIOSFODNN7EXAMPLE")?,
            through: Through::Federation { policy: PolicyArn::administrator_access("aws") },
            duration: None,
        }),
        guards: None,
        sites: Vec::new(),
    })
}

fn tab(id: &str, profile: &str, title: &str, url: &str) -> Tab<()> {
    let url = Url::parse(url).expect("an address");
    let store = StoreId { profile: ProfileId::parse(profile).expect("an id"), access: Access::Full };
    let page = Page { title: title.to_owned(), ..Page::at(&url) };
    Tab::new(TabId::new(id.to_owned()), store, page, TabState::Live)
}

fn action(id: &str, english: &str, japanese: &str, words: &str, shortcut: Option<&str>) -> Action {
    let [english, japanese, words] = [english, japanese, words].map(str::to_owned);
    Action { id: ActionId::new(id), english, japanese, words, shortcut: shortcut.map(str::to_owned) }
}

/// The example's list.
pub(super) static INDEX: LazyLock<Index> = LazyLock::new(|| {
    let profiles = PROFILES.iter().enumerate().map(|(at, row)| profile(&format!("p{at}"), *row));
    let profiles: Vec<Profile> = profiles.collect::<Result<_, _>>().expect("the rows are sound");
    let bookmarks = BOOKMARKS.iter().enumerate().map(|(at, row)| bookmark(&format!("b{at}"), row));
    let bookmarks: Vec<Bookmark> = bookmarks.collect::<Result<_, _>>().expect("the rows are sound");
    let actions = vec![
        action("add-profile", "Add a profile", "プロファイルを追加", "new ついか", Some("Ctrl+N")),
        action("downloads", "Show downloads", "ダウンロードを表示", "files だうんろーど", Some("Ctrl+J")),
        action("dark", "Dark theme", "ダークテーマ", "night look", None),
        action("settings", "Settings", "設定", "preferences せってい", None),
    ];
    let mut index = Index::new(&profiles, &bookmarks, actions);
    index.show_tabs(&[
        tab(
            "t0",
            "p3",
            "Dead letters | SQS",
            "https://ap-northeast-1.console.aws.amazon.com/sqs/v3/home?region=ap-northeast-1",
        ),
        tab(
            "t1",
            "p1",
            "acme-reports",
            "https://eu-central-1.console.aws.amazon.com/s3/buckets/acme-reports?region=eu-central-1",
        ),
        tab("t2", "p0", "", "https://us-east-1.console.aws.amazon.com/rds/home?region=us-east-1"),
    ]);
    index
});

/// A search in the example, with `acme dev` in the active pane.
pub(super) fn find(query: &str, hidden: &HashSet<ProfileId>, frecency: &Frecency, limit: usize) -> Vec<Found> {
    let active = ProfileId::parse("p2").ok();
    let context =
        Context { now: Timestamp::UNIX_EPOCH, active: active.as_ref(), hidden, frecency, language: Language::English };
    super::search(&INDEX, query, &context, limit)
}

/// How a line reads: `SQS › Queues @ acme prod, Tokyo`; `@ acme prod, Ohio` for a console's home;
/// `tab …`, `bookmark …`, `do …`.
pub(super) fn line(found: &Found) -> String {
    use super::PartKind::{Profile, Region};
    let title: Vec<String> = found.title.iter().map(super::Part::text).collect();
    let title = title.join(" › ");
    let detail = |kind| found.detail.iter().find(|part| part.kind == kind).map(super::Part::text).unwrap_or_default();
    match &found.what {
        Choice::OpenProfile { page: None, .. } => format!("@ {title}, {}", detail(Region)),
        Choice::OpenProfile { .. } => format!("{title} @ {}, {}", detail(Profile), detail(Region)),
        Choice::OpenBookmark { .. } => format!("bookmark {title} @ {}", detail(Profile)),
        Choice::ShowTab(_) => format!("tab {title}"),
        Choice::Act(id) => format!("do {}", id.as_str()),
    }
}
