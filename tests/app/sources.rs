//! Every way into an account, as the AWS CLI and boto3 see it: they get credentials from us through
//! the block in `~/.aws/config`, and ask who they are.

use std::fs;
use std::process::Command;
use std::thread;
use std::time::Duration;

use serde_json::{Value, json};
use sidelight_tests::demo::{DemoCloud, PARTITION};
use sidelight_tests::desktop::{Desktop, Furnishing};
use sidelight_tests::emulators::{Emulator, MINISTACK_ACCOUNT, allow_in_portal, python_program, run_python};
use sidelight_tests::process::Running;
use sidelight_tests::side::Side;
use sidelight_tests::wait::wait_until;
use sidelight_tests::{HarnessError, Outcome};

const PRODUCTION: &str = "111122223333";
const STAGING: &str = "444455556666";

/// A machine with the demo cloud and its profiles, and no display.
pub struct Machine {
    pub desktop: Desktop,
    pub demo: DemoCloud,
    pub side: Side,
}

impl Machine {
    pub fn new() -> Outcome<Self> {
        let demo = DemoCloud::start()?;
        let desktop = Desktop::furnished(Furnishing { display: None, ..Furnishing::default() })?;
        demo.watch_secrets(desktop.leaks());
        let side = Side::new(desktop.surroundings())?.watched_by(desktop.leaks());
        demo.register(&side)?;
        Ok(Self { desktop, demo, side })
    }

    pub fn run(&self, arguments: &[&str]) -> Outcome {
        self.side.run(arguments)?.success().map(drop)
    }

    fn add_role(&self, name: &str, from: &str, role: &str, more: &[&str]) -> Outcome {
        self.run(&[&["add", "role", name, "--from", from, "--role", role], more].concat())
    }

    /// Who the AWS CLI is with `--profile`, by our block.
    fn aws_identity(&self, profile: &str) -> Outcome<String> {
        aws_identity(&self.desktop, profile)
    }

    /// What the portal assigns, after a sign-in in the browser.
    fn list_portal(&self, more: &[&str]) -> Outcome<Value> {
        let (side, start_url) = (self.side.clone(), self.demo.announcement().start_urls[0].clone());
        let portal = ["sync", "--start-url", &start_url, "--sso-region", "eu-central-1", "--partition", PARTITION];
        let arguments: Vec<String> = [&portal[..], &["--json"], more].concat().into_iter().map(str::to_owned).collect();
        let listing = thread::spawn(move || side.run(&arguments.iter().map(String::as_str).collect::<Vec<_>>()));
        let page = wait_until("the portal's page in the browser", Duration::from_secs(30), || {
            Ok(self.desktop.opened_outside().into_iter().find(|url| url.contains("/authorize?")))
        })?;
        assert!(page.contains("code_challenge_method=S256"), "{page}");
        allow_in_portal(&page)?;
        listing.join().map_err(|_| HarnessError::missing("what was listed"))??.success()?.json()
    }

    pub fn config_file(&self) -> std::path::PathBuf {
        self.desktop.home().join(".aws/config")
    }
}

/// Who the AWS CLI is with `--profile`.
pub fn aws_identity(desktop: &Desktop, profile: &str) -> Outcome<String> {
    let mut aws = python_program("aws", desktop.surroundings())?;
    aws.args(["sts", "get-caller-identity", "--query", "Arn", "--output", "text", "--profile", profile]);
    output(aws)
}

fn output(mut command: Command) -> Outcome<String> {
    let program = command.get_program().to_string_lossy().into_owned();
    let output = command.output().map_err(|source| HarnessError::Start { program: program.clone(), source })?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned());
    }
    let complaints = String::from_utf8_lossy(&output.stderr).into_owned();
    Err(HarnessError::Ended { program, status: output.status.to_string(), output: complaints })
}

#[test]
fn the_aws_cli_gets_credentials_of_every_source_through_our_block() -> Outcome {
    let machine = Machine::new()?;
    let partner = format!("arn:aws:iam::{STAGING}:role/PartnerExternal");
    let more = ["--external-id", "acme-4711", "--source-identity", "bob", "--tag", "team=blue!"];
    machine.add_role("chain", "acme production", &partner, &more)?;
    let deeper = format!("arn:aws:iam::{PRODUCTION}:role/Partner");
    machine.add_role("deep chain", "chain", &deeper, &[])?;
    // Somebody's own file stays as it is.
    fs::create_dir_all(machine.desktop.home().join(".aws")).map_err(HarnessError::io("make ~/.aws"))?;
    fs::write(machine.config_file(), "# mine\n[default]\nregion = us-east-1\n").map_err(HarnessError::io("write"))?;
    machine.run(&["export", "aws-config"])?;

    let expected = [
        ("acme production", format!("arn:aws:sts::{PRODUCTION}:assumed-role/Admin/sidelight")),
        ("borealis", "arn:aws:iam::777788889999:user/sidelight".to_owned()),
        ("chain", format!("arn:aws:sts::{STAGING}:assumed-role/PartnerExternal/sidelight")),
        ("deep chain", format!("arn:aws:sts::{PRODUCTION}:assumed-role/Partner/sidelight")),
    ];
    for (profile, arn) in expected {
        assert_eq!(machine.aws_identity(profile)?, arn, "{profile}");
    }
    let last = machine.demo.issued()?.pop().ok_or_else(|| HarnessError::missing("what was granted"))?;
    assert_eq!((last["chained"].as_bool(), last["source_identity"].as_str()), (Some(true), Some("bob")));
    assert_eq!(last["tags"][0]["key"], "team", "a transitive tag goes through the chain: {last}");
    let text = fs::read_to_string(machine.config_file()).map_err(HarnessError::io("read ~/.aws/config"))?;
    assert!(text.starts_with("# mine\n[default]\nregion = us-east-1\n"), "{text}");
    machine.run(&["export", "aws-config", "--remove"])?;
    let text = fs::read_to_string(machine.config_file()).map_err(HarnessError::io("read ~/.aws/config"))?;
    assert_eq!(text.trim_end(), "# mine\n[default]\nregion = us-east-1");
    Ok(())
}

#[test]
fn one_code_opens_all_roles_behind_a_device_and_a_sign_out_asks_again() -> Outcome {
    let machine = Machine::new()?;
    let profile = machine.demo.profiles().next().ok_or_else(|| HarnessError::missing("a demo profile"))?.clone();
    let key = ["add", "access-key", "base", "--access-key-id", &profile.access_key_id, "--partition", PARTITION];
    machine.side.run_with_input(&key, &profile.secret_access_key)?.success()?;
    for role in ["MfaAdmin", "MfaReader"] {
        let arn = format!("arn:aws:iam::{PRODUCTION}:role/{role}");
        machine.add_role(role, "base", &arn, &["--mfa-serial", &profile.mfa_serial])?;
    }
    let nobody = machine.side.run(&["credentials", "MfaAdmin"])?;
    assert_eq!((nobody.code, nobody.output.as_str()), (Some(4), ""), "{}", nobody.complaints);
    assert!(nobody.complaints.contains("[mfa-needed]"), "{}", nobody.complaints);
    for gives_up in ["\u{4}", "\u{3}"] {
        let cancelled = machine.side.run_at_terminal(&["test", "MfaAdmin"], "Code of the MFA device", gives_up)?;
        assert_eq!(cancelled.code, Some(7), "{}", cancelled.output);
    }
    let wrong = machine.side.run_with_input(&["mfa", "MfaAdmin"], "000000\n")?;
    assert_ne!(wrong.code, Some(0));
    let code = machine.demo.code(PRODUCTION)?;
    machine.side.run_with_input(&["mfa", "MfaAdmin"], &code)?.success()?;
    for role in ["MfaAdmin", "MfaReader"] {
        let tested = machine.side.json(&["test", role])?;
        assert_eq!(tested["identity"], format!("role/{role}"));
    }
    let with_code = machine.demo.stats()?["mfa"]["with_code"].as_u64();
    assert_eq!(with_code, Some(2), "the wrong one and the right one");
    machine.run(&["logout", "--all"])?;
    assert_eq!(machine.side.run(&["credentials", "MfaReader"])?.code, Some(4));
    Ok(())
}

#[test]
fn a_seed_in_the_keychain_makes_the_codes() -> Outcome {
    let machine = Machine::new()?;
    let profile = machine.demo.profiles().next().ok_or_else(|| HarnessError::missing("a demo profile"))?.clone();
    let arn = format!("arn:aws:iam::{PRODUCTION}:role/MfaAdmin");
    let key = ["add", "access-key", "seeded", "--access-key-id", &profile.access_key_id, "--partition", PARTITION];
    let role = ["--role", &arn, "--mfa-serial", &profile.mfa_serial];
    machine.side.run_with_input(&[&key[..], &role].concat(), &profile.secret_access_key)?.success()?;
    let link = format!("otpauth://totp/Amazon%20Web%20Services:x?secret={}&issuer=x", profile.totp_seed);
    machine.side.run_with_input(&["mfa", "seeded", "--seed"], &link)?.success()?;
    let tested = machine.side.json(&["test", "seeded"])?;
    assert_eq!((&tested["identity"], tested["session_seconds"].as_u64()), (&"role/MfaAdmin".into(), Some(43_200)));
    machine.run(&["mfa", "seeded", "--forget-seed"])?;
    machine.run(&["logout", "seeded"])?;
    assert_eq!(machine.side.run(&["test", "seeded"])?.code, Some(4));

    let picture = machine.desktop.home().join("code.png");
    let code = qrcode::QrCode::new(&link).map_err(|_| HarnessError::missing("a QR code"))?;
    let drawn = code.render::<image::Luma<u8>>().build();
    drawn.save(&picture).map_err(|_| HarnessError::missing("a picture of it"))?;
    let path = picture.to_string_lossy();
    machine.run(&["mfa", "seeded", "--seed-from", &path])?;
    machine.run(&["test", "seeded"])?;
    Ok(())
}

#[test]
fn identity_center_is_signed_in_to_in_the_browser_listed_and_refreshed_quietly() -> Outcome {
    let machine = Machine::new()?;
    // So short that each use refreshes.
    machine.demo.tell("identity-center", &json!({ "access_token_seconds": 60 }))?;
    let listed = machine.list_portal(&["--add-new"])?;
    assert_eq!(listed.as_array().map(Vec::len), Some(6), "three accounts with two permission sets: {listed}");

    let name = listed[0]["permission_set"].as_str().unwrap_or_default().to_owned();
    let profiles = machine.side.json(&["ls"])?;
    let added = profiles.as_array().into_iter().flatten().find(|profile| profile["permission_set"] == name);
    let added = added.and_then(|profile| profile["name"].as_str()).unwrap_or_default().to_owned();
    machine.run(&["export", "aws-config"])?;
    assert!(machine.aws_identity(&added)?.contains(&format!("AWSReservedSSO_{name}_")));

    // Two programs find the token nearly over at the same time: it is refreshed once.
    let before = refreshes(&machine)?;
    machine.demo.tell("identity-center", &json!({ "access_token_seconds": 3_600 }))?;
    let (one, other) = (machine.side.clone(), machine.side.clone());
    let (first, second) = (added.clone(), added.clone());
    let first = thread::spawn(move || one.run_revealing(&["credentials", &first]));
    let second = thread::spawn(move || other.run_revealing(&["credentials", &second]));
    for program in [first, second] {
        program.join().map_err(|_| HarnessError::missing("a program's answer"))??.success()?;
    }
    assert_eq!(refreshes(&machine)? - before, 1);
    let again = machine.side.json(&["sync"])?;
    assert!(again.as_array().into_iter().flatten().all(|line| line["state"] == "there"), "{again}");
    Ok(())
}

#[test]
fn a_portal_that_is_busy_or_broken_for_a_while_loses_nothing() -> Outcome {
    let machine = Machine::new()?;
    let all = machine.list_portal(&["--add-new"])?;
    let before = machine.side.json(&["ls"])?;
    // Busy or weak for a moment: it is asked again.
    for fault in [json!({ "portal_status": 429, "times": 2 }), json!({ "portal_status": 503, "times": 2 })] {
        machine.demo.tell("faults", &fault)?;
        assert_eq!(machine.side.json(&["sync"])?.as_array().map(Vec::len), all.as_array().map(Vec::len));
    }
    for (fault, words) in [
        (json!({ "portal_status": 429, "times": 1_000 }), "AWS asks for fewer requests"),
        (json!({ "portal_status": 503, "times": 1_000 }), "HTTP 503"),
    ] {
        machine.demo.tell("faults", &fault)?;
        let refused = machine.side.run(&["sync", "--json"])?;
        assert_ne!(refused.code, Some(0));
        assert!(refused.complaints.contains(words), "{words} in: {}", refused.complaints);
    }
    machine.demo.clear_faults()?;
    assert_eq!(machine.side.json(&["ls"])?, before);
    Ok(())
}

fn refreshes(machine: &Machine) -> Outcome<u64> {
    Ok(machine.demo.stats()?["identity_center"]["refreshes"].as_u64().unwrap_or_default())
}

#[test]
fn profiles_of_the_aws_cli_work_by_reference_also_with_mfa_and_chains_against_ministack() -> Outcome {
    let ministack = Emulator::ministack()?;
    let desktop = Desktop::furnished(Furnishing { display: None, ..Furnishing::default() })?;
    let side = Side::new(desktop.surroundings())?.watched_by(desktop.leaks());
    let made = run_python(ROLES, &[ministack.url(), MINISTACK_ACCOUNT])?;
    let key: Value = serde_json::from_str(made.trim()).map_err(HarnessError::json("the new access key"))?;
    let (id, secret) = (key["id"].as_str().unwrap_or_default(), key["secret"].as_str().unwrap_or_default());
    desktop.leaks().watch("the key in ~/.aws", secret);
    let aws = desktop.home().join(".aws");
    fs::create_dir_all(&aws).map_err(HarnessError::io("make ~/.aws"))?;
    let outer = format!("arn:aws:iam::{MINISTACK_ACCOUNT}:role");
    let config = format!(
        "[profile hub]\nrole_arn = {outer}/Hub\nsource_profile = base\nregion = us-east-1\n\
         [profile spoke]\nrole_arn = {outer}/Spoke\nsource_profile = hub\nexternal_id = acme-4711\n"
    );
    fs::write(aws.join("config"), &config).map_err(HarnessError::io("write the config"))?;
    let credentials = format!("[base]\naws_access_key_id = {id}\naws_secret_access_key = {secret}\n");
    fs::write(aws.join("credentials"), &credentials).map_err(HarnessError::io("write the credentials"))?;
    desktop.leaks().leave_out(&aws);
    let url = ministack.url();
    side.run(&["partition", "add", "ministack", "--sts", url, "--sign-in", url, "--console", url])?.success()?;
    for profile in ["base", "hub", "spoke"] {
        side.run(&["add", "config-profile", profile, "--profile", profile, "--partition", "ministack"])?.success()?;
        let arn = "import boto3; print(boto3.client('sts').get_caller_identity()['Arn'])";
        let python = python_program("python", desktop.surroundings())?;
        let python = python.get_program().to_string_lossy().into_owned();
        let printed = side.run(&["exec", profile, "--", &python, "-c", arn])?.success()?;
        let wanted = match profile {
            "base" => format!("arn:aws:iam::{MINISTACK_ACCOUNT}:user/sidelight"),
            "hub" => format!("arn:aws:sts::{MINISTACK_ACCOUNT}:assumed-role/Hub/sidelight"),
            _ => format!("arn:aws:sts::{MINISTACK_ACCOUNT}:assumed-role/Spoke/sidelight"),
        };
        assert_eq!(printed.output.trim(), wanted, "{profile}");
    }
    assert_eq!(fs::read_to_string(aws.join("config")).map_err(HarnessError::io("read"))?, config);
    Ok(())
}

/// A user, a role that it may assume, and one that only that role may, with an external id.
const ROLES: &str = "
import sys, json, boto3
endpoint, root = sys.argv[1:]
iam = boto3.client('iam', endpoint_url=endpoint, region_name='us-east-1',
                   aws_access_key_id=root, aws_secret_access_key='test')
allow = json.dumps({'Version': '2012-10-17', 'Statement': [{'Effect': 'Allow', 'Action': '*', 'Resource': '*'}]})
def role(name, principal, **condition):
    trust = {'Effect': 'Allow', 'Principal': {'AWS': principal}, 'Action': 'sts:AssumeRole', **condition}
    iam.create_role(RoleName=name, AssumeRolePolicyDocument=json.dumps({'Version': '2012-10-17', 'Statement': [trust]}))
    iam.put_role_policy(RoleName=name, PolicyName='all', PolicyDocument=allow)
iam.create_user(UserName='sidelight')
iam.put_user_policy(UserName='sidelight', PolicyName='all', PolicyDocument=allow)
role('Hub', f'arn:aws:iam::{root}:user/sidelight')
role('Spoke', f'arn:aws:iam::{root}:role/Hub', Condition={'StringEquals': {'sts:ExternalId': 'acme-4711'}})
key = iam.create_access_key(UserName='sidelight')['AccessKey']
print(json.dumps({'id': key['AccessKeyId'], 'secret': key['SecretAccessKey']}))
";

#[test]
fn a_program_gets_the_environment_the_signals_and_gives_its_exit_code() -> Outcome {
    let machine = Machine::new()?;
    let script = "test -n \"$AWS_SESSION_TOKEN\" && test -z \"$AWS_PROFILE\" || exit 9\n\
                  trap 'exit 42' TERM; echo ready; while :; do sleep 0.1; done";
    let mut command = machine.desktop.surroundings().command(sidelight_tests::binaries::binary("side")?);
    command.env("AWS_PROFILE", "another").args(["exec", "acme production", "--", "sh", "-c", script]);
    let logs = tempfile::tempdir().map_err(HarnessError::io("make a folder"))?;
    let mut child = Running::start("side", command, logs.path())?;
    child.wait_for_line("the program", Duration::from_secs(30), |line| (line == "ready").then_some(()))?;
    let pid = rustix::process::Pid::from_raw(i32::try_from(child.id()).unwrap_or_default());
    let pid = pid.ok_or_else(|| HarnessError::missing("the program's number"))?;
    rustix::process::kill_process(pid, rustix::process::Signal::TERM)
        .map_err(|error| HarnessError::io("send a signal")(error.into()))?;
    assert_eq!(child.wait_for_end(Duration::from_secs(20))?.code(), Some(42));
    let missing = machine.side.run(&["exec", "acme production", "--", "/no/such/program"])?;
    assert_eq!(missing.code, Some(3), "{}", missing.complaints);
    Ok(())
}
