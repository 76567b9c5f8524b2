//! Every refusal of Identity Center, with AWS's names, status and shape; the OIDC service and the portal differ.
//! It is not the decision to refuse. It grows with a refusal that the app must tell apart.

use axum::Json;
use axum::http::{HeaderName, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::json;

const ERROR_TYPE: HeaderName = HeaderName::from_static("x-amzn-errortype");

/// Why the OIDC service refused a call.
#[derive(Debug, thiserror::Error)]
pub(super) enum OidcError {
    #[error("The user has not decided yet")]
    AuthorizationPending,
    #[error("The client asks more often than the interval allows")]
    SlowDown,
    #[error("The device code has expired")]
    ExpiredToken,
    #[error("The user denied the request")]
    AccessDenied,
    #[error("Invalid grant provided")]
    InvalidGrant,
    #[error("Invalid client provided")]
    InvalidClient,
    #[error("Invalid client metadata provided")]
    InvalidClientMetadata,
    #[error("Invalid redirect URI provided")]
    InvalidRedirectUri,
    #[error("Invalid request: {0}")]
    InvalidRequest(&'static str),
    #[error("Invalid scope provided")]
    InvalidScope,
    #[error("The client is not registered for this grant type")]
    UnauthorizedClient,
    #[error("Unsupported grant type provided")]
    UnsupportedGrantType,
    #[error("A fault that was asked for")]
    Asked { status: u16, code: String },
}

/// The codes of OAuth and the exceptions that AWS's clients know them by.
const EXCEPTIONS: [(&str, &str); 13] = [
    ("authorization_pending", "AuthorizationPendingException"),
    ("slow_down", "SlowDownException"),
    ("expired_token", "ExpiredTokenException"),
    ("access_denied", "AccessDeniedException"),
    ("invalid_grant", "InvalidGrantException"),
    ("invalid_client", "InvalidClientException"),
    ("invalid_client_metadata", "InvalidClientMetadataException"),
    ("invalid_redirect_uri", "InvalidRedirectUriException"),
    ("invalid_request", "InvalidRequestException"),
    ("invalid_scope", "InvalidScopeException"),
    ("unauthorized_client", "UnauthorizedClientException"),
    ("unsupported_grant_type", "UnsupportedGrantTypeException"),
    ("server_error", "InternalServerException"),
];

impl OidcError {
    pub(super) fn exception(&self) -> &'static str {
        let known = EXCEPTIONS.iter().find(|(code, _)| *code == self.code());
        known.map_or("InternalServerException", |(_, exception)| exception)
    }

    fn code(&self) -> &str {
        match self {
            Self::AuthorizationPending => "authorization_pending",
            Self::SlowDown => "slow_down",
            Self::ExpiredToken => "expired_token",
            Self::AccessDenied => "access_denied",
            Self::InvalidGrant => "invalid_grant",
            Self::InvalidClient => "invalid_client",
            Self::InvalidClientMetadata => "invalid_client_metadata",
            Self::InvalidRedirectUri => "invalid_redirect_uri",
            Self::InvalidRequest(_) => "invalid_request",
            Self::InvalidScope => "invalid_scope",
            Self::UnauthorizedClient => "unauthorized_client",
            Self::UnsupportedGrantType => "unsupported_grant_type",
            Self::Asked { code, .. } => code,
        }
    }

    fn status(&self) -> StatusCode {
        match self {
            Self::InvalidClient => StatusCode::UNAUTHORIZED,
            Self::Asked { status, .. } => StatusCode::from_u16(*status).unwrap_or(StatusCode::BAD_REQUEST),
            _ => StatusCode::BAD_REQUEST,
        }
    }
}

impl IntoResponse for OidcError {
    fn into_response(self) -> Response {
        let body = json!({ "error": self.code(), "error_description": self.to_string() });
        (self.status(), [(ERROR_TYPE, self.exception())], Json(body)).into_response()
    }
}

/// Why the portal refused a call.
#[derive(Debug, thiserror::Error)]
pub(super) enum PortalError {
    #[error("Session token not found or invalid")]
    Unauthorized,
    #[error("Too many requests")]
    TooManyRequests,
    #[error("{0}")]
    InvalidRequest(&'static str),
    #[error("The specified resource doesn't exist")]
    ResourceNotFound,
    /// Not in AWS's model, and yet what it answers for a permission set that the user does not have.
    #[error("No access")]
    Forbidden,
    #[error("A fault that was asked for")]
    Asked { status: u16, code: String },
}

impl PortalError {
    pub(super) fn exception(&self) -> &str {
        match self {
            Self::Unauthorized => "UnauthorizedException",
            Self::TooManyRequests => "TooManyRequestsException",
            Self::InvalidRequest(_) => "InvalidRequestException",
            Self::ResourceNotFound => "ResourceNotFoundException",
            Self::Forbidden => "ForbiddenException",
            Self::Asked { code, .. } => code,
        }
    }

    fn status(&self) -> StatusCode {
        match self {
            Self::Unauthorized => StatusCode::UNAUTHORIZED,
            Self::TooManyRequests => StatusCode::TOO_MANY_REQUESTS,
            Self::InvalidRequest(_) => StatusCode::BAD_REQUEST,
            Self::ResourceNotFound => StatusCode::NOT_FOUND,
            Self::Forbidden => StatusCode::FORBIDDEN,
            Self::Asked { status, .. } => StatusCode::from_u16(*status).unwrap_or(StatusCode::BAD_REQUEST),
        }
    }
}

impl IntoResponse for PortalError {
    fn into_response(self) -> Response {
        let (status, exception) = (self.status(), self.exception().to_owned());
        let body = Json(json!({ "message": self.to_string(), "__type": exception }));
        let mut response = (status, [(ERROR_TYPE, exception)], body).into_response();
        if status == StatusCode::TOO_MANY_REQUESTS {
            response.headers_mut().insert(header::RETRY_AFTER, header::HeaderValue::from_static("1"));
        }
        response
    }
}
