//! Signs what this cloud itself sends: presigned links for its console, and one question to another STS.
//! It is not the verifier, which recomputes signatures on its own in `sigv4`. It grows with a further request to sign.

use std::time::Duration;

use aws_credential_types::Credentials;
use aws_sigv4::http_request::{
    PayloadChecksumKind, PercentEncodingMode, SignableBody, SignableRequest, SignatureLocation, SigningError,
    SigningInstructions, SigningSettings, UriPathNormalizationMode, sign,
};
use aws_sigv4::sign::v4;
use jiff::Timestamp;

use crate::clock::system_time;

/// The three parts of an access key.
pub(crate) struct Signer<'a> {
    pub access_key_id: &'a str,
    pub secret: &'a str,
    pub token: Option<&'a str>,
}

/// A GET link that S3 accepts for `lifetime` without any header.
pub(crate) fn presign_get(
    signer: &Signer<'_>,
    region: &str,
    url: &str,
    now: Timestamp,
    lifetime: Duration,
) -> Result<String, SigningError> {
    let mut settings = SigningSettings::default();
    settings.signature_location = SignatureLocation::QueryParams;
    settings.expires_in = Some(lifetime);
    settings.percent_encoding_mode = PercentEncodingMode::Single;
    settings.uri_path_normalization_mode = UriPathNormalizationMode::Disabled;
    settings.payload_checksum_kind = PayloadChecksumKind::NoHeader;
    let request = SignableRequest::new("GET", url, std::iter::empty(), SignableBody::UnsignedPayload)?;
    let instructions = instructions(signer, region, "s3", now, settings, request)?;
    let added: Vec<String> = instructions
        .params()
        .iter()
        .map(|(name, value)| format!("{name}={}", crate::sigv4::encode_query(value)))
        .collect();
    let separator = if url.contains('?') { '&' } else { '?' };
    Ok(format!("{url}{separator}{}", added.join("&")))
}

/// The headers to add to a `POST` of a form to an STS.
pub(crate) fn sts_headers(
    signer: &Signer<'_>,
    url: &str,
    form: &str,
    now: Timestamp,
) -> Result<Vec<(String, String)>, SigningError> {
    let headers = [("content-type", FORM)];
    let request = SignableRequest::new("POST", url, headers.into_iter(), SignableBody::Bytes(form.as_bytes()))?;
    let instructions = instructions(signer, "us-east-1", "sts", now, SigningSettings::default(), request)?;
    let signed = instructions.headers().map(|(name, value)| (name.to_owned(), value.to_owned()));
    Ok(signed.chain([("content-type".to_owned(), FORM.to_owned())]).collect())
}

const FORM: &str = "application/x-www-form-urlencoded";

fn instructions(
    signer: &Signer<'_>,
    region: &str,
    service: &str,
    now: Timestamp,
    settings: SigningSettings,
    request: SignableRequest<'_>,
) -> Result<SigningInstructions, SigningError> {
    let identity =
        Credentials::new(signer.access_key_id, signer.secret, signer.token.map(str::to_owned), None, "demo").into();
    let parameters = v4::SigningParams::builder()
        .identity(&identity)
        .region(region)
        .name(service)
        .time(system_time(now))
        .settings(settings)
        .build()
        .expect("every part of the signing parameters is given above");
    let (instructions, _signature) = sign(request, &parameters.into())?.into_parts();
    Ok(instructions)
}
