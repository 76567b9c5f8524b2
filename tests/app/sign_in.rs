//! From a key in the keychain to a signed-in console, against STS of the demo cloud, moto and ministack.

use serde_json::{Value, json};
use sidelight_tests::demo::{DemoCloud, PARTITION};
use sidelight_tests::desktop::{Desktop, Furnishing};
use sidelight_tests::emulators::{Emulator, MINISTACK_ACCOUNT, run_python};
use sidelight_tests::http;
use sidelight_tests::side::{Printed, Side};
use sidelight_tests::{HarnessError, Outcome};

const NO_DISPLAY: Furnishing =
    Furnishing { display: None, bus: true, keyring: sidelight_tests::keyring::KeyringState::Unlocked };

struct Terminal {
    side: Side,
    cloud: DemoCloud,
    desktop: Desktop,
}

impl Terminal {
    fn open(cloud_arguments: &[&str]) -> Outcome<Self> {
        let desktop = Desktop::furnished(NO_DISPLAY)?;
        let cloud = DemoCloud::start_with(cloud_arguments)?;
        cloud.watch_secrets(desktop.leaks());
        let side = Side::new(desktop.surroundings())?.watched_by(desktop.leaks());
        Ok(Self { side, cloud, desktop })
    }

    /// A profile of its own for `role` with production's key.
    fn add(&self, name: &str, more: &[&str]) -> Outcome {
        let [key, ..] = &self.cloud.announcement().profiles[..] else {
            return Err(HarnessError::missing("profiles in the demo cloud"));
        };
        let mut arguments = vec!["add", "access-key", name, "--partition", PARTITION];
        arguments.extend(["--access-key-id", &key.access_key_id]);
        arguments.extend(more);
        self.side.run_with_input(&arguments, &key.secret_access_key)?.success().map(drop)
    }

    /// Fetches the sign-in URL as a browser would, and gives the first page's status line and cookies.
    fn url(&self, name: &str) -> Outcome<String> {
        let printed = self.side.run_revealing(&["url", name])?.success()?;
        let url = printed.output.trim().to_owned();
        self.desktop.leaks().watch("a sign-in URL", &url);
        Ok(url)
    }
}

fn refused(printed: &Printed, code: i32, words: &str) {
    assert_eq!(printed.code, Some(code), "{}", printed.complaints);
    assert!(printed.complaints.contains(words), "{}", printed.complaints);
    assert!(printed.complaints.contains("hint:"), "{}", printed.complaints);
}

#[test]
fn a_role_that_allows_an_hour_gets_an_hour_and_a_refused_length_is_tried_without() -> Outcome {
    let terminal = Terminal::open(&[])?;
    terminal.cloud.register(&terminal.side)?;
    terminal.add("one hour", &["--role", "arn:aws:iam::111122223333:role/OneHour"])?;
    let tested = terminal.side.run(&["test", "one hour"])?.success()?;
    assert_eq!(tested.output.trim(), "111122223333 as role/OneHour, session up to 1 h");
    let tested = terminal.side.run(&["test", "acme production"])?.success()?;
    assert_eq!(tested.output.trim(), "111122223333 as role/Admin, session up to 12 h");

    terminal.cloud.tell("faults", &json!({ "refuse_session_duration": true }))?;
    assert!(terminal.url("acme production")?.contains("SigninToken="));
    let asked = &terminal.cloud.stats()?["signin_tokens"]["post"];
    assert_eq!(asked["without_session_duration"], 1, "{asked}");
    Ok(())
}

#[test]
fn what_aws_refuses_is_told_apart_in_words() -> Outcome {
    let terminal = Terminal::open(&[])?;
    terminal.cloud.register(&terminal.side)?;
    terminal.add("denied", &["--role", "arn:aws:iam::111122223333:role/Denied"])?;
    refused(&terminal.side.run(&["test", "denied"])?, 4, "AWS does not allow sts:AssumeRole");

    terminal.add("no id", &["--role", "arn:aws:iam::111122223333:role/WithExternalId"])?;
    refused(&terminal.side.run(&["test", "no id"])?, 4, "AWS does not allow sts:AssumeRole");
    let guarded = ["--role", "arn:aws:iam::111122223333:role/WithExternalId", "--external-id", "acme-4711"];
    terminal.add("with id", &guarded)?;
    terminal.side.run(&["test", "with id"])?.success()?;

    terminal.add("other account", &["--account", "999900001111"])?;
    refused(&terminal.side.run(&["url", "other account"])?, 4, "999900001111");

    let wrong =
        ["add", "access-key", "wrong secret", "--partition", PARTITION, "--access-key-id", "AKIAIOSFODNN7EXAMPLE"];
    terminal.side.run_with_input(&wrong, "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY")?.success()?;
    refused(&terminal.side.run(&["test", "wrong secret"])?, 4, "AKIAIOSFODNN7EXAMPLE");

    terminal.cloud.tell("faults", &json!({ "federation_status": 503, "times": 9 }))?;
    refused(&terminal.side.run(&["url", "acme production"])?, 6, "could not be reached");
    terminal.cloud.clear_faults()?;
    terminal.cloud.tell("faults", &json!({ "sts_status": 400, "sts_code": "Throttling", "times": 9 }))?;
    refused(&terminal.side.run(&["test", "acme production"])?, 4, "fewer requests");
    terminal.cloud.clear_faults()?;
    Ok(())
}

#[test]
fn a_clock_that_is_an_hour_off_is_made_up_for_by_awss_own_date() -> Outcome {
    let terminal = Terminal::open(&[])?;
    terminal.cloud.register(&terminal.side)?;
    terminal.cloud.tell("clock", &json!({ "advance_seconds": 3600 }))?;
    terminal.side.run(&["test", "acme production"])?.success()?;
    assert_eq!(terminal.cloud.stats()?["sts_errors"]["SignatureDoesNotMatch"], 1);
    Ok(())
}

#[test]
fn an_unreachable_cloud_is_a_matter_of_the_network() -> Outcome {
    let terminal = Terminal::open(&[])?;
    let nowhere = format!("http://127.0.0.1:{}", http::free_port()?);
    let add = ["partition", "add", PARTITION, "--sts", &nowhere, "--sign-in", &nowhere, "--console", &nowhere];
    terminal.side.run(&add)?.success()?;
    terminal.add("nowhere", &["--role", "arn:aws:iam::111122223333:role/Admin"])?;
    refused(&terminal.side.run(&["test", "nowhere"])?, 6, "could not be reached");
    Ok(())
}

#[test]
fn moto_gives_credentials_that_sign_in() -> Outcome {
    let moto = Emulator::moto()?;
    let terminal = Terminal::open(&["--verify-with", moto.url()])?;
    let main = terminal.cloud.announcement().main.clone();
    let federation = format!("{main}/federation");
    let add = ["partition", "add", "moto", "--sts", moto.url(), "--sign-in", &federation, "--console", &main];
    terminal.side.run(&add)?.success()?;
    let secret = "moto-takes-any-secret-of-this-length-0000";
    terminal.desktop.leaks().watch("the key for moto", secret);
    let key = ["--partition", "moto", "--access-key-id", "AKIAIOSFODNN7EXAMPLE"];
    let role =
        [&["add", "access-key", "a role"], &key[..], &["--role", "arn:aws:iam::222233334444:role/Admin"]].concat();
    terminal.side.run_with_input(&role, secret)?.success()?;
    let tested = terminal.side.run(&["test", "a role"])?.success()?;
    assert_eq!(tested.output.trim(), "222233334444 as role/Admin, session up to 12 h");
    assert!(terminal.url("a role")?.starts_with(&federation));

    let user = [&["add", "access-key", "a user"], &key[..]].concat();
    terminal.side.run_with_input(&user, secret)?.success()?;
    terminal.side.run(&["test", "a user"])?.success()?;
    Ok(())
}

/// A user who may assume what trusts it, a role that trusts it, one that wants an id, one that trusts nobody.
const ACCOUNTS: &str = "
import sys, json, boto3
endpoint, root = sys.argv[1:]
iam = boto3.client('iam', endpoint_url=endpoint, region_name='us-east-1',
                   aws_access_key_id=root, aws_secret_access_key='test')
iam.create_user(UserName='sidelight')
allow = {'Version': '2012-10-17', 'Statement': [{'Effect': 'Allow', 'Action': '*', 'Resource': '*'}]}
iam.put_user_policy(UserName='sidelight', PolicyName='all', PolicyDocument=json.dumps(allow))
user = f'arn:aws:iam::{root}:user/sidelight'
def role(name, principal, condition=None):
    statement = {'Effect': 'Allow', 'Principal': {'AWS': principal}, 'Action': 'sts:AssumeRole'}
    if condition: statement['Condition'] = condition
    trust = {'Version': '2012-10-17', 'Statement': [statement]}
    iam.create_role(RoleName=name, AssumeRolePolicyDocument=json.dumps(trust), MaxSessionDuration=43200)
role('Admin', user)
role('Guarded', user, {'StringEquals': {'sts:ExternalId': 'acme-4711'}})
role('Closed', f'arn:aws:iam::{root}:user/somebody-else')
key = iam.create_access_key(UserName='sidelight')['AccessKey']
print(json.dumps({'id': key['AccessKeyId'], 'secret': key['SecretAccessKey']}))
";

#[test]
fn ministack_enforces_who_may_assume_what() -> Outcome {
    let ministack = Emulator::ministack()?;
    let made = run_python(ACCOUNTS, &[ministack.url(), MINISTACK_ACCOUNT])?;
    let key: Value = serde_json::from_str(made.trim()).map_err(HarnessError::json("the new access key"))?;
    let (id, secret) = (key["id"].as_str().unwrap_or_default(), key["secret"].as_str().unwrap_or_default());

    let terminal = Terminal::open(&[])?;
    terminal.desktop.leaks().watch("the key for ministack", secret);
    let url = ministack.url();
    let add = ["partition", "add", "ministack", "--sts", url, "--sign-in", url, "--console", url];
    terminal.side.run(&add)?.success()?;
    let add = |name: &str, more: &[&str]| -> Outcome {
        let start = ["add", "access-key", name, "--partition", "ministack", "--access-key-id", id];
        terminal.side.run_with_input(&[&start[..], more].concat(), secret)?.success().map(drop)
    };
    let role = |name: &str| format!("arn:aws:iam::{MINISTACK_ACCOUNT}:role/{name}");
    add("admin", &["--role", &role("Admin")])?;
    add("guarded", &["--role", &role("Guarded"), "--external-id", "acme-4711"])?;
    add("without id", &["--role", &role("Guarded")])?;
    add("closed", &["--role", &role("Closed")])?;
    add("user", &[])?;

    let tested = terminal.side.run(&["test", "admin"])?.success()?;
    assert_eq!(tested.output.trim(), format!("{MINISTACK_ACCOUNT} as role/Admin, session up to 12 h"));
    terminal.side.run(&["test", "guarded"])?.success()?;
    refused(&terminal.side.run(&["test", "without id"])?, 4, "AWS does not allow sts:AssumeRole");
    refused(&terminal.side.run(&["test", "closed"])?, 4, "AWS does not allow sts:AssumeRole");
    let tested = terminal.side.run(&["test", "user"])?.success()?;
    assert!(tested.output.starts_with(&format!("{MINISTACK_ACCOUNT} as federated-user/")), "{}", tested.output);
    Ok(())
}
