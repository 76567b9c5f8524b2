//! One request whose caller, operation and bucket are known, as its operation sees it.
//! It is pure but for the world it points to. It grows with a form of parameter.

use std::sync::Arc;

use axum::body::Bytes;
use axum::http::HeaderMap;

use super::error::S3Error;
use crate::memory::World;
use crate::objects::{NotKept, Place};
use crate::sigv4::query_value;

pub(super) struct Call {
    pub world: Arc<World>,
    pub place: Place,
    /// The bucket's.
    pub region: String,
    pub query: Vec<(String, String)>,
    /// With the trailers of the body.
    pub headers: HeaderMap,
    pub body: Bytes,
}

impl Call {
    /// A parameter of the query; an empty one is none.
    pub(super) fn parameter(&self, name: &str) -> Option<&str> {
        query_value(&self.query, name).filter(|text| !text.is_empty())
    }

    /// A parameter that is a number, if it is there.
    pub(super) fn number(&self, name: &'static str) -> Result<Option<usize>, S3Error> {
        let number = self.parameter(name).map(str::parse).transpose();
        number.map_err(|_| S3Error::InvalidArgument {
            name,
            words: "Provided value not an integer or within integer range",
        })
    }

    pub(super) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }

    /// `If-None-Match: *`: an object that is there must stay.
    pub(super) fn only_new(&self) -> Result<bool, S3Error> {
        match (self.header("if-none-match"), self.header("if-match")) {
            (None, None) => Ok(false),
            (Some("*"), None) => Ok(true),
            _ => Err(S3Error::NotImplemented),
        }
    }

    /// Why S3 did not keep what this call sent.
    pub(super) fn refusal(&self, not_kept: NotKept) -> S3Error {
        match not_kept {
            NotKept::Exists => S3Error::PreconditionFailed { condition: "If-None-Match" },
            NotKept::Full => S3Error::EntityTooLarge { proposed: self.body.len(), limit: self.world.objects.limit },
            NotKept::NoSuchUpload => self.no_such_upload(),
        }
    }

    pub(super) fn upload_id(&self) -> &str {
        self.parameter("uploadId").unwrap_or_default()
    }

    pub(super) fn no_such_upload(&self) -> S3Error {
        S3Error::NoSuchUpload { upload_id: self.upload_id().to_owned() }
    }
}
