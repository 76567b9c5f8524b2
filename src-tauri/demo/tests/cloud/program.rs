//! The program around the cloud: the line it prints, and when it ends.

use std::collections::HashSet;
use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use sidelight_demo::Announcement;

use crate::support::{Outcome, get};

#[tokio::test]
async fn the_program_prints_one_line_and_ends_with_its_input() -> Outcome {
    let mut program = Command::new(env!("CARGO_BIN_EXE_sidelight-demo"))
        .args([
            "--until-stdin-closes",
            "--extra-accounts",
            "2",
            "--identity-center-accounts",
            "1",
            "--large-object-mib",
            "1",
        ])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()?;
    let output = program.stdout.take().ok_or("the program has no output")?;
    let mut lines = BufReader::new(output).lines();
    let line = lines.next().ok_or("the program printed nothing")??;
    let cloud: Announcement = serde_json::from_str(&line)?;
    let names: Vec<&str> = cloud.profiles.iter().map(|profile| profile.name.as_str()).collect();
    assert_eq!(names, ["acme production", "acme staging", "borealis"]);
    assert_eq!(cloud.extra[1].account, "900000000002");
    assert_eq!(cloud.extra[0].name, "client 01 production");
    assert_eq!(cloud.extra[0].totp_seed.len(), 32);
    assert_eq!(cloud.extra[0].account_alias, "client-01-production");
    let passwords: HashSet<&str> =
        cloud.profiles.iter().chain(&cloud.extra).map(|profile| profile.console_password.as_str()).collect();
    assert_eq!(passwords.len(), 5);
    assert_eq!(cloud.start_urls, [format!("{}/start", cloud.main), format!("{}/start2", cloud.main)]);
    assert_eq!(get(&format!("{}/demo/stats", cloud.main), &[]).await?.status, 200);
    drop(program.stdin.take());
    assert!(program.wait()?.success());
    assert!(lines.next().is_none());
    Ok(())
}
