//! S3 on its own origin, path style: what a transfer of objects, prefixes and buckets asks, signed in headers or query.
//! It is not a whole S3: what no transfer asks is answered NotImplemented. It grows with an operation of a transfer.

mod access;
mod aws_chunked;
mod body;
mod call;
mod checksum;
mod error;
mod get_object;
mod list_objects;
mod list_parts;
mod metadata;
mod multipart;
mod operation;
mod payload;
mod put_object;
mod range;
mod xml;

use std::sync::Arc;

use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderValue, Method, header};
use axum::response::Response;
use http_body_util::BodyExt;

use self::call::Call;
use self::error::S3Error;
use self::operation::Operation;
use crate::clock::http_time;
use crate::credential::{Credential, request_id};
use crate::estate::{self, Bucket};
use crate::memory::World;
use crate::objects::Place;
use crate::sigv4::{decode, query_pairs};
use crate::stats::count;

/// Any request to the S3 origin.
pub(crate) async fn any(State(world): State<Arc<World>>, request: Request) -> Response {
    let request_id = request_id();
    let (parts, mut body) = request.into_parts();
    let mut response = match answer(&world, &parts, &mut body).await {
        Ok(response) => response,
        Err(error) => {
            // A client that still sends would see a broken connection in the place of the answer.
            while let Some(Ok(_)) = body.frame().await {}
            error.response(&request_id)
        }
    };
    if parts.method == Method::HEAD {
        *response.body_mut() = Body::empty();
    }
    let added = response.headers_mut();
    added.insert(header::SERVER, HeaderValue::from_static("AmazonS3"));
    // By the cloud's own clock: a client whose clock is wrong learns the difference from it.
    let date = (header::DATE, http_time(world.now()));
    let id = (header::HeaderName::from_static("x-amz-request-id"), request_id);
    for (name, text) in [date, id] {
        if let Ok(value) = text.parse() {
            added.insert(name, value);
        }
    }
    response
}

async fn answer(world: &Arc<World>, parts: &Parts, body: &mut Body) -> Result<Response, S3Error> {
    let query = query_pairs(&parts.uri);
    let access = access::authenticate(world, &query, parts)?;
    let path = decode(parts.uri.path());
    let path = path.strip_prefix('/').unwrap_or_default();
    let (bucket, key) = path.split_once('/').unwrap_or((path, ""));
    let operation = Operation::of(parts, !key.is_empty(), &query)?;
    count(&mut world.memory().stats.s3, operation.name);
    let bucket = permitted_bucket(world, &access.holder, bucket)?;
    if access.region != bucket.region {
        return Err(S3Error::PermanentRedirect { bucket: bucket.name, region: bucket.region });
    }
    if let Some(action) = operation.writes_as.filter(|_| !access.holder.may_write()) {
        let resource = format!("arn:aws:s3:::{}/{key}", bucket.name);
        return Err(S3Error::MayNot { caller: access.holder.principal.arn, action, resource });
    }
    let length = payload::length(parts, world.objects.limit)?;
    let sent = to_bytes(std::mem::take(body), length).await.map_err(|_| S3Error::IncompleteBody)?;
    let mut call = Call {
        world: Arc::clone(world),
        place: Place { bucket: bucket.name, key: key.to_owned() },
        region: bucket.region,
        query,
        headers: parts.headers.clone(),
        body: sent,
    };
    // Hashes and the making of a large object take a moment, which must not stop the other requests.
    let performed = tokio::task::spawn_blocking(move || {
        access.payload.open(&mut call)?;
        (operation.perform)(&call)
    });
    performed.await.unwrap_or(Err(S3Error::InternalError))
}

fn permitted_bucket(world: &World, holder: &Credential, name: &str) -> Result<Bucket, S3Error> {
    let owner = world.accounts.profile_or_guest(&holder.principal.account);
    estate::bucket(&owner, name).ok_or_else(|| {
        let is_anothers = world.accounts.all().any(|profile| estate::bucket(profile, name).is_some());
        if is_anothers { S3Error::AccessDenied } else { S3Error::NoSuchBucket { bucket: name.to_owned() } }
    })
}
