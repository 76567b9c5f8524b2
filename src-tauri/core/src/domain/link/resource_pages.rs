//! ARN to page: which page of the console shows a resource.
//!
//! The rows are data (`resource_pages.tsv`). AWS documents no address of its consoles: they are written
//! after addresses that people have published, and compared with the table of the project link2aws
//! (1.0.26) where it has the kind; none was opened at AWS. A wrong one shows its service's page or an error of it.
//! Grows by a row for each kind of resource.

use crate::domain::input::{Field, InputError, Problem};
use crate::domain::partition::Partition;
use crate::domain::profile::{AwsAccountId, Region};
use crate::domain::service::{Service, service};

use super::arn::Arn;
use super::encoding::{cloudwatch, component, readable};

static ROWS: &str = include_str!("resource_pages.tsv");

/// A page below the console's host, and whose it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResourcePage {
    /// The console's service.
    pub service: &'static Service,
    /// Path, query and fragment, without a leading `/`.
    pub below_console: String,
    /// Whether it shows the resource itself, and not only its service.
    pub is_own: bool,
}

/// The page that shows a resource; `region` is for what has none in its ARN, such as a role.
///
/// # Errors
/// [`Problem::Unknown`] for a service that is not known here.
pub fn page(arn: &Arn, region: &Region) -> Result<ResourcePage, InputError> {
    let region = arn.region().unwrap_or(region);
    for row in rows().filter(|row| row.arn_service == arn.service()) {
        let Some(captured) = captures(row.pattern, arn.resource()) else { continue };
        let service = service(row.service)?;
        let is_own = row.page != "-";
        let template = if is_own { row.page } else { service.path };
        return Ok(ResourcePage { service, below_console: filled(template, arn, region, &captured), is_own });
    }
    // A kind of resource without a row: its service's own page.
    let known = rows().find(|row| row.arn_service == arn.service()).map(|row| service(row.service));
    let service = known.unwrap_or(Err(InputError::new(Field::Link, Problem::Unknown)))?;
    Ok(ResourcePage { service, below_console: filled(service.path, arn, region, &[]), is_own: false })
}

struct Row {
    arn_service: &'static str,
    pattern: &'static str,
    service: &'static str,
    page: &'static str,
}

fn rows() -> impl Iterator<Item = Row> {
    ROWS.lines().filter(|line| !line.starts_with('#')).filter_map(|line| {
        let mut cells = line.split('\t');
        Some(Row { arn_service: cells.next()?, pattern: cells.next()?, service: cells.next()?, page: cells.next()? })
    })
}

type Captured<'text> = Vec<(&'static str, &'text str)>;

/// What the names of a pattern stand for in a text that fits it as a whole.
fn captures<'text>(pattern: &'static str, text: &'text str) -> Option<Captured<'text>> {
    if pattern == "*" {
        return Some(Vec::new());
    }
    let Some((before, rest)) = pattern.split_once('{') else {
        return fits_literally(pattern, text, true).map(|_| Vec::new());
    };
    let text = &text[fits_literally(before, text, false)?..];
    let (name, after) = rest.split_once('}')?;
    let (name, lengths) = match (name.strip_prefix('*'), name.strip_prefix('#')) {
        (Some(name), _) => {
            let ends = text.char_indices().map(|(at, letter)| at + letter.len_utf8());
            (name, ends.rev().collect::<Vec<_>>())
        }
        (None, Some(name)) => (name, vec![text.bytes().take_while(u8::is_ascii_digit).count()]),
        (None, None) => (name, vec![text.find(['/', ':']).unwrap_or(text.len())]),
    };
    lengths.into_iter().filter(|length| *length > 0).find_map(|length| {
        let mut found = captures(after, &text[length..])?;
        found.push((name, &text[..length]));
        Some(found)
    })
}

/// How many bytes of `text` a pattern without names takes; `?` is one letter or digit.
fn fits_literally(pattern: &str, text: &str, whole: bool) -> Option<usize> {
    let fits = pattern.len() <= text.len()
        && (!whole || pattern.len() == text.len())
        && pattern
            .bytes()
            .zip(text.bytes())
            .all(|(expected, found)| if expected == b'?' { found.is_ascii_alphanumeric() } else { expected == found });
    fits.then_some(pattern.len())
}

fn filled(template: &str, arn: &Arn, region: &Region, captured: &[(&str, &str)]) -> String {
    let suffix = Partition::built_in().find(|known| known.name() == arn.partition());
    let suffix = suffix.and_then(|known| known.endpoint_suffix()).unwrap_or("amazonaws.com");
    let mut out = String::new();
    let mut parts = template.split('{');
    out.push_str(parts.next().unwrap_or_default());
    for part in parts {
        let Some((name, after)) = part.split_once('}') else { continue };
        let (name, spell): (&str, fn(&str) -> String) = match name.as_bytes().last() {
            Some(b'%') => (&name[..name.len() - 1], component),
            Some(b'$') => (&name[..name.len() - 1], cloudwatch),
            _ => (name, readable),
        };
        let value = match name {
            "region" => region.as_str(),
            "account" => arn.account().map_or("", AwsAccountId::as_str),
            "arn" => arn.as_str(),
            "suffix" => suffix,
            _ => captured.iter().find(|(known, _)| *known == name).map_or("", |(_, value)| value),
        };
        out.push_str(&spell(value));
        out.push_str(after);
    }
    out
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn below(arn: &str) -> Result<(String, bool), InputError> {
        let region = Region::parse("eu-west-1")?;
        page(&Arn::parse(arn)?, &region).map(|page| (page.below_console, page.is_own))
    }

    #[test]
    fn every_row_names_a_known_service_and_only_what_its_pattern_captures() {
        let names = |text: &'static str| -> BTreeSet<&str> {
            let inside = text.split('{').skip(1).filter_map(|part| part.split_once('}'));
            inside.map(|(name, _)| name.trim_matches(['*', '#', '%', '$'])).collect()
        };
        for (number, line) in ROWS.lines().enumerate().filter(|(_, line)| !line.starts_with('#')) {
            assert_eq!(line.split('\t').count(), 4, "line {}", number + 1);
        }
        for row in rows() {
            let words = format!("{} {}", row.arn_service, row.pattern);
            assert!(service(row.service).is_ok(), "{words}");
            let mut known = names(row.pattern);
            known.extend(["region", "account", "arn", "suffix"]);
            assert!(names(row.page).is_subset(&known), "{words}");
            assert!(!row.page.starts_with(['/', '{']), "{words}");
        }
    }

    #[test]
    fn forty_services_and_sixty_kinds_of_resources_have_a_page_of_their_own() {
        let own: Vec<Row> = rows().filter(|row| row.page != "-").collect();
        assert!(own.len() >= 60, "{}", own.len());
        assert!(own.iter().map(|row| row.service).collect::<BTreeSet<_>>().len() >= 40);
    }

    #[test]
    fn a_kind_without_a_row_goes_to_its_services_page_and_an_unknown_service_is_an_error() -> Result<(), InputError> {
        assert_eq!(
            below("arn:aws:ec2:eu-central-1:111122223333:dedicated-host/h-1")?,
            ("ec2/home?region=eu-central-1#Instances:".to_owned(), false)
        );
        assert_eq!(
            below("arn:aws:acm:eu-central-1:111122223333:other/1")?,
            ("acm/home?region=eu-central-1#/certificates/list".to_owned(), false)
        );
        assert_eq!(
            below("arn:aws:nosuchservice:eu-central-1:111122223333:x"),
            Err(InputError::new(Field::Link, Problem::Unknown))
        );
        Ok(())
    }

    #[test]
    fn the_region_is_the_arns_own_before_the_given_one() -> Result<(), InputError> {
        assert_eq!(
            below("arn:aws:iam::111122223333:role/path/Admin")?.0,
            "iam/home?region=eu-west-1#/roles/details/Admin"
        );
        assert_eq!(
            below("arn:aws:lambda:eu-central-1:111122223333:function:greet")?.0,
            "lambda/home?region=eu-central-1#/functions/greet"
        );
        Ok(())
    }

    #[test]
    fn a_name_cannot_leave_its_place_in_the_address() -> Result<(), InputError> {
        let (page, _) = below("arn:aws:dynamodb:eu-central-1:111122223333:table/a?b#c&d=e%2F")?;
        assert_eq!(page, "dynamodbv2/home?region=eu-central-1#table?name=a%3Fb%23c%26d%3De%252F");
        Ok(())
    }
}
