//! Which operation a request asks for, by its method, its path and the names in its query.
//! It is not how one is done. It grows with an operation. AWS: "Actions" in the S3 API reference.

use axum::http::request::Parts;
use axum::response::Response;

use super::call::Call;
use super::error::S3Error;
use super::{get_object, list_objects, list_parts, multipart, put_object};

/// One line of the table of operations.
pub(super) struct Operation {
    pub name: &'static str,
    method: &'static str,
    on_object: bool,
    /// Names that the query must have.
    required: &'static [&'static str],
    /// Names that it may have besides.
    optional: &'static [&'static str],
    /// What a policy calls it, if it changes anything.
    pub writes_as: Option<&'static str>,
    pub perform: fn(&Call) -> Result<Response, S3Error>,
}

const GET_OBJECT: Operation = Operation {
    name: "GetObject",
    method: "GET",
    on_object: true,
    required: &[],
    optional: &[],
    writes_as: None,
    perform: get_object::get_object,
};
const PUT_OBJECT: Operation = Operation {
    name: "PutObject",
    method: "PUT",
    writes_as: Some("s3:PutObject"),
    perform: put_object::put_object,
    ..GET_OBJECT
};

static OPERATIONS: [Operation; 10] = [
    GET_OBJECT,
    Operation { name: "HeadObject", method: "HEAD", perform: get_object::head_object, ..GET_OBJECT },
    Operation {
        name: "HeadBucket",
        method: "HEAD",
        on_object: false,
        perform: list_objects::head_bucket,
        ..GET_OBJECT
    },
    Operation {
        name: "ListObjectsV2",
        on_object: false,
        required: &["list-type"],
        optional: &["prefix", "delimiter", "max-keys", "continuation-token", "start-after", "encoding-type"],
        perform: list_objects::list_objects_v2,
        ..GET_OBJECT
    },
    Operation {
        name: "ListParts",
        required: &["uploadId"],
        optional: &["max-parts", "part-number-marker"],
        perform: list_parts::list_parts,
        ..GET_OBJECT
    },
    PUT_OBJECT,
    Operation {
        name: "CreateMultipartUpload",
        method: "POST",
        required: &["uploads"],
        perform: multipart::create,
        ..PUT_OBJECT
    },
    Operation {
        name: "UploadPart",
        required: &["partNumber", "uploadId"],
        perform: put_object::upload_part,
        ..PUT_OBJECT
    },
    Operation {
        name: "CompleteMultipartUpload",
        method: "POST",
        required: &["uploadId"],
        perform: multipart::complete,
        ..PUT_OBJECT
    },
    Operation {
        name: "AbortMultipartUpload",
        method: "DELETE",
        required: &["uploadId"],
        writes_as: Some("s3:AbortMultipartUpload"),
        perform: multipart::abort,
        ..PUT_OBJECT
    },
];

/// Headers that make another operation of one, or ask for what is not kept here.
const NOT_IMPLEMENTED: [&str; 4] =
    ["x-amz-copy-source", "x-amz-server-side-encryption-customer-algorithm", "x-amz-tagging", "x-amz-object-lock-mode"];

impl Operation {
    /// The operation meant, if it is one of those above and asks for nothing besides.
    pub(super) fn of(parts: &Parts, on_object: bool, query: &[(String, String)]) -> Result<&'static Self, S3Error> {
        let names: Vec<&str> = query.iter().map(|(name, _)| name.as_str()).filter(|name| !is_of_any(name)).collect();
        let is_meant = |operation: &&Self| {
            operation.method == parts.method.as_str()
                && operation.on_object == on_object
                && operation.required.iter().all(|name| names.contains(name))
                && names.iter().all(|name| operation.required.contains(name) || operation.optional.contains(name))
        };
        let asks_for_more = NOT_IMPLEMENTED.iter().any(|name| parts.headers.contains_key(*name));
        OPERATIONS.iter().find(is_meant).filter(|_| !asks_for_more).ok_or(S3Error::NotImplemented)
    }
}

/// What a query may have whatever it asks: a signature, the SDK's name of the operation, headers of the answer.
fn is_of_any(name: &str) -> bool {
    name == "x-id" || name.starts_with("X-Amz-") || name.starts_with("response-")
}
