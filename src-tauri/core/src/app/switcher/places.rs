//! The services, their pages and the regions as things that the switcher finds.
//!
//! Built once, from the domain's rows; nothing of the user's is in here.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::words::Words;
use crate::domain::service::{RegionFact, Service, ServicePage, regions, services};

/// A service, or a page in it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    pub(super) service: &'static Service,
    /// `None` for the service's own page.
    pub(super) page: Option<&'static ServicePage>,
}

impl Place {
    pub(super) fn path(self) -> &'static str {
        self.page.map_or(self.service.path, |page| page.path)
    }

    /// The letters of its name: how much of it was typed decides between two that fit.
    pub(super) fn letters(self) -> usize {
        self.page.map_or(self.service.id, |page| page.name).chars().count()
    }
}

/// All of them, and their words.
pub(super) struct Places {
    pub(super) all: Vec<Place>,
    pub(super) words: Words,
    pub(super) regions: Vec<&'static RegionFact>,
    pub(super) region_words: Words,
    services: HashMap<&'static str, usize>,
}

impl Places {
    /// The service to which a console path belongs.
    pub(super) fn at(&self, path: &str) -> Option<usize> {
        self.services.get(root(path)).copied()
    }
}

/// The part of a path that names the service.
fn root(path: &str) -> &str {
    let path = path.trim_start_matches('/');
    let path = path.strip_prefix("codesuite/").unwrap_or(path);
    path.split(['/', '?', '#']).next().unwrap_or_default()
}

/// From the domain's rows.
pub(super) static PLACES: LazyLock<Places> = LazyLock::new(|| {
    let mut places = Places {
        all: Vec::new(),
        words: Words::default(),
        regions: regions().collect(),
        region_words: Words::default(),
        services: HashMap::new(),
    };
    for service in services() {
        let at = places.all.len();
        places.all.push(Place { service, page: None });
        // Two share `ec2/home`: it is that of EC2, which has the more pages.
        for path in service.pages.iter().map(|page| page.path).chain([service.path]) {
            let kept = places.services.entry(root(path)).or_insert(at);
            if service.pages.len() > places.all[*kept].service.pages.len() {
                *kept = at;
            }
        }
        places.add_service(at, service, [100, 95, 97]);
        for page in service.pages {
            let at = places.all.len();
            places.all.push(Place { service, page: Some(page) });
            places.add_service(at, service, [60, 60, 55]);
            places.words.add(at, page.name, 95);
            places.words.add(at, page.japanese, 95);
        }
    }
    for (at, region) in places.regions.iter().enumerate() {
        for text in [region.code, region.place, region.japanese, region.kana] {
            places.region_words.add(at, text, 100);
        }
        places.region_words.add_whole(at, &short_code(region.code), 100);
    }
    places
});

impl Places {
    fn add_service(&mut self, at: usize, service: &Service, [id, name, words]: [u8; 3]) {
        self.words.add(at, service.id, id);
        for text in [Some(service.name), service.japanese].into_iter().flatten() {
            // Every second service is called Amazon or AWS something.
            let name_alone = text.trim_start_matches("Amazon ").trim_start_matches("AWS ");
            self.words.add(at, name_alone, name);
            self.words.add(at, text, name.min(50));
        }
        self.words.add(at, service.words, words);
    }
}

/// As people write a region in names: `apne1` for `ap-northeast-1`.
fn short_code(code: &str) -> String {
    let mut parts = code.split('-');
    let area: String = parts.next().unwrap_or_default().to_owned();
    let of_direction = |part: &str| {
        let directions = ["north", "south", "east", "west", "central"];
        let letters = directions.iter().filter(|direction| part.contains(**direction));
        let mut found: Vec<(usize, &str)> =
            letters.filter_map(|direction| part.find(direction).map(|at| (at, &direction[..1]))).collect();
        found.sort_unstable();
        let short: String = found.into_iter().map(|(_, letter)| letter).collect();
        if short.is_empty() { part.to_owned() } else { short }
    };
    area + &parts.map(of_direction).collect::<String>()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_region_has_the_short_name_that_people_use() {
        for (code, short) in [("ap-northeast-1", "apne1"), ("us-east-1", "use1"), ("eu-central-1", "euc1")] {
            assert_eq!(short_code(code), short);
        }
    }

    #[test]
    fn a_consoles_path_leads_to_its_service() {
        for (path, id) in [
            ("/sqs/v3/home?region=eu-west-1#/queues", "sqs"),
            ("/ec2/home", "ec2"),
            ("/vpcconsole/home", "vpc"),
            ("/codesuite/codebuild/projects", "codebuild"),
            ("/systems-manager/parameters", "ssm"),
            ("/cloudwatch/home", "cloudwatch"),
        ] {
            assert_eq!(PLACES.at(path).map(|at| PLACES.all[at].service.id), Some(id), "{path}");
        }
        assert!(PLACES.at("/").is_none());
    }
}
