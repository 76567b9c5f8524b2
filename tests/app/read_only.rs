//! Read-only sessions against ministack with authorisation: a read works, a write is refused, for a
//! role and for a user; and the same profile with full rights may write.
//!
//! The test is the federation endpoint itself: it sees which credentials a console would get.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::Duration;

use serde_json::Value;
use sidelight_tests::desktop::{Desktop, Furnishing};
use sidelight_tests::emulators::{Emulator, MINISTACK_ACCOUNT, run_python};
use sidelight_tests::side::Side;
use sidelight_tests::{HarnessError, Outcome};
use url::form_urlencoded;

/// A user who may do everything, and a role that it may assume and that may as well.
const ACCOUNT: &str = "
import sys, json, boto3
endpoint, root = sys.argv[1:]
iam = boto3.client('iam', endpoint_url=endpoint, region_name='us-east-1',
                   aws_access_key_id=root, aws_secret_access_key='test')
allow = json.dumps({'Version': '2012-10-17', 'Statement': [{'Effect': 'Allow', 'Action': '*', 'Resource': '*'}]})
trust = {'Effect': 'Allow', 'Principal': {'AWS': f'arn:aws:iam::{root}:user/sidelight'}, 'Action': 'sts:AssumeRole'}
iam.create_user(UserName='sidelight')
iam.put_user_policy(UserName='sidelight', PolicyName='all', PolicyDocument=allow)
iam.create_role(RoleName='Admin', MaxSessionDuration=43200,
                AssumeRolePolicyDocument=json.dumps({'Version': '2012-10-17', 'Statement': [trust]}))
iam.put_role_policy(RoleName='Admin', PolicyName='all', PolicyDocument=allow)
key = iam.create_access_key(UserName='sidelight')['AccessKey']
print(json.dumps({'id': key['AccessKeyId'], 'secret': key['SecretAccessKey']}))
";

/// Reads, then writes, and says what came of each.
const ATTEMPT: &str = "
import sys, boto3
from botocore.exceptions import ClientError
endpoint, bucket, key, secret, token = sys.argv[1:]
s3 = boto3.client('s3', endpoint_url=endpoint, region_name='us-east-1', aws_access_key_id=key,
                  aws_secret_access_key=secret, aws_session_token=token)
def attempt(call):
    try:
        call()
        return 'done'
    except ClientError as error:
        return error.response['Error']['Code']
print(attempt(s3.list_buckets), attempt(lambda: s3.create_bucket(Bucket=bucket)))
";

/// Answers `getSigninToken`, and hands on each form that it was sent.
fn federation() -> Outcome<(String, Receiver<String>)> {
    let listener = TcpListener::bind("127.0.0.1:0").map_err(HarnessError::io("listen for the federation form"))?;
    let address = listener.local_addr().map_err(HarnessError::io("ask for the address"))?;
    let (forms, received) = mpsc::channel();
    thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let mut request = Vec::new();
            let mut piece = [0; 4096];
            while let Ok(length) = stream.read(&mut piece) {
                request.extend_from_slice(&piece[..length]);
                if let Some(body) = whole_body(&request) {
                    let answer = "{\"SigninToken\":\"a-token-of-the-test\"}";
                    let length = answer.len();
                    let head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n";
                    let _ = write!(stream, "{head}Content-Length: {length}\r\n\r\n{answer}");
                    let _ = forms.send(body);
                    break;
                }
                if length == 0 {
                    break;
                }
            }
        }
    });
    Ok((format!("http://{address}/federation"), received))
}

/// The request's body, once it has come as a whole.
fn whole_body(request: &[u8]) -> Option<String> {
    let text = String::from_utf8_lossy(request);
    let (head, body) = text.split_once("\r\n\r\n")?;
    let announced =
        head.lines().find_map(|line| line.to_ascii_lowercase().strip_prefix("content-length:")?.trim().parse().ok());
    (body.len() >= announced.unwrap_or(0)).then(|| body.to_owned())
}

/// What a console session of this profile may do: the outcome of a read and of a write.
fn attempted(
    side: &Side,
    forms: &Receiver<String>,
    desktop: &Desktop,
    ministack: &str,
    arguments: &[&str],
) -> Outcome<String> {
    let printed = side.run_revealing(arguments)?.success()?;
    desktop.leaks().watch("a sign-in link", printed.output.trim());
    let form = forms.recv_timeout(Duration::from_secs(20)).map_err(|_| HarnessError::missing("a federation form"))?;
    let session = form_urlencoded::parse(form.as_bytes()).find(|(name, _)| name == "Session");
    let session = session.ok_or_else(|| HarnessError::missing("credentials in the form"))?.1.into_owned();
    let credentials: Value = serde_json::from_str(&session).map_err(HarnessError::json("the form's credentials"))?;
    let part = |name: &str| credentials[name].as_str().unwrap_or_default().to_owned();
    let (id, key, token) = (part("sessionId"), part("sessionKey"), part("sessionToken"));
    desktop.leaks().watch("a session's key", &key);
    desktop.leaks().watch("a session's token", &token);
    let bucket = arguments.concat().replace(|letter: char| !letter.is_ascii_alphanumeric(), "-");
    Ok(run_python(ATTEMPT, &[ministack, &bucket, &id, &key, &token])?.trim().to_owned())
}

#[test]
fn a_read_only_session_reads_and_is_refused_a_write_for_a_role_and_for_a_user() -> Outcome {
    let ministack = Emulator::ministack()?;
    let made = run_python(ACCOUNT, &[ministack.url(), MINISTACK_ACCOUNT])?;
    let key: Value = serde_json::from_str(made.trim()).map_err(HarnessError::json("the new access key"))?;
    let (id, secret) = (key["id"].as_str().unwrap_or_default(), key["secret"].as_str().unwrap_or_default());

    let desktop = Desktop::furnished(Furnishing { display: None, ..Furnishing::default() })?;
    desktop.leaks().watch("the key for ministack", secret);
    let side = Side::new(desktop.surroundings())?.watched_by(desktop.leaks());
    let (federation, forms) = federation()?;
    let url = ministack.url();
    let add = ["partition", "add", "ministack", "--sts", url, "--sign-in", &federation, "--console", url];
    side.run(&add)?.success()?;
    let start = ["add", "access-key"];
    let key = ["--partition", "ministack", "--access-key-id", id];
    let role = format!("arn:aws:iam::{MINISTACK_ACCOUNT}:role/Admin");
    side.run_with_input(&[&start[..], &["role"], &key, &["--role", &role]].concat(), secret)?.success()?;
    side.run_with_input(&[&start[..], &["user"], &key].concat(), secret)?.success()?;

    for profile in ["role", "user"] {
        let read_only = attempted(&side, &forms, &desktop, url, &["url", profile, "--read-only"])?;
        assert_eq!(read_only, "done AccessDenied", "{profile}");
        let full = attempted(&side, &forms, &desktop, url, &["url", profile])?;
        assert_eq!(full, "done done", "{profile}");
    }
    Ok(())
}
