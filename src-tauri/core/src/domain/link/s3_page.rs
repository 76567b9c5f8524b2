//! Which bucket, folder or object a page of the S3 console shows.
//!
//! AWS documents no console address; these are the ones that it leads to itself.

use url::Url;

use super::encoding::decoded;
use crate::domain::s3::S3Uri;

/// What the page shows; `None` for any other page.
#[must_use]
pub fn s3_of(page: &Url) -> Option<S3Uri> {
    let mut parts = page.path_segments()?;
    let (console, kind, bucket) = (parts.next()?, parts.next()?, parts.next().filter(|name| !name.is_empty())?);
    let prefix = page.query_pairs().find(|(name, _)| name == "prefix").map(|(_, prefix)| prefix.into_owned());
    let prefix = prefix.unwrap_or_default();
    let is_folder = match kind {
        "buckets" | "bucket" | "upload" => true,
        "object" => prefix.ends_with('/'),
        _ => return None,
    };
    let key = if is_folder && !prefix.is_empty() && !prefix.ends_with('/') { format!("{prefix}/") } else { prefix };
    // An object's page without its key shows none.
    let shows_something = is_folder || !key.is_empty();
    S3Uri::new(&decoded(bucket), &key).ok().filter(|_| console == "s3" && shows_something)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_of_the_s3_console_shows_a_bucket_a_folder_or_an_object() -> Result<(), url::ParseError> {
        let console = "https://eu-central-1.console.aws.amazon.com/s3/";
        for (page, shows) in [
            ("buckets/reports?region=eu-central-1&tab=objects", Some("s3://reports/")),
            ("buckets/reports?prefix=2026/&region=eu-central-1", Some("s3://reports/2026/")),
            ("buckets/reports?prefix=2026&showversions=false", Some("s3://reports/2026/")),
            (
                "object/reports?region=eu-central-1&prefix=2026/%E5%A3%B2%E4%B8%8A+1.csv",
                Some("s3://reports/2026/売上 1.csv"),
            ),
            ("object/reports?prefix=2026/", Some("s3://reports/2026/")),
            ("upload/reports?region=eu-central-1&prefix=2026/", Some("s3://reports/2026/")),
            ("object/reports", None),
            ("buckets", None),
            ("buckets/", None),
            ("home?region=eu-central-1", None),
            ("jobs?region=eu-central-1", None),
        ] {
            let found = s3_of(&Url::parse(&format!("{console}{page}"))?);
            assert_eq!(found.map(|uri| uri.to_string()).as_deref(), shows, "{page}");
        }
        assert_eq!(s3_of(&Url::parse("https://console.aws.amazon.com/ec2/buckets/reports")?), None);
        Ok(())
    }
}
