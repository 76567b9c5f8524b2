//! Answers the app's questions through AWS: temporary credentials from STS, sign-in tokens from
//! the federation endpoint.
//!
//! Not the rules of which is asked when (`app::sessions`). Nothing else in Sidelight talks to AWS.
//! Grows with the sources of credentials.

pub mod federation;
pub mod http;
pub mod identity_center;
pub mod login_session;
pub mod sts;
