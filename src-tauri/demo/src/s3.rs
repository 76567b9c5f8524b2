//! S3 on its own origin: objects by presigned GET, with ranges.
//! It is not a store: nothing can be put. It grows with what a download must be tried on.

mod body;
mod error;
mod range;

use std::sync::Arc;

use axum::extract::State;
use axum::http::{HeaderMap, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};

use self::error::{S3Error, TimeOut};
use crate::clock::http_time;
use crate::credential::{Credential, request_id};
use crate::estate;
use crate::memory::World;
use crate::objects::Object;
use crate::sigv4::{Claim, Received, decode, query_pairs, query_value};
use crate::stats::count;

const LONGEST_LINK_SECONDS: i64 = 604_800;
const CLOCK_SKEW_SECONDS: i64 = 900;

/// Any request to the S3 origin.
pub(crate) async fn get(State(world): State<Arc<World>>, method: Method, uri: Uri, headers: HeaderMap) -> Response {
    let request_id = request_id();
    let mut response = match answer(&world, &method, &uri, &headers).await {
        Ok(response) => response,
        Err(error) => error.response(&request_id),
    };
    let added = response.headers_mut();
    added.insert(header::SERVER, header::HeaderValue::from_static("AmazonS3"));
    if let Ok(value) = request_id.parse() {
        added.insert("x-amz-request-id", value);
    }
    response
}

async fn answer(world: &Arc<World>, method: &Method, uri: &Uri, headers: &HeaderMap) -> Result<Response, S3Error> {
    let pairs = query_pairs(uri);
    let received = Received { method, uri, headers, payload_hash: "UNSIGNED-PAYLOAD".to_owned() };
    let holder = authenticate(world, &pairs, &received)?;
    let path = decode(uri.path());
    let (bucket, key) = path.trim_start_matches('/').split_once('/').ok_or(S3Error::AccessDenied)?;
    let owner = world.accounts.profile_or_guest(&holder.principal.account);
    if !estate::owns_bucket(&owner, bucket) {
        return Err(S3Error::AccessDenied);
    }
    let object = find(world, bucket, key).await.ok_or_else(|| S3Error::NoSuchKey { key: key.to_owned() })?;
    let response = send(world, &object, &pairs, headers)?;
    count(&mut world.memory().stats.downloads, key);
    Ok(response)
}

fn authenticate(world: &World, pairs: &[(String, String)], received: &Received<'_>) -> Result<Credential, S3Error> {
    let claim = Claim::from_query(pairs).map_err(|_| S3Error::AccessDenied)?;
    let lifetime: i64 = query_value(pairs, "X-Amz-Expires")
        .and_then(|text| text.parse().ok())
        .filter(|seconds| (1..=LONGEST_LINK_SECONDS).contains(seconds))
        .ok_or(S3Error::BadExpires)?;
    let credential = world.credential(&claim.access_key_id).ok_or(S3Error::InvalidAccessKeyId)?;
    if credential.token != claim.token {
        return Err(S3Error::InvalidToken);
    }
    let now = world.now();
    let age = now.as_second() - claim.time.as_second();
    if age < -CLOCK_SKEW_SECONDS {
        return Err(S3Error::NotYetValid);
    }
    if age > lifetime {
        return Err(S3Error::Expired(TimeOut { signed: claim.time, lifetime, now }));
    }
    if credential.is_over(now) {
        return Err(S3Error::ExpiredToken);
    }
    if claim.service != "s3" || !claim.is_signed_with(&credential.secret, received) {
        return Err(S3Error::SignatureDoesNotMatch);
    }
    if !credential.has_permissions() {
        return Err(S3Error::AccessDenied);
    }
    Ok(credential)
}

/// Making a large object takes a moment, which must not stop the other requests.
async fn find(world: &Arc<World>, bucket: &str, key: &str) -> Option<Arc<Object>> {
    let (world, bucket, key) = (Arc::clone(world), bucket.to_owned(), key.to_owned());
    tokio::task::spawn_blocking(move || world.objects.get(&bucket, &key)).await.ok().flatten()
}

fn send(
    world: &Arc<World>,
    object: &Object,
    pairs: &[(String, String)],
    headers: &HeaderMap,
) -> Result<Response, S3Error> {
    let whole = object.bytes.len() as u64;
    let modified = http_time(object.last_modified);
    let wanted = match range::requested(headers, &object.etag, &modified) {
        Some(range) => Some(range.within(whole).ok_or(S3Error::InvalidRange { size: whole })?),
        None => None,
    };
    let part = match &wanted {
        Some(range) => object.bytes.slice(range.start as usize..range.end as usize),
        None => object.bytes.clone(),
    };
    let content_type = query_value(pairs, "response-content-type").unwrap_or(object.content_type);
    let mut response = Response::builder()
        .status(if wanted.is_some() { StatusCode::PARTIAL_CONTENT } else { StatusCode::OK })
        .header(header::ACCEPT_RANGES, "bytes")
        .header(header::ETAG, &object.etag)
        .header(header::LAST_MODIFIED, modified)
        .header(header::CONTENT_TYPE, content_type)
        .header(header::CONTENT_LENGTH, part.len());
    if let Some(range) = wanted {
        response = response.header(header::CONTENT_RANGE, format!("bytes {}-{}/{whole}", range.start, range.end - 1));
    }
    if let Some(disposition) = query_value(pairs, "response-content-disposition") {
        response = response.header(header::CONTENT_DISPOSITION, disposition);
    }
    let body = body::with_faults(Arc::clone(world), part);
    response.body(body).map(IntoResponse::into_response).map_err(|_| S3Error::BadHeaderOverride)
}
