//! SourceIdentity, Tags and TransitiveTagKeys: what a session is given to carry, and what it inherits.
//! It is not where they are checked later: nothing here decides by them. AWS: "Pass session tags in AWS STS".

use super::error::StsError;
use super::parameters::{Parameters, constraint};
use crate::credential::{Context, Tag};

const MOST_TAGS: usize = 50;
const LONGEST_KEY: usize = 128;
const LONGEST_VALUE: usize = 256;

/// What the new session carries but MFA; `inherited` is what its caller's session carries.
pub(super) fn asked(parameters: &Parameters, inherited: &Context) -> Result<Context, StsError> {
    let tags = tags(parameters)?;
    let handed_on: Vec<&Tag> = inherited.tags.iter().filter(|tag| tag.transitive).collect();
    if tags.iter().any(|tag| handed_on.iter().any(|kept| kept.has_key(&tag.key))) {
        return Err(StsError::InvalidParameterValue(
            "One of the specified transitive tag keys can't be set because it conflicts with a transitive tag key from \
             the calling session.",
        ));
    }
    let tags = handed_on.into_iter().cloned().chain(tags).collect();
    Ok(Context { source_identity: source_identity(parameters, inherited)?, tags, mfa: false })
}

fn source_identity(parameters: &Parameters, inherited: &Context) -> Result<Option<String>, StsError> {
    if parameters.text("SourceIdentity").is_none() {
        return Ok(inherited.source_identity.clone());
    }
    let wanted = parameters.name("SourceIdentity", 64)?;
    if inherited.source_identity.as_deref().is_some_and(|kept| kept != wanted) {
        return Err(StsError::SourceIdentityIsSet);
    }
    Ok(Some(wanted.to_owned()))
}

fn tags(parameters: &Parameters) -> Result<Vec<Tag>, StsError> {
    let transitive: Vec<&str> = parameters.members("TransitiveTagKeys", "").collect();
    let keys: Vec<&str> = parameters.members("Tags", ".Key").collect();
    for (name, count) in [("Tags", keys.len()), ("TransitiveTagKeys", transitive.len())] {
        if count > MOST_TAGS {
            return Err(constraint(&count.to_string(), name, "Member must have length less than or equal to 50"));
        }
    }
    let mut tags: Vec<Tag> = Vec::with_capacity(keys.len());
    for (index, key) in keys.into_iter().enumerate() {
        let place = format!("Tags.member.{}", index + 1);
        let value = parameters.required(&format!("{place}.Value"))?;
        check_text(key, &format!("{place}.Key"), 1..=LONGEST_KEY)?;
        check_text(value, &format!("{place}.Value"), 0..=LONGEST_VALUE)?;
        if tags.iter().any(|tag| tag.has_key(key)) {
            let words = "Duplicate tag keys found. Please note that Tag keys are case insensitive.";
            return Err(StsError::InvalidParameterValue(words));
        }
        tags.push(Tag { key: key.to_owned(), value: value.to_owned(), transitive: false });
    }
    for key in transitive {
        let tag = tags.iter_mut().find(|tag| tag.has_key(key)).ok_or(StsError::InvalidParameterValue(
            "The specified transitive tag key must be included in the requested tags.",
        ))?;
        tag.transitive = true;
    }
    Ok(tags)
}

fn check_text(text: &str, place: &str, lengths: std::ops::RangeInclusive<usize>) -> Result<(), StsError> {
    let allowed = |c: char| c.is_alphabetic() || c.is_numeric() || c == ' ' || "_.:/=+-@".contains(c);
    if !text.chars().all(allowed) {
        let rule = r"Member must satisfy regular expression pattern: [\p{L}\p{Z}\p{N}_.:/=+\-@]+";
        return Err(constraint(text, place, rule));
    }
    if text.chars().count() < *lengths.start() {
        let rule = format!("Member must have length greater than or equal to {}", lengths.start());
        return Err(constraint(text, place, &rule));
    }
    if text.chars().count() > *lengths.end() {
        let rule = format!("Member must have length less than or equal to {}", lengths.end());
        return Err(constraint(text, place, &rule));
    }
    Ok(())
}
