//! The console's services with their pages, and the partitions' regions, from shipped data.
//!
//! Not what is in an account, and not how names are searched (`app::switcher`). The rows
//! (`service/rows.rs`, `service/regions.rs`) follow the console's own paths and AWS's region table.

use super::input::{Field, InputError, Problem};
mod page_template;
mod pages;
mod regions;
mod rows;

pub use page_template::PageTemplate;
use regions::REGIONS;
use rows::SERVICES;

/// A service of the console.
#[derive(Debug, PartialEq, Eq)]
pub struct Service {
    /// As the user types it, and as the CLI calls it where it has a word for it.
    pub id: &'static str,
    /// As AWS calls it.
    pub name: &'static str,
    /// As AWS's console in Japanese calls it, where that differs.
    pub japanese: Option<&'static str>,
    /// What people type or say instead, with blanks between: abbreviations, nouns, kana readings.
    pub words: &'static str,
    /// Path (and fragment) below the console's host; `{region}` is filled in.
    pub path: &'static str,
    /// What in it is worth opening by name.
    pub pages: &'static [ServicePage],
    /// Where one thing in it opens by its name.
    pub resource: Option<ServiceResource>,
}

/// A page inside a service.
#[derive(Debug, PartialEq, Eq)]
pub struct ServicePage {
    /// As AWS calls it.
    pub name: &'static str,
    /// As AWS's console in Japanese calls it.
    pub japanese: &'static str,
    /// As [`Service::path`].
    pub path: &'static str,
}

/// One thing of a service that is opened by its name alone: an S3 bucket, a Lambda function.
#[derive(Debug, PartialEq, Eq)]
pub struct ServiceResource {
    /// What it is.
    pub name: &'static str,
    /// The same in Japanese.
    pub japanese: &'static str,
    /// As [`Service::path`], with `{name}` for what it is called.
    pub path: &'static str,
}

impl ServiceResource {
    /// The page of the thing of this name. `None` where the name holds more than `[0-9A-Za-z._-]`
    /// (1–128 of them): then it would have to be encoded as each service does it.
    #[must_use]
    pub fn page(&self, name: &str) -> Option<PageTemplate> {
        let fits = (1..=128).contains(&name.len())
            && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-'));
        fits.then(|| PageTemplate::new(&self.path.replace("{name}", name)))
    }
}

/// Finds a service by its id, whatever the case.
///
/// # Errors
/// [`Problem::Unknown`] where there is none.
pub fn service(id: &str) -> Result<&'static Service, InputError> {
    let id = id.trim();
    SERVICES
        .iter()
        .find(|service| service.id.eq_ignore_ascii_case(id))
        .ok_or(InputError::new(Field::Service, Problem::Unknown))
}

/// All services: the console's home, then by id.
pub fn services() -> impl Iterator<Item = &'static Service> {
    SERVICES.iter()
}

/// A region of a partition.
#[derive(Debug, PartialEq, Eq)]
pub struct RegionFact {
    /// e.g. `eu-central-1`.
    pub code: &'static str,
    /// As AWS calls it.
    pub place: &'static str,
    /// As AWS calls it in Japanese.
    pub japanese: &'static str,
    /// How that is read, in hiragana.
    pub kana: &'static str,
    /// The built-in partition that it belongs to.
    pub partition: &'static str,
}

/// The regions of all built-in partitions, in AWS's order.
pub fn regions() -> impl Iterator<Item = &'static RegionFact> {
    REGIONS.iter()
}

/// The regions of a built-in partition, in AWS's order.
pub fn regions_of(partition: &str) -> impl Iterator<Item = &'static RegionFact> {
    REGIONS.iter().filter(move |region| region.partition == partition)
}

/// A row: id, name, path. The rest follows by the functions below where there is something to say.
const fn at(id: &'static str, name: &'static str, path: &'static str) -> Service {
    Service { id, name, japanese: None, words: "", path, pages: &[], resource: None }
}

impl Service {
    const fn japanese(mut self, name: &'static str) -> Self {
        self.japanese = Some(name);
        self
    }

    const fn words(mut self, words: &'static str) -> Self {
        self.words = words;
        self
    }

    const fn pages(mut self, pages: &'static [ServicePage]) -> Self {
        self.pages = pages;
        self
    }

    const fn resource(mut self, name: &'static str, japanese: &'static str, path: &'static str) -> Self {
        self.resource = Some(ServiceResource { name, japanese, path });
        self
    }
}

const fn page(name: &'static str, japanese: &'static str, path: &'static str) -> ServicePage {
    ServicePage { name, japanese, path }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::partition::Partition;
    use crate::domain::profile::Region;
    use crate::domain::sign_in::Destination;

    #[test]
    fn services_are_found_by_id_and_no_id_stands_twice() {
        assert_eq!(service(" S3 ").map(|service| service.name), Ok("S3"));
        assert!(service("s4").is_err());
        let mut ids: Vec<_> = services().map(|service| service.id).collect();
        let count = ids.len();
        assert!(count >= 90, "{count}");
        assert!(ids[1..].is_sorted());
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), count);
    }

    #[test]
    fn every_page_of_every_service_is_one_of_the_console() -> Result<(), InputError> {
        let aws = Partition::built_in().next().expect("there are built-in partitions");
        let region = Region::parse("eu-central-1")?;
        for service in services() {
            let mut names: Vec<_> = service.pages.iter().map(|page| page.name).collect();
            names.sort_unstable();
            names.dedup();
            assert_eq!(names.len(), service.pages.len(), "{} names a page twice", service.id);
            let resource = service.resource.as_ref().map(|resource| resource.path.replace("{name}", "a"));
            let paths = service.pages.iter().map(|page| page.path.to_owned()).chain(resource);
            for path in paths.chain([service.path.to_owned()]) {
                assert!(!path.starts_with('/'), "{path}");
                let path = PageTemplate::new(&path).at(&region, None).expect("no page of a service names an account");
                let page = Destination::page(&aws, &region, &path)?;
                assert!(!page.url().as_str().contains(['{', '}']), "{path}");
                assert!(page.url().path().len() > 1, "{path}");
            }
        }
        Ok(())
    }

    #[test]
    fn a_resource_is_named_only_by_what_needs_no_encoding() -> Result<(), InputError> {
        let bucket = service("s3")?.resource.as_ref().expect("S3 has buckets");
        let region = Region::parse("eu-central-1")?;
        let page = bucket.page("reports-bucket").and_then(|page| page.at(&region, None));
        assert_eq!(page.as_deref(), Some("/s3/buckets/reports-bucket?region=eu-central-1"));
        for wrong in ["", "a/b", "a?b", "あ", "{region}", &"a".repeat(129)] {
            assert_eq!(bucket.page(wrong), None, "{wrong}");
        }
        Ok(())
    }

    #[test]
    fn every_region_has_a_japanese_place_that_hiragana_reads() {
        for region in regions() {
            assert!(!region.japanese.is_empty(), "{}", region.code);
            let is_hiragana = |letter| matches!(letter, 'ぁ'..='ゖ' | 'ー');
            assert!(!region.kana.is_empty() && region.kana.chars().all(is_hiragana), "{}", region.code);
        }
    }

    #[test]
    fn every_built_in_partition_has_regions_and_its_default_is_one_of_them() {
        for partition in Partition::built_in() {
            assert!(
                partition.regions().iter().any(|region| region == partition.default_region()),
                "{}",
                partition.name()
            );
        }
    }
}
