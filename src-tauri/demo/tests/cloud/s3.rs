//! S3 as a transfer uses it: presigned links, signed headers, listings, uploads.
//! It is not a test of S3 itself. It grows with an operation.

mod access;
pub mod client;
mod links;
mod listing;
mod multipart;
mod objects;
mod payloads;
mod sdk;
mod uploads;
