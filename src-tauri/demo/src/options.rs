//! How a demo cloud is started.
//! It is not its state. It grows with what a person or a test must be able to choose before the start.

use url::Url;

use crate::clock::Clock;

/// What can be chosen before the start; the default suits a test.
#[derive(Debug, Clone)]
pub struct Options {
    /// Port of STS, sign-in, Identity Center and console on 127.0.0.1; 0 lets the system choose.
    pub port: u16,
    /// Port of S3 on 127.0.0.1; 0 lets the system choose.
    pub s3_port: u16,
    /// Another STS to ask about credentials that were not issued here.
    pub verify_with: Option<Url>,
    /// Size of `large.bin` in every first bucket, in MiB.
    pub large_object_mib: usize,
    /// How much of what is uploaded to S3 is kept, in MiB; what is beyond is refused.
    pub kept_mib: usize,
    /// How many numbered accounts, from 900000000001 on, exist besides the named ones.
    pub extra_accounts: u32,
    /// How many accounts, from 800000000001 on, exist for the first instance of Identity Center only.
    pub identity_center_accounts: u32,
    /// The time this cloud lives in.
    pub clock: Clock,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            port: 0,
            s3_port: 0,
            verify_with: None,
            large_object_mib: 8,
            kept_mib: 1024,
            extra_accounts: 0,
            identity_center_accounts: 0,
            clock: Clock::system(),
        }
    }
}
