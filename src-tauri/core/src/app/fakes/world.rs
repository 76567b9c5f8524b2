//! What the world answers in tests of the loop.

use std::path::Path;
use std::sync::Arc;

use async_trait::async_trait;
use jiff::SignedDuration;
use secrecy::{ExposeSecret, SecretString};
use tokio::sync::mpsc::UnboundedSender;
use tokio::sync::oneshot;
use url::Url;

use super::Fake;
use crate::app::error::{Cause, Error};
use crate::app::event::Event;
use crate::app::ports::{
    AwsConfig, CopyOrder, Federation, FederationError, FoundCredentials, FoundInAws, Granted, HeldTurn, IdentityCenter,
    LoadedBook, LoginSessions, MfaAsk, MfaPrompt, Order, Place, PortalPrompt, Presence, ProfileBook, RoleSession,
    SignInBy, Signer, Stop, Sts, StsError, Transfers, TurnOf, Turns, Vault,
};
use crate::app::settings::Bandwidth;
use crate::domain::assigned::Assigned;
use crate::domain::book::{Book, BookChange};
use crate::domain::download::{DownloadId, Source};
use crate::domain::profile::{ProfileId, Region};
use crate::domain::secret::{AccessKey, MfaCode, SecretId, SessionCredentials};
use crate::domain::session::Identity;
use crate::domain::source::{
    ConfigProfileName, IdentityCenterSource, MfaSerial, PolicyArn, Role, SessionDuration, StartUrl,
};
use crate::domain::way::{Base, Way};

#[async_trait]
impl Vault for Fake {
    async fn read(&self, secret: &SecretId) -> Result<SecretString, Error> {
        let (fails, found) = self.with(|fake| (fake.vault_fails.clone(), fake.secrets.get(secret).cloned()));
        match (fails, found) {
            (Some(cause), _) => Err(cause.into()),
            (None, Some(found)) => Ok(found.into()),
            (None, None) => Err(Cause::KeychainMissing.into()),
        }
    }

    async fn write(&self, secret: &SecretId, value: &SecretString) -> Result<(), Error> {
        self.say("keychain written");
        self.with(|fake| match fake.vault_fails.clone() {
            Some(cause) => Err(cause.into()),
            None => {
                fake.secrets.insert(secret.clone(), value.expose_secret().to_owned());
                Ok(())
            }
        })
    }

    async fn remove(&self, secret: &SecretId) -> Result<(), Error> {
        self.say("keychain entry removed");
        self.with(|fake| match fake.vault_fails.clone() {
            Some(cause) => Err(cause.into()),
            None => {
                fake.secrets.remove(secret);
                Ok(())
            }
        })
    }
}

#[async_trait]
impl Presence for Fake {
    async fn ready(&self) -> Result<(), Error> {
        self.with(|fake| fake.vault_fails.clone()).map_or(Ok(()), |cause| Err(cause.into()))
    }

    async fn lock(&self) -> Result<(), Error> {
        self.say("system locked");
        Ok(())
    }

    async fn prove(&self) -> Result<(), Error> {
        self.say("user asked who they are");
        match self.with(|fake| fake.is_a_stranger) {
            true => Err(Cause::KeychainLocked.into()),
            false => Ok(()),
        }
    }
}

impl ProfileBook for Fake {
    fn load(&self) -> Result<LoadedBook, Error> {
        self.with(|fake| match fake.book_is_unread.clone() {
            Some(cause) => Err(cause.into()),
            None => Ok(LoadedBook { book: fake.book.clone(), read_only: false, warning: None }),
        })
    }

    fn apply(&self, change: BookChange) -> Result<Book, Error> {
        self.say("book written");
        self.with(|fake| match fake.book_fails.clone() {
            Some(cause) => Err(cause.into()),
            None => {
                fake.book.apply(change)?;
                Ok(fake.book.clone())
            }
        })
    }
}

#[async_trait]
impl Sts for Fake {
    async fn assume_role(
        &self,
        _: &Place,
        signer: Signer<'_>,
        role: &Role,
        asked: RoleSession<'_>,
    ) -> Result<Granted, StsError> {
        let RoleSession { duration, bound, code } = asked;
        let bound = bound.map(|policy| format!(" with {}", policy.as_str())).unwrap_or_default();
        let code = code.map(|code| format!(" with code {}", code.expose())).unwrap_or_default();
        let by = match signer {
            Signer::LongTerm(_) => "",
            Signer::Temporary(_) => " by temporary credentials",
        };
        let name = if role.arn.name() == "Admin" { String::new() } else { format!(" of {}", role.arn.name()) };
        self.say(format!("AssumeRole{name}{bound}{code}{by} for {duration}"));
        if let Some(cause) = self.with(|fake| fake.sts_fails.clone()) {
            return Err(StsError::Failed(cause.into()));
        }
        if asked.code.is_some_and(|code| self.refuses(code)) {
            return Err(StsError::MfaRefused("MultiFactorAuthentication failed".to_owned()));
        }
        if self.with(|fake| fake.role_maximum).is_some_and(|maximum| duration.seconds() > maximum) {
            return Err(StsError::TooLong);
        }
        let account = match self.with(|fake| fake.answers_by_role) {
            true => role.arn.account().to_string(),
            false => self.account().to_owned(),
        };
        let arn = format!("arn:aws:sts::{account}:assumed-role/{}/sidelight", role.arn.name());
        Ok(self.granted(&arn, duration))
    }

    async fn federation_token(
        &self,
        _: &Place,
        _: &AccessKey,
        policy: &PolicyArn,
        duration: SessionDuration,
    ) -> Result<Granted, StsError> {
        self.say(format!("GetFederationToken with {} for {duration}", policy.as_str()));
        let arn = format!("arn:aws:sts::{}:federated-user/sidelight", self.account());
        let most = self.with(|fake| fake.key_maximum).and_then(|most| SessionDuration::from_seconds(most).ok());
        Ok(self.granted(&arn, most.unwrap_or(duration)))
    }

    async fn session_token(
        &self,
        _: &Place,
        _: &AccessKey,
        mfa: Option<(&MfaSerial, &MfaCode)>,
        duration: SessionDuration,
    ) -> Result<Granted, StsError> {
        let code = mfa.map(|(_, code)| format!(" with code {}", code.expose())).unwrap_or_default();
        self.say(format!("GetSessionToken{code} for {duration}"));
        if mfa.is_some_and(|(_, code)| self.refuses(code)) {
            return Err(StsError::MfaRefused("MultiFactorAuthentication failed".to_owned()));
        }
        Ok(self.granted(&format!("arn:aws:iam::{}:user/bob", self.account()), duration))
    }

    async fn web_identity(&self, _: &Place, role: &Role, _: &SecretString) -> Result<Granted, StsError> {
        self.say("AssumeRoleWithWebIdentity");
        let arn = format!("arn:aws:sts::{}:assumed-role/{}/sidelight", self.account(), role.arn.name());
        Ok(self.granted(&arn, SessionDuration::HOUR))
    }

    async fn caller_identity(&self, _: &Place, _: &SessionCredentials) -> Result<Identity, StsError> {
        self.say("GetCallerIdentity");
        let arn = format!("arn:aws:sts::{}:assumed-role/Process/x", self.account());
        Ok(Identity::from_arn(&arn).expect("it is an ARN"))
    }

    fn clock_offset(&self) -> SignedDuration {
        self.with(|fake| fake.aws_is_ahead)
    }
}

#[async_trait]
impl MfaPrompt for Fake {
    async fn code(&self, ask: MfaAsk) -> Result<MfaCode, Error> {
        self.say(format!("code of {} asked for {}: {:?}", ask.device.short(), ask.name, ask.why));
        let typed = self.with(|fake| if fake.codes.is_empty() { None } else { Some(fake.codes.remove(0)) });
        let typed = typed.ok_or(Cause::MfaNeeded)?;
        Ok(MfaCode::parse(&typed.to_owned().into())?)
    }
}

#[async_trait]
impl IdentityCenter for Fake {
    async fn credentials(&self, _: &Place, source: &IdentityCenterSource) -> Result<SessionCredentials, Error> {
        self.say(format!("credentials of {} asked", source.permission_set.as_str()));
        if !self.with(|fake| fake.signed_in_to_portal) {
            return Err(Cause::Expired.into());
        }
        let end = self.with(|fake| fake.now) + SignedDuration::from_hours(4);
        Ok(SessionCredentials::new("ASIA".into(), "s".to_owned().into(), "t".to_owned().into(), end))
    }

    async fn sign_in(
        &self,
        _: &Place,
        _: &StartUrl,
        _: &Region,
        _: SignInBy,
        prompt: &dyn PortalPrompt,
    ) -> Result<(), Error> {
        prompt.open(&Url::parse("https://oidc.example/authorize").map_err(|_| Cause::Bug)?).await?;
        self.with(|fake| fake.signed_in_to_portal = true);
        Ok(())
    }

    async fn assigned(
        &self,
        _: &Place,
        _: &StartUrl,
        _: &Region,
        _: &(dyn Fn(usize, usize) + Send + Sync),
    ) -> Result<Vec<Assigned>, Error> {
        Ok(Vec::new())
    }

    async fn sign_out(&self, _: &Place, _: &StartUrl) -> Result<(), Error> {
        self.with(|fake| fake.signed_in_to_portal = false);
        Ok(())
    }
}

#[async_trait]
impl LoginSessions for Fake {
    async fn credentials(&self, _: &Place, session: &str) -> Result<Arc<SessionCredentials>, Error> {
        self.say(format!("session of {session} asked"));
        Err(Cause::Expired.into())
    }
}

#[async_trait]
impl PortalPrompt for Fake {
    async fn open(&self, url: &Url) -> Result<(), Error> {
        self.say(format!("{} in the browser", url.path()));
        Ok(())
    }

    async fn show_code(&self, code: &str, _: &str) -> Result<(), Error> {
        self.say(format!("{code} shown"));
        Ok(())
    }
}

#[async_trait]
impl AwsConfig for Fake {
    async fn way(&self, profile: &ConfigProfileName) -> Result<Way, Error> {
        let base = Base::Process(format!("print-credentials-of {}", profile.as_str()));
        Ok(Way { base, steps: Vec::new(), policy: None })
    }

    async fn credentials(&self, base: &Base) -> Result<FoundCredentials, Error> {
        self.say(format!("{base:?} asked"));
        let end = self.with(|fake| fake.now) + SignedDuration::from_hours(2);
        let credentials = SessionCredentials::new("ASIA".into(), "s".to_owned().into(), "t".to_owned().into(), end);
        Ok(FoundCredentials::Temporary(credentials))
    }

    async fn found(&self) -> Result<FoundInAws, Error> {
        Ok(self.with(|fake| fake.aws.clone()))
    }

    async fn key_lines(&self, _: &ConfigProfileName) -> Result<Vec<String>, Error> {
        Ok(vec!["2: aws_access_key_id".to_owned()])
    }

    async fn token(&self, _: &Path) -> Result<SecretString, Error> {
        Ok("a web identity's token".to_owned().into())
    }
}

#[async_trait]
impl Federation for Fake {
    async fn sign_in_token(
        &self,
        _: &Url,
        _: &SessionCredentials,
        duration: Option<SessionDuration>,
    ) -> Result<SecretString, FederationError> {
        let length = duration.map_or("no length".to_owned(), |duration| duration.to_string());
        self.say(format!("getSigninToken with {length}"));
        if duration.is_some() && self.with(|fake| fake.refuses_length) {
            return Err(FederationError::BadRequest("Invalid credentials parameter".to_owned()));
        }
        Ok("token".to_owned().into())
    }
}

#[async_trait]
impl Turns for Fake {
    async fn take(&self, _: &TurnOf) -> Result<Box<dyn HeldTurn>, Error> {
        Ok(Box::new(self.clone()))
    }
}

impl HeldTurn for Fake {
    fn note(&self) -> Option<i64> {
        self.with(|fake| fake.note_of_turns)
    }

    fn leave(&self, note: i64) {
        self.with(|fake| fake.note_of_turns = Some(note));
    }
}

#[async_trait]
impl Transfers for Fake {
    fn carry(&self, order: Order, _: UnboundedSender<Event>) -> Stop {
        let (stop, stopped) = oneshot::channel();
        let how = if order.page_stands_by { "tried beside the page" } else { "carried" };
        let named = if order.name_in.is_some() { ", named anew" } else { "" };
        self.say(format!("{} {how} from {:?}{named}", order.id, order.partial));
        self.with(|fake| fake.carried.push((order.id, stopped)));
        Stop(stop)
    }
    fn keep(&self, id: DownloadId, _: &ProfileId, source: &Source) {
        self.with(|fake| fake.secrets.insert(SecretId::DownloadSource(id), source.url.expose_secret().to_owned()));
    }
    async fn recall(&self, id: DownloadId, _: &ProfileId, _: &Url) -> Result<Source, Error> {
        let url = self.read(&SecretId::DownloadSource(id)).await?;
        Ok(Source { url, cookies: None, user_agent: None })
    }
    fn forget(&self, id: DownloadId) {
        self.with(|fake| fake.secrets.remove(&SecretId::DownloadSource(id)));
    }
    fn discard(&self, partial: &Path) {
        self.say(format!("{} discarded", partial.display()));
    }
    fn copy(&self, order: CopyOrder, _: UnboundedSender<Event>) -> Stop {
        let (stop, stopped) = oneshot::channel();
        self.say(format!("{} copied from {:?}", order.id, order.partial));
        self.with(|fake| {
            fake.carried.push((order.id, stopped));
            fake.copied = Some(order);
        });
        Stop(stop)
    }
    fn abandon(&self, order: CopyOrder) {
        self.say(format!("{} abandoned: {:?}", order.id, order.copy.upload));
    }
    fn limit(&self, to: Option<Bandwidth>) {
        self.say(format!("limit {to:?}"));
    }
    fn has_room(&self, _: &Path, _: u64) -> bool {
        !self.with(|fake| fake.is_full)
    }
}
