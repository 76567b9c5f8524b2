//! STS: credentials for temporary ones.
//!
//! One client for each place is kept (it learns the clock's offset); keys are given to each call
//! and never kept. Source: AWS STS API reference.

mod date;

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use aws_sdk_sts::Client;
use aws_sdk_sts::client::customize::CustomizableOperation;
use aws_sdk_sts::config::retry::RetryConfig;
use aws_sdk_sts::config::timeout::TimeoutConfig;
use aws_sdk_sts::config::{AppName, BehaviorVersion, Credentials, Region, SharedHttpClient};
use aws_sdk_sts::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_sts::types::{Credentials as StsCredentials, PolicyDescriptorType, Tag};
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use jiff::{SignedDuration, Timestamp};
use secrecy::{ExposeSecret, SecretString};

use super::{http, sdk};
use crate::app::error::{Cause, Error};
use crate::app::ports::{Clock, Granted, Place, RoleSession, Signer, Sts, StsError};
use crate::domain::input::{Field, InputError, Problem};
use crate::domain::secret::{AccessKey, MfaCode, SessionCredentials};
use crate::domain::session::Identity;
use crate::domain::source::{MfaSerial, PolicyArn, Role, SessionDuration, SessionTag};
use date::AnswerDate;

/// What CloudTrail shows of us; stable, so that a trail can be searched for it.
const FEDERATED_USER: &str = "sidelight";

/// From here on a clock is called wrong: what STS itself allows.
const CLOCK_SKEW: Duration = Duration::from_secs(5 * 60);

/// STS through the AWS SDK.
pub struct SdkSts {
    http: SharedHttpClient,
    clock: Arc<dyn Clock>,
    date: AnswerDate,
    clients: Mutex<HashMap<String, Client>>,
}

impl SdkSts {
    /// Asked by way of `client`.
    #[must_use]
    pub fn new(client: reqwest::Client, clock: Arc<dyn Clock>) -> Self {
        let date = AnswerDate::new(clock.clone());
        Self { http: sdk::by_client(client), clock, date, clients: Mutex::default() }
    }

    fn client(&self, place: &Place) -> Client {
        let key =
            format!("{} {} {:?}", place.partition.name(), place.region, place.partition.sts().map(ToString::to_string));
        let mut clients = self.clients.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        clients.entry(key).or_insert_with(|| self.new_client(place)).clone()
    }

    fn new_client(&self, place: &Place) -> Client {
        let timeouts = TimeoutConfig::builder()
            .operation_attempt_timeout(http::ANSWER)
            .operation_timeout(2 * http::ANSWER)
            .build();
        let mut config = aws_sdk_sts::Config::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(Region::new(place.region.to_string()))
            .http_client(self.http.clone())
            .retry_config(RetryConfig::standard().with_max_attempts(3))
            .timeout_config(timeouts);
        if let Ok(name) = AppName::new("sidelight") {
            config = config.app_name(name);
        }
        if let Some(endpoint) = place.partition.sts() {
            config = config.endpoint_url(endpoint.as_str());
        }
        Client::from_conf(config.build())
    }
}

#[async_trait]
impl Sts for SdkSts {
    async fn assume_role(
        &self,
        place: &Place,
        signer: Signer<'_>,
        role: &Role,
        asked: RoleSession<'_>,
    ) -> Result<Granted, StsError> {
        let RoleSession { duration, bound, code } = asked;
        let transitive: Vec<String> =
            role.tags.iter().filter(|tag| tag.transitive).map(|tag| tag.key().to_owned()).collect();
        let mfa = role.mfa.as_ref().zip(code);
        let call = self
            .client(place)
            .assume_role()
            .role_arn(role.arn.as_str())
            .role_session_name(role.session_name())
            .duration_seconds(seconds(duration))
            .set_external_id(role.external_id.as_ref().map(|id| id.as_str().to_owned()))
            .set_source_identity(role.source_identity.as_ref().map(|identity| identity.as_str().to_owned()))
            .set_tags(Some(role.tags.iter().filter_map(tag).collect()).filter(|tags: &Vec<Tag>| !tags.is_empty()))
            .set_transitive_tag_keys(Some(transitive).filter(|keys| !keys.is_empty()))
            .set_serial_number(mfa.map(|(device, _)| device.as_str().to_owned()))
            .set_token_code(mfa.map(|(_, code)| code.expose().to_owned()))
            .set_policy_arns(bound.map(|policy| vec![described(policy)]));
        let answer = self.sent(call.customize(), signer, code.is_some()).send().await;
        let answer = answer.map_err(|error| match error.code() {
            // Every role allows an hour: above that, a length that does not fit is the likeliest
            // fault, and the shorter try tells the others.
            Some("ValidationError") if duration > SessionDuration::HOUR => StsError::TooLong,
            _ => {
                let action = Refused { action: "sts:AssumeRole", resource: Some(role.arn.as_str()), signer, code };
                self.failure(place, &error, &action)
            }
        })?;
        let arn = answer.assumed_role_user().map(|user| user.arn().to_owned());
        self.granted(place, answer.credentials, arn).await
    }

    async fn federation_token(
        &self,
        place: &Place,
        key: &AccessKey,
        policy: &PolicyArn,
        duration: SessionDuration,
    ) -> Result<Granted, StsError> {
        let call = self
            .client(place)
            .get_federation_token()
            .name(FEDERATED_USER)
            .duration_seconds(seconds(duration))
            .policy_arns(described(policy));
        let signer = Signer::LongTerm(key);
        let answer = self.sent(call.customize(), signer, false).send().await;
        let answer = answer.map_err(|error| {
            self.failure(
                place,
                &error,
                &Refused { action: "sts:GetFederationToken", resource: None, signer, code: None },
            )
        })?;
        let arn = answer.federated_user().map(|user| user.arn().to_owned());
        self.granted(place, answer.credentials, arn).await
    }

    async fn session_token(
        &self,
        place: &Place,
        key: &AccessKey,
        mfa: Option<(&MfaSerial, &MfaCode)>,
        duration: SessionDuration,
    ) -> Result<Granted, StsError> {
        let call = self
            .client(place)
            .get_session_token()
            .duration_seconds(seconds(duration))
            .set_serial_number(mfa.map(|(device, _)| device.as_str().to_owned()))
            .set_token_code(mfa.map(|(_, code)| code.expose().to_owned()));
        let (signer, code) = (Signer::LongTerm(key), mfa.map(|(_, code)| code));
        let answer = self.sent(call.customize(), signer, code.is_some()).send().await;
        let answer = answer.map_err(|error| {
            self.failure(place, &error, &Refused { action: "sts:GetSessionToken", resource: None, signer, code })
        })?;
        self.granted(place, answer.credentials, None).await
    }

    async fn web_identity(&self, place: &Place, role: &Role, token: &SecretString) -> Result<Granted, StsError> {
        let call = self
            .client(place)
            .assume_role_with_web_identity()
            .role_arn(role.arn.as_str())
            .role_session_name(role.session_name())
            .web_identity_token(token.expose_secret());
        let unsigned = aws_sdk_sts::Config::builder().interceptor(self.date.clone());
        let answer = call.customize().config_override(unsigned).send().await;
        let answer = answer.map_err(|error| {
            let action = "sts:AssumeRoleWithWebIdentity";
            let nobody = SessionCredentials::new(
                String::new(),
                SecretString::default(),
                SecretString::default(),
                Timestamp::MAX,
            );
            let signer = Signer::Temporary(&nobody);
            self.failure(place, &error, &Refused { action, resource: Some(role.arn.as_str()), signer, code: None })
        })?;
        let arn = answer.assumed_role_user().map(|user| user.arn().to_owned());
        self.granted(place, answer.credentials, arn).await
    }

    async fn caller_identity(&self, place: &Place, credentials: &SessionCredentials) -> Result<Identity, StsError> {
        let signer = Signer::Temporary(credentials);
        let answer = self.sent(self.client(place).get_caller_identity().customize(), signer, false).send().await;
        let answer = answer.map_err(|error| {
            self.failure(
                place,
                &error,
                &Refused { action: "sts:GetCallerIdentity", resource: None, signer, code: None },
            )
        })?;
        answer.arn().and_then(Identity::from_arn).ok_or_else(|| incomplete(place))
    }

    fn clock_offset(&self) -> SignedDuration {
        self.date.offset()
    }
}

fn tag(tag: &SessionTag) -> Option<Tag> {
    Tag::builder().key(tag.key()).value(tag.value()).build().ok()
}

fn described(policy: &PolicyArn) -> PolicyDescriptorType {
    PolicyDescriptorType::builder().arn(policy.as_str()).build()
}

impl SdkSts {
    /// Signed by `signer`, and with an eye on the answer's date. Never made again by itself where a code
    /// goes along, which may be spent though no answer came. One override: a second one would take the
    /// first one's place.
    fn sent<Output, Failed, Call>(
        &self,
        call: CustomizableOperation<Output, Failed, Call>,
        signer: Signer<'_>,
        has_code: bool,
    ) -> CustomizableOperation<Output, Failed, Call> {
        let credentials = match signer {
            Signer::LongTerm(key) => Credentials::new(key.id.as_str(), key.secret.expose(), None, None, "sidelight"),
            Signer::Temporary(credentials) => Credentials::new(
                credentials.key_id.clone(),
                credentials.expose_secret(),
                Some(credentials.expose_token().to_owned()),
                None,
                "sidelight",
            ),
        };
        let mut signed = aws_sdk_sts::Config::builder().credentials_provider(credentials);
        if has_code {
            signed = signed.retry_config(RetryConfig::disabled());
        }
        call.config_override(signed.interceptor(self.date.clone()))
    }

    /// Credentials with an identity: from the answer, from GetCallerIdentity where it holds none.
    async fn granted(
        &self,
        place: &Place,
        credentials: Option<StsCredentials>,
        arn: Option<String>,
    ) -> Result<Granted, StsError> {
        let found = credentials.ok_or_else(|| incomplete(place))?;
        let expires_at = Timestamp::from_second(found.expiration().secs()).map_err(|_| incomplete(place))?;
        let credentials = SessionCredentials::new(
            found.access_key_id,
            found.secret_access_key.into(),
            found.session_token.into(),
            expires_at,
        );
        let identity = match arn.as_deref().and_then(Identity::from_arn) {
            Some(identity) => identity,
            None => self.caller_identity(place, &credentials).await?,
        };
        Ok(Granted { credentials: Arc::new(credentials), identity })
    }

    /// What a failed call means, by AWS's own error code.
    fn failure<E>(&self, place: &Place, error: &SdkError<E, HttpResponse>, refused: &Refused<'_>) -> StsError
    where
        E: ProvideErrorMetadata + std::error::Error + 'static,
    {
        let Some(code) = error.code() else {
            return StsError::Failed(sdk::unreached(place_host(place), error));
        };
        if let Some(skew) = error.raw_response().and_then(|answer| self.clock_skew(answer)) {
            return StsError::Failed(Error::detailed(Cause::ClockSkew { minutes: skew }, code));
        }
        let words = error.message().unwrap_or_default();
        let denied =
            || Cause::Denied { action: refused.action.to_owned(), resource: refused.resource.map(ToOwned::to_owned) };
        let cause = match code {
            "InvalidClientTokenId"
            | "SignatureDoesNotMatch"
            | "UnrecognizedClientException"
            | "IncompleteSignature"
            | "InvalidAccessKeyId"
            | "AuthFailure" => match refused.signer {
                Signer::LongTerm(key) => Cause::Auth { access_key_id: key.id.as_str().to_owned() },
                Signer::Temporary(credentials) => Cause::Auth { access_key_id: credentials.key_id.clone() },
            },
            "ExpiredToken" | "ExpiredTokenException" | "RequestExpired" | "ExpiredTokenError" => Cause::Expired,
            "Throttling" | "ThrottlingException" | "TooManyRequestsException" | "RequestLimitExceeded" => {
                Cause::Throttled
            }
            "ServiceUnavailable" | "InternalFailure" | "InternalError" => Cause::Network { host: place_host(place) },
            "RegionDisabledException" => Cause::Input(InputError::new(Field::Region, Problem::NotActivated)),
            "PackedPolicyTooLarge" => Cause::Input(InputError::new(Field::SessionTag, Problem::TooLong)),
            // All that it can mean of a policy that is named.
            "MalformedPolicyDocument" => Cause::Input(InputError::new(Field::SessionPolicyArn, Problem::Unknown)),
            // AWS has one code for a wrong device code and for a role that one may not assume.
            "AccessDenied" if refused.code.is_some() && words.starts_with("MultiFactorAuthentication failed") => {
                return StsError::MfaRefused(format!("{code}: {words}"));
            }
            _ => denied(),
        };
        StsError::Failed(Error::detailed(cause, format!("{code}: {words}")))
    }

    /// By how many minutes this machine's clock is off, if by more than STS allows. From the answer's
    /// `Date`, so that no text needs to be understood.
    fn clock_skew(&self, answer: &HttpResponse) -> Option<u32> {
        let off = date::date_of(answer)?.duration_since(self.clock.now()).unsigned_abs();
        (off > CLOCK_SKEW).then(|| u32::try_from(off.as_secs().div_ceil(60)).unwrap_or(u32::MAX))
    }
}

fn seconds(duration: SessionDuration) -> i32 {
    i32::try_from(duration.seconds()).unwrap_or(i32::MAX)
}

/// What was asked for, should AWS refuse it.
struct Refused<'a> {
    action: &'a str,
    resource: Option<&'a str>,
    signer: Signer<'a>,
    code: Option<&'a MfaCode>,
}

fn incomplete(place: &Place) -> StsError {
    StsError::Failed(Error::detailed(Cause::Network { host: place_host(place) }, "The answer of STS is incomplete"))
}

fn place_host(place: &Place) -> String {
    match place.partition.sts().and_then(|url| url.host_str()) {
        Some(host) => host.to_owned(),
        None => format!("sts.{}", place.region),
    }
}
