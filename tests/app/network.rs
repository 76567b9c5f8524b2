//! Networks as people have them: a company's certificate, a proxy with a password, a hotel's page, a
//! connection that breaks. Each is told apart in words, and loses nothing.

use std::fs;
use std::path::Path;
use std::time::Duration;

use sidelight_tests::demo::{DemoCloud, PARTITION};
use sidelight_tests::desktop::{Desktop, Furnishing};
use sidelight_tests::emulators::python_program;
use sidelight_tests::process::Running;
use sidelight_tests::side::Side;
use sidelight_tests::wait::wait_until;
use sidelight_tests::{HarnessError, Outcome, binaries, http};
use tempfile::TempDir;

const PASSWORD: &str = "hunter-of-proxies";

struct Networks {
    desktop: Desktop,
    cloud: DemoCloud,
    folder: TempDir,
    ports: [u16; 5],
    _running: Running,
}

impl Networks {
    fn new() -> Outcome<Self> {
        let desktop = Desktop::furnished(Furnishing { display: None, ..Furnishing::default() })?;
        let cloud = DemoCloud::start()?;
        cloud.watch_secrets(desktop.leaks());
        let folder = tempfile::tempdir().map_err(HarnessError::io("make a folder"))?;
        let main = &cloud.announcement().main;
        let target = main.rsplit(':').next().unwrap_or_default().trim_end_matches('/').to_owned();
        let ports =
            [http::free_port()?, http::free_port()?, http::free_port()?, http::free_port()?, http::free_port()?];
        let mut python = python_program("python", desktop.surroundings())?;
        python.arg(binaries::workspace().join("tests/app/network_faults.py")).arg(folder.path()).arg(target);
        let running = desktop.launch("networks", {
            python.args(ports.map(|port| port.to_string()));
            python
        })?;
        wait_until("the networks", Duration::from_secs(30), || {
            Ok(ports.iter().all(|port| http::answers(*port)).then_some(()))
        })?;
        Ok(Self { desktop, cloud, folder, ports, _running: running })
    }

    /// `side` with these variables, whose partition's STS and sign-in are behind `origin`.
    fn side(&self, origin: &str, variables: &[(&str, &str)]) -> Outcome<Side> {
        let mut surroundings = self.desktop.surroundings().clone();
        for (name, value) in variables {
            surroundings.set(name, value);
        }
        let side = Side::new(&surroundings)?.watched_by(self.desktop.leaks());
        let federation = format!("{origin}/federation");
        let partition = ["partition", "add", PARTITION, "--sts", origin, "--sign-in", &federation, "--console", origin];
        side.run(&partition)?.success()?;
        Ok(side)
    }

    fn ca(&self) -> String {
        self.folder.path().join("ca.pem").to_string_lossy().into_owned()
    }
}

fn refused(side: &Side, words: &[&str]) -> Outcome {
    let refused = side.run(&["test", "acme production"])?;
    assert_eq!(refused.code, Some(6), "{}", refused.complaints);
    for words in words {
        assert!(refused.complaints.contains(words), "{words} in: {}", refused.complaints);
    }
    Ok(())
}

fn lines(file: &Path) -> usize {
    fs::read_to_string(file).unwrap_or_default().lines().count()
}

#[test]
fn each_network_is_told_apart_and_what_mends_it_is_enough() -> Outcome {
    let networks = Networks::new()?;
    let [tls, reset, captive, proxy, slow] = networks.ports;
    let profile = networks.cloud.profiles().find(|profile| profile.name == "acme production");
    let profile = profile.ok_or_else(|| HarnessError::missing("the demo's production"))?.clone();

    let behind_tls = format!("https://localhost:{tls}");
    let side = networks.side(&behind_tls, &[])?;
    networks.cloud.register_profile(&side, &profile)?;
    let book = side.json(&["ls"])?;
    refused(&side, &["The certificate of localhost is not trusted (issued by CN=Acme Proxy CA)"])?;
    let trusting = networks.side(&behind_tls, &[("AWS_CA_BUNDLE", &networks.ca())])?;
    assert_eq!(trusting.json(&["test", "acme production"])?["account"], profile.account);

    refused(&networks.side(&format!("http://127.0.0.1:{reset}"), &[])?, &["127.0.0.1 could not be reached"])?;
    refused(&networks.side(&format!("http://127.0.0.1:{captive}"), &[])?, &["127.0.0.1 could not be reached"])?;

    refused(&networks.side(&format!("http://127.0.0.1:{slow}"), &[])?, &["127.0.0.1 could not be reached"])?;

    let main = networks.cloud.announcement().main.trim_end_matches('/').to_owned();
    let passed = networks.folder.path().join("passed");
    let through = |password: &str| format!("http://ann:{password}@127.0.0.1:{proxy}");
    networks.desktop.leaks().watch("the proxy's password", PASSWORD);
    let right = networks.side(&main, &[("HTTP_PROXY", &through(PASSWORD)), ("http_proxy", &through(PASSWORD))])?;
    assert_eq!(right.json(&["test", "acme production"])?["account"], profile.account);
    assert!(lines(&passed) > 0, "it went through the proxy");
    let wrong = networks.side(&main, &[("HTTP_PROXY", &through("wrong")), ("http_proxy", &through("wrong"))])?;
    refused(&wrong, &["could not be reached"])?;
    assert_eq!(wrong.json(&["ls"])?, book, "nothing was lost");
    Ok(())
}

#[test]
fn a_request_with_a_code_is_not_made_again_when_no_answer_came() -> Outcome {
    let networks = Networks::new()?;
    let [_, reset, ..] = networks.ports;
    let side = networks.side(&format!("http://127.0.0.1:{reset}"), &[])?;
    let profile = networks.cloud.profiles().find(|profile| profile.name == "acme production");
    let profile = profile.ok_or_else(|| HarnessError::missing("the demo's production"))?.clone();
    let role = format!("arn:aws:iam::{}:role/MfaAdmin", profile.account);
    let key = ["add", "access-key", "seeded", "--access-key-id", &profile.access_key_id, "--partition", PARTITION];
    let more = ["--role", &role, "--mfa-serial", &profile.mfa_serial];
    side.run_with_input(&[&key[..], &more].concat(), &profile.secret_access_key)?.success()?;
    side.run_with_input(&["mfa", "seeded", "--seed"], &profile.totp_seed)?.success()?;
    let broken = networks.folder.path().join("broken");
    let refused = side.run(&["test", "seeded"])?;
    assert_eq!(refused.code, Some(6), "{}", refused.complaints);
    assert_eq!(lines(&broken), 1);
    Ok(())
}

#[test]
fn a_clock_that_is_an_hour_off_is_noticed_by_awss_date_and_the_codes_are_of_awss_time() -> Outcome {
    let networks = Networks::new()?;
    let main = networks.cloud.announcement().main.clone();
    let side = networks.side(main.trim_end_matches('/'), &[])?;
    let profile = networks.cloud.profiles().find(|profile| profile.name == "acme production");
    let profile = profile.ok_or_else(|| HarnessError::missing("the demo's production"))?.clone();
    networks.cloud.register_profile(&side, &profile)?;
    let role = format!("arn:aws:iam::{}:role/MfaAdmin", profile.account);
    let key = ["add", "access-key", "seeded", "--access-key-id", &profile.access_key_id, "--partition", PARTITION];
    let more = ["--role", &role, "--mfa-serial", &profile.mfa_serial];
    side.run_with_input(&[&key[..], &more].concat(), &profile.secret_access_key)?.success()?;
    side.run_with_input(&["mfa", "seeded", "--seed"], &profile.totp_seed)?.success()?;
    networks.cloud.tell("clock", &serde_json::json!({ "advance_seconds": 3_600 }))?;
    for name in ["acme production", "seeded"] {
        assert_eq!(side.json(&["test", name])?["account"], profile.account);
    }
    side.run_revealing(&["url", "seeded"])?.success()?;
    Ok(())
}
