//! The corpus of `tests/aws_config`: what each pair of files means to Sidelight. That botocore, the
//! engine of the AWS CLI, reads them the same way, but for what is listed, is tested beside it.

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use sidelight_core::domain::import::{ConfigProfile, Unusable};
use sidelight_core::domain::source::StartUrl;
use sidelight_core::domain::way::{Base, Step, Way};
use sidelight_core::storage::aws_config::AwsFiles;

type Tested<T = ()> = Result<T, Box<dyn Error>>;

fn corpus() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/aws_config/cases")
}

#[test]
fn every_case_is_read_as_the_aws_cli_reads_it() -> Tested {
    let mut cases: Vec<PathBuf> = fs::read_dir(corpus())?.map(|entry| Ok(entry?.path())).collect::<Tested<_>>()?;
    cases.sort();
    assert!(cases.len() >= 60, "cases are missing");
    let mut wrong = Vec::new();
    for case in cases {
        let mut expected: Value = serde_json::from_slice(&fs::read(case.join("expected.json"))?)?;
        let files = AwsFiles::at(case.join("config"), case.join("credentials"));
        let found = json!({
            "profiles": files.profiles()?.iter().map(|profile| told(&files, profile)).collect::<Vec<_>>(),
            "sso_sessions": files.read()?.sso_sessions(),
        });
        normalise(&mut expected)?;
        if found != expected {
            wrong.push(format!("{}\n  found    {found}\n  expected {expected}", case.display()));
        }
    }
    assert!(wrong.is_empty(), "{} cases:\n{}", wrong.len(), wrong.join("\n"));
    Ok(())
}

/// Start URLs are told as Sidelight spells them; which session they came from is not kept.
fn normalise(expected: &mut Value) -> Tested {
    for profile in expected["profiles"].as_array_mut().into_iter().flatten() {
        for step in profile.get_mut("chain").and_then(Value::as_array_mut).into_iter().flatten() {
            if let Some(url) = step.get("start_url").and_then(Value::as_str) {
                step["start_url"] = StartUrl::parse(url)?.as_str().into();
                step["session"].take();
            }
        }
    }
    Ok(())
}

fn told(files: &AwsFiles, profile: &ConfigProfile) -> Value {
    let region = profile.region.as_ref().map(ToString::to_string);
    match &profile.way {
        Ok(way) => json!({ "name": profile.name.as_str(), "region": region, "chain": chain(files, way) }),
        Err(problem) => json!({ "name": profile.name.as_str(), "region": region, "problem": word(problem) }),
    }
}

fn chain(files: &AwsFiles, way: &Way) -> Vec<Value> {
    std::iter::once(base(files, &way.base)).chain(way.steps.iter().map(step)).collect()
}

fn base(files: &AwsFiles, base: &Base) -> Value {
    match base {
        Base::ConfigKeys(name) => {
            let pair = files.read().ok().and_then(|sections| sections.keys(name.as_str()));
            let pair = pair.expect("a base of keys has them");
            json!({ "kind": "static", "key_id": pair.id, "has_token": pair.token.is_some() })
        }
        Base::Environment => json!({ "kind": "environment" }),
        Base::Process(command) => json!({ "kind": "process", "command": command }),
        Base::WebIdentity { role, token_file } => json!({
            "kind": "web-identity",
            "role": role.arn.as_str(),
            "token_file": token_file,
            "session_name": role.session_name.as_ref().map(|name| name.as_str()),
        }),
        Base::Login(session) => json!({ "kind": "login", "session": session }),
        Base::IdentityCenter(source) => json!({
            "kind": "identity-center",
            "start_url": source.start_url.as_str(),
            "region": source.region.as_str(),
            "account": source.account.as_str(),
            "role": source.permission_set.as_str(),
            "session": null,
        }),
        Base::Keychain { .. } | Base::ConfigProfile(_) => panic!("the files lead to {base:?}"),
    }
}

fn step(step: &Step) -> Value {
    json!({
        "kind": "assume-role",
        "role": step.role.arn.as_str(),
        "external_id": step.role.external_id.as_ref().map(|id| id.as_str()),
        "mfa_serial": step.role.mfa.as_ref().map(|device| device.as_str()),
        "session_name": step.role.session_name.as_ref().map(|name| name.as_str()),
        "duration_seconds": step.duration.map(|duration| duration.seconds()),
    })
}

fn word(problem: &Unusable) -> &'static str {
    match problem {
        Unusable::Unknown => "unknown",
        Unusable::Nothing => "nothing",
        Unusable::Incomplete(_) => "incomplete",
        Unusable::MissingParent(_) => "missing-parent",
        Unusable::Cycle(_) => "cycle",
        Unusable::UnsupportedSource(_) => "unsupported-source",
        Unusable::Contradiction(_) => "contradiction",
        Unusable::Malformed(_) => "malformed",
        Unusable::Own => "own",
    }
}

#[test]
fn five_thousand_profiles_in_chains_are_read_whole() -> Tested {
    let folder = tempfile::tempdir()?;
    let (config, credentials) = (folder.path().join("config"), folder.path().join("credentials"));
    let mut text = String::new();
    for number in 0..5_000 {
        text +=
            &format!("[profile p{number}]\nregion = eu-west-1\nrole_arn = arn:aws:iam::111122223333:role/R{number}\n");
        text += &match number % 10 {
            0 => "source_profile = base\n".to_owned(),
            _ => format!("source_profile = p{}\n", number - 1),
        };
    }
    fs::write(&config, text)?;
    fs::write(&credentials, "[base]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = secret\n")?;
    let profiles = AwsFiles::at(config, credentials).profiles()?;
    assert_eq!(profiles.len(), 5_001);
    let deepest = profiles.iter().filter_map(|profile| profile.way.as_ref().ok()).map(|way| way.steps.len()).max();
    assert_eq!(deepest, Some(10));
    Ok(())
}
