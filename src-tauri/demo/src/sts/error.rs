//! Every refusal of STS, with AWS's code, status and words.
//! It is not the decision to refuse. It grows with a refusal that the app must tell apart.

use axum::http::StatusCode;

use super::answer::{NAMESPACE, escape};

/// Why a call was refused.
#[derive(Debug, thiserror::Error)]
pub(super) enum StsError {
    #[error("Request is missing Authentication Token")]
    MissingAuthenticationToken,
    #[error("Authorization header requires '{0}' parameter.")]
    IncompleteSignature(&'static str),
    #[error("Credential should be scoped to correct service: 'sts'. ")]
    WrongService,
    #[error("The security token included in the request is invalid.")]
    InvalidClientTokenId,
    #[error("The security token included in the request is expired")]
    ExpiredToken,
    #[error(
        "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access \
         Key and signing method. Consult the service documentation for details."
    )]
    SignatureDoesNotMatch,
    #[error("Signature expired: {signed} is now earlier than {earliest} ({now} - 5 min.)")]
    SignatureExpired { signed: String, earliest: String, now: String },
    #[error("Signature not yet current: {signed} is still later than {latest} ({now} + 5 min.)")]
    SignatureNotYetCurrent { signed: String, latest: String, now: String },
    #[error("{0}")]
    Validation(String),
    #[error("The request could not be parsed: DurationSeconds is not a number")]
    Malformed,
    #[error("User: {caller} is not authorized to perform: sts:AssumeRole on resource: {role}")]
    MayNotAssume { caller: String, role: String },
    #[error("Not authorized to perform sts:AssumeRoleWithWebIdentity")]
    MayNotAssumeWithWebIdentity,
    #[error("The ID Token provided is not a valid JWT. (You may see this error if you sent an Access Token)")]
    InvalidIdentityToken,
    #[error("MultiFactorAuthentication failed with invalid MFA one time pass code. ")]
    WrongCode,
    #[error(
        "MultiFactorAuthentication failed, unable to validate MFA code.  Please verify your MFA serial number is valid \
         and associated with this user."
    )]
    UnknownDevice,
    #[error("MultiFactorAuthentication failed, must provide both MFA serial number and one time pass code.")]
    HalfOfMfa,
    #[error("The source identity is already set for this assume role session")]
    SourceIdentityIsSet,
    #[error("{0}")]
    InvalidParameterValue(&'static str),
    #[error("This policy contains invalid Json")]
    PolicyIsNoJson,
    #[error("Syntax errors in policy.")]
    PolicySyntax,
    #[error("'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.")]
    HostNotSigned,
    #[error("Cannot call {0} with session credentials")]
    SessionCredentials(&'static str),
    #[error("Could not find operation {action} for version {version}")]
    InvalidAction { action: String, version: String },
    #[error("Rate exceeded")]
    Asked { status: u16, code: String },
}

impl StsError {
    pub(super) fn code(&self) -> String {
        let code = match self {
            Self::MissingAuthenticationToken => "MissingAuthenticationToken",
            Self::IncompleteSignature(_) => "IncompleteSignature",
            Self::InvalidClientTokenId => "InvalidClientTokenId",
            Self::ExpiredToken => "ExpiredToken",
            Self::WrongService
            | Self::SignatureDoesNotMatch
            | Self::HostNotSigned
            | Self::SignatureExpired { .. }
            | Self::SignatureNotYetCurrent { .. } => "SignatureDoesNotMatch",
            Self::Validation(_) => "ValidationError",
            Self::Malformed => "MalformedInput",
            Self::InvalidParameterValue(_) => "InvalidParameterValue",
            Self::InvalidIdentityToken => "InvalidIdentityToken",
            Self::PolicyIsNoJson | Self::PolicySyntax => "MalformedPolicyDocument",
            Self::MayNotAssume { .. }
            | Self::MayNotAssumeWithWebIdentity
            | Self::WrongCode
            | Self::UnknownDevice
            | Self::HalfOfMfa
            | Self::SourceIdentityIsSet
            | Self::SessionCredentials(_) => "AccessDenied",
            Self::InvalidAction { .. } => "InvalidAction",
            Self::Asked { code, .. } => code,
        };
        code.to_owned()
    }

    pub(super) fn status(&self) -> StatusCode {
        match self {
            Self::IncompleteSignature(_)
            | Self::Validation(_)
            | Self::InvalidParameterValue(_)
            | Self::InvalidIdentityToken
            | Self::PolicyIsNoJson
            | Self::PolicySyntax
            | Self::Malformed
            | Self::InvalidAction { .. } => StatusCode::BAD_REQUEST,
            Self::Asked { status, .. } => StatusCode::from_u16(*status).unwrap_or(StatusCode::BAD_REQUEST),
            _ => StatusCode::FORBIDDEN,
        }
    }

    pub(super) fn document(&self, request_id: &str) -> String {
        let fault = if self.status().is_server_error() { "Receiver" } else { "Sender" };
        format!(
            "<ErrorResponse xmlns=\"{NAMESPACE}\">\n  <Error>\n    <Type>{fault}</Type>\n    <Code>{}</Code>\n    \
             <Message>{}</Message>\n  </Error>\n  <RequestId>{request_id}</RequestId>\n</ErrorResponse>\n",
            escape(&self.code()),
            escape(&self.to_string()),
        )
    }
}
