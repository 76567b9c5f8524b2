//! Recent pages: where each profile was lately, newest first.
//!
//! Not a tab's way back (its webview has that), nor which page counts as seen (`app::tabs`). Grows with
//! what is remembered of a page.

use std::sync::Arc;

use url::Url;

use super::link;
use super::profile::ProfileId;

/// How many pages of one profile are remembered.
const OF_ONE_PROFILE: usize = 20;

/// How many are remembered in all: they are written together with the tabs, many times a day.
const IN_ALL: usize = 200;

/// In bytes; a longer address is not remembered.
const LONGEST_URL: usize = 2_048;

/// In characters; a longer title is cut.
const LONGEST_TITLE: usize = 200;

/// A page that was seen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecentPage {
    /// In whose console.
    pub profile: ProfileId,
    /// Without tokens.
    pub url: Url,
    /// As the page said, at most 200 characters; empty where it said none.
    pub title: String,
}

/// The pages that were seen lately, each once: the last 20 of a profile, and 200 in all.
// Shared, since a copy is taken and compared after each batch of events.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RecentPages(Arc<Vec<RecentPage>>);

impl RecentPage {
    /// Its address below the console's host.
    #[must_use]
    pub fn below_console(&self) -> &str {
        &self.url[url::Position::BeforePath..]
    }
}

impl RecentPages {
    /// From what was kept, newest first. What is too much, there twice or too long is left out.
    #[must_use]
    pub fn from_list(pages: impl IntoIterator<Item = RecentPage>) -> Self {
        let mut recent = Self::default();
        let known: Vec<RecentPage> = pages.into_iter().collect();
        for page in known.iter().rev() {
            recent.note(&page.profile, &page.url, &page.title);
        }
        recent
    }

    /// Of all profiles, newest first: what is to be kept.
    #[must_use]
    pub fn list(&self) -> &[RecentPage] {
        &self.0
    }

    /// Of one profile, newest first.
    pub fn of(&self, profile: &ProfileId) -> impl Iterator<Item = &RecentPage> {
        self.0.iter().filter(move |page| page.profile == *profile)
    }

    /// Notes that a page is seen now. The oldest give way to it; one without a title keeps the title
    /// that it had.
    pub fn note(&mut self, profile: &ProfileId, url: &Url, title: &str) {
        let url = link::clean(url);
        if url.as_str().len() > LONGEST_URL {
            return;
        }
        let mut page = RecentPage { profile: profile.clone(), url, title: cut(title) };
        if self.0.first() == Some(&page) {
            return;
        }
        let pages = Arc::make_mut(&mut self.0);
        if let Some(at) = pages.iter().position(|known| known.profile == page.profile && known.url == page.url) {
            let known = pages.remove(at);
            if page.title.is_empty() {
                page.title = known.title;
            }
        }
        pages.insert(0, page);
        let mut of_profile = 0;
        pages.retain(|page| {
            of_profile += usize::from(page.profile == *profile);
            page.profile != *profile || of_profile <= OF_ONE_PROFILE
        });
        pages.truncate(IN_ALL);
    }

    /// A page that was seen is called otherwise, wherever it stands.
    pub fn retitle(&mut self, profile: &ProfileId, url: &Url, title: &str) {
        let (url, title) = (link::clean(url), cut(title));
        let at = self.0.iter().position(|page| page.profile == *profile && page.url == url && page.title != title);
        if let Some(at) = at.filter(|_| !title.is_empty()) {
            Arc::make_mut(&mut self.0)[at].title = title;
        }
    }

    /// Forgets the pages of a profile.
    pub fn forget(&mut self, profile: &ProfileId) {
        self.retain(|other| other != profile);
    }

    /// Forgets the pages of all profiles but these.
    pub fn retain(&mut self, is_known: impl Fn(&ProfileId) -> bool) {
        if self.0.iter().any(|page| !is_known(&page.profile)) {
            Arc::make_mut(&mut self.0).retain(|page| is_known(&page.profile));
        }
    }
}

fn cut(title: &str) -> String {
    title.chars().filter(|letter| !letter.is_control()).take(LONGEST_TITLE).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    type Tested = Result<(), Box<dyn std::error::Error>>;

    fn profile(id: &str) -> ProfileId {
        ProfileId::parse(id).expect("an id")
    }

    fn url(page: &str) -> Url {
        Url::parse(&format!("https://eu-central-1.console.aws.amazon.com/{page}")).expect("an address")
    }

    fn paths<'a>(recent: &'a RecentPages, id: &str) -> Vec<&'a str> {
        let id = profile(id);
        recent.list().iter().filter(|page| page.profile == id).map(|page| page.url.path()).collect()
    }

    #[test]
    fn the_newest_page_comes_first_and_each_stands_once_for_its_profile() {
        let mut recent = RecentPages::default();
        for page in ["s3", "ec2", "s3"] {
            recent.note(&profile("a"), &url(page), page);
        }
        recent.note(&profile("b"), &url("s3"), "S3");
        assert_eq!((paths(&recent, "a"), paths(&recent, "b")), (vec!["/s3", "/ec2"], vec!["/s3"]));
        assert_eq!(recent.of(&profile("a")).map(|page| page.title.as_str()).collect::<Vec<_>>(), ["s3", "ec2"]);
    }

    #[test]
    fn twenty_pages_of_a_profile_are_remembered_and_two_hundred_in_all() {
        let mut recent = RecentPages::default();
        for number in 0..30 {
            recent.note(&profile("a"), &url(&number.to_string()), "");
        }
        assert_eq!((paths(&recent, "a").len(), paths(&recent, "a")[0], paths(&recent, "a")[19]), (20, "/29", "/10"));
        for number in 0..12 {
            for page in [
                "s3", "ec2", "sqs", "sns", "rds", "iam", "ecs", "eks", "ecr", "vpc", "kms", "waf", "cf", "ses", "r53",
                "glue", "mq",
            ] {
                recent.note(&profile(&format!("p{number}")), &url(page), "");
            }
        }
        assert_eq!(recent.list().len(), 200);
        assert_eq!((paths(&recent, "a").len(), paths(&recent, "p0").len(), paths(&recent, "p11").len()), (0, 13, 17));
    }

    #[test]
    fn an_address_loses_its_tokens_and_one_that_is_too_long_is_not_remembered() {
        let mut recent = RecentPages::default();
        recent.note(&profile("a"), &url("s3?SigninToken=secret"), &"あ\n".repeat(300));
        recent.note(&profile("a"), &url(&"a".repeat(LONGEST_URL)), "");
        let [page] = recent.list() else { panic!("one page is there") };
        assert_eq!((page.url.as_str(), page.title.as_str()), (url("s3").as_str(), "あ".repeat(200).as_str()));
    }

    #[test]
    fn a_page_is_called_as_it_was_called_last_and_stays_where_it_stands() {
        let mut recent = RecentPages::default();
        recent.note(&profile("a"), &url("s3"), "");
        recent.note(&profile("a"), &url("ec2"), "EC2");
        recent.retitle(&profile("a"), &url("s3"), "Buckets");
        recent.retitle(&profile("a"), &url("ec2"), "");
        recent.retitle(&profile("b"), &url("s3"), "Another's");
        let titles = |recent: &RecentPages| recent.list().iter().map(|page| page.title.clone()).collect::<Vec<_>>();
        assert_eq!(titles(&recent), ["EC2", "Buckets"]);
        recent.note(&profile("a"), &url("s3"), "");
        assert_eq!(titles(&recent), ["Buckets", "EC2"]);
    }

    #[test]
    fn a_profile_that_is_gone_leaves_no_page() -> Tested {
        let mut recent = RecentPages::default();
        for id in ["a", "b", "c"] {
            recent.note(&profile(id), &url("s3"), "");
        }
        recent.forget(&profile("b"));
        assert_eq!((paths(&recent, "b").len(), recent.list().len()), (0, 2));
        recent.retain(|id| id.as_str() == "c");
        assert_eq!(recent.list().first().ok_or("c is there")?.profile, profile("c"));
        Ok(())
    }

    proptest! {
        #[test]
        fn what_is_kept_comes_back_as_it_was(
            seen in proptest::collection::vec(("[a-c]", "[a-z0-9]{1,2}(\\?code=1)?(#[a-c])?", "\\PC{0,5}"), 0..80)
        ) {
            let mut recent = RecentPages::default();
            for (id, page, title) in &seen {
                recent.note(&profile(id), &url(page), title);
                prop_assert_eq!(&recent.list()[0].url, &link::clean(&url(page)));
            }
            prop_assert!(["a", "b", "c"].iter().all(|id| recent.of(&profile(id)).count() <= OF_ONE_PROFILE));
            prop_assert_eq!(RecentPages::from_list(recent.list().to_vec()), recent);
        }
    }
}
