//! AWS's own partitions, from a key to a sign-in link: which hosts are asked, what for, and where the link
//! leads. The hosts are AWS's names; moto and the demo cloud stand behind them.

use std::fs;
use std::time::Duration;

use sidelight_tests::demo::DemoCloud;
use sidelight_tests::desktop::{Desktop, Furnishing};
use sidelight_tests::emulators::{Emulator, python_program, run_python};
use sidelight_tests::process::Running;
use sidelight_tests::side::Side;
use sidelight_tests::surroundings::Surroundings;
use sidelight_tests::wait::wait_until;
use sidelight_tests::{HarnessError, Outcome, binaries, http};
use tempfile::TempDir;

const SECRET: &str = "moto-takes-any-secret-of-this-length-0000";

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

/// A machine whose way to AWS ends at moto and the demo cloud.
struct Aws {
    desktop: Desktop,
    surroundings: Surroundings,
    moto: Emulator,
    folder: TempDir,
    _cloud: DemoCloud,
    _proxy: Running,
}

impl Aws {
    fn behind(desktop: Desktop) -> Outcome<Self> {
        let moto = Emulator::moto()?;
        let cloud = DemoCloud::start_with(&["--verify-with", moto.url()])?;
        let folder = tempfile::tempdir().map_err(HarnessError::io("make a folder"))?;
        let port = http::free_port()?;
        let mut python = python_program("python", desktop.surroundings())?;
        python.arg(binaries::workspace().join("tests/app/partition_proxy.py")).arg(folder.path());
        python.args([port.to_string(), port_of(moto.url()), port_of(&cloud.announcement().main)]);
        let proxy = desktop.launch("proxy", python)?;
        wait_until("the proxy", Duration::from_secs(30), || Ok(http::answers(port).then_some(())))?;
        let mut surroundings = desktop.surroundings().clone();
        surroundings.set("AWS_CA_BUNDLE", folder.path().join("ca.pem"));
        for name in ["HTTPS_PROXY", "https_proxy"] {
            surroundings.set(name, format!("http://127.0.0.1:{port}"));
        }
        desktop.leaks().watch("the key for moto", SECRET);
        Ok(Self { desktop, surroundings, moto, folder, _cloud: cloud, _proxy: proxy })
    }

    fn side(&self) -> Outcome<Side> {
        Ok(Side::new(&self.surroundings)?.watched_by(self.desktop.leaks()))
    }

    /// A profile in this region, with a role of this partition.
    fn add(&self, side: &Side, name: &str, region: &str, role: &str) -> Outcome {
        let key = ["--access-key-id", "AKIAIOSFODNN7EXAMPLE", "--region", region, "--role", role];
        side.run_with_input(&[&["add", "access-key", name], &key[..]].concat(), SECRET)?.success().map(drop)
    }

    /// A line for each request.
    fn asked(&self) -> Outcome<String> {
        fs::read_to_string(self.folder.path().join("asked")).map_err(HarnessError::io("read what was asked"))
    }
}

#[test]
fn each_partition_is_asked_at_its_own_hosts_with_its_own_arns() -> Outcome {
    let aws = Aws::behind(Desktop::furnished(Furnishing { display: None, ..Furnishing::default() })?)?;
    let side = aws.side()?;
    for [partition, region, sts, sign_in, console] in PARTITIONS {
        let role = format!("arn:{partition}:iam::222233334444:role/Admin");
        aws.add(&side, partition, region, &role)?;
        let link = side.run_revealing(&["url", partition, "--read-only"])?.success()?.output;
        assert!(link.starts_with(&format!("https://{sign_in}/federation?Action=login&")), "{partition}: {link}");
        assert!(link.contains(&format!("Destination=https%3A%2F%2F{console}%2F")), "{partition}: {link}");

        let asked = aws.asked()?;
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

#[test]
fn an_object_comes_from_the_region_that_its_bucket_is_in() -> Outcome {
    let aws = Aws::behind(Desktop::start()?)?;
    let side = aws.side()?;
    aws.add(&side, "acme", "eu-central-1", "arn:aws:iam::222233334444:role/Admin")?;
    let put = "import sys, boto3\n\
        s3 = boto3.client('s3', endpoint_url=sys.argv[1], region_name='us-east-1', aws_access_key_id='a',\n\
        \x20 aws_secret_access_key='b')\n\
        s3.create_bucket(Bucket='reports')\n\
        s3.put_object(Bucket='reports', Key='a.csv', Body=b'a,b')";
    run_python(put, &[aws.moto.url()])?;
    let _app = aws.desktop.launch("sidelight", aws.surroundings.command(binaries::binary("sidelight")?))?;
    let to = aws.desktop.downloads();
    side.run(&["s3", "cp", "acme", "s3://reports/a.csv", &to.display().to_string()])?.success()?;
    assert_eq!(fs::read(to.join("a.csv")).map_err(HarnessError::io("read the object"))?, b"a,b");
    let asked = aws.asked()?;
    let asked_of = |host: &str| asked.lines().any(|line| line.starts_with(host));
    assert!(asked_of("reports.s3.eu-central-1.amazonaws.com / "), "it is looked for in the profile's region: {asked}");
    assert!(asked_of("reports.s3.us-east-1.amazonaws.com /a.csv"), "{asked}");
    Ok(())
}
