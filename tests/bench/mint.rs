//! Minting a sign-in URL: `side url` against a boto3 script that does the same, on the same cloud.

use std::process::Command;

use serde_json::Value;
use sidelight_tests::binaries::{binary, workspace};
use sidelight_tests::demo::{DemoCloud, DemoProfile};
use sidelight_tests::desktop::Desktop;
use sidelight_tests::emulators::virtual_environment;
use sidelight_tests::{HarnessError, Outcome};

use crate::fixtures::{machine_and_cloud, machine_on_the_demo_cloud};
use crate::registry::Plan;
use crate::report::Figure;
use crate::timing::{Contestant, take_turns};

/// One URL by one process: `side url` and the script by turns.
pub fn whole_process(plan: &Plan) -> Outcome<Vec<Figure>> {
    let side = binary("side")?;
    let (desktop, cloud) = machine_on_the_demo_cloud()?;
    let profile = profile_with_a_role(&cloud)?;
    let by_side = || {
        let mut command = desktop.command(&side);
        command.args(["url", &profile.name]);
        command
    };
    let by_boto3 = || boto3_script(&desktop, &cloud, profile);
    python_exists()?;
    let contestants = [
        Contestant { what: "one URL, whole process", whose: "Sidelight", command: &by_side },
        Contestant { what: "one URL, whole process", whose: "boto3 script", command: &by_boto3 },
    ];
    take_turns(&contestants, plan.amount(20, 3))
}

/// Many URLs one after another, in one Python process with warm connections.
pub fn boto3_in_process(plan: &Plan) -> Outcome<Vec<Figure>> {
    python_exists()?;
    let (desktop, cloud) = machine_and_cloud(None, 0)?;
    let profile = profile_with_a_role(&cloud)?;
    let mut command = boto3_script(&desktop, &cloud, profile);
    command.args(["--loop", &plan.amount(300, 20).to_string()]);
    let output = command.output().map_err(|source| HarnessError::Start { program: "python".to_owned(), source })?;
    let times: Value = serde_json::from_slice(&output.stdout).map_err(HarnessError::json("the script's times"))?;
    let figure = |which: &str| Figure {
        what: "one URL after another, in process".to_owned(),
        whose: "boto3 script",
        which: which.to_owned(),
        value: times[which].as_f64().unwrap_or(f64::NAN),
        unit: "ms",
    };
    Ok(vec![figure("p50"), figure("p99")])
}

/// The secret goes through the environment, as it would with boto3's users.
fn boto3_script(desktop: &Desktop, cloud: &DemoCloud, profile: &DemoProfile) -> Command {
    let mut command = desktop.command(virtual_environment().join("bin/python"));
    command
        .arg(workspace().join("tests/bench/mint_boto3.py"))
        .args(["--endpoint", &cloud.announcement().main])
        .args(["--role", profile.role_arn.as_deref().unwrap_or_default()])
        .env("AWS_ACCESS_KEY_ID", &profile.access_key_id)
        .env("AWS_SECRET_ACCESS_KEY", &profile.secret_access_key)
        .env("AWS_DEFAULT_REGION", &profile.region);
    command
}

fn profile_with_a_role(cloud: &DemoCloud) -> Outcome<&DemoProfile> {
    let found = cloud.profiles().find(|profile| profile.role_arn.is_some());
    found.ok_or_else(|| HarnessError::missing("demo profile with a role"))
}

fn python_exists() -> Outcome {
    let folder = virtual_environment().join("bin");
    if folder.join("python").exists() {
        return Ok(());
    }
    Err(HarnessError::NotBuilt { program: "python", folder })
}
