//! The AWS SDK as all its clients here share it: how they connect, and what an answer means that is none of AWS's.
//!
//! Not what is asked.

use aws_sdk_sts::config::SharedHttpClient;
use aws_sdk_sts::error::SdkError;
use aws_smithy_http_client::proxy::ProxyConfig;
use aws_smithy_http_client::tls::rustls_provider::CryptoMode;
use aws_smithy_http_client::tls::{Provider, TlsContext, TrustStore};
use aws_smithy_http_client::{Builder, Connector};
use aws_smithy_runtime_api::client::http::{HttpConnector, HttpConnectorFuture, SharedHttpConnector, http_client_fn};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_runtime_api::http::{Headers, HttpError};
use aws_smithy_types::body::SdkBody;
use reqwest::{Body, Request};

use super::http;
use super::trust::Trust;
use crate::app::error::{Cause, Error};

/// The SDK's own client, with the environment's proxy and the system's trust store: for S3, whose keys may hold `..` between their
/// slashes, which every URL library resolves.
pub(super) fn own_client(trust: &Trust) -> SharedHttpClient {
    let store = match trust.extra_ca() {
        Some(pem) => TrustStore::default().with_pem_certificate(pem),
        None => TrustStore::default(),
    };
    let context = TlsContext::builder().with_trust_store(store).build().ok();
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

/// The SDK asks through `client`, for which how long a connection may take is its own affair.
pub(super) fn by_client(client: reqwest::Client) -> SharedHttpClient {
    let connector = SharedHttpConnector::new(OurConnector(client));
    http_client_fn(move |_settings, _components| connector.clone())
}

#[derive(Debug)]
struct OurConnector(reqwest::Client);

impl HttpConnector for OurConnector {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let client = self.0.clone();
        HttpConnectorFuture::new(async move {
            let request = request.try_into_http1x().map_err(|error| ConnectorError::user(error.into()))?;
            let request =
                Request::try_from(request.map(Body::wrap)).map_err(|error| ConnectorError::user(error.into()))?;
            let answer = client.execute(request).await.map_err(unanswered)?;
            let strange = |error| ConnectorError::other(error, None);
            let status = answer.status().as_u16().try_into().map_err(|error: HttpError| strange(error.into()))?;
            let headers = Headers::try_from(answer.headers().clone()).map_err(|error| strange(error.into()))?;
            let mut answer = HttpResponse::new(status, SdkBody::from_body_1_x(Body::from(answer)));
            *answer.headers_mut() = headers;
            Ok(answer)
        })
    }
}

/// Which of the SDK's kinds it is: it asks again after the first two.
fn unanswered(error: reqwest::Error) -> ConnectorError {
    let error = error.without_url();
    match () {
        () if error.is_timeout() => ConnectorError::timeout(error.into()),
        () if error.is_builder() => ConnectorError::user(error.into()),
        () => ConnectorError::io(error.into()),
    }
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
