//! The AWS SDK as all its clients here share it: how they connect, and what an answer means that is none of AWS's.
//!
//! Not what is asked.

use aws_sdk_sts::config::SharedHttpClient;
use aws_sdk_sts::error::SdkError;
use aws_smithy_http_client::proxy::ProxyConfig;
use aws_smithy_http_client::tls::rustls_provider::CryptoMode;
use aws_smithy_http_client::tls::{Provider, TlsContext, TrustStore};
use aws_smithy_http_client::{Builder, Connector};
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;

use super::http;
use crate::app::error::{Cause, Error};

/// The system's proxy and trust store, and an extra CA where one is given (PEM).
pub(super) fn http_client(extra_ca: Option<&[u8]>) -> SharedHttpClient {
    let trust = match extra_ca {
        Some(pem) => TrustStore::default().with_pem_certificate(pem),
        None => TrustStore::default(),
    };
    let context = TlsContext::builder().with_trust_store(trust).build().ok();
    Builder::new().build_with_connector_fn(move |settings, _components| {
        let mut connector =
            Connector::builder().proxy_config(ProxyConfig::from_env()).tls_provider(Provider::Rustls(CryptoMode::Ring));
        connector.set_connector_settings(settings.cloned());
        if let Some(context) = context.clone() {
            connector = connector.tls_context(context);
        }
        connector.build()
    })
}

/// What a call means that AWS did not answer as AWS.
pub(super) fn unreached<E>(host: String, error: &SdkError<E, HttpResponse>) -> Error
where
    E: std::error::Error + 'static,
{
    match error {
        SdkError::DispatchFailure(failure) => match failure.as_connector_error() {
            Some(error) => http::connection_failed(&host, error),
            None => Cause::Network { host }.into(),
        },
        SdkError::TimeoutError(_) => Error::detailed(Cause::Network { host }, "No answer in time"),
        SdkError::ResponseError(failure) => {
            let words = format!("An answer that is not understood (HTTP {})", failure.raw().status().as_u16());
            Error::detailed(Cause::Network { host }, words)
        }
        SdkError::ServiceError(failure) => {
            Error::detailed(Cause::Network { host }, format!("HTTP {}", failure.raw().status().as_u16()))
        }
        _ => Cause::Bug.into(),
    }
}
