//! Whose certificates are trusted, and who issued the one that was not.
//!
//! Not a way around: what the system's store and the given certificates do not vouch for is refused, always.

use std::error::Error as StdError;
use std::sync::Arc;

use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::CryptoProvider;
use rustls::crypto::ring;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{CertificateError, ClientConfig, DigitallySignedStruct, OtherError, SignatureScheme};
use rustls_platform_verifier::Verifier;
use x509_cert::Certificate;
use x509_cert::der::Decode;

use crate::app::error::{Cause, Error};

/// The variable that names a file of further certificates, and what stands for it where a host would.
pub const AWS_CA_BUNDLE: &str = "AWS_CA_BUNDLE";

/// The system's trust store, read once for all clients.
#[derive(Clone, Debug)]
pub struct Trust {
    config: ClientConfig,
    extra_ca: Option<Vec<u8>>,
}

impl Trust {
    /// The system's store, and the certificates in `extra_ca` (PEM).
    ///
    /// # Errors
    /// `Certificate` where the extra ones are none, `Bug` where the TLS library cannot start.
    pub fn new(extra_ca: Option<&[u8]>) -> Result<Self, Error> {
        let provider = Arc::new(ring::default_provider());
        let verifier = verifier(extra_ca, provider.clone())?;
        let config =
            ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions().map_err(bug)?;
        let mut config = config
            .dangerous()
            .with_custom_certificate_verifier(Arc::new(NamesIssuer { verifier }))
            .with_no_client_auth();
        config.alpn_protocols = vec!["h2".into(), "http/1.1".into()];
        Ok(Self { config, extra_ca: extra_ca.map(<[u8]>::to_vec) })
    }

    /// The certificates beside the system's (PEM).
    pub(super) fn extra_ca(&self) -> Option<&[u8]> {
        self.extra_ca.as_deref()
    }

    pub(super) fn config(&self) -> ClientConfig {
        self.config.clone()
    }
}

/// A certificate that was refused.
#[derive(Clone, Debug, thiserror::Error)]
#[error("{problem}")]
pub(super) struct Untrusted {
    /// Its issuer's distinguished name (RFC 4514).
    pub issuer: Option<String>,
    problem: CertificateError,
}

impl Untrusted {
    /// What a TLS error says of a certificate.
    pub(super) fn in_error(error: &(dyn StdError + 'static)) -> Option<Self> {
        let rustls::Error::InvalidCertificate(problem) = error.downcast_ref()? else {
            return None;
        };
        let named = match problem {
            CertificateError::Other(OtherError(ours)) => ours.downcast_ref::<Self>().cloned(),
            _ => None,
        };
        Some(named.unwrap_or_else(|| Self { issuer: None, problem: problem.clone() }))
    }
}

fn verifier(extra_ca: Option<&[u8]>, provider: Arc<CryptoProvider>) -> Result<Verifier, Error> {
    let Some(pem) = extra_ca else {
        return Verifier::new(provider).map_err(bug);
    };
    let none = |words: String| Error::detailed(unreadable(), words);
    let extra: Vec<CertificateDer<'static>> =
        CertificateDer::pem_slice_iter(pem).collect::<Result<_, _>>().map_err(|error| none(error.to_string()))?;
    if extra.is_empty() {
        return Err(none("There is no certificate in it".to_owned()));
    }
    Verifier::new_with_extra_roots(extra, provider).map_err(|error| none(error.to_string()))
}

/// The file that `AWS_CA_BUNDLE` names is of no use.
pub fn unreadable() -> Cause {
    Cause::Certificate { host: AWS_CA_BUNDLE.to_owned(), issuer: None }
}

fn bug(error: rustls::Error) -> Error {
    Error::detailed(Cause::Bug, error.to_string())
}

/// The platform's verifier, whose refusals say who issued the certificate: a proxy's is known by that.
#[derive(Debug)]
struct NamesIssuer {
    verifier: Verifier,
}

impl ServerCertVerifier for NamesIssuer {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        let verified = self.verifier.verify_server_cert(end_entity, intermediates, server_name, ocsp_response, now);
        verified.map_err(|error| match error {
            rustls::Error::InvalidCertificate(problem) => {
                let certificate = Certificate::from_der(end_entity);
                let issuer = certificate.ok().map(|certificate| certificate.tbs_certificate.issuer.to_string());
                let untrusted = Untrusted { issuer: issuer.filter(|issuer| !issuer.is_empty()), problem };
                rustls::Error::InvalidCertificate(CertificateError::Other(OtherError(Arc::new(untrusted))))
            }
            error => error,
        })
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        self.verifier.verify_tls12_signature(message, certificate, signature)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        self.verifier.verify_tls13_signature(message, certificate, signature)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.verifier.supported_verify_schemes()
    }
}
