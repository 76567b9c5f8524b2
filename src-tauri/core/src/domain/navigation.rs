//! What a page may open, and where: in its tab, in a new tab of its profile, in the system
//! browser, or nowhere.
//!
//! Not how a webview is told (`console` in the shell). Grows with what belongs to a profile.

use url::Url;

use super::partition::{Endpoint, Partition};

/// Where a profile's tabs may be: at its partition's pages, and at the user's own sites.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reach {
    /// Its consoles, and where it serves files.
    pub partition: Partition,
    /// Whole origins.
    pub sites: Vec<Endpoint>,
}

impl Reach {
    fn has_page(&self, url: &Url) -> bool {
        self.partition.has_page(url) || self.sites.iter().any(|site| site.url().origin() == url.origin())
    }
}

/// Where an address may go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It belongs to the profile's console.
    Console,
    /// It is a web page from elsewhere: offered to the system browser.
    SystemBrowser,
    /// It is nothing that a page has to open: `tauri:`, `file:`, `mailto:`, …
    Nowhere,
}

/// Where the top frame of a console tab, or a window that it opens, may go.
#[must_use]
pub fn top_frame(reach: &Reach, url: &Url) -> Verdict {
    match url.scheme() {
        "about" if url.path() == "blank" => Verdict::Console,
        "http" | "https" if is_plain(url) && reach.has_page(url) => Verdict::Console,
        "http" | "https" if is_plain(url) => Verdict::SystemBrowser,
        _ => Verdict::Nowhere,
    }
}

/// Where a window that a page opens may go. It may also carry a file from S3, which shows no page.
#[must_use]
pub fn new_window(reach: &Reach, url: &Url) -> Verdict {
    if reach.partition.has_files(url) { Verdict::Console } else { top_frame(reach, url) }
}

/// Whether any frame of a console tab may load an address at all. The web's own schemes only:
/// nothing that reaches the app (`tauri:`, `ipc:`), the disk, or another program.
#[must_use]
pub fn any_frame(url: &Url) -> bool {
    match url.scheme() {
        "http" | "https" => !reaches_the_app(url),
        "about" | "blob" | "data" => true,
        _ => false,
    }
}

/// What may be handed to the system browser: http and https without a user name.
#[must_use]
pub fn is_plain(url: &Url) -> bool {
    url.host().is_some() && url.username().is_empty() && url.password().is_none() && !reaches_the_app(url)
}

/// On Windows the app's own pages and commands are served from these hosts.
fn reaches_the_app(url: &Url) -> bool {
    url.host_str().is_some_and(|host| matches!(host, "tauri.localhost" | "ipc.localhost" | "asset.localhost"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::input::Field;

    fn aws() -> Reach {
        let partition = Partition::built_in().next().expect("there are built-in partitions");
        Reach { partition, sites: Vec::new() }
    }

    fn verdict(text: &str) -> Verdict {
        top_frame(&aws(), &Url::parse(text).expect("the case is a URL"))
    }

    #[test]
    fn the_top_frame_stays_in_the_partition() {
        for (address, expected) in [
            ("https://us-east-1.console.aws.amazon.com/", Verdict::Console),
            ("about:blank", Verdict::Console),
            ("https://docs.aws.amazon.com/", Verdict::SystemBrowser),
            ("http://example.com/", Verdict::SystemBrowser),
            ("https://console.aws.amazon.com@evil.example/", Verdict::Nowhere),
            ("https://c\u{43e}nsole.aws.amazon.com/", Verdict::SystemBrowser),
            ("tauri://localhost/", Verdict::Nowhere),
            ("http://tauri.localhost/", Verdict::Nowhere),
            ("http://ipc.localhost/request", Verdict::Nowhere),
            ("file:///etc/passwd", Verdict::Nowhere),
            ("javascript:alert(1)", Verdict::Nowhere),
            ("mailto:a@b.example", Verdict::Nowhere),
            ("sidelight:open", Verdict::Nowhere),
            ("about:config", Verdict::Nowhere),
            ("data:text/html,x", Verdict::Nowhere),
        ] {
            assert_eq!(verdict(address), expected, "{address}");
        }
    }

    #[test]
    fn an_own_site_is_reached_as_a_whole_origin_and_nothing_beside_it() {
        let site = Endpoint::parse("https://admin.acme.example/", Field::Site).expect("a site");
        let reach = Reach { sites: vec![site], ..aws() };
        for (address, expected) in [
            ("https://admin.acme.example/orders?id=1", Verdict::Console),
            ("https://us-east-1.console.aws.amazon.com/", Verdict::Console),
            ("http://admin.acme.example/", Verdict::SystemBrowser),
            ("https://admin.acme.example:8443/", Verdict::SystemBrowser),
            ("https://x.admin.acme.example/", Verdict::SystemBrowser),
            ("https://admin.acme.example@evil.example/", Verdict::Nowhere),
            ("https://user@admin.acme.example/", Verdict::Nowhere),
        ] {
            assert_eq!(top_frame(&reach, &Url::parse(address).expect("a URL")), expected, "{address}");
        }
    }

    #[test]
    fn a_new_window_may_carry_a_file_from_s3_and_no_foreign_page() {
        let verdict = |text: &str| new_window(&aws(), &Url::parse(text).expect("the case is a URL"));
        assert_eq!(verdict("https://bucket.s3.eu-central-1.amazonaws.com/key?X-Amz-Signature=a"), Verdict::Console);
        assert_eq!(verdict("https://eu-central-1.console.aws.amazon.com/s3"), Verdict::Console);
        assert_eq!(verdict("https://docs.aws.amazon.com/"), Verdict::SystemBrowser);
        assert_eq!(verdict("http://bucket.s3.amazonaws.com/key"), Verdict::SystemBrowser);
        assert_eq!(verdict("https://amazonaws.com.evil.example/"), Verdict::SystemBrowser);
    }

    #[test]
    fn no_frame_reaches_the_app_or_the_disk() {
        let any = |text: &str| any_frame(&Url::parse(text).expect("the case is a URL"));
        for fine in ["https://s3.amazonaws.com/x", "about:srcdoc", "blob:https://a.example/1", "data:text/plain,x"] {
            assert!(any(fine), "{fine}");
        }
        for wrong in [
            "tauri://localhost",
            "ipc://localhost/request",
            "http://ipc.localhost/",
            "file:///",
            "ftp://a.example/",
            "chrome://x",
        ] {
            assert!(!any(wrong), "{wrong}");
        }
    }
}
