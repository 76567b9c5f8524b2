//! The sources that only `~/.aws` knows, as the AWS CLI sees them through our block: sessions of `aws
//! login`, commands, web identities, and what stands before them; against the demo cloud and moto.

use std::fs;
use std::path::{Path, PathBuf};
use std::thread;

use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use sidelight_tests::demo::PARTITION;
use sidelight_tests::desktop::{Desktop, Furnishing};
use sidelight_tests::emulators::Emulator;
use sidelight_tests::http;
use sidelight_tests::side::Side;
use sidelight_tests::{HarnessError, Outcome};

use crate::sources::{Machine, aws_identity};

const PRODUCTION: &str = "111122223333";

fn write(path: &Path, text: &str) -> Outcome {
    let folder = path.parent().ok_or_else(|| HarnessError::missing("a folder"))?;
    fs::create_dir_all(folder).map_err(HarnessError::io("make a folder"))?;
    fs::write(path, text).map_err(HarnessError::io("write a file of ~/.aws"))
}

/// What `aws login` would have kept for the demo's user, good for `seconds`; answers its ARN and where.
fn log_in(machine: &Machine, seconds: u32) -> Outcome<(String, PathBuf)> {
    let main = &machine.demo.announcement().main;
    let url = format!("{main}/demo/login?account={PRODUCTION}&seconds={seconds}");
    let kept = http::post_json(&url, &json!({}))?;
    let arn = format!("arn:aws:iam::{PRODUCTION}:user/sidelight");
    let file =
        machine.desktop.home().join(".aws/login/cache").join(format!("{}.json", hex::encode(Sha256::digest(&arn))));
    write(&file, &String::from_utf8_lossy(&kept))?;
    machine.desktop.leaks().leave_out(&machine.desktop.home().join(".aws"));
    Ok((arn, file))
}

fn kept(file: &Path) -> Outcome<Value> {
    let text = fs::read_to_string(file).map_err(HarnessError::io("read what `aws login` keeps"))?;
    serde_json::from_str(&text).map_err(HarnessError::json("what `aws login` keeps"))
}

fn refer_to(side: &Side, partition: &str, profiles: &[&str]) -> Outcome {
    for name in profiles {
        let ours = format!("from {name}");
        side.run(&["add", "config-profile", &ours, "--profile", name, "--partition", partition])?.success()?;
    }
    side.run(&["export", "aws-config"])?.success().map(drop)
}

#[test]
fn a_session_of_aws_login_is_refreshed_once_for_all_programs_and_told_when_it_is_over() -> Outcome {
    let machine = Machine::new()?;
    let (arn, file) = log_in(&machine, 60)?;
    let partner = format!("arn:aws:iam::{PRODUCTION}:role/Partner");
    let config = format!(
        "[profile login]\nlogin_session = {arn}\nregion = eu-central-1\n\
         [profile behind]\nrole_arn = {partner}\nsource_profile = login\nregion = eu-central-1\n"
    );
    write(&machine.config_file(), &config)?;
    refer_to(&machine.side, PARTITION, &["login", "behind"])?;
    let before = kept(&file)?;
    let programs: Vec<_> = (0..2)
        .map(|_| {
            let side = machine.side.clone();
            thread::spawn(move || side.run_revealing(&["credentials", "from login"]))
        })
        .collect();
    for program in programs {
        let printed = program.join().map_err(|_| HarnessError::missing("a program's answer"))??.success()?.json()?;
        assert_eq!(printed["AccessKeyId"], kept(&file)?["accessToken"]["accessKeyId"]);
    }
    let after = kept(&file)?;
    assert_ne!(before["refreshToken"], after["refreshToken"], "the next one is kept for the AWS CLI");
    assert_eq!((&before["dpopKey"], &before["idToken"]), (&after["dpopKey"], &after["idToken"]));
    assert_eq!(machine.demo.stats()?["login_sessions"]["refreshes"], 1);

    assert_eq!(aws_identity(&machine.desktop, "from login")?, arn);
    let role = format!("arn:aws:sts::{PRODUCTION}:assumed-role/Partner/sidelight");
    assert_eq!(aws_identity(&machine.desktop, "from behind")?, role);
    assert_eq!(machine.demo.stats()?["login_sessions"]["refreshes"], 1, "fresh keys are used as they are");

    // Nearly over, and the sign-in behind it is over: what is still good is no more used.
    log_in(&machine, 1)?;
    machine.demo.tell("login/revoke", &json!({ "account": PRODUCTION }))?;
    let revoked = kept(&file)?;
    let refused = machine.side.run(&["test", "from login"])?;
    assert_eq!(refused.code, Some(4), "{}", refused.complaints);
    assert!(refused.complaints.contains("`aws login` signs in again"), "{}", refused.complaints);
    assert_eq!(kept(&file)?, revoked, "nothing of it was changed");
    Ok(())
}

#[test]
fn commands_web_identities_and_keys_of_the_files_serve_the_aws_cli_through_our_block() -> Outcome {
    let machine = Machine::new()?;
    let home = machine.desktop.home();
    machine.desktop.leaks().leave_out(&home.join(".aws"));
    let borealis = machine.demo.profiles().find(|profile| profile.name == "borealis");
    let borealis = borealis.ok_or_else(|| HarnessError::missing("borealis"))?.clone();
    let (id, secret) = (&borealis.access_key_id, &borealis.secret_access_key);
    write(
        &home.join(".aws/printed.json"),
        &json!({ "Version": 1, "AccessKeyId": id, "SecretAccessKey": secret }).to_string(),
    )?;
    write(&home.join(".aws/token"), "demo-token-1")?;
    write(
        &home.join(".aws/credentials"),
        &format!("[keys]\naws_access_key_id = {id}\naws_secret_access_key = {secret}\n"),
    )?;
    let (printed, token) = (home.join(".aws/printed.json"), home.join(".aws/token"));
    let config = format!(
        "[profile command]\ncredential_process = cat {}\nregion = eu-central-1\n\
         [profile web]\nrole_arn = arn:aws:iam::{PRODUCTION}:role/WebIdentity\nweb_identity_token_file = {}\n\
         [profile behind-web]\nrole_arn = arn:aws:iam::{PRODUCTION}:role/Partner\nsource_profile = web\n",
        printed.display(),
        token.display()
    );
    write(&machine.config_file(), &config)?;
    refer_to(&machine.side, PARTITION, &["keys", "command", "web", "behind-web"])?;
    let user = format!("arn:aws:iam::{}:user/sidelight", borealis.account);
    let role = |name: &str| format!("arn:aws:sts::{PRODUCTION}:assumed-role/{name}/sidelight");
    for (profile, arn) in
        [("keys", user.clone()), ("command", user), ("web", role("WebIdentity")), ("behind-web", role("Partner"))]
    {
        assert_eq!(aws_identity(&machine.desktop, &format!("from {profile}"))?, arn, "{profile}");
    }
    Ok(())
}

#[test]
fn moto_knows_the_aws_cli_by_every_source_that_it_has_itself() -> Outcome {
    let moto = Emulator::moto()?;
    let desktop = Desktop::furnished(Furnishing { display: None, ..Furnishing::default() })?;
    let side = Side::new(desktop.surroundings())?.watched_by(desktop.leaks());
    let aws = desktop.home().join(".aws");
    desktop.leaks().leave_out(&aws);
    let url = moto.url();
    side.run(&["partition", "add", "moto", "--sts", url, "--sign-in", url, "--console", url])?.success()?;
    let (id, secret) = ("AKIAIOSFODNN7EXAMPLE", "moto-takes-any-secret-of-this-length-0000");
    let role = |name: &str| format!("arn:aws:iam::222233334444:role/{name}");
    let key = ["--partition", "moto", "--access-key-id", id];
    let serial = "arn:aws:iam::123456789012:mfa/bob";
    for (name, more) in [
        ("user", vec![]),
        ("role", vec!["--role", "Admin"]),
        ("with code", vec!["--role", "Coded", "--mfa-serial", serial]),
    ] {
        let more: Vec<String> = more
            .into_iter()
            .map(|word| if word.starts_with(['-', 'a']) { word.to_owned() } else { role(word) })
            .collect();
        let more: Vec<&str> = more.iter().map(String::as_str).collect();
        side.run_with_input(&[&["add", "access-key", name], &key[..], &more].concat(), secret)?.success()?;
    }
    side.run(&["add", "role", "chain", "--from", "role", "--role", &role("Next")])?.success()?;
    side.run_with_input(&["mfa", "with code"], "123456")?.success()?;

    write(&aws.join("token"), "a.web.token")?;
    write(
        &aws.join("printed.json"),
        &json!({ "Version": 1, "AccessKeyId": id, "SecretAccessKey": secret }).to_string(),
    )?;
    write(&aws.join("credentials"), &format!("[keys]\naws_access_key_id = {id}\naws_secret_access_key = {secret}\n"))?;
    let config = format!(
        "[profile assumed]\nrole_arn = {}\nsource_profile = keys\n[profile command]\ncredential_process = cat {}\n\
         [profile web]\nrole_arn = {}\nweb_identity_token_file = {}\n",
        role("Assumed"),
        aws.join("printed.json").display(),
        role("Web"),
        aws.join("token").display()
    );
    write(&aws.join("config"), &config)?;
    refer_to(&side, "moto", &["keys", "assumed", "command", "web"])?;

    let session = |name: &str| format!("arn:aws:sts::222233334444:assumed-role/{name}/sidelight");
    for (profile, name) in
        [("role", "Admin"), ("with code", "Coded"), ("chain", "Next"), ("from assumed", "Assumed"), ("from web", "Web")]
    {
        assert_eq!(aws_identity(&desktop, profile)?, session(name), "{profile}");
    }
    for profile in ["user", "from keys", "from command"] {
        assert!(aws_identity(&desktop, profile)?.contains("123456789012"), "{profile}");
    }
    Ok(())
}
