//! Credentials for programs, a large Identity Center, and a large `~/.aws`: each as a whole process
//! of `side`, over the demo cloud with a real keychain.

use std::fmt::Write;
use std::fs;
use std::process::Command;
use std::thread;
use std::time::Duration;

use sidelight_tests::binaries::binary;
use sidelight_tests::demo::{DemoCloud, DemoProfile, PARTITION};
use sidelight_tests::desktop::{Desktop, Furnishing};
use sidelight_tests::emulators::{allow_in_portal, python_program};
use sidelight_tests::keyring::KeyringState;
use sidelight_tests::side::Side;
use sidelight_tests::wait::wait_until;
use sidelight_tests::{HarnessError, Outcome};

use crate::fixtures::machine_on_the_demo_cloud;
use crate::registry::Plan;
use crate::report::Figure;
use crate::timing::{Contestant, take_turns, time_one};

/// Credentials of a role for another program.
pub const CREDENTIALS: &str = "side credentials / aws sts assume-role, whole process";
/// Credentials of a role behind an MFA device, whose code was given a while ago.
pub const WARM: &str = "side credentials / awsume, code given before, whole process";
/// All that a portal assigns, at the 20 requests a second that it takes.
pub const DISCOVERY: &str = "side sync, Identity Center";
/// Profiles of `~/.aws` by reference, into an empty book.
pub const IMPORT: &str = "side import --all";

const SIDELIGHT: &str = "Sidelight";
const AWS_CLI: &str = "AWS CLI";
const AWSUME: &str = "awsume";
const PROFILES: usize = 5_000;
const ACCOUNTS: usize = 1_000;
const SETS_OF_AN_ACCOUNT: usize = 5;

/// Credentials of a role by one process, `side`, the AWS CLI and awsume by turns.
pub fn credentials(plan: &Plan) -> Outcome<Vec<Figure>> {
    let side = binary("side")?;
    let (desktop, cloud) = machine_on_the_demo_cloud()?;
    let profile = cloud.profiles().find(|profile| profile.role_arn.is_some());
    let profile = profile.ok_or_else(|| HarnessError::missing("demo profile with a role"))?;
    describe_for_the_aws_cli(&desktop, profile)?;
    python_program("aws", desktop.surroundings())?;
    let by_side = || {
        let mut command = desktop.command(&side);
        command.args(["credentials", &profile.name]);
        command
    };
    let role = profile.role_arn.as_deref().unwrap_or_default();
    let by_aws = || {
        let mut command = python_program("aws", desktop.surroundings()).expect("it was found a moment ago");
        command.args(["sts", "assume-role", "--profile", "base", "--role-session-name", "bench", "--role-arn", role]);
        command.env("AWS_ENDPOINT_URL_STS", &cloud.announcement().main);
        command
    };
    let by_awsume = || awsume(&desktop, &cloud, &["role"]);
    let contestants = [
        Contestant { what: CREDENTIALS, whose: SIDELIGHT, command: &by_side },
        Contestant { what: CREDENTIALS, whose: AWS_CLI, command: &by_aws },
        Contestant { what: CREDENTIALS, whose: AWSUME, command: &by_awsume },
    ];
    take_turns(&contestants, plan.amount(20, 3))
}

/// The same with an MFA device, after its code was given: both keep what it was spent on.
pub fn credentials_warm(plan: &Plan) -> Outcome<Vec<Figure>> {
    let binary = binary("side")?;
    let (desktop, cloud) = machine_on_the_demo_cloud()?;
    let profile = cloud.profiles().find(|profile| profile.role_arn.is_some());
    let profile = profile.ok_or_else(|| HarnessError::missing("demo profile with a role"))?.clone();
    describe_for_the_aws_cli(&desktop, &profile)?;
    time_one(awsume(&desktop, &cloud, &["coded", "--mfa-token", &cloud.code(&profile.account)?]))?;

    let side = Side::new(desktop.surroundings())?;
    let role = format!("arn:aws:iam::{}:role/MfaAdmin", profile.account);
    let key = ["add", "access-key", "coded", "--access-key-id", &profile.access_key_id, "--partition", PARTITION];
    let more = ["--role", &role, "--mfa-serial", &profile.mfa_serial];
    side.run_with_input(&[&key[..], &more].concat(), &profile.secret_access_key)?.success()?;
    side.run_with_input(&["mfa", "coded", "--seed"], &profile.totp_seed)?.success()?;
    side.run(&["mfa", "coded"])?.success()?;

    let by_side = || {
        let mut command = desktop.command(&binary);
        command.args(["credentials", "coded"]);
        command
    };
    let by_awsume = || awsume(&desktop, &cloud, &["coded"]);
    let contestants = [
        Contestant { what: WARM, whose: SIDELIGHT, command: &by_side },
        Contestant { what: WARM, whose: AWSUME, command: &by_awsume },
    ];
    take_turns(&contestants, plan.amount(20, 3))
}

fn awsume(desktop: &Desktop, cloud: &DemoCloud, arguments: &[&str]) -> Command {
    let mut command = python_program("awsumepy", desktop.surroundings()).expect("it is installed with the AWS CLI");
    command.args(arguments).env("AWS_ENDPOINT_URL_STS", &cloud.announcement().main);
    command
}

fn describe_for_the_aws_cli(desktop: &Desktop, profile: &DemoProfile) -> Outcome {
    let aws = desktop.home().join(".aws");
    let region = &profile.region;
    let role = |name: &str| format!("arn:aws:iam::{}:role/{name}", profile.account);
    let config = format!(
        "[profile base]\naws_access_key_id = {}\naws_secret_access_key = {}\nregion = {region}\n\
         [profile role]\nrole_arn = {}\nsource_profile = base\nregion = {region}\n\
         [profile coded]\nrole_arn = {}\nsource_profile = base\nmfa_serial = {}\nregion = {region}\n",
        profile.access_key_id,
        profile.secret_access_key,
        role("Admin"),
        role("MfaAdmin"),
        profile.mfa_serial
    );
    fs::create_dir_all(&aws).map_err(HarnessError::io("make ~/.aws"))?;
    fs::write(aws.join("config"), config).map_err(HarnessError::io("write the config"))
}

/// 1,000 accounts with five permission sets each, once, with a token that is kept already.
pub fn discovery(plan: &Plan) -> Outcome<Vec<Figure>> {
    let accounts = plan.amount(ACCOUNTS, 20);
    let desktop = without_a_display()?;
    let cloud = DemoCloud::start_with(&["--identity-center-accounts", &accounts.to_string()])?;
    let side = Side::new(desktop.surroundings())?;
    cloud.register_partition(&side)?;
    let portal = portal_of(&cloud);
    sign_in(&desktop, &side, &portal)?;
    let mut command = desktop.command(binary("side")?);
    command.args(&portal).arg("--json");
    let (time, printed) = time_one(command)?;
    let listed: Vec<serde_json::Value> =
        serde_json::from_slice(&printed).map_err(HarnessError::json("what was listed"))?;
    if listed.len() < accounts * SETS_OF_AN_ACCOUNT {
        return Err(HarnessError::missing(format!("all assignments: {} were listed", listed.len())));
    }
    let which = format!("{} pairs", accounts * SETS_OF_AN_ACCOUNT);
    Ok(vec![Figure { what: DISCOVERY.to_owned(), whose: SIDELIGHT, which, value: time.as_secs_f64(), unit: "s" }])
}

fn portal_of(cloud: &DemoCloud) -> Vec<String> {
    let start_url = cloud.announcement().start_urls[0].clone();
    let arguments = ["sync", "--sso-region", "eu-central-1", "--partition", PARTITION, "--start-url", &start_url];
    arguments.map(str::to_owned).to_vec()
}

/// Signs in in the browser, which leaves the token in the keychain.
fn sign_in(desktop: &Desktop, side: &Side, portal: &[String]) -> Outcome {
    let (side, mut arguments) = (side.clone(), portal.to_vec());
    arguments.push("--json".to_owned());
    let listing = thread::spawn(move || side.run(&arguments.iter().map(String::as_str).collect::<Vec<_>>()));
    let page = wait_until("the portal's page in the browser", Duration::from_secs(30), || {
        Ok(desktop.opened_outside().into_iter().find(|url| url.contains("/authorize?")))
    })?;
    allow_in_portal(&page)?;
    listing.join().map_err(|_panicked| HarnessError::missing("what was listed"))??.success().map(drop)
}

/// 5,000 profiles of `~/.aws` into an empty book, each time.
pub fn import(plan: &Plan) -> Outcome<Vec<Figure>> {
    let desktop = without_a_display()?;
    let aws = desktop.home().join(".aws");
    fs::create_dir_all(&aws).map_err(HarnessError::io("make ~/.aws"))?;
    fs::write(aws.join("config"), large_config()).map_err(HarnessError::io("write the config"))?;
    let side = binary("side")?;
    let book = desktop.sidelight_home().join("profiles.toml");
    let by_side = || -> Command {
        // None is there before the first run.
        let _ = fs::remove_file(&book);
        let mut command = desktop.command(&side);
        command.args(["import", "--all"]);
        command
    };
    let figures = take_turns(&[Contestant { what: IMPORT, whose: SIDELIGHT, command: &by_side }], plan.amount(10, 2))?;
    let mut list = desktop.command(&side);
    list.args(["ls", "--json"]);
    let (_, printed) = time_one(list)?;
    let listed: Vec<serde_json::Value> =
        serde_json::from_slice(&printed).map_err(HarnessError::json("the profiles"))?;
    if listed.len() != PROFILES {
        return Err(HarnessError::missing(format!("all profiles: {} are there", listed.len())));
    }
    Ok(figures)
}

fn without_a_display() -> Outcome<Desktop> {
    Desktop::furnished(Furnishing { display: None, bus: true, keyring: KeyringState::Unlocked })
}

/// Roles of one hub each, as an organization's tools write them.
fn large_config() -> String {
    let mut config = String::new();
    for number in 0..PROFILES {
        let account = 100_000_000_000_usize + 7_919 * number;
        let stage = ["prod", "staging", "dev", "tools"][number % 4];
        let written = write!(
            config,
            "[profile client-{number:04}-{stage}]\nrole_arn = arn:aws:iam::{account}:role/Admin\n\
             credential_source = Environment\nregion = eu-central-1\n"
        );
        written.expect("writing to a String cannot fail");
    }
    config
}
