//! A small cloud on loopback that speaks AWS's wire formats: STS, sign-in, IAM Identity Center, a console of
//! a few pages, S3.
//!
//! It stands in for AWS in `cargo xtask demo` and in tests, and a person can use it in any browser. It is not an
//! emulator: it knows what Sidelight's main job touches, and refuses it by the rules AWS documents.
//! It grows with a part of AWS that the app comes to speak to.

mod accounts;
mod clock;
mod cloud;
mod console;
mod control;
mod credential;
mod estate;
mod faults;
mod federation;
mod identity_center;
mod issued;
mod login_session;
mod memory;
mod mfa;
mod objects;
mod options;
mod reports;
mod roles;
mod s3;
mod sign_in_page;
mod signing;
mod sigv4;
mod stats;
mod sts;

pub use accounts::{DEFAULT_REGION, DemoProfile};
pub use clock::Clock;
pub use cloud::{Announcement, DemoCloud};
pub use options::Options;
