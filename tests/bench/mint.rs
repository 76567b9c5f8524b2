//! Minting a sign-in URL, Sidelight against boto3: as a whole process over the demo cloud with a real
//! keychain, and within a process over moto's STS, where both have warm connections.

use std::process::Command;
use std::sync::Arc;
use std::time::Instant;

use sidelight_tests::binaries::{binary, workspace};
use sidelight_tests::demo::{DemoCloud, DemoProfile};
use sidelight_tests::desktop::Desktop;
use sidelight_tests::emulators::{Emulator, virtual_environment};
use sidelight_tests::{HarnessError, Outcome};
use tokio::runtime::Runtime;
use tokio::sync::Barrier;

use crate::fixtures::{bare_machine, machine_on_the_demo_cloud};
use crate::minter::{Endpoints, Minter};
use crate::registry::Plan;
use crate::report::Figure;
use crate::timing::{Contestant, LEAST, MEDIAN, P99, milliseconds, summary, take_turns, time_one};

/// What the whole process does.
pub const WHOLE_PROCESS: &str = "side url / boto3 script, whole process";
/// Minting without a pause.
pub const SEQUENTIAL: &str = "mint over moto, one after another";
/// Minting at the same moment.
pub const AT_ONCE: &str = "mint over moto, 50 at once";

const SIDELIGHT: &str = "Sidelight";
const BOTO3: &str = "boto3";
const TOGETHER: usize = 50;

/// One URL by one process: `side url` and the script by turns.
pub fn whole_process(plan: &Plan) -> Outcome<Vec<Figure>> {
    let side = binary("side")?;
    let (desktop, cloud) = machine_on_the_demo_cloud()?;
    let profile = profile_with_a_role(&cloud)?;
    let endpoints = of_the_demo_cloud(&cloud, profile);
    let by_side = || {
        let mut command = desktop.command(&side);
        command.args(["url", &profile.name]);
        command
    };
    let by_boto3 = || boto3_script(&desktop, &endpoints);
    python_exists()?;
    let contestants = [
        Contestant { what: WHOLE_PROCESS, whose: SIDELIGHT, command: &by_side },
        Contestant { what: WHOLE_PROCESS, whose: BOTO3, command: &by_boto3 },
    ];
    take_turns(&contestants, plan.amount(20, 3))
}

/// Many URLs in one process, one after another and 50 at once, in blocks by turns.
pub fn in_process(plan: &Plan) -> Outcome<Vec<Figure>> {
    python_exists()?;
    let desktop = bare_machine()?;
    let moto = Emulator::moto()?;
    // The demo cloud takes moto's word for credentials that it did not issue itself.
    let cloud = DemoCloud::start_with(&["--verify-with", moto.url()])?;
    let endpoints = over_moto(&moto, &cloud);
    let minter = Arc::new(Minter::new(&endpoints)?);
    let runtime = Runtime::new().map_err(HarnessError::io("start a runtime"))?;
    let boto3 = |arguments: &[&str]| -> Outcome<Vec<f64>> {
        let mut command = boto3_script(&desktop, &endpoints);
        let (_, printed) = time_one({
            command.args(arguments);
            command
        })?;
        serde_json::from_slice(&printed).map_err(HarnessError::json("the script's times"))
    };

    let (blocks, length) = plan.amount((4, 50), (1, 10));
    let mut sequential = (Vec::new(), Vec::new());
    let mut at_once = (Vec::new(), Vec::new());
    for _ in 0..blocks {
        sequential.0.extend(runtime.block_on(one_after_another(&minter, length))?);
        sequential.1.extend(boto3(&["--loop", &length.to_string()])?);
    }
    for _ in 0..blocks {
        at_once.0.extend(runtime.block_on(all_at_once(&minter))?);
        at_once.1.extend(boto3(&["--together", &TOGETHER.to_string()])?);
    }
    let ranks = [LEAST, MEDIAN, P99];
    let mut figures = summary(SEQUENTIAL, SIDELIGHT, sequential.0, &ranks);
    figures.extend(summary(SEQUENTIAL, BOTO3, sequential.1, &ranks));
    figures.extend(summary(AT_ONCE, SIDELIGHT, at_once.0, &ranks));
    figures.extend(summary(AT_ONCE, BOTO3, at_once.1, &ranks));
    Ok(figures)
}

/// As the script does it: after one that does not count.
async fn one_after_another(minter: &Minter, count: usize) -> Outcome<Vec<f64>> {
    minter.mint().await?;
    let mut times = Vec::with_capacity(count);
    for _ in 0..count {
        let start = Instant::now();
        minter.mint().await?;
        times.push(milliseconds(start.elapsed()));
    }
    Ok(times)
}

/// As the script does it: two rounds, of which the first does not count.
async fn all_at_once(minter: &Arc<Minter>) -> Outcome<Vec<f64>> {
    let mut times = Vec::new();
    for _ in 0..2 {
        times.clear();
        let barrier = Arc::new(Barrier::new(TOGETHER));
        let tasks: Vec<_> = (0..TOGETHER)
            .map(|_| {
                let (minter, barrier) = (minter.clone(), barrier.clone());
                tokio::spawn(async move {
                    barrier.wait().await;
                    let start = Instant::now();
                    minter.mint().await.map(|()| milliseconds(start.elapsed()))
                })
            })
            .collect();
        for task in tasks {
            let lost = |error: tokio::task::JoinError| HarnessError::missing(format!("answer: {error}"));
            times.push(task.await.map_err(lost)??);
        }
    }
    Ok(times)
}

/// The secret goes through the environment, as it would with boto3's users.
fn boto3_script(desktop: &Desktop, endpoints: &Endpoints) -> Command {
    let mut command = desktop.command(virtual_environment().join("bin/python"));
    command
        .arg(workspace().join("tests/bench/mint_boto3.py"))
        .args(["--sts", &endpoints.sts, "--federation", &endpoints.federation, "--role", &endpoints.role])
        .env("AWS_ACCESS_KEY_ID", &endpoints.access_key_id)
        .env("AWS_SECRET_ACCESS_KEY", &endpoints.secret_access_key)
        .env("AWS_DEFAULT_REGION", &endpoints.region);
    command
}

fn of_the_demo_cloud(cloud: &DemoCloud, profile: &DemoProfile) -> Endpoints {
    let main = &cloud.announcement().main;
    Endpoints {
        sts: main.clone(),
        federation: format!("{main}/federation"),
        access_key_id: profile.access_key_id.clone(),
        secret_access_key: profile.secret_access_key.clone(),
        role: profile.role_arn.clone().unwrap_or_default(),
        region: profile.region.clone(),
    }
}

/// moto takes any key, and any role of any account.
fn over_moto(moto: &Emulator, cloud: &DemoCloud) -> Endpoints {
    Endpoints {
        sts: moto.url().to_owned(),
        federation: format!("{}/federation", cloud.announcement().main),
        access_key_id: "AKIAIOSFODNN7EXAMPLE".to_owned(),
        secret_access_key: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY".to_owned(),
        role: "arn:aws:iam::111122223333:role/Admin".to_owned(),
        region: "eu-central-1".to_owned(),
    }
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
