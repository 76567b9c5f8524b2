//! What `aws login` keeps of a session: a JSON file, named by the SHA-256 of the session's ARN.
//! Source: AWS SDKs and Tools reference guide, "Login credential provider", and botocore.

use std::path::PathBuf;
use std::sync::Arc;

use async_trait::async_trait;
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use super::AwsFiles;
use crate::app::error::{Cause, Error};
use crate::app::ports::{LoginFiles, LoginTokens, Refreshed};
use crate::domain::secret::SessionCredentials;
use crate::storage::files::{self, RealDisk};

/// What we read of it.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Format {
    access_token: Keys,
    client_id: String,
    refresh_token: SecretString,
    dpop_key: SecretString,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Keys {
    access_key_id: String,
    secret_access_key: SecretString,
    session_token: SecretString,
    expires_at: String,
}

/// What we write of it.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct NewKeys<'a> {
    access_key_id: &'a str,
    secret_access_key: &'a str,
    session_token: &'a str,
    expires_at: String,
}

impl AwsFiles {
    fn login(&self, session: &str) -> PathBuf {
        let name = Sha256::digest(session.trim()).iter().map(|byte| format!("{byte:02x}")).collect::<String>();
        self.logins.join(format!("{name}.json"))
    }
}

#[async_trait]
impl LoginFiles for AwsFiles {
    async fn read_login(&self, session: &str) -> Result<Option<LoginTokens>, Error> {
        let path = self.login(session);
        let Some(bytes) = files::read(&path)?.map(Zeroizing::new) else { return Ok(None) };
        let kept: Format = serde_json::from_slice(&bytes).map_err(|_| damaged(path.clone()))?;
        let keys = kept.access_token;
        let expires_at = keys.expires_at.parse().map_err(|_| damaged(path))?;
        Ok(Some(LoginTokens {
            credentials: Arc::new(SessionCredentials::new(
                keys.access_key_id,
                keys.secret_access_key,
                keys.session_token,
                expires_at,
            )),
            client_id: kept.client_id,
            refresh_token: kept.refresh_token,
            key: kept.dpop_key,
        }))
    }

    async fn keep_login(&self, session: &str, fresh: &Refreshed) -> Result<(), Error> {
        let path = self.login(session);
        files::sweep_unfinished(&path);
        let bytes = Zeroizing::new(files::read(&path)?.unwrap_or_default());
        let mut kept: Map<String, Value> = serde_json::from_slice(&bytes).map_err(|_| damaged(path.clone()))?;
        let Refreshed { credentials, refresh_token } = fresh;
        let keys = serde_json::to_value(NewKeys {
            access_key_id: &credentials.key_id,
            secret_access_key: credentials.expose_secret(),
            session_token: credentials.expose_token(),
            expires_at: credentials.expires_at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
        });
        match (keys, kept.get_mut("accessToken").and_then(Value::as_object_mut)) {
            (Ok(Value::Object(keys)), Some(before)) => before.extend(keys),
            _ => return Err(damaged(path)),
        }
        kept.insert("refreshToken".to_owned(), refresh_token.expose_secret().into());
        let text = Zeroizing::new(serde_json::to_vec(&kept).map_err(|_| damaged(path.clone()))?);
        files::replace(&RealDisk, &path, &text)
    }
}

/// Of the AWS CLI's: it is left where it is.
fn damaged(file: PathBuf) -> Error {
    Cause::Corrupt { file, restored_from: None, moved_to: None }.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    const ADMIN: &str = "arn:aws:iam::0123456789012:user/Admin";

    fn kept() -> String {
        let keys = r#""accessKeyId":"ASIAOLD","secretAccessKey":"s1","sessionToken":"t1","accountId":"012345678901""#;
        let rest = r#""tokenType":"aws_sigv4","clientId":"arn:aws:signin:::devtools/same-device","idToken":"id""#;
        format!(
            r#"{{"accessToken":{{{keys},"expiresAt":"2025-09-14T04:05:45Z"}},{rest},"refreshToken":"r1","dpopKey":"PEM","new":1}}"#
        )
    }

    #[tokio::test]
    async fn a_session_is_found_by_its_name_and_keeps_what_we_do_not_know() -> Result<(), Box<dyn std::error::Error>> {
        let folder = tempfile::tempdir()?;
        let files = AwsFiles::at(folder.path().join("config"), folder.path().join("credentials"));
        assert!(files.read_login(ADMIN).await?.is_none());
        // As botocore names it.
        let name = "36db1d138ff460920374e4c3d8e01f53f9f73537e89c88d639f68393df0e2726.json";
        let path = folder.path().join("login").join("cache").join(name);
        std::fs::create_dir_all(path.parent().ok_or("a folder")?)?;
        std::fs::write(&path, kept())?;
        let tokens = files.read_login(ADMIN).await?.ok_or("it is there")?;
        assert_eq!(tokens.credentials.expires_at, "2025-09-14T04:05:45Z".parse()?);
        assert_eq!((tokens.credentials.key_id.as_str(), tokens.refresh_token.expose_secret()), ("ASIAOLD", "r1"));

        let end = "2025-09-14T04:20:45.5Z".parse()?;
        let credentials =
            SessionCredentials::new("ASIANEW".into(), "s2".to_owned().into(), "t2".to_owned().into(), end);
        files
            .keep_login(ADMIN, &Refreshed { credentials: Arc::new(credentials), refresh_token: "r2".to_owned().into() })
            .await?;
        let expected = kept()
            .replace("ASIAOLD", "ASIANEW")
            .replace("s1", "s2")
            .replace("t1", "t2")
            .replace("r1", "r2")
            .replace("04:05:45", "04:20:45");
        let now: Value = serde_json::from_slice(&std::fs::read(&path)?)?;
        assert_eq!(now, serde_json::from_str::<Value>(&expected)?);
        Ok(())
    }

    #[tokio::test]
    async fn a_file_that_makes_no_sense_is_named_and_left() -> Result<(), Box<dyn std::error::Error>> {
        let folder = tempfile::tempdir()?;
        let files = AwsFiles::at(folder.path().join("config"), folder.path().join("credentials"));
        let path = files.login(ADMIN);
        std::fs::create_dir_all(path.parent().ok_or("a folder")?)?;
        std::fs::write(&path, "{")?;
        let refused = files.read_login(ADMIN).await.map_err(|error| error.cause);
        assert!(matches!(refused, Err(Cause::Corrupt { ref file, .. }) if *file == path), "{refused:?}");
        assert_eq!(std::fs::read_to_string(&path)?, "{");
        Ok(())
    }
}
