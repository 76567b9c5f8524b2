//! The demo cloud from outside: real requests to a real server, with a clock that is moved by hand.
//! It is not a test of the app. It grows with a rule of AWS that the cloud enforces.

mod chains;
mod console;
mod federation;
mod identity_center;
mod login_session;
mod mfa;
mod program;
mod s3;
mod sign_in_page;
mod sts;
mod support;
