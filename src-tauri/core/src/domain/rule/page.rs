//! Page pattern: which pages of the user's own sites a rule is about: `admin.acme.example/prod, *.stg.example`.
//!
//! Host first and whole, so that no page can write itself into a rule by its path or query.
//! Must not grow past hosts and paths.

use std::sync::Arc;

use url::Url;

use super::pattern::LONGEST_PATTERN;
use crate::domain::input::{Field, InputError, Problem};
use crate::domain::profile::one_line;

/// Places, parted by commas: a host (`*.` in front: everything below it), perhaps a port, perhaps
/// the beginning of a path, in which `*` stands for any run of characters. Case does not count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PagePattern {
    text: String,
    places: Vec<Place>,
}

impl PagePattern {
    /// Trims and checks.
    ///
    /// # Errors
    /// [`Field::Pattern`]: empty, too long, or a place that is no host and path.
    pub fn parse(text: &str) -> Result<Self, InputError> {
        let text = one_line(text, Field::Pattern, LONGEST_PATTERN)?;
        let spelled = text.split([',', '、', '，']).map(str::trim).filter(|spelled| !spelled.is_empty());
        let places = spelled.map(Place::parse).collect::<Option<Vec<_>>>();
        match places {
            Some(places) if !places.is_empty() => Ok(Self { text, places }),
            _ => Err(InputError::new(Field::Pattern, Problem::Malformed)),
        }
    }

    /// As written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Which place the page belongs to, as it is written.
    #[must_use]
    pub fn find(&self, page: &Url) -> Option<&str> {
        self.find_in(page).map(|found| &**found)
    }

    pub(super) fn find_in(&self, page: &Url) -> Option<&Arc<str>> {
        if !matches!(page.scheme(), "https" | "http") {
            return None;
        }
        self.places.iter().find(|place| place.holds(page)).map(|place| &place.spelled)
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Place {
    spelled: Arc<str>,
    /// Below the host, not the host itself.
    is_below: bool,
    host: String,
    port: Option<u16>,
    /// What stands between the `*`s of the path; the first stands at the path's beginning.
    path: Vec<String>,
}

impl Place {
    fn parse(spelled: &str) -> Option<Self> {
        let bare = spelled.strip_prefix("https://").or_else(|| spelled.strip_prefix("http://")).unwrap_or(spelled);
        let (is_below, bare) = match bare.strip_prefix("*.") {
            Some(rest) => (true, rest),
            None => (false, bare),
        };
        // Browsers skip slashes before a host: that would make a host of a path.
        let bare = Some(bare).filter(|bare| !bare.starts_with(['/', '\\']))?;
        // By the rules of browsers, so that names of other scripts and encoded paths compare as pages do.
        let url = Url::parse(&format!("https://{bare}")).ok()?;
        let is_plain = url.username().is_empty() && url.password().is_none();
        let host = url.host_str().filter(|host| !host.contains('*'))?.to_owned();
        let path = url.path().to_lowercase().split('*').map(str::to_owned).collect();
        let is_place = is_plain && url.query().is_none() && url.fragment().is_none();
        is_place.then(|| Self { spelled: Arc::from(spelled), is_below, host, port: url.port(), path })
    }

    fn holds(&self, page: &Url) -> bool {
        let Some(host) = page.host_str() else { return false };
        let is_host = match host.strip_suffix(&self.host) {
            Some("") => !self.is_below,
            Some(rest) => self.is_below && rest.ends_with('.'),
            None => false,
        };
        let is_port = self.port.is_none() || self.port == page.port();
        is_host && is_port && self.begins(&page.path().to_lowercase())
    }

    /// Whether the path begins so, up to its end or to the end of a step.
    fn begins(&self, path: &str) -> bool {
        let Some((last, before)) = self.path.split_last() else { return true };
        let mut rest = path;
        for (index, part) in before.iter().enumerate() {
            let behind = match index {
                0 => rest.strip_prefix(part.as_str()),
                _ => rest.split_once(part.as_str()).map(|(_, behind)| behind),
            };
            let Some(behind) = behind else { return false };
            rest = behind;
        }
        let ends = |at: usize| {
            let behind = &rest[at + last.len()..];
            last.is_empty() || last.ends_with('/') || behind.is_empty() || behind.starts_with('/')
        };
        match before {
            [] => rest.starts_with(last.as_str()) && ends(0),
            _ => rest.match_indices(last.as_str()).any(|(at, _)| ends(at)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finds(pattern: &str, page: &str) -> Result<bool, Box<dyn std::error::Error>> {
        Ok(PagePattern::parse(pattern)?.find(&Url::parse(page)?).is_some())
    }

    #[test]
    fn a_page_is_of_a_host_and_below_a_path_and_of_nothing_that_only_names_them()
    -> Result<(), Box<dyn std::error::Error>> {
        for (pattern, page) in [
            ("admin.acme.example", "https://admin.acme.example/any/page?x=1"),
            ("https://Admin.Acme.Example/", "http://admin.acme.example/"),
            ("*.acme.example", "https://a.b.acme.example/"),
            ("other.example, admin.acme.example/prod", "https://admin.acme.example/PROD/users"),
            ("admin.acme.example/*/prod", "https://admin.acme.example/eu/west/prod"),
            ("admin.acme.example/prod*", "https://admin.acme.example/production"),
            ("localhost:3000", "http://localhost:3000/a"),
            ("localhost", "http://localhost:3000/a"),
            ("例え.テスト", "https://xn--r8jz45g.xn--zckzah/"),
            ("acme.example/本番", "https://acme.example/%E6%9C%AC%E7%95%AA/x"),
        ] {
            assert!(finds(pattern, page)?, "{pattern} is not {page}");
        }
        for (pattern, page) in [
            ("admin.acme.example", "https://evil.example/admin.acme.example"),
            ("admin.acme.example", "https://evil.example/?admin.acme.example"),
            ("admin.acme.example", "https://admin.acme.example.evil.example/"),
            ("acme.example", "https://admin.acme.example/"),
            ("*.acme.example", "https://acme.example/"),
            ("*.acme.example", "https://evilacme.example/"),
            ("acme.example/prod", "https://acme.example/production"),
            ("acme.example/*/prod", "https://acme.example/eu/products"),
            ("localhost:3000", "http://localhost:4000/"),
            ("acme.example", "ftp://acme.example/"),
        ] {
            assert!(!finds(pattern, page)?, "{pattern} is {page}");
        }
        Ok(())
    }

    #[test]
    fn a_place_without_a_host_of_its_own_is_refused() {
        for wrong in
            ["*", "*.*", "/prod", "acme.example?x", "acme.example#x", "a@acme.example", "a b", ",", "a*b.example"]
        {
            let answer = PagePattern::parse(wrong);
            assert_eq!(answer, Err(InputError::new(Field::Pattern, Problem::Malformed)), "{wrong}");
        }
    }
}
