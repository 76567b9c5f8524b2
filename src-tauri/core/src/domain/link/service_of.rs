//! Which service a page of the console belongs to, by its path.
//!
//! Not where a service opens (`domain::service`). Grows when a console moves to another path: the
//! old one stays in chats and bookmarks.

use url::Url;

use crate::domain::service::{Service, service, services};

/// Paths of consoles that are no longer, or not only, where their service opens.
static OTHER_PATHS: &[(&str, &str)] = &[
    ("billing", "billing"),
    ("budgets", "budgets"),
    ("cloudtrail", "cloudtrail"),
    ("codebuild", "codebuild"),
    ("codecommit", "codecommit"),
    ("codedeploy", "codedeploy"),
    ("codepipeline", "codepipeline"),
    ("cost-management", "billing"),
    ("cost-reports", "billing"),
    ("dynamodb", "dynamodb"),
    ("ec2sp", "ec2"),
    ("ec2autoscaling", "autoscaling"),
    ("elasticmapreduce", "emr"),
    ("es", "opensearch"),
    ("gluestudio", "glue"),
    ("iamv2", "iam"),
    ("kinesisanalytics", "flink"),
    ("lex", "lex"),
    ("rds-performance-insights", "rds"),
    ("redshift", "redshift"),
    ("resource-explorer", "resource-explorer"),
    ("sqlworkbench", "redshift"),
    ("vpc", "vpc"),
    ("wafv2", "waf"),
    ("xray", "xray"),
];

/// Pages that have not the word of their service's own page: the console's path, the page's word (none
/// for all others of that path), the service.
static OTHER_WORDS: &[(&str, &str, &str)] = &[
    ("billing", "account", "account"),
    ("billing", "", "billing"),
    ("ec2", "ELBListener", "elb"),
    ("ec2", "LaunchConfiguration", "autoscaling"),
    ("ec2", "TargetGroup", "elb"),
    ("wafv2/homev2", "", "waf"),
];

/// Consoles that share their first segment with others of their family.
const FAMILIES: [&str; 2] = ["codesuite", "systems-manager"];

/// The service whose console an address is of; `None` for one that is not in the table.
#[must_use]
pub fn service_of(url: &Url) -> Option<&'static Service> {
    let path = url.path().trim_start_matches('/');
    let head = head(url.fragment().unwrap_or_default());
    let other = OTHER_WORDS.iter().find(|(root, word, _)| is_below(path, root) && head.starts_with(word));
    if let Some((_, _, id)) = other {
        return service(id).ok();
    }
    let same_path: Vec<&'static Service> = services().filter(|known| is_below(path, root(known.path))).collect();
    // The longest root wins (`codesuite/codebuild`), then the page's own word (`#logsV2:`), then the
    // service that the console is named after (`vpcconsole`).
    let longest = same_path.iter().map(|known| root(known.path).len()).max().unwrap_or_default();
    let closest: Vec<_> = same_path.into_iter().filter(|known| root(known.path).len() == longest).collect();
    let by_word = closest.iter().find(|known| !head.is_empty() && is_same_page(fragment_head(known.path), head));
    let by_word = by_word.or_else(|| closest.iter().find(|known| fragment_head(known.path).is_empty()));
    let by_name = || closest.iter().find(|known| root(known.path).starts_with(known.id));
    by_word.or_else(by_name).or_else(|| closest.first()).copied().or_else(|| {
        let first = path.split('/').next().unwrap_or_default();
        OTHER_PATHS.iter().find(|(known, _)| *known == first).and_then(|(_, id)| service(id).ok())
    })
}

/// The part of a service's path by which its console is known.
fn root(path: &str) -> &str {
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let mut ends = path.match_indices('/').map(|(at, _)| at);
    let first = ends.next().unwrap_or(path.len());
    if FAMILIES.contains(&&path[..first]) && !path[first..].starts_with("/home") {
        &path[..ends.next().unwrap_or(path.len())]
    } else {
        &path[..first]
    }
}

fn is_below(path: &str, root: &str) -> bool {
    path.strip_prefix(root).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

fn fragment_head(path: &str) -> &str {
    path.split_once('#').map_or("", |(_, fragment)| head(fragment))
}

/// The first word of a fragment: `logsV2` of `logsV2:log-groups`, `pipes` of `/pipes/a`.
fn head(fragment: &str) -> &str {
    let fragment = fragment.trim_start_matches(['/', '!']);
    fragment.split(|letter: char| !letter.is_ascii_alphanumeric()).next().unwrap_or_default()
}

/// `AutoScalingGroups` is the list that `AutoScalingGroupDetails` leads back to.
fn is_same_page(list: &str, found: &str) -> bool {
    !list.is_empty() && found.starts_with(list.strip_suffix('s').unwrap_or(list))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_service_is_known_by_its_path_and_within_one_path_by_the_pages_word() {
        for (path, expected) in [
            ("s3/buckets/a?region=eu-west-1", Some("s3")),
            ("lambda/home?region=eu-west-1#/functions/greet", Some("lambda")),
            ("cloudwatch/home?region=eu-west-1#alarmsV2:", Some("cloudwatch")),
            ("cloudwatch/home?region=eu-west-1#logsV2:log-groups", Some("logs")),
            ("ec2/v2/home?region=eu-west-1#Volumes:", Some("ec2")),
            ("ec2/home?region=eu-west-1#LoadBalancer:loadBalancerArn=a", Some("elb")),
            ("ec2/home?region=eu-west-1#TargetGroups:", Some("elb")),
            ("ec2/home?region=eu-west-1#AutoScalingGroupDetails:id=a", Some("autoscaling")),
            ("events/home#/pipes/a", Some("pipes")),
            ("events/home#/rules", Some("eventbridge")),
            ("codesuite/codebuild/projects", Some("codebuild")),
            ("systems-manager/parameters", Some("ssm")),
            ("systems-manager/appconfig/applications", Some("appconfig")),
            ("vpc/home#vpcs:", Some("vpc")),
            ("iamv2/home#/groups", Some("iam")),
            ("console/home", Some("home")),
            ("", None),
            ("lambdas/home", None),
        ] {
            let url = Url::parse(&format!("https://eu-west-1.console.aws.amazon.com/{path}")).expect("a URL");
            assert_eq!(service_of(&url).map(|service| service.id), expected, "{path}");
        }
    }
}
