//! Why the token endpoint refused a call, with AWS's exceptions, error codes and statuses.
//! It is not the decision to refuse. It grows with a refusal that the app must tell apart.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::json;

use super::proof::Unproven;

#[derive(Debug, thiserror::Error)]
pub(super) enum TokenError {
    #[error("Invalid request: {0}")]
    Invalid(&'static str),
    #[error("Invalid DPoP proof: {0}")]
    Proof(Unproven),
    #[error("The refresh token has expired")]
    Expired,
    #[error("A fault that was asked for")]
    Asked { status: u16, code: String },
}

impl TokenError {
    /// As AWS's model has it.
    pub(super) fn code(&self) -> &str {
        match self {
            Self::Invalid(_) | Self::Proof(_) => "INVALID_REQUEST",
            Self::Expired => "TOKEN_EXPIRED",
            Self::Asked { code, .. } => code,
        }
    }

    fn status(&self) -> StatusCode {
        match self {
            Self::Invalid(_) | Self::Proof(_) => StatusCode::BAD_REQUEST,
            Self::Expired => StatusCode::UNAUTHORIZED,
            Self::Asked { status, .. } => StatusCode::from_u16(*status).unwrap_or(StatusCode::BAD_REQUEST),
        }
    }

    fn exception(&self) -> &'static str {
        match self.status() {
            StatusCode::BAD_REQUEST => "ValidationException",
            StatusCode::TOO_MANY_REQUESTS => "TooManyRequestsError",
            status if status.is_server_error() => "InternalServerException",
            _ => "AccessDeniedException",
        }
    }
}

impl IntoResponse for TokenError {
    fn into_response(self) -> Response {
        let body = json!({ "error": self.code(), "message": self.to_string() });
        (self.status(), [("x-amzn-errortype", self.exception())], Json(body)).into_response()
    }
}
