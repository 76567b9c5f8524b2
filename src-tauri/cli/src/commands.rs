//! The commands: one file each, with its options, its help and what it does.
//!
//! What several of them say (a profile's options, a page of the console) has a file of its own.

pub mod add;
pub mod close;
pub mod completions;
pub mod credentials;
pub mod doctor;
pub mod downloads;
pub mod duplicate;
pub mod edit;
pub mod exec;
pub mod export;
pub mod import;
pub mod logout;
pub mod ls;
pub mod man;
pub mod mfa;
pub mod move_profile;
pub mod open;
pub mod partition;
pub mod profile_options;
pub mod rm;
pub mod s3;
pub mod show;
pub mod sleep;
pub mod sync;
pub mod tabs;
pub mod target;
pub mod test;
pub mod url;
