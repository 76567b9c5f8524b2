//! AWS's own partitions, from a key to a sign-in link: which hosts are asked, what for, and where the link
//! leads. The hosts are AWS's names; moto and the demo cloud stand behind them.

use std::fs;
use std::time::Duration;

use sidelight_tests::demo::DemoCloud;
use sidelight_tests::desktop::{Desktop, Furnishing};
use sidelight_tests::emulators::{Emulator, python_program};
use sidelight_tests::side::Side;
use sidelight_tests::wait::wait_until;
use sidelight_tests::{HarnessError, Outcome, binaries, http};

/// Partition, region, STS, sign-in, console.
const PARTITIONS: [[&str; 5]; 4] = [
    [
        "aws",
        "eu-central-1",
        "sts.eu-central-1.amazonaws.com",
        "eu-central-1.signin.aws.amazon.com",
        "eu-central-1.console.aws.amazon.com",
    ],
    [
        "aws-cn",
        "cn-north-1",
        "sts.cn-north-1.amazonaws.com.cn",
        "cn-north-1.signin.amazonaws.cn",
        "cn-north-1.console.amazonaws.cn",
    ],
    [
        "aws-us-gov",
        "us-gov-west-1",
        "sts.us-gov-west-1.amazonaws.com",
        "us-gov-west-1.signin.amazonaws-us-gov.com",
        "us-gov-west-1.console.amazonaws-us-gov.com",
    ],
    [
        "aws-eusc",
        "eusc-de-east-1",
        "sts.eusc-de-east-1.amazonaws.eu",
        "eusc-de-east-1.signin.amazonaws-eusc.eu",
        "console.amazonaws-eusc.eu",
    ],
];

fn port_of(url: &str) -> String {
    url.trim_end_matches('/').rsplit(':').next().unwrap_or_default().to_owned()
}

#[test]
fn each_partition_is_asked_at_its_own_hosts_with_its_own_arns() -> Outcome {
    let moto = Emulator::moto()?;
    let cloud = DemoCloud::start_with(&["--verify-with", moto.url()])?;
    let desktop = Desktop::furnished(Furnishing { display: None, ..Furnishing::default() })?;
    let folder = tempfile::tempdir().map_err(HarnessError::io("make a folder"))?;
    let port = http::free_port()?;
    let mut python = python_program("python", desktop.surroundings())?;
    python.arg(binaries::workspace().join("tests/app/partition_proxy.py")).arg(folder.path());
    python.args([port.to_string(), port_of(moto.url()), port_of(&cloud.announcement().main)]);
    let _proxy = desktop.launch("proxy", python)?;
    wait_until("the proxy", Duration::from_secs(30), || Ok(http::answers(port).then_some(())))?;

    let mut surroundings = desktop.surroundings().clone();
    surroundings.set("AWS_CA_BUNDLE", folder.path().join("ca.pem"));
    for name in ["HTTPS_PROXY", "https_proxy"] {
        surroundings.set(name, format!("http://127.0.0.1:{port}"));
    }
    let side = Side::new(&surroundings)?.watched_by(desktop.leaks());
    let secret = "moto-takes-any-secret-of-this-length-0000";
    desktop.leaks().watch("the key for moto", secret);
    for [partition, region, sts, sign_in, console] in PARTITIONS {
        let role = format!("arn:{partition}:iam::222233334444:role/Admin");
        let key = ["--access-key-id", "AKIAIOSFODNN7EXAMPLE", "--region", region, "--role", &role];
        let add = [&["add", "access-key", partition], &key[..]].concat();
        side.run_with_input(&add, secret)?.success()?;
        let link = side.run_revealing(&["url", partition, "--read-only"])?.success()?.output;
        assert!(link.starts_with(&format!("https://{sign_in}/federation?Action=login&")), "{partition}: {link}");
        assert!(link.contains(&format!("Destination=https%3A%2F%2F{console}%2F")), "{partition}: {link}");

        let asked = fs::read_to_string(folder.path().join("asked")).map_err(HarnessError::io("read what was asked"))?;
        let of_sts = asked.lines().find(|line| line.starts_with(&format!("{sts} ")));
        let of_sts = of_sts.ok_or_else(|| HarnessError::missing(format!("{sts} in: {asked}")))?;
        for arn in [role.clone(), format!("arn:{partition}:iam::aws:policy/ReadOnlyAccess")] {
            let encoded = arn.replace(':', "%3A").replace('/', "%2F");
            assert!(of_sts.contains(&encoded), "{arn} in: {of_sts}");
        }
        assert!(asked.lines().any(|line| line.starts_with(&format!("{sign_in} /federation"))), "{asked}");
    }
    Ok(())
}
