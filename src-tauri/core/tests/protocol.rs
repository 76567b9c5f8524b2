//! Recorded answers of AWS, and what we make of them: one folder for each case under `protocol/`.
//!
//! `ask` says what is asked, `request` which form fields must be sent, `answer` is the answer as it
//! came over the wire (or several, parted by a line `---`, the last one for all further requests), `expected` the
//! outcome in words. A new case is a new folder and no code.

use std::collections::HashMap;
use std::error::Error;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};

use jiff::Timestamp;
use secrecy::SecretString;
use sidelight_core::app::ports::{Federation, FederationError, Granted, Place, RoleSession, Signer, Sts, StsError};
use sidelight_core::aws::federation::HttpFederation;
use sidelight_core::aws::http;
use sidelight_core::aws::sts::SdkSts;
use sidelight_core::aws::trust::Trust;
use sidelight_core::domain::draft::PartitionDraft;
use sidelight_core::domain::partition::Partition;
use sidelight_core::domain::profile::Region;
use sidelight_core::domain::secret::{AccessKey, MfaCode, SecretAccessKey, SessionCredentials};
use sidelight_core::domain::source::{
    AccessKeyId, ExternalId, MfaSerial, PolicyArn, Role, RoleArn, RoleSessionName, SessionDuration, SessionTag,
    SourceIdentity,
};
use sidelight_core::world::SystemClock;
use url::Url;

type Tested<T = ()> = Result<T, Box<dyn Error>>;

#[tokio::test]
async fn every_recorded_answer_is_understood_as_written() -> Tested {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/protocol");
    let mut cases: Vec<PathBuf> = fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<Tested<_>>()?;
    cases.sort();
    assert!(cases.len() >= 12, "cases are missing: {cases:?}");
    for case in cases {
        let name = case.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let read = |file: &str| fs::read_to_string(case.join(file)).map_err(|error| format!("{name}/{file}: {error}"));
        let (address, received) = answer_with(&read("answer")?)?;
        let outcome = ask(&address, read("ask")?.trim()).await?;
        assert_eq!(outcome, read("expected")?.trim(), "{name}");
        let sent = received.recv()?;
        for line in read("request")?.lines().filter(|line| !line.is_empty()) {
            let (field, value) = line.split_once('=').ok_or(format!("{name}/request: {line}"))?;
            let found = sent.get(field).map(String::as_str);
            assert_eq!(found, (value != "(absent)").then_some(value), "{name}: {field}");
        }
    }
    Ok(())
}

/// Serves the recorded answers to whoever asks, and hands over the first request's form.
fn answer_with(recorded: &str) -> Tested<(String, Receiver<HashMap<String, String>>)> {
    let mut answers: Vec<String> = recorded.split("\n---\n").map(over_the_wire).collect();
    answers.reverse();
    let listener = TcpListener::bind(("127.0.0.1", 0))?;
    let address = format!("http://{}", listener.local_addr()?);
    let (sender, received) = channel();
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let mut reader = BufReader::new(&stream);
            let mut length = 0;
            let mut line = String::new();
            while reader.read_line(&mut line).is_ok_and(|count| count > 2) {
                if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length:") {
                    length = value.trim().parse().unwrap_or(0);
                }
                line.clear();
            }
            let mut form = vec![0; length];
            let next = if answers.len() > 1 { answers.pop() } else { answers.first().cloned() };
            let answer = next.unwrap_or_default();
            let whole = reader.read_exact(&mut form).and_then(|()| (&stream).write_all(answer.as_bytes()));
            let fields = url::form_urlencoded::parse(&form).into_owned().collect();
            if whole.is_err() || sender.send(fields).is_err() {
                return;
            }
        }
    });
    Ok((address, received))
}

fn over_the_wire(recorded: &str) -> String {
    let (head, body) = recorded.split_once("\n\n").unwrap_or((recorded.trim_end(), ""));
    let body = body.trim_end();
    let head = head.replace('\n', "\r\n").replace("{now}", &now());
    format!("{head}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}", body.len())
}

fn now() -> String {
    Timestamp::now().strftime("%a, %d %b %Y %H:%M:%S GMT").to_string()
}

/// What is asked, in the words of the file `ask`.
async fn ask(address: &str, words: &str) -> Tested<String> {
    let words: Vec<&str> = words.split_whitespace().collect();
    Ok(match words[..] {
        ["AssumeRole", role, duration] => {
            let role = Role::plain(RoleArn::parse(role)?);
            let asked = RoleSession { duration: SessionDuration::parse(duration)?, bound: None, code: None };
            granted(sts()?.assume_role(&place(address)?, Signer::LongTerm(&key()?), &role, asked).await)
        }
        ["AssumeRole", role, duration, "with", device, code] => {
            let role = Role { mfa: Some(MfaSerial::parse(device)?), ..Role::plain(RoleArn::parse(role)?) };
            let code = MfaCode::parse(&code.to_owned().into())?;
            let asked = RoleSession { duration: SessionDuration::parse(duration)?, bound: None, code: Some(&code) };
            granted(sts()?.assume_role(&place(address)?, Signer::LongTerm(&key()?), &role, asked).await)
        }
        ["AssumeRole", role, "told", "everything"] => {
            let role = Role {
                external_id: Some(ExternalId::parse("acme-4711")?),
                session_name: Some(RoleSessionName::parse("bob@acme")?),
                source_identity: Some(SourceIdentity::parse("bob")?),
                tags: vec![SessionTag::parse("team=blue!")?, SessionTag::parse("ticket=OPS-1")?],
                ..Role::plain(RoleArn::parse(role)?)
            };
            let asked = RoleSession { duration: SessionDuration::HOUR, bound: None, code: None };
            granted(sts()?.assume_role(&place(address)?, Signer::LongTerm(&key()?), &role, asked).await)
        }
        ["GetSessionToken", device, code] => {
            let (device, code) = (MfaSerial::parse(device)?, MfaCode::parse(&code.to_owned().into())?);
            let mfa = Some((&device, &code));
            granted(sts()?.session_token(&place(address)?, &key()?, mfa, SessionDuration::LONGEST).await)
        }
        ["AssumeRoleWithWebIdentity", role] => {
            let role = Role::plain(RoleArn::parse(role)?);
            granted(sts()?.web_identity(&place(address)?, &role, &"a.b.c".to_owned().into()).await)
        }
        ["GetFederationToken", policy, duration] => {
            let (policy, duration) = (PolicyArn::parse(policy)?, SessionDuration::parse(duration)?);
            granted(sts()?.federation_token(&place(address)?, &key()?, &policy, duration).await)
        }
        ["getSigninToken", ref length @ ..] => {
            let length = length.first().map(|length| SessionDuration::parse(length)).transpose()?;
            let credentials = SessionCredentials::new(
                "ASIAIOSFODNN7EXAMPLE".to_owned(),
                SecretString::from("wJalrXUtnFEMI".to_owned()),
                SecretString::from("AQoDYXdzEJr".to_owned()),
                Timestamp::MAX,
            );
            let federation = HttpFederation::new(client()?);
            match federation.sign_in_token(&Url::parse(address)?, &credentials, length).await {
                Ok(_) => "a token".to_owned(),
                Err(FederationError::BadRequest(detail)) => format!("bad request: {detail}"),
                Err(FederationError::Failed(error)) => format!("{}: {error}", error.cause.code()),
            }
        }
        _ => return Err(format!("nobody asks {words:?}").into()),
    })
}

fn granted(answer: Result<Granted, StsError>) -> String {
    match answer {
        Ok(granted) => format!("{} as {}", granted.identity.account, granted.identity.short()),
        Err(StsError::TooLong) => "too long".to_owned(),
        Err(StsError::MfaRefused(_)) => "code refused".to_owned(),
        Err(StsError::Failed(error)) => format!("{}: {error}", error.cause.code()),
    }
}

fn sts() -> Tested<SdkSts> {
    Ok(SdkSts::new(client()?, Arc::new(SystemClock)))
}

fn client() -> Tested<reqwest::Client> {
    Ok(http::client(&Trust::new(None)?)?)
}

fn place(address: &str) -> Tested<Place> {
    let draft = PartitionDraft {
        name: "recorded".to_owned(),
        sts: address.to_owned(),
        sign_in: address.to_owned(),
        consoles: vec![address.to_owned()],
        ..PartitionDraft::default()
    };
    Ok(Place { partition: Partition::Own(Box::new(draft.finish()?)), region: Region::parse("us-east-1")? })
}

fn key() -> Tested<AccessKey> {
    let secret = SecretAccessKey::parse("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY".to_owned().into())?;
    Ok(AccessKey { id: AccessKeyId::parse("AKIAIOSFODNN7EXAMPLE")?, secret })
}
